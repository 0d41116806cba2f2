"""Whose single records somebody sees: every team's, those they were given, or none.

The one place that decides it. A page that shows rows asks `sight_of` and shows what
`keep_seen` leaves; a line that no team is known of is for those who see every team.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl
from django.db import transaction

from openscrutiny.scrutiny.access.models import TeamGiven
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.people import find_user
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may, may
from openscrutiny.scrutiny.policies import DecisionError, check_may_manage
from openscrutiny.scrutiny.roles import Role
from openscrutiny.scrutiny.typing_in import tidy
from openscrutiny.workspace import Workspace

TEAM: Final = "team"  # the column of a row that says whose it is
_MOST: Final = 60


@dataclass(frozen=True)
class Sight:
    """Hold whose records are seen: of every team, or of these alone."""

    everything: bool
    teams: tuple[str, ...] = ()

    def sees(self, team: str | None) -> bool:
        """Say whether a record of this team is seen; None where no team is known."""
        if self.everything:
            return True
        return team is not None and _plain(team) in set(map(_plain, self.teams))


def sight_of(actor: Actor) -> Sight:
    """Tell whose single records somebody sees. The database must be open."""
    if may(actor, Permission.SEE_EVERY_TEAM):
        return Sight(everything=True)
    if not may(actor, Permission.SEE_ROWS):
        return Sight(everything=False)
    given = TeamGiven.objects.filter(person__name=actor.name)
    return Sight(everything=False, teams=tuple(given.values_list("team", flat=True)))


def keep_seen(rows: pl.DataFrame, sight: Sight) -> pl.DataFrame:
    """Keep the rows that are seen; none where the rows know no team."""
    if sight.everything:
        return rows
    if TEAM not in rows.columns:
        return rows.clear()
    return rows.filter(
        pl.Series([sight.sees(team) for team in rows[TEAM]], dtype=pl.Boolean)
    )


def needs_teams(role: Role) -> bool:
    """Say whether a role sees the rows of those teams alone that it is given."""
    actor = Actor("", role)
    return may(actor, Permission.SEE_ROWS) and not may(actor, Permission.SEE_EVERY_TEAM)


def list_teams(actor: Actor, person: Any) -> list[str]:
    """List the teams that somebody was given."""
    check_may(actor, Permission.ADD_PEOPLE)
    return list(person.teams_given.values_list("team", flat=True))


def give_teams(
    actor: Actor, place: Workspace | Path, name: str, teams: Collection[str]
) -> None:
    """Give somebody these teams and no other; a service is all of its teams."""
    check_may(actor, Permission.ADD_PEOPLE)
    tidied = (tidy(team, "team", 100, field="teams") for team in teams)
    wanted = sorted(set(filter(None, tidied)))
    if len(wanted) > _MOST:
        raise DecisionError(
            f"These are more than {_MOST} teams.",
            "Whoever sees that many is a director or an analyst.",
            field="teams",
        )
    open_database(place)
    with transaction.atomic():
        person = find_user(name)
        check_may_manage(actor, person.name, Role(person.role))
        if wanted and not needs_teams(Role(person.role)):
            raise DecisionError(
                "Teams are given to a service manager alone.",
                "Give them that role first.",
                field="teams",
            )
        before = list(person.teams_given.values_list("team", flat=True))
        if before == wanted:
            return
        person.teams_given.all().delete()
        TeamGiven.objects.bulk_create(TeamGiven(person=person, team=t) for t in wanted)
        leave_trace(
            actor,
            "teams given",
            f"{person.name}: {'; '.join(wanted) or 'none'}",
            thing=f"person {person.name}",
        )


def _plain(team: str) -> str:
    return " ".join(team.split()).casefold()
