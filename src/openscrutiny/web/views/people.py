"""Who may sign in: the list, adding somebody, and one person's sign-in."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

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
from openscrutiny.scrutiny.typing_in import day_of
from openscrutiny.web.guards import RIGHT, Wrong, actor_of, changes, shows
from openscrutiny.web.rendering import get_workspace, render_page

_ROLES: Final = [(role.value, role_words(role)) for role in Role]


@shows(Permission.ADD_PEOPLE)
def people(request: HttpRequest, wrong: Wrong = RIGHT) -> HttpResponse:
    """List who may sign in, who may no more, and the form that adds somebody."""
    return render_page(
        request,
        "pages/people.html",
        title="Who may sign in",
        here="people",
        everybody=list_users(actor_of(request), get_workspace()),
        waiting=list_waiting(actor_of(request)),
        typed={name: request.POST.get(name, "") for name in ("name", "role", "until")},
        wrong=wrong.by_field("name", "role", "until"),
        roles=_ROLES,
    )


@changes(Permission.ADD_PEOPLE, people)
def add(request: HttpRequest) -> HttpResponse:
    """Add somebody, and show their one-time password this once."""
    name, role = (request.POST.get(each, "") for each in ("name", "role"))
    last = day_of(request.POST.get("until", ""), field="until")
    password = add_user(actor_of(request), get_workspace(), name, role, until=last)
    return _once(request, name.strip().lower(), password)


@shows(Permission.ADD_PEOPLE)
def person(request: HttpRequest, number: int, wrong: Wrong = RIGHT) -> HttpResponse:
    """Show one sign-in, and what can be done with it."""
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
        wrong=wrong.by_field("role", "until", "teams"),
        roles=_ROLES,
    )


@changes(Permission.ADD_PEOPLE, person)
def reset(request: HttpRequest, number: int) -> HttpResponse:
    """Give somebody a new one-time password, and show it this once."""
    name = _name(request, number)
    password = reset_user(actor_of(request), get_workspace(), name)
    return _once(request, name, password)


@changes(Permission.ADD_PEOPLE, person)
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change somebody's role or last day."""
    name, role = _name(request, number), request.POST.get("role", "")
    last = day_of(request.POST.get("until", ""), field="until")
    change_user(actor_of(request), get_workspace(), name, role, until=last)
    return redirect("people")


@changes(Permission.ADD_PEOPLE, person)
def reset_second_factor(request: HttpRequest, number: int) -> HttpResponse:
    """Take somebody's second factor away, as when a phone is lost."""
    reset_factor(actor_of(request), get_workspace(), _name(request, number))
    return redirect("people")


@changes(Permission.ADD_PEOPLE, person)
def give(request: HttpRequest, number: int) -> HttpResponse:
    """Give a service manager the teams whose records they see."""
    teams = request.POST.get("teams", "").splitlines()
    name = _name(request, number)
    give_teams(actor_of(request), get_workspace(), name, teams)
    return redirect("people")


@changes(Permission.ADD_PEOPLE, person)
def leave(request: HttpRequest, number: int) -> HttpResponse:
    """Let somebody leave."""
    end_user(actor_of(request), get_workspace(), _name(request, number))
    return redirect("people")


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


def _name(request: HttpRequest, number: int) -> str:
    try:
        return name_of_user(actor_of(request), number)
    except OpenScrutinyError:
        raise Http404 from None
