"""Marks on views: which permission each needs, and which need no sign-in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest

from openscrutiny.scrutiny.permissions import Actor, Permission, check_may, may

View = Callable[..., Any]


def actor_of(request: HttpRequest) -> Actor:
    """Give the person who asks, as one who acts."""
    actor: Actor = request.user.actor
    return actor


def may_here(request: HttpRequest, permission: Permission) -> bool:
    """Say whether the person who asks has a permission."""
    return may(actor_of(request), permission)


def needs(permission: Permission) -> Callable[[View], View]:
    """Mark a view with the permission that it needs, and check it at each call."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            check_may(actor_of(request), permission)
            return view(request, *args, **kwargs)

        marked: Any = guarded
        marked.permission = permission
        return guarded

    return mark


def public_page(view: View) -> View:
    """Mark a view that nobody needs to sign in for; all others need it."""
    marked: Any = view
    marked.is_public = True
    return view


def takes_key(view: View) -> View:
    """Mark a view that a reader's own tool may ask, with a key in place of a sign-in."""
    marked: Any = view
    marked.takes_key = True
    return view


def keeps_typed(page: View) -> Callable[[View], View]:
    """Mark a view whose typed text is given back where nobody is signed in any more.

    `page` answers in its place, with the form's fields as they were sent.
    """

    def mark(view: View) -> View:
        marked: Any = view
        marked.keep_typed = page
        return view

    return mark
