"""Run readers so that a fault of one is one file's refusal, and no more.

A fault here is a mistake of OpenScrutiny's own, or a file that makes a library give
up. Its message may hold a value of the file, so only its kind is told.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.plain import PlainFile
from openscrutiny.returns.reading import LoadRequest, Reader, Reading
from openscrutiny.returns.sources import as_refusal

# What libraries written in Rust raise, each a type of its own that is no Exception.
_PANIC: Final = "PanicException"


@dataclass(frozen=True, eq=False)
class Member:
    """One recognised file: what it is a part of, and the digest of its bytes."""

    part: str
    source: PlainFile
    sha256: str

    @property
    def name(self) -> str:
        return self.source.name


def refusal_of(fault: BaseException) -> RefusedFile:
    """Say that a file could not be read, by the kind of fault and nothing of it."""
    if not isinstance(fault, Exception) and type(fault).__name__ != _PANIC:
        raise fault  # the process is to end
    if isinstance(fault, RefusedFile):
        return fault
    known = as_refusal(fault)
    if known is not None:
        return known
    if isinstance(fault, MemoryError):
        return RefusedFile(
            "The file could not be read: there is not enough memory for it.",
            "Load it on a larger computer, or in parts.",
            rule="memory",
        )
    kind = type(fault).__name__
    return RefusedFile(
        f"The file could not be read: an unexpected fault of OpenScrutiny ({kind}).",
        "Nothing of this file was taken. Tell the makers of OpenScrutiny the kind of "
        "fault and of file, and never send the file itself.",
        rule="fault",
    )


def recognise_safely(
    readers: Sequence[Reader], source: PlainFile
) -> tuple[Reader | None, str]:
    """Find the reader that takes a file, and the part that it is.

    Raises RefusedFile where none does and one of them failed.
    """
    refused: RefusedFile | None = None
    for reader in readers:
        try:
            part = reader.recognise(source)
        except BaseException as fault:
            refused = refused or refusal_of(fault)
            continue
        if part is not None:
            return reader, part
    if refused is not None:
        raise refused
    return None, ""


def read_safely(
    reader: Reader,
    members: Sequence[Member],
    request: LoadRequest,
    *,
    alone: bool,
) -> Iterator[tuple[Member, Reading | RefusedFile]]:
    """Read files that belong together, and answer for each of them exactly once.

    After a fault, each file that has no answer yet is read again: `alone`, with those
    that describe it, where tables of a release stand on their own; else the set is
    read without each in turn, to find the one that the reader dies of.
    """
    attempt = _Attempt(reader, request)
    yield from attempt.run(members, members)
    left = [member for member in members if member not in attempt.answered]
    if not left:
        return
    if alone and len(left) > 1:
        tables = [member for member in members if member.part == "data"]
        beside = [member for member in members if member not in tables]
        for member in left:
            together = [m for m in beside if m is not member] + [member]
            yield from attempt.run(together, [member])
            if member not in attempt.answered:  # or was it what describes it?
                yield from attempt.run([member], [member])
    elif len(left) > 1:
        yield from _without_culprit(attempt, members, left)
    for member in left:
        if member not in attempt.answered:
            yield member, attempt.refused


def _without_culprit(
    attempt: "_Attempt", members: Sequence[Member], left: Sequence[Member]
) -> Iterator[tuple[Member, Reading | RefusedFile]]:
    fault = attempt.refused
    for suspect in left:
        others = [member for member in members if member is not suspect]
        wanted = [member for member in left if member is not suspect]
        trial = _Attempt(attempt.reader, attempt.request)
        found = list(trial.run(others, wanted))
        if len(found) == len(wanted):
            attempt.answered |= trial.answered
            attempt.refused = fault
            yield from found
            return


class _Attempt:
    """Read files once, and remember which have an answer and what went wrong."""

    def __init__(self, reader: Reader, request: LoadRequest) -> None:
        self.reader = reader
        self.request = request
        self.answered: set[Member] = set()
        self.refused = refusal_of(RuntimeError())

    def run(
        self, members: Sequence[Member], wanted: Iterable[Member]
    ) -> Iterator[tuple[Member, Reading | RefusedFile]]:
        by_source = {id(member.source): member for member in wanted}
        files = [(member.part, member.source) for member in members]
        try:
            for source, reading in self.reader.read(files, self.request):
                member = by_source.get(id(source))
                if member is not None and member not in self.answered:
                    self.answered.add(member)
                    yield member, reading
        except GeneratorExit:
            raise
        except BaseException as fault:
            self.refused = refusal_of(fault)
