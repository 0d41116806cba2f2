"""Which files are one return: one folder is one set, unless it holds several.

Names are no evidence as long as a folder holds one file for each part: tools number
them, stamp them with the minute, or call a part by a name of their own. Only where a
part is there twice are the sets told apart, by the years in the names, by what is left
of a name without its part, by the years of the dates inside, or, of lists that have one
day together, by the words that tell one part's files apart and another's too.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from openscrutiny.errors import RefusedFile
from openscrutiny.layouts.returns import PartNames
from openscrutiny.returns.safely import Member

# Of several files alike in all but their years, the folder should hold one set.
_APART: Final = "Keep the files of one return in a folder of their own."
_YEARS: Final = range(2000, 2100)


class FileSet(NamedTuple):
    """The files of one return, those that belong to no set, and copies of others.

    `refused` says why, `copies` names the file whose bytes each has.
    """

    members: list[Member]
    refused: list[tuple[Member, RefusedFile]]
    copies: list[tuple[Member, Member]]


Key = Callable[[Member], Hashable]


def split_sets(
    members: Sequence[Member],
    names: PartNames,
    find_year: Callable[[Member], int | None],
) -> list[FileSet]:
    """Tell the sets of one folder apart; `find_year` dates a file by its content."""
    if not _find_twins(members):
        return [_without_copies(members)]
    if names.together:
        return _split_together(members)
    keys: tuple[Key, ...] = (
        _years_of,
        lambda member: names.rest(member.part, _bare(member.name)),
    )
    clean = _find_clean(_group(members, key) for key in keys)
    if clean:
        best = min(clean, key=lambda split: sum(not _is_dated(s, names) for s in split))
    else:
        best = _split_by_content(members, names, find_year)
    own, copies = _set_copies_aside(best)
    again = _find_same_year(own, names, find_year)
    return [*(_judge(group, names, members, again) for group in own), *copies]


def _split_together(members: Sequence[Member]) -> list[FileSet]:
    """Tell sets apart of which each has one day, found from all that is in it.

    Two sets without a part in common may be one that was torn in two, and each half
    would have a day of its own: neither is taken.
    """
    shared = _shared_words(members)
    clean = _find_clean(_group(members, key) for key in (shared.get, _years_of))
    torn, best = min(
        ((_find_torn(split), split) for split in clean),
        key=lambda found: len(found[0]),
        default=(set(members), [list(members)]),
    )
    loose = _refuse_loose(members)
    sets = []
    for group in best:
        own, _, copies = _without_copies(group)
        lost = [(member, loose) for member in own if member in torn]
        kept = [member for member in own if member not in torn]
        sets.append(FileSet(kept, lost, copies))
    return sets


def _shared_words(members: Sequence[Member]) -> dict[Member, Hashable]:
    """Give of each file the words that tell it from others of its part, as q1 and q2 do.

    They are those that some file of its part lacks, and that stand so in another part
    too; where one part alone is there more than once, all that some file lacks. What has
    none of them, but words of its own, stands apart; so does a part that is there once.
    """
    words = {member: _bare(member.name).split() for member in members}
    of_part: dict[str, list[set[str]]] = {}
    for member, told in words.items():
        of_part.setdefault(member.part, []).append(set(told))
    telling = {
        part: set().union(*told) - told[0].intersection(*told)
        for part, told in of_part.items()
    }
    times = Counter(word for told in telling.values() for word in told)
    several = [part for part, told in of_part.items() if len(told) > 1]
    least = min(2, len(several))
    known = {word for word, count in times.items() if count >= least}
    shared: dict[Member, Hashable] = {}
    for member, told in words.items():
        own = tuple(word for word in told if word in telling[member.part])
        both = tuple(word for word in told if word in known)
        alone = member.part if member.part not in several else own
        shared[member] = both or alone
    return shared


def _find_torn(split: Sequence[Sequence[Member]]) -> set[Member]:
    """Find the files of sets that may be a half, for what parts the other sets hold."""
    parts = [frozenset(member.part for member in group) for group in split]
    times = Counter(part for own in parts for part in own)
    twice = {part for part, count in times.items() if count > 1}
    # What shares no part with any set is loose, and tears none of the others.
    tied = [own for own in parts if own & twice]
    return {
        member
        for group, own in zip(split, parts, strict=True)
        if not own & twice or any(own.isdisjoint(other) for other in tied)
        for member in group
    }


def _find_clean(splits: Iterable[list[list[Member]]]) -> list[list[list[Member]]]:
    """Find the splits in which no set holds one part twice."""
    return [split for split in splits if not any(map(_find_twins, split))]


def _without_copies(members: Sequence[Member]) -> FileSet:
    """Give one set, without files that are another's bytes under another name."""
    first: dict[str, Member] = {}
    for member in members:
        first.setdefault(member.sha256, member)
    copies = [(m, first[m.sha256]) for m in members if first[m.sha256] is not m]
    return FileSet(list(first.values()), [], copies)


def _set_copies_aside(
    groups: list[list[Member]],
) -> tuple[list[list[Member]], list[FileSet]]:
    """Take out groups that hold nothing but copies of what one other group holds."""
    own: list[list[Member]] = []
    copies: list[FileSet] = []
    for group in sorted(groups, key=len, reverse=True):
        bytes_of = {member.sha256 for member in group}
        whole = next((o for o in own if bytes_of <= {m.sha256 for m in o}), None)
        if whole is None:
            own.append(group)
            continue
        same = {member.sha256: member for member in reversed(whole)}
        copies.append(FileSet([], [], [(m, same[m.sha256]) for m in group]))
    return [group for group in groups if group in own], copies


def _find_same_year(
    groups: list[list[Member]],
    names: PartNames,
    find_year: Callable[[Member], int | None],
) -> dict[Member, RefusedFile]:
    """Refuse dated files of two sets that are of one year: which counts is not told."""
    of: dict[tuple[str, int], list[Member]] = {}
    for member in (m for group in groups for m in group if m.part in names.dated):
        year = find_year(member) if len(groups) > 1 else None
        if year is not None:
            of.setdefault((member.part, year), []).append(member)
    return {
        member: RefusedFile(
            f"Files that lie together hold the same table, {part}, of the same year, "
            f"{year} ({_list([_file_name(m.name) for m in same])}), and not the same rows: "
            "which of them counts cannot be told.",
            "Keep the one that counts, and load it again.",
            rule="set",
        )
        for (part, year), same in of.items()
        if len({member.sha256 for member in same}) > 1
        for member in same
    }


def _split_by_content(
    members: Sequence[Member],
    names: PartNames,
    find_year: Callable[[Member], int | None],
) -> list[list[Member]]:
    """Put dated files together by year. The others join where there is one year."""
    years = {m: find_year(m) for m in members if m.part in names.dated}
    told = {year for year in years.values() if year is not None}
    only = next(iter(told)) if len(told) == 1 else None
    return _group(members, lambda member: years.get(member, only))


def _judge(
    group: list[Member],
    names: PartNames,
    folder: Sequence[Member],
    again: dict[Member, RefusedFile],
) -> FileSet:
    """Refuse what could belong to more than one set, and what is there `again`."""
    group, _, copies = _without_copies(group)
    twins = _find_twins(group)
    refused = [(member, again[member]) for member in group if member in again]
    refused += [
        (member, _refuse_twin(member.part, twins[member.part]))
        for member in group
        if member.part in twins and member not in again
    ]
    lost = {member for member, _ in refused}
    kept = [member for member in group if member not in lost]
    if kept and not _is_dated(kept, names):
        refused += [(member, _refuse_loose(folder)) for member in kept]
        kept = []
    return FileSet(kept, refused, copies)


def _is_dated(group: Sequence[Member], names: PartNames) -> bool:
    return any(member.part in names.dated for member in group)


def _group(members: Sequence[Member], key: Key) -> list[list[Member]]:
    groups: dict[Hashable, list[Member]] = {}
    for member in members:
        groups.setdefault(key(member), []).append(member)
    return list(groups.values())


def _find_twins(members: Sequence[Member]) -> dict[str, list[str]]:
    """Find the parts that files of different bytes hold, with the files' names."""
    counts = Counter(part for part, _ in {(m.part, m.sha256) for m in members})
    return {
        part: [_file_name(m.name) for m in members if m.part == part]
        for part, count in counts.items()
        if count > 1
    }


def _refuse_twin(part: str, names: Sequence[str]) -> RefusedFile:
    return RefusedFile(
        f"Files that lie together hold the same table, {part} ({_list(names)}), and "
        "neither their names nor their dates say which return each belongs to.",
        _APART,
        rule="set",
    )


def _refuse_loose(folder: Sequence[Member]) -> RefusedFile:
    part, names = next(iter(_find_twins(folder).items()))
    return RefusedFile(
        f"In this folder lie several returns ({_list(names)} each hold the table "
        f"{part}), and neither this file's name nor its dates say to which it belongs.",
        _APART,
        rule="set",
    )


def _list(names: Sequence[str]) -> str:
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"


def _file_name(name: str) -> str:
    return PurePosixPath(name.replace("!", "/")).name


def _bare(name: str) -> str:
    """Give a file's own name in small letters, its marks made blanks.

    >>> _bare("set/02_Episodes-20250514.csv")
    '02 episodes 20250514'
    """
    stem = PurePosixPath(_file_name(name)).stem.lower()
    return " ".join(re.sub(r"[^0-9a-z]+", " ", stem).split())


def _years_of(member: Member) -> tuple[str, ...]:
    return _years_in(_bare(member.name))


def _years_in(name: str) -> tuple[str, ...]:
    """List the years that a name tells, alone or at an end of a date.

    >>> _years_in("2017 header"), _years_in("episodes 20250514 0910"), _years_in("oc2")
    (('2017',), ('2025',), ())
    """
    found = []
    for run in re.findall(r"\d+", name):
        ends = {4: run, 6: run[:4], 8: run[:4]}
        year = ends.get(len(run), run[:4] if len(run) >= 12 else "")
        if len(run) == 8 and int(year) not in _YEARS:
            year = run[-4:]  # a date written day first
        if year and int(year) in _YEARS:
            found.append(year)
    return tuple(found)
