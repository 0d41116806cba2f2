"""The words of the service held against what officers and Members are shown now."""

from collections.abc import Sequence

from openscrutiny.adoption.commentary import Finding, Written
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.release import Releases
from openscrutiny.publication.examined import examine
from openscrutiny.publication.publication import find_today, publish
from openscrutiny.scrutiny.commentary.signoff import Examine
from openscrutiny.scrutiny.decisions import read_decisions
from openscrutiny.workspace import Workspace


def examine_anew(workspace: Workspace) -> Examine:
    """Give what finds the doubtful words of a meeting; it tells the figures for it."""

    def run(written: Sequence[Written]) -> Sequence[Finding]:
        decisions = read_decisions(workspace)
        officers, members = (
            publish(Releases(workspace), audience, decisions)
            for audience in (Audience.OFFICERS, Audience.MEMBERS)
        )
        return examine(written, officers, members, find_today(workspace))

    return run
