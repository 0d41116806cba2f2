"""Targets, dated events and rebasing: everybody reads them, officers decide."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from openscrutiny.adoption.decisions import EVENT_KINDS
from openscrutiny.adoption.file import (
    ADOPTION_COLUMNS,
    OPTIONAL_COLUMNS,
    AdoptionError,
    parse_adoption,
    write_adoption,
)
from openscrutiny.adoption.local_codes import find_code
from openscrutiny.adoption.targets import KINDS
from openscrutiny.comparison.xmr import FEWEST_TRIAL
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.publication.publication import Publication
from openscrutiny.scrutiny.decisions import list_problems
from openscrutiny.scrutiny.events import (
    add_event,
    add_rebase,
    list_events,
    list_rebases,
    withdraw_event,
    withdraw_rebase,
)
from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.scrutiny.policies import DecisionError
from openscrutiny.scrutiny.targets import (
    check_adoption,
    file_problem,
    list_versions,
    read_local_codes,
    save_adoption,
)
from openscrutiny.story.model import IndicatorStory
from openscrutiny.typed import NoDayError, TypedError, read_day
from openscrutiny.web.asking import find_readable
from openscrutiny.web.guards import (
    RIGHT,
    Mistakes,
    Wrong,
    actor_of,
    changes,
    is_sent,
    may_here,
    shows,
    takes_form,
)
from openscrutiny.web.rendering import (
    find_publication,
    render_nothing_built,
    render_page,
)

_EVENT: Final = ("on", "until", "title", "kind", "codes", "source")
_CELLS: Final = (*ADOPTION_COLUMNS, *OPTIONAL_COLUMNS)


def _find_or_404(request: HttpRequest) -> Publication:
    publication = find_publication(request)
    if publication is None:
        raise Http404
    return publication


def _find(request: HttpRequest, key: str) -> tuple[Publication, IndicatorStory]:
    publication = _find_or_404(request)
    story = publication.find(key)
    if story is None:
        raise Http404
    return publication, story


def _cells(request: HttpRequest) -> dict[str, str]:
    """Take the form's cells, each on one line."""
    return {name: " ".join(request.POST.get(name, "").split()) for name in _CELLS}


# ---------- Targets ----------


@shows(Permission.SEE_FIGURES)
def targets(request: HttpRequest) -> HttpResponse:
    """List every indicator with its target, who set it, and when it is looked at again."""
    publication = find_publication(request)
    if publication is None:
        return render_nothing_built(request, "targets")
    return render_page(
        request,
        "pages/targets.html",
        title="Targets",
        here="targets",
        publication=publication,
        sections=[
            (section.name, *_part_by_target(section.indicators))
            for section in publication.sections
        ],
        may_decide=may_here(request, Permission.DECIDE),
        problem=file_problem(),
        problems=list_problems(),
    )


def _part_by_target(
    stories: Sequence[IndicatorStory],
) -> tuple[list[IndicatorStory], list[IndicatorStory]]:
    """Part those of which something was adopted, if only a note, from the others."""
    adopted: list[IndicatorStory] = []
    others: list[IndicatorStory] = []
    for story in stories:
        held = story.target
        (adopted if held and (held.target or held.note) else others).append(story)
    return adopted, others


@takes_form(Permission.DECIDE)
def target(request: HttpRequest, key: str) -> HttpResponse:
    """Show and save what the council adopted for one indicator."""
    publication, story = _find(request, key)
    versions = list_versions(story.code)
    if request.method != "POST":
        held = write_adoption(versions[0]["adoption"]) if versions else {}
        return _target_page(request, publication, story, versions, held)
    cells = {**_cells(request), "code": story.code}
    try:
        adoption = parse_adoption(cells)
        check_adoption(adoption)
    except AdoptionError as error:
        wrong = {error.field: f"{error.what} {error.fix}"}
        return _target_page(request, publication, story, versions, cells, wrong)
    # Sent twice, the second changes nothing.
    if not versions or versions[0]["adoption"] != adoption:
        save_adoption(actor_of(request), adoption)
    return redirect("target", story.id)


def _target_page(
    request: HttpRequest,
    publication: Publication,
    story: IndicatorStory,
    versions: list[dict[str, Any]],
    cells: Mapping[str, str],
    wrong: Mapping[str, str] | None = None,
) -> HttpResponse:
    return render_page(
        request,
        "pages/target.html",
        title=f"Target: {story.name}",
        here="targets",
        publication=publication,
        story=story,
        versions=versions,
        cells={name: cells.get(name, "") for name in _CELLS},
        wrong=Mistakes(wrong or {}),
        kinds=KINDS,
    )


@changes(Permission.DECIDE)
def restore_target(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Save an earlier version again, as a new one."""
    _, story = _find(request, key)
    versions = list_versions(story.code)
    chosen = next((v for v in versions if v["number"] == number), None)
    if chosen is None:
        raise Http404
    if versions[0]["adoption"] != chosen["adoption"]:
        save_adoption(actor_of(request), chosen["adoption"])
    return redirect("target", story.id)


# ---------- Events ----------


@shows(Permission.SEE_FIGURES)
def events(request: HttpRequest, wrong: Wrong = RIGHT) -> HttpResponse:
    """List the dated events that stand on the axes of charts."""
    return render_page(
        request,
        "pages/events.html",
        title="Events",
        here="events",
        publication=find_readable(request),
        may_decide=may_here(request, Permission.DECIDE),
        events=list_events(),
        problems=list_problems(),
        kinds=EVENT_KINDS,
        cells={name: request.POST.get(name, "").strip() for name in _EVENT},
        wrong=wrong.by_field(*_EVENT),
    )


@changes(Permission.DECIDE, events)
def add_event_view(request: HttpRequest) -> HttpResponse:
    """Add a dated event."""
    cells = {name: request.POST.get(name, "").strip() for name in _EVENT}
    add_event(
        actor_of(request),
        on=_read_day(cells, "on", needed=True) or date.min,
        until=_read_day(cells, "until"),
        title=cells["title"],
        kind=cells["kind"],
        codes=_read_codes(cells["codes"]),
        source=cells["source"],
    )
    return redirect("events")


def _read_day(
    cells: Mapping[str, str], name: str, *, needed: bool = False
) -> date | None:
    words = cells.get(name, "")
    if not words and not needed:
        return None
    try:
        return read_day(words)
    except NoDayError as error:
        raise DecisionError("This is no day.", error.fix, field=name) from None
    except TypedError as error:
        raise DecisionError(f"This {error.what}.", error.fix, field=name) from None


def _read_codes(words: str) -> tuple[str, ...]:
    """Read "FD2, CYPE 27" as codes of indicators that there are."""
    local = read_local_codes()
    found = []
    for word in filter(None, map(str.strip, words.split(","))):
        try:
            found += _find_codes(word, local)
        except OpenScrutinyError:
            raise DecisionError(
                f"There is no indicator “{word[:20]}”.",
                "Write codes such as FD2, with commas, or leave it empty for all.",
                field="codes",
            ) from None
    return tuple(dict.fromkeys(found))


def _find_codes(words: str, local: Mapping[str, str]) -> list[str]:
    """Find one code, which may hold a blank, or several with blanks between them."""
    try:
        return [find_code(words, local)]
    except OpenScrutinyError:
        if len(words.split()) == 1:
            raise
    return [find_code(word, local) for word in words.split()]


@changes(Permission.DECIDE)
def withdraw_event_view(request: HttpRequest, number: int) -> HttpResponse:
    """Take an event back."""
    try:
        withdraw_event(actor_of(request), number)
    except DecisionError:
        raise Http404 from None
    return redirect("events")


# ---------- Rebasing ----------


@takes_form(Permission.DECIDE)
def rebase(request: HttpRequest, key: str, wrong: Wrong = RIGHT) -> HttpResponse:
    """Begin the limits of a monthly series anew, with a reason; list what was decided."""
    publication, story = _find(request, key)
    cells = {name: request.POST.get(name, "").strip() for name in ("starts", "reason")}
    if is_sent(request, wrong):
        starts = _read_day(cells, "starts", needed=True) or date.min
        if starts.day != 1:
            raise DecisionError(
                "A series begins anew with a month.",
                "Give the first day of that month.",
                field="starts",
            )
        _check_lasted(story, starts)
        actor, reason = actor_of(request), cells["reason"]
        add_rebase(actor, code=story.code, starts=starts, reason=reason)
        return redirect("rebase", story.id)
    return render_page(
        request,
        "pages/rebase.html",
        title=f"Begin anew: {story.name}",
        here="indicators",
        publication=publication,
        story=story,
        rebases=list_rebases(story.code),
        cells=cells,
        wrong=wrong.by_field("starts", "reason"),
    )


def _check_lasted(story: IndicatorStory, starts: date) -> None:
    """Refuse limits that would vanish: a new level is one that has lasted eight months."""
    points = story.monthly.points if story.monthly else ()
    months = sum(p.period_end >= starts and p.value is not None for p in points)
    if months < FEWEST_TRIAL:
        raise DecisionError(
            f"{months} {'month has' if months == 1 else 'months have'} a figure since "
            f"then, and limits need {FEWEST_TRIAL}.",
            "Wait until the new level has lasted so long, or give an earlier month.",
            field="starts",
        )


@changes(Permission.DECIDE)
def withdraw_rebase_view(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Take a rebasing back."""
    _, story = _find(request, key)
    if not any(held.pk == number for held in list_rebases(story.code)):
        raise Http404
    try:
        withdraw_rebase(actor_of(request), number)
    except DecisionError:
        raise Http404 from None
    return redirect("rebase", story.id)
