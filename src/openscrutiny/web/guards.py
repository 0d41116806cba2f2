"""Marks on views: which permission each needs, and which need no sign-in."""

from collections.abc import Callable
from functools import wraps
from inspect import signature, unwrap
from typing import Any, Final

from django.http import HttpRequest
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.record.digests import DamagedError
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may, may

View = Any  # a function that bears marks
Mark = Callable[[View], View]

_GET_OR_POST: Final[Mark] = require_http_methods(["GET", "HEAD", "POST"])


class Mistakes(dict[str, str]):
    """Hold what is wrong by field; a field without a mistake gives ""."""

    def __missing__(self, field: str) -> str:
        return ""


class Wrong(str):
    """Hold what was wrong with what was sent, in words, and the field that it is of."""

    field = ""

    @classmethod
    def of(cls, error: OpenScrutinyError) -> "Wrong":
        """Take what an error says; one of no field is of the page itself."""
        wrong = cls(error.said)
        wrong.field = getattr(error, "field", "")
        return wrong

    def by_field(self, *names: str) -> Mistakes:
        """Put it beside the field that it is about; "" is the page itself."""
        field = self.field if self.field in names else ""
        return Mistakes({field: str(self)} if self else {})


RIGHT: Final = Wrong()


def actor_of(request: HttpRequest) -> Actor:
    """Give the person who asks, as one who acts."""
    actor: Actor = request.user.actor
    return actor


def may_here(request: HttpRequest, permission: Permission) -> bool:
    """Say whether the person who asks has a permission."""
    return may(actor_of(request), permission)


def shows(permission: Permission) -> Mark:
    """Mark a view that shows something to those who have a permission."""
    return _needs(permission, require_safe)


def changes(permission: Permission, page: View | None = None) -> Mark:
    """Mark a view that changes something by a form of another page.

    What is refused is said on that `page`: it is given the address's values and `wrong`,
    a `Wrong`.
    """
    bare = unwrap(page) if page else None  # whoever may change need not ask to see
    return _needs(permission, require_POST, lambda _: bare)


def takes_form(permission: Permission) -> Mark:
    """Mark a view that shows a form and takes it; refused, the form is shown again.

    What was wrong comes to the view as `wrong`, a `Wrong`; RIGHT where nothing was. A
    view that takes none answers for itself.
    """
    return _needs(permission, _GET_OR_POST, _find_page)


def _find_page(view: View) -> View | None:
    return view if "wrong" in signature(view).parameters else None


def sent_number(request: HttpRequest, name: str) -> int | None:
    """Give a whole number of a form, of at most nine figures; None where it is none."""
    words = request.POST.get(name, "")[:9]
    return int(words) if words.isascii() and words.isdecimal() else None


def is_sent(request: HttpRequest, wrong: str) -> bool:
    """Say whether a form was sent and is still to be taken."""
    return request.method == "POST" and not wrong


def _needs(
    permission: Permission,
    methods: Mark,
    page_of: Callable[[View], View | None] = lambda _: None,
) -> Mark:
    """Mark a view with its permission, and check method and permission at each call."""

    def mark(view: View) -> View:
        page = page_of(view)

        @wraps(view)
        def guarded(request: HttpRequest, **address: Any) -> Any:
            check_may(actor_of(request), permission)
            try:
                return view(request, **address)
            except OpenScrutinyError as error:
                is_ours = isinstance(error, DamagedError)
                if page is None or is_ours or request.method != "POST":
                    raise
                return page(request, **address, wrong=Wrong.of(error))

        marked: View = guarded
        marked.permission = permission
        return methods(marked)

    return mark


def _public(methods: Mark) -> Mark:
    """Mark a view that nobody needs to sign in for; all others need it."""

    def mark(view: View) -> View:
        marked = methods(view)
        marked.is_public = True
        return marked

    return mark


public_page, public_form, public_act = map(
    _public, (require_safe, _GET_OR_POST, require_POST)
)


def takes_key(view: View) -> View:
    """Mark a view that a reader's own tool may ask, with a key in place of a sign-in."""
    view.takes_key = True
    return view


def keeps_typed(page: View) -> Mark:
    """Mark a view whose typed text is given back where nobody is signed in any more.

    `page` answers in its place, with the form's fields as they were sent.
    """

    def mark(view: View) -> View:
        view.keep_typed = page
        return view

    return mark
