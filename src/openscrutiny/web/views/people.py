"""Who may sign in: the list, adding somebody, and one person's sign-in."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.access.factors import find_factor, reset_factor
from openscrutiny.scrutiny.access.requiring import must_have
from openscrutiny.scrutiny.access.sight import give_teams, list_teams, needs_teams
from openscrutiny.scrutiny.access.single_sign_on import list_waiting
from openscrutiny.scrutiny.managing import (
    change_user,
    end_user,
    list_users,
    name_of_user,
)
from openscrutiny.scrutiny.people import add_user, reset_user
from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.scrutiny.roles import Role, role_words
from openscrutiny.typed import TypedError, read_day
from openscrutiny.web.guards import actor_of, needs
from openscrutiny.web.rendering import get_workspace, render_page

_ROLES: Final = [(role.value, role_words(role)) for role in Role]


@require_safe
@needs(Permission.ADD_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """List who may sign in, who may no more, and the form that adds somebody."""
    return _list(request)


@require_POST
@needs(Permission.ADD_PEOPLE)
def add(request: HttpRequest) -> HttpResponse:
    """Add somebody, and show their one-time password this once."""
    typed = {name: request.POST.get(name, "") for name in ("name", "role", "until")}
    try:
        password = add_user(
            actor_of(request),
            get_workspace(),
            typed["name"],
            typed["role"],
            until=_day(typed["until"]),
        )
    except OpenScrutinyError as error:
        return _list(request, typed, error)
    return _once(request, typed["name"].strip().lower(), password)


@require_safe
@needs(Permission.ADD_PEOPLE)
def person(request: HttpRequest, number: int) -> HttpResponse:
    """Show one sign-in, and what can be done with it."""
    return _person(request, number)


@require_POST
@needs(Permission.ADD_PEOPLE)
def reset(request: HttpRequest, number: int) -> HttpResponse:
    """Give somebody a new one-time password, and show it this once."""
    name = _name(request, number)
    try:
        password = reset_user(actor_of(request), get_workspace(), name)
    except OpenScrutinyError as error:
        return _person(request, number, error)
    return _once(request, name, password)


@require_POST
@needs(Permission.ADD_PEOPLE)
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change somebody's role or last day."""
    return _act(
        request,
        number,
        lambda name: change_user(
            actor_of(request),
            get_workspace(),
            name,
            request.POST.get("role", ""),
            until=_day(request.POST.get("until", "")),
        ),
    )


@require_POST
@needs(Permission.ADD_PEOPLE)
def reset_second_factor(request: HttpRequest, number: int) -> HttpResponse:
    """Take somebody's second factor away, as when a phone is lost."""
    return _act(
        request,
        number,
        lambda name: reset_factor(actor_of(request), get_workspace(), name),
    )


@require_POST
@needs(Permission.ADD_PEOPLE)
def give(request: HttpRequest, number: int) -> HttpResponse:
    """Give a service manager the teams whose records they see."""
    teams = request.POST.get("teams", "").splitlines()
    return _act(
        request,
        number,
        lambda name: give_teams(actor_of(request), get_workspace(), name, teams),
    )


@require_POST
@needs(Permission.ADD_PEOPLE)
def leave(request: HttpRequest, number: int) -> HttpResponse:
    """Let somebody leave."""
    return _act(
        request,
        number,
        lambda name: end_user(actor_of(request), get_workspace(), name),
    )


def _act(request: HttpRequest, number: int, act: Callable[[str], None]) -> HttpResponse:
    name = _name(request, number)
    try:
        act(name)
    except OpenScrutinyError as error:
        return _person(request, number, error)
    return redirect("people")


def _list(
    request: HttpRequest,
    typed: dict[str, str] | None = None,
    wrong: OpenScrutinyError | None = None,
) -> HttpResponse:
    return render_page(
        request,
        "pages/people.html",
        title="Who may sign in",
        here="people",
        everybody=list_users(actor_of(request), get_workspace()),
        waiting=list_waiting(actor_of(request)),
        typed=typed or {"name": "", "role": "", "until": ""},
        wrong=_by_field(wrong),
        roles=_ROLES,
        status=422 if wrong else 200,
    )


def _person(
    request: HttpRequest, number: int, wrong: OpenScrutinyError | None = None
) -> HttpResponse:
    everybody = list_users(actor_of(request), get_workspace())
    found = next((each for each in everybody if each.pk == number), None)
    if found is None:
        raise Http404
    return render_page(
        request,
        "pages/person.html",
        title=found.name,
        here="people",
        found=found,
        factor=find_factor(found),
        must=must_have(found),
        has_teams=needs_teams(Role(found.role)),
        teams=request.POST.get(
            "teams", "\n".join(list_teams(actor_of(request), found))
        ),
        is_oneself=found.pk == request.user.pk,
        typed={
            "role": request.POST.get("role", found.role),
            "until": request.POST.get(
                "until", found.ends_on.isoformat() if found.ends_on else ""
            ),
        },
        wrong=_by_field(wrong),
        roles=_ROLES,
        status=422 if wrong else 200,
    )


def _once(request: HttpRequest, name: str, password: str) -> HttpResponse:
    """Show a one-time password; no page shows it again, and no browser keeps it."""
    return render_page(
        request,
        "pages/one_time.html",
        title="A password that works once",
        here="people",
        name=name,
        password=password,
    )


def _by_field(wrong: OpenScrutinyError | None) -> dict[str, Any]:
    """Put what is wrong beside the field that it is about; "" is the page itself."""
    told = dict.fromkeys(("", "name", "role", "until", "teams"), "")
    if wrong is not None:
        field = getattr(wrong, "field", "")
        told[field if field in told else ""] = f"{wrong.message} {wrong.fix}".strip()
    return told


def _name(request: HttpRequest, number: int) -> str:
    try:
        return name_of_user(actor_of(request), number)
    except OpenScrutinyError:
        raise Http404 from None


class _DayError(OpenScrutinyError):
    """The last day that was typed is none."""

    field = "until"


def _day(words: str) -> date | None:
    try:
        return read_day(words, slashes=True) if words.strip() else None
    except TypedError as error:
        raise _DayError(f"The day {error.what}.", error.fix) from None
