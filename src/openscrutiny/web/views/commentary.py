"""What the service says in its own words: written here, and signed for a meeting."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate

from openscrutiny.adoption.commentary import (
    PARTS,
    TOKEN_FIELDS,
    Finding,
    Token,
    Words,
    Written,
    find_section,
)
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.publication.commentary import bind, describe_token, tell
from openscrutiny.publication.drafting import draft_for
from openscrutiny.publication.examined import examine, why_needed
from openscrutiny.publication.publication import Publication
from openscrutiny.record.digests import DamagedError
from openscrutiny.scrutiny.commentary.deadlines import list_due
from openscrutiny.scrutiny.commentary.exempting import (
    PARAGRAPHS,
    keep_in_part_b,
    put_in_part_a,
)
from openscrutiny.scrutiny.commentary.service import find_meeting, read_words_of
from openscrutiny.scrutiny.commentary.signoff import (
    BlockedError,
    Examine,
    act_on,
    find_blocks,
    find_standing,
    list_done,
    state_of,
)
from openscrutiny.scrutiny.commentary.states import PACK, REASONED, Act, SectionState
from openscrutiny.scrutiny.commentary.writing import (
    LONGEST,
    Basis,
    Conflict,
    WordsError,
    list_versions,
    list_written,
    read_words,
    save_words,
)
from openscrutiny.scrutiny.models import Meeting
from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.story.model import IndicatorStory
from openscrutiny.web.guards import (
    RIGHT,
    Wrong,
    actor_of,
    changes,
    keeps_typed,
    may_here,
    sent_number,
    shows,
    takes_form,
)
from openscrutiny.web.presenters.commentary import (
    WordsView,
    lay_out_board,
    lay_out_words,
    write_cells,
)
from openscrutiny.web.publications import get_publications
from openscrutiny.web.rendering import find_publication, render_page

_FIELDS: Final = (*PARTS, "owner", "by")
_HINTS: Final = {
    "why": "What the figures cannot tell: the reason, in a sentence or two.",
    "next": "What is done about it. Its owner and its day stand below.",
    "quality": "What a reader must know of how it was counted.",
}


def read_words_here(
    request: HttpRequest, publication: Publication, story: IndicatorStory
) -> WordsView:
    """Read what the service says of one indicator, as whoever asks may read it."""
    reading = read_words_of(actor_of(request), story.code, story.section, localdate())
    owner = story.target.owner if story.target else ""
    return lay_out_words(reading, publication, owner)


def read_section_words(
    request: HttpRequest, publication: Publication, section: str
) -> WordsView:
    """Read what the service says of a whole section, as whoever asks may read it."""
    reading = read_words_of(actor_of(request), section, section, localdate())
    return lay_out_words(reading, publication)


# ---------- Writing ----------


def kept_typed(request: HttpRequest, key: str = "") -> HttpResponse:
    """Give back what was typed where it could not be taken: nothing of it is lost."""
    return render_page(
        request,
        "pages/words_kept.html",
        title="Nothing was saved yet, and nothing is lost",
        key=key,
        typed={name: request.POST.get(name, "") for name in _FIELDS},
        began=request.POST.get("began", ""),
        parts=PARTS,
        signed_in=request.user.is_authenticated,
        status=403,
    )


@keeps_typed(kept_typed)
@takes_form(Permission.WRITE_COMMENTARY)
def words(request: HttpRequest, key: str) -> HttpResponse:
    """Write what the service says of one indicator, or of one section."""
    publication = find_publication(request)
    if publication is None:
        raise Http404
    story = publication.find(key)
    section = find_section(key) or (story.section if story else "")
    if not section:
        raise Http404
    if story is not None and story.id != key:
        return redirect("words", story.id)
    subject = _Subject(publication, story, section)
    meeting = find_meeting(localdate())
    if meeting is None:
        return _words_page(request, subject, None)
    if request.method != "POST":
        return _words_page(request, subject, meeting)
    if request.POST.get("do") == "draft":
        return _words_page(request, subject, meeting, typed=_drafted(request, subject))
    return _save(request, subject, meeting)


class _Subject:
    """Hold what is written of: an indicator, or a section where there is no story."""

    def __init__(
        self, publication: Publication, story: IndicatorStory | None, section: str
    ) -> None:
        self.publication, self.story, self.section = publication, story, section
        self.key = story.code if story else section
        self.name = story.name if story else section
        self.place = story.id if story else section


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in _FIELDS}


def _drafted(request: HttpRequest, subject: _Subject) -> dict[str, str]:
    """Fill what is empty of what was typed from the figures' own sentences."""
    draft = write_cells(draft_for(subject.publication, subject.key))
    return {name: text or draft[name] for name, text in _typed(request).items()}


def _save(request: HttpRequest, subject: _Subject, meeting: Meeting) -> HttpResponse:
    typed, publication = _typed(request), subject.publication
    try:
        read = read_words(typed)
        save_words(
            actor_of(request),
            meeting.pk,
            subject.key,
            subject.section,
            read,
            began_from=sent_number(request, "began") or 0,
            basis=Basis(publication.number, bind(read, subject.key, publication)),
            checked=bool(request.POST.get("checked")),
        )
    except WordsError as error:
        return _words_page(request, subject, meeting, typed=typed, wrong=error.wrong)
    except OpenScrutinyError as error:
        theirs = error.theirs if isinstance(error, Conflict) else None
        said = {"": error.said}
        return _words_page(
            request, subject, meeting, typed=typed, wrong=said, theirs=theirs
        )
    return redirect(f"{reverse('words', args=[subject.place])}?saved=yes")


def _words_page(
    request: HttpRequest,
    subject: _Subject,
    meeting: Meeting | None,
    *,
    typed: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | None = None,
    theirs: Written | None = None,
) -> HttpResponse:
    versions = list_versions(meeting.pk, subject.key) if meeting else []
    last = versions[0] if versions else None
    cells = typed or write_cells(last.words if last else _from_owner(subject))
    standing = find_standing(meeting.pk, subject.section) if meeting else None
    is_open = standing is not None and standing.state in (
        SectionState.DRAFT,
        SectionState.CHALLENGED,
    )
    found = _find_of(meeting, subject.key) if meeting and last else []
    return render_page(
        request,
        "pages/words.html",
        title=f"In the service’s words: {subject.name}",
        here="sign-off",
        publication=subject.publication,
        subject=subject,
        story=subject.story,
        meeting=meeting,
        standing=standing,
        is_open=is_open,
        needed=why_needed(subject.story) if subject.story else "",
        cells=cells,
        began=last.number if last else 0,
        checked=bool(request.POST.get("checked")) or bool(last and last.checked),
        parts=PARTS,
        hints=_HINTS,
        longest=LONGEST,
        wrong={name: (wrong or {}).get(name, "") for name in ("", *_FIELDS)},
        theirs=theirs,
        theirs_told=tell(theirs, subject.publication) if theirs else None,
        told=_as_members(last, typed) if last else None,
        blocks=[one for one in found if one.blocks],
        looks=[one for one in found if not one.blocks],
        tokens=_list_tokens(subject),
        versions=versions,
        saved=bool(request.GET.get("saved")) and not wrong,
        status=409 if theirs else None,
    )


def _from_owner(subject: _Subject) -> Words:
    """Begin with the owner of the target, where there is one."""
    target = subject.story.target if subject.story else None
    return Words(owner=target.owner if target else "")


def _as_members(last: Written, typed: object) -> Any:
    """Tell the words as Members will read them; nothing while something is typed."""
    if typed is not None:
        return None
    return tell(last, get_publications().current(Audience.MEMBERS))


def _list_tokens(subject: _Subject) -> list[tuple[str, str, str]]:
    """List what may stand in the text for a figure, and how each reads now."""
    story = subject.story
    if story is None:
        return [(f"{{FD2.{name}}}", words, "") for name, words in TOKEN_FIELDS.items()]
    return [
        (
            f"{{{story.code}.{name}}}",
            words,
            describe_token(Token("", story.code, name), story),
        )
        for name, words in TOKEN_FIELDS.items()
    ]


# ---------- Signing ----------


def _examine_here(day: date) -> Examine:
    """Examine by what officers are shown now, and by what Members are."""

    def run(written: Sequence[Written]) -> Sequence[Finding]:
        publications = get_publications()
        officers = publications.current(Audience.OFFICERS)
        if officers is None:
            raise OpenScrutinyError(
                "No figures are built, so nothing can be held against them.",
                "Build them first: openscrutiny build",
            )
        return examine(written, officers, publications.current(Audience.MEMBERS), day)

    return run


def _find_of(meeting: Meeting, key: str) -> list[Finding]:
    """Find what is owed or doubtful of one key; nothing where figures cannot be read."""
    try:
        found = find_blocks(list_written(meeting.pk), _examine_here(meeting.date))
    except (DamagedError, OpenScrutinyError):
        return []
    return [one for one in found if one.key == key]


@shows(Permission.SEE_SIGN_OFF)
def sign_off(request: HttpRequest, wrong: Wrong = RIGHT) -> HttpResponse:
    """Show how far a meeting's sign-off is: who is late, and what blocks."""
    meeting, publication = _find_asked(request), find_publication(request)
    more: dict[str, Any] = {"board": None, "done": [], "written": [], "found": ""}
    if meeting is not None:
        held = state_of(meeting.pk)
        written = list_written(meeting.pk)
        found: list[Finding] = []
        try:
            found = find_blocks(written, _examine_here(meeting.date))
        except OpenScrutinyError as error:
            more["found"] = error.said
        more |= {
            "board": lay_out_board(
                held,
                list_due(held, localdate()),
                found,
                lambda permission: may_here(request, permission),
                sees_everything=bool(publication and publication.sees_everything),
            ),
            "done": list_done(meeting.pk),
            "written": written,
        }
    return render_page(
        request,
        "pages/sign_off.html",
        title="Sign-off",
        here="sign-off",
        publication=publication,
        meeting=meeting,
        meetings=list(Meeting.objects.order_by("-date")[:20]),
        names=_names_of(publication),
        may_write=may_here(request, Permission.WRITE_COMMENTARY),
        may_keep=may_here(request, Permission.KEEP_IN_PART_B),
        paragraphs=PARAGRAPHS,
        parts=PARTS,
        reasoned=REASONED,
        pack=PACK,
        wrong=wrong,
        **more,
    )


def _find_asked(request: HttpRequest) -> Meeting | None:
    """Find the meeting that a form or an address names, else the one to prepare."""
    sent = request.POST if request.method == "POST" else request.GET
    number = sent.get("meeting", "")
    if not number:
        return find_meeting(localdate())
    found = Meeting.objects.filter(pk=int(number)) if number.isdecimal() else None
    meeting = found.first() if found is not None else None
    if meeting is None:
        raise Http404
    return meeting


def _names_of(publication: Publication | None) -> dict[str, tuple[str, str]]:
    """Give of each code the name and the address of its page."""
    if publication is None:
        return {}
    return {
        s.code: (s.short_name or s.name, s.id) for s in publication.stories.values()
    }


@changes(Permission.SEE_SIGN_OFF, sign_off)
def sign_off_act(request: HttpRequest) -> HttpResponse:
    """Do one thing with a section or with the whole paper."""
    sent = request.POST
    meeting = _find_asked(request)
    if meeting is None:
        raise Http404
    try:
        act_on(
            actor_of(request),
            meeting.pk,
            sent.get("thing", ""),
            _read_act(sent.get("act", "")),
            examine=_examine_here(meeting.date),
            why=sent.get("why", ""),
            seen=sent_number(request, "seen") or 0,
        )
    except BlockedError as error:
        count = len(error.found)
        things = "thing is" if count == 1 else "things are"
        raise OpenScrutinyError(f"{count} {things} owed first: see below.") from None
    return redirect(f"{reverse('sign-off')}?meeting={meeting.pk}")


def _read_act(words: str) -> Act:
    offered = [act for act in Act if act is not Act.PUBLISH]
    if words not in offered:
        raise OpenScrutinyError(
            "It is not said what is to be done.", "Choose one of the buttons."
        )
    return Act(words)


@changes(Permission.KEEP_IN_PART_B, sign_off)
def sign_off_part(request: HttpRequest) -> HttpResponse:
    """Keep words in Part B, or let them stand in Part A again."""
    sent, actor = request.POST, actor_of(request)
    meeting = _find_asked(request)
    if meeting is None:
        raise Http404
    key, part = sent.get("key", ""), sent.get("part", "")
    if sent.get("do") == "a":
        put_in_part_a(actor, meeting.pk, key, part)
    else:
        paragraph = sent_number(request, "paragraph") or 0
        reason = sent.get("reason", "")
        keep_in_part_b(actor, meeting.pk, key, part, paragraph, reason)
    return redirect(f"{reverse('sign-off')}?meeting={meeting.pk}")
