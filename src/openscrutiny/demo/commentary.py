"""Invented words of the service for the coming meeting, signed in part.

One section is signed, one returned with words and one a draft, so that a newcomer sees
each state and what blocks. Every text says that it is invented.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from openscrutiny.adoption.commentary import Finding, Words, Written
from openscrutiny.demo.meetings import NEXT_MEETING
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.release import Releases
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.definition import Section
from openscrutiny.publication.commentary import bind
from openscrutiny.publication.examined import examine, needs_reason
from openscrutiny.publication.publication import Publication, publish
from openscrutiny.scrutiny.commentary.signoff import act_on
from openscrutiny.scrutiny.commentary.states import Act
from openscrutiny.scrutiny.commentary.writing import Basis, list_written, save_words
from openscrutiny.scrutiny.decisions import read_decisions
from openscrutiny.scrutiny.models import Meeting
from openscrutiny.scrutiny.permissions import Actor
from openscrutiny.scrutiny.roles import Role
from openscrutiny.story.model import IndicatorStory
from openscrutiny.workspace import Workspace

_INVENTED: Final = "(Invented.)"
_BY: Final = date(2027, 3, 31)
_MANAGER: Final = Actor("manager", Role.MANAGER)
_DIRECTOR: Final = Actor("director", Role.DIRECTOR)

# Of indicators that the invented minutes speak of; others have a text that fits any.
_WORDS: Final = {
    "FD2": Words(
        why="Most families who came back had closed after an assessment, and not after a "
        f"plan: {{FD2.of}}. {_INVENTED}",
        well=f"One front door answers every referral in one place. {_INVENTED}",
        worried=f"Not every team asks why a family has come back. {_INVENTED}",
        next=f"A call eight weeks after closing, in all teams. {_INVENTED}",
        owner="Head of Front Door",
    ),
    "AS2": Words(
        why=f"Two of the posts in assessment were empty for most of the year. {_INVENTED}",
        worried=f"Those who wait longest wait for a second visit. {_INVENTED}",
        next=f"Both posts are advertised with separate profiles. {_INVENTED}",
        owner="Head of Assessment",
    ),
    "SN4": Words(
        why=f"Advice from psychologists comes after its day. {_INVENTED}",
        worried=f"Families wait without knowing for how long. {_INVENTED}",
        next=f"Two more psychologists under contract. {_INVENTED}",
        owner="Head of SEND",
    ),
}
_ANY: Final = Words(
    why=f"The service is looking into the reason, team by team. {_INVENTED}",
    worried=f"It has not moved as was hoped. {_INVENTED}",
    next=f"A review of every case that is counted here. {_INVENTED}",
)
_RETURNED: Final = "Say what has been tried already, and which schools it concerns."


def add_commentary(workspace: Workspace) -> None:
    """Write for the coming meeting, and sign a part of it; once."""
    meeting, _ = Meeting.objects.get_or_create(
        date=NEXT_MEETING[0], title=NEXT_MEETING[1]
    )
    if list_written(meeting.pk):
        return
    decisions = read_decisions(workspace)
    publication = publish(Releases(workspace), Audience.OFFICERS, decisions)
    for section in publication.sections:
        for story in section.indicators:
            if needs_reason(story) or story.code in ("FD2", "EH4"):
                _write(publication, meeting.pk, story)
    _sign(publication, meeting.pk)


def _write(
    publication: Publication,
    meeting: int,
    story: IndicatorStory,
    by: date | None = _BY,
) -> None:

    owner = story.target.owner if story.target else ""
    words = replace(_WORDS.get(story.code, _ANY), by=by)
    save_words(
        _MANAGER,
        meeting,
        story.code,
        story.section,
        replace(words, owner=words.owner or owner or "Head of Service"),
        began_from=None,
        basis=Basis(publication.number, bind(words, story.code, publication)),
    )


def _sign(publication: Publication, meeting: int) -> None:
    """Let social care be signed, and education be returned with words."""

    def find(written: Sequence[Written]) -> list[Finding]:
        # No text here holds a number, so that none can give a hidden one away.
        return examine(written, publication, None, NEXT_MEETING[0])

    for actor, section, act, why in (
        (_MANAGER, Section.SOCIAL_CARE, Act.SUBMIT, ""),
        (_DIRECTOR, Section.SOCIAL_CARE, Act.SIGN, ""),
        (_MANAGER, Section.EDUCATION, Act.SUBMIT, ""),
        (_DIRECTOR, Section.EDUCATION, Act.RETURN, _RETURNED),
    ):
        try:
            act_on(actor, meeting, section.value, act, examine=find, why=why)
        except OpenScrutinyError:
            return  # another borough's figures may block it: then it stays a draft
    _begin_again(publication, meeting)


def _begin_again(publication: Publication, meeting: int) -> None:
    """Let what was returned be half rewritten: its next step has no day yet."""
    learning = [s for s in publication.sections if s.name == Section.EDUCATION]
    needed = [s for part in learning for s in part.indicators if needs_reason(s)]
    for story in needed[:1]:
        _write(publication, meeting, story, by=None)
