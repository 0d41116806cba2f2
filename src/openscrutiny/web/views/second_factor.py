"""A second factor: giving it at sign-in, and setting one's own up."""

from typing import Any, Final

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from markupsafe import Markup

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.access.factors import (
    Enrolment,
    begin_factor,
    count_codes,
    find_factor,
    open_enrolment,
    pass_factor,
    renew_codes,
    set_up_factor,
    take_off_factor,
)
from openscrutiny.scrutiny.access.requiring import must_have
from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.scrutiny.policies import DecisionError
from openscrutiny.web.entering import (
    address_of,
    enter,
    find_pending,
    has_passed,
    mark_passed,
    remember,
    safe_next,
)
from openscrutiny.web.guards import actor_of, changes, public_form, takes_form
from openscrutiny.web.rendering import get_workspace, render_page

_OFFERED = "openscrutiny.offered"  # the sealed key that this session is shown
_NOTHING_ELSE: Final[dict[str, Any]] = {
    "navigation": (),
    "may_people": False,
    "may_audit": False,
}
_ANEW = "openscrutiny.anew"  # that a code of the old one was given for a new one


@public_form
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Ask whoever gave a right password for the code of their app."""
    after = safe_next(request)
    person = find_pending(request)
    if request.user.is_authenticated or person is None:
        return redirect(after if request.user.is_authenticated else "sign-in")
    wrong = ""
    if request.method == "POST":
        try:
            code = request.POST.get("code", "")
            factor = pass_factor(person, code, address_of(request))
        except DecisionError as error:
            wrong = error.said
        else:
            enter(request, person, factor)
            return remember(redirect(after), person.name)
    return render_page(
        request,
        "pages/sign_in_code.html",
        title="The code of your app",
        wrong=wrong,
        after=after if after != "/" else "",
    )


@takes_form(Permission.KEEP_OWN_ACCOUNT)
def second_factor(request: HttpRequest) -> HttpResponse:
    """Show one's second factor, or set one up: a key, and a code that shows it is held."""
    factor = find_factor(request.user)
    if factor is not None and not request.session.get(_ANEW):
        return _show(request, factor)
    if request.method == "POST":
        try:
            return _keep(request)
        except DecisionError as error:
            return _offer(request, error.said)
    return _offer(request)


@changes(Permission.KEEP_OWN_ACCOUNT)
def second_factor_change(request: HttpRequest) -> HttpResponse:
    """Against a code: new recovery codes, another phone, or none any more."""
    person, code = request.user, request.POST.get("code", "")
    act, asked = request.POST.get("act", ""), (person, code, address_of(request))
    try:
        if act == "codes":
            return _show_codes(request, renew_codes(actor_of(request), *asked))
        if act == "off":
            take_off_factor(actor_of(request), *asked, required=must_have(person))
        elif act == "anew":
            pass_factor(*asked)
            request.session[_ANEW] = True
    except DecisionError as error:
        factor = find_factor(person)
        return _offer(request) if factor is None else _show(request, factor, error)
    return redirect("second-factor")


def _keep(request: HttpRequest) -> HttpResponse:
    """Keep the key that was offered; the recovery codes are shown this once."""
    factor, codes = set_up_factor(
        actor_of(request),
        request.user,
        request.session.get(_OFFERED, ""),
        request.POST.get("code", ""),
        address_of(request),
    )
    for name in (_OFFERED, _ANEW):
        request.session.pop(name, None)
    mark_passed(request, factor)
    return _show_codes(request, codes)


def _offer(request: HttpRequest, wrong: str = "") -> HttpResponse:
    """Show the key, the same until it is taken or the session ends."""
    offered = None if request.user.is_demo else _find_offered(request)
    return render_page(
        request,
        "pages/second_factor_new.html",
        title="Set up your second factor",
        here="second-factor",
        must=must_have(request.user),
        offered=offered,
        picture=_draw(offered.address) if offered else "",
        wrong=wrong,
        **({} if has_passed(request, request.user) else _NOTHING_ELSE),
    )


def _find_offered(request: HttpRequest) -> Enrolment:
    name, issuer = request.user.name, f"OpenScrutiny {get_workspace().name}"
    kept = request.session.get(_OFFERED, "")
    offered = open_enrolment(kept, name, issuer) if kept else None
    if offered is None:
        request.session[_OFFERED] = begin_factor()
        offered = open_enrolment(request.session[_OFFERED], name, issuer)
    assert offered is not None  # it was sealed with the key of today
    return offered


def _draw(address: str) -> Markup:
    """Draw what a camera reads, dark on white in both themes; it holds no text."""
    drawn = segno.make(address, error="m", micro=False)
    return Markup(  # noqa: S704 - drawn here, and all of it is figures
        drawn.svg_inline(scale=4, border=4, dark="#000", light="#fff")
    )


def _show(
    request: HttpRequest, factor: Any, error: OpenScrutinyError | None = None
) -> HttpResponse:
    return render_page(
        request,
        "pages/second_factor.html",
        title="Your second factor",
        here="second-factor",
        factor=factor,
        left=count_codes(factor),
        must=must_have(request.user),
        act=request.POST.get("act", "codes"),
        wrong=error.said if error else "",
    )


def _show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return render_page(
        request,
        "pages/recovery_codes.html",
        title="Your recovery codes",
        here="second-factor",
        codes=codes,
    )


# Whoever owes a second factor may reach these and nothing else, besides their password.
second_factor.before_factor = True
