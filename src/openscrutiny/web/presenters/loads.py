"""Loads and their problems: grouped by cause, and what each return covers.

A row can be a child, so Members are given no exact number of rows or findings and no
sum of them: a sum gives back the one line that is left out of it.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Final

from django.urls import reverse

from openscrutiny.disclosure.release import Release
from openscrutiny.layouts.returns import Origin, get_return
from openscrutiny.periods import format_date, format_month
from openscrutiny.publication.publication import Publication
from openscrutiny.record.changing import TableChange
from openscrutiny.scrutiny.access.sight import Sight
from openscrutiny.scrutiny.intake.mending import LoadBook
from openscrutiny.scrutiny.intake.telling import Changes, name_load, name_table
from openscrutiny.web.environment import write_moment
from openscrutiny.web.presenters.paging import Paging, make_paging
from openscrutiny.web.presenters.words import (
    covers_words,
    return_words,
    round_to_ten,
    small_count_words,
)

PAGE_SIZE = 100
MOST_CAUSES = 30
FEW: Final = 10
# Whose files are published for everyone, and not this council's own.
_OF_THE_NATION: Final = (Origin.PUBLISHED, Origin.REGISTER)


@dataclass(frozen=True)
class LoadLine:
    """Hold one load as a line of the table."""

    load_id: int
    file: str
    return_title: str
    return_words: str
    loaded_on: str
    covers: str
    kept: str
    rejected: str
    state: str
    stop: str
    how: str


@dataclass(frozen=True)
class Cause:
    """Hold one cause: how many findings, in which returns, and how to mend it."""

    count: str
    unit: str
    message: str
    field: str
    fix: str
    returns: str


@dataclass(frozen=True)
class Coverage:
    """Hold the days that all loads of one return cover together."""

    return_words: str
    spans: tuple[str, ...]


@dataclass(frozen=True)
class DataView:
    """Hold the page of data and its quality."""

    files: str
    rows: str
    problems: str
    missing: tuple[str, ...]
    any_problem: bool
    any_refused: bool
    causes: tuple[Cause, ...]
    more_causes: int
    own: tuple[LoadLine, ...]
    published: tuple[LoadLine, ...]
    exchanged: tuple[LoadLine, ...]
    unshown: tuple[str, ...]  # what of it stands on no page, and why
    refusals: tuple[Mapping[str, Any], ...]
    coverage: tuple[Coverage, ...]

    few_files: ClassVar[int] = 12  # of the council's own, which stand open

    @property
    def own_by_return(self) -> list[tuple[str, list[LoadLine]]]:
        """Part the council's own loads by return, in the order of their newest."""
        found: defaultdict[str, list[LoadLine]] = defaultdict(list)
        for line in self.own:
            found[line.return_title].append(line)
        return list(found.items())


@dataclass(frozen=True)
class TableLine:
    """Hold what became of the rows of one table since the load before."""

    name: str
    change: TableChange
    months: tuple[str, ...]  # those that the load before counted otherwise


@dataclass(frozen=True)
class LoadView:
    """Hold one load's page."""

    load: LoadLine
    read: str
    causes: tuple[Cause, ...]
    problems: tuple[Mapping[str, Any], ...]
    found: int
    paging: Paging
    against: str = ""  # the load that it is held against
    changes: tuple[TableLine, ...] = ()


def lay_out_data(publication: Publication, *, exact: bool) -> DataView:
    """Prepare the page; without `exact` no number of rows or findings can be had."""
    loads = publication.release.loads()
    refusals = tuple(publication.release.refusals())
    found = [
        (load["return_name"], problem)
        for load in loads
        for problem in publication.release.problems(load["load_id"])
    ]
    causes = _causes(found, exact=exact)
    return DataView(
        files=_files_words(len(loads), len(refusals)),
        rows=_rows_words(loads, exact=exact),
        problems=_problems_words(len(found), len(causes), exact=exact),
        missing=publication.missing(),
        any_problem=bool(found),
        any_refused=bool(refusals),
        causes=causes[:MOST_CAUSES],
        more_causes=max(0, len(causes) - MOST_CAUSES),
        own=tuple(
            _line(load, exact=exact)
            for load in loads
            if _origin(load) not in (*_OF_THE_NATION, Origin.EXCHANGED)
        ),
        published=tuple(
            _line(load, exact=exact)
            for load in loads
            if _origin(load) in _OF_THE_NATION
        ),
        exchanged=tuple(
            _line(load, exact=exact)
            for load in loads
            if _origin(load) is Origin.EXCHANGED
        ),
        unshown=tuple(publication.peer_notes()) if exact else (),
        refusals=tuple(_refusal(r) for r in refusals) if exact else (),
        coverage=_coverage(loads),
    )


def lay_out_load(
    book: Release | LoadBook,
    load_id: int,
    page: str,
    sight: Sight,
    changes: Changes | None = None,
) -> LoadView | None:
    """Prepare one load with its problems; none where there is no such load.

    No team is known of a line of a file, so its lines are for those who see them all;
    the list to mend has each team's own.
    """
    load = next((x for x in book.loads() if x["load_id"] == load_id), None)
    if load is None:
        return None
    found = book.problems(load_id)
    problems = [each for each in found if sight.sees(None)]
    paging = make_paging(
        len(problems),
        page,
        PAGE_SIZE,
        lambda number: f"{reverse('load', args=[load_id])}?page={number}",
    )
    return LoadView(
        load=_line(load, exact=True),
        read=f"{load['rows_read']:,}",
        causes=_causes([(load["return_name"], p) for p in found], exact=True),
        problems=tuple(problems[paging.start : paging.start + PAGE_SIZE]),
        found=len(found),
        paging=paging,
        against=name_load(changes[0]) if changes else "",
        changes=_lay_out_changes(load["return_name"], changes),
    )


def _lay_out_changes(name: str, changes: Changes | None) -> tuple[TableLine, ...]:
    return tuple(
        TableLine(
            name_table(name, one.table),
            one,
            tuple(
                f"{format_month(month)} {now:,}, was {before:,}"
                for month, before, now in one.months
                if before != now and before
            ),
        )
        for one in (changes[1] if changes else ())
    )


def _files_words(loaded: int, refused: int) -> str:
    words = f"{loaded:,} loaded"
    return f"{words}, {refused:,} refused" if refused else words


def _rows_words(loads: Sequence[Mapping[str, Any]], *, exact: bool) -> str:
    if exact:
        kept = sum(load["rows_kept"] for load in loads)
        rejected = sum(load["rows_rejected"] for load in loads)
        return f"{kept:,} kept, {rejected:,} rejected"
    lacking = sum(1 for load in loads if load["rows_rejected"])
    files = "file" if len(loads) == 1 else "files"
    return f"Some rejected in {lacking:,} of {len(loads):,} {files}"


def _problems_words(found: int, causes: int, *, exact: bool) -> str:
    if not found:
        return "Nothing found"
    of = f"{causes} " + ("cause" if causes == 1 else "causes")
    if not exact:
        return f"Findings of {of}"
    return f"{found:,} " + ("finding" if found == 1 else "findings") + f", {of}"


def _rejected_words(count: int, *, exact: bool) -> str:
    """Say how many rows were rejected; a few have no upper bound for Members.

    Each cause is at least one finding, so five causes in 1 to 5 rows are one each.
    """
    if not exact and 0 < count < FEW:
        return "some"
    return small_count_words(count, exact=exact)


def _line(load: Mapping[str, Any], *, exact: bool) -> LoadLine:
    rejected = load["rows_rejected"]
    return LoadLine(
        load_id=load["load_id"],
        # A file's name may name a person: it is for officers.
        file=load["file"] if exact else "",
        return_title=get_return(load["return_name"]).title,
        return_words=_with_year(load),
        loaded_on=_moment(load["loaded_at"]),
        covers=_covers(load),
        kept=small_count_words(load["rows_kept"], exact=exact),
        rejected=_rejected_words(rejected, exact=exact),
        state="Loaded with problems" if rejected else "Loaded",
        stop="provisional" if rejected else "",
        how=load.get("inferred") or "",
    )


def _origin(load: Mapping[str, Any]) -> Origin:
    return get_return(load["return_name"]).origin


def _covers(load: Mapping[str, Any]) -> str:
    if _origin(load) is Origin.EXCHANGED and load.get("period_end"):
        return f"Quarters to {format_date(load['period_end'])}"
    return covers_words(load["covers"])


def _with_year(load: Mapping[str, Any]) -> str:
    of = get_return(load["return_name"])
    words = of.title
    if of.by_day and load.get("period_end"):
        return f"{words}, {format_date(load['period_end'])}"
    return f"{words}, {load['year']}" if load.get("year") else words


def _refusal(refusal: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**refusal, "on": _moment(refusal["refused_at"])}


def _moment(text: str) -> str:
    return write_moment(datetime.fromisoformat(text))


def _causes(
    found: Sequence[tuple[str, Mapping[str, Any]]], *, exact: bool
) -> tuple[Cause, ...]:
    """Group findings by what is wrong, most findings first."""
    counts: Counter[tuple[str, str, str]] = Counter()
    returns: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for name, problem in found:
        key = (problem["message"], problem["field"], problem["fix"])
        counts[key] += 1
        returns[key].add(return_words(name))
    return tuple(
        Cause(
            count=small_count_words(count, exact=exact),
            unit="finding" if count == 1 and exact else "findings",
            message=key[0],
            field=key[1],
            fix=key[2],
            returns=", ".join(sorted(returns[key])),
        )
        for key, count in sorted(
            counts.items(), key=lambda item: (-_rank(item[1], exact=exact), item[0])
        )
    )


def _rank(count: int, *, exact: bool) -> int:
    """Order by what is said, so that the order says no more."""
    return count if exact else round_to_ten(count)


def _coverage(loads: Sequence[Mapping[str, Any]]) -> tuple[Coverage, ...]:
    by_return: defaultdict[str, list[tuple[date, date]]] = defaultdict(list)
    for load in loads:
        if load["covers"] is not None:
            by_return[load["return_name"]].append(tuple(load["covers"]))
    return tuple(
        Coverage(return_words(name), tuple(covers_words(span) for span in _join(spans)))
        for name, spans in sorted(by_return.items())
    )


def _join(spans: Sequence[tuple[date, date]]) -> list[tuple[date, date]]:
    """Join spans that touch or overlap, latest first."""
    joined: list[tuple[date, date]] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1] + timedelta(days=1):
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined[::-1]
