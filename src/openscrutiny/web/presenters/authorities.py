"""A long list of authorities, cut to ours, our neighbours and both ends until asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from openscrutiny.story.model import AuthorityRow

_ALL: Final = "all"
_AT_THE_ENDS: Final = 5
_BESIDE_OURS: Final = 2
_SHORT: Final = 30  # a list that is no longer is shown whole


@dataclass(frozen=True)
class Line:
    """Hold one authority, or, where `left_out` is not 0, how many are left out here."""

    row: AuthorityRow | None
    left_out: int = 0


@dataclass(frozen=True)
class AuthoritiesView:
    """Hold the lines; `other` is the address of the whole list, or of the short one."""

    lines: tuple[Line, ...]
    count: int
    left_out: int
    is_whole: bool
    other: str
    is_ranked: bool
    is_banded: bool
    signs: tuple[str, ...]  # that stand in place of a figure
    has_ours: bool


def lay_out_authorities(
    request: HttpRequest, rows: Sequence[AuthorityRow]
) -> AuthoritiesView:
    """Choose what is shown: everybody where the address says `rows=all`."""
    whole = request.GET.get("rows") == _ALL or len(rows) <= _SHORT
    query = request.GET.copy()
    if request.GET.get("rows") == _ALL:
        del query["rows"]
    else:
        query["rows"] = _ALL
    asked = query.urlencode()
    lines = tuple(map(Line, rows)) if whole else _cut(rows)
    left_out = sum(line.left_out for line in lines)
    return AuthoritiesView(
        lines=lines,
        count=len(rows),
        left_out=left_out,
        is_whole=whole,
        other="" if len(rows) <= _SHORT else f"{request.path}?{asked}#everybody",
        is_ranked=any(row.rank for row in rows),
        is_banded=any(row.band for row in rows),
        signs=tuple(sorted({row.value for row in rows if row.value.startswith("[")})),
        has_ours=any(row.who == "ours" for row in rows),
    )


def _cut(rows: Sequence[AuthorityRow]) -> tuple[Line, ...]:
    """Keep whoever has a part, those beside ours and both ends of those with a figure."""
    figures = [at for at, row in enumerate(rows) if not row.value.startswith("[")]
    kept = {at for at, row in enumerate(rows) if row.who}
    kept.update(figures[:_AT_THE_ENDS], figures[-_AT_THE_ENDS:])
    for at, row in enumerate(rows):
        if row.who == "ours":
            kept.update(range(max(0, at - _BESIDE_OURS), at + _BESIDE_OURS + 1))
    lines: list[Line] = []
    skipped = 0
    for at, row in enumerate(rows):
        if at not in kept:
            skipped += 1
            continue
        if skipped:
            lines.append(Line(None, skipped))
            skipped = 0
        lines.append(Line(row))
    if skipped:
        lines.append(Line(None, skipped))
    return tuple(lines)
