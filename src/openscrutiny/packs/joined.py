"""Several PDFs of the typesetter as one: pages, tags, bookmarks and links.

To set a long document at once takes several megabytes a page, and its parts one after
another take no more than the longest. The typesetter writes every object in the open,
so that references can be counted on without reading what a page draws.
"""

import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

# The address of a link that leads to a heading of another part, by its place in all.
HEADING: Final = "heading:{}"

_STREAM: Final = b">>\nstream\n"
_STRING: Final = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)"
_TOKEN: Final = re.compile(
    _STRING + rb"|<[0-9A-Fa-f]*>|\b(\d+) 0 R\b|/StructParents? (\d+)", re.DOTALL
)
_LINK: Final = re.compile(rb"/A<</Type/Action/S/URI/URI\(heading:(\d+)\)>>")
_SAID: Final = re.compile(rb"/Contents\(heading:(\d+)\)")
_ESCAPE: Final = re.compile(rb"\\(.)", re.DOTALL)
_NAMES: Final = re.compile(rb"/ID\[\(([^()]*)\)\(([^()]*)\)\]")


@dataclass(frozen=True)
class Heading:
    """Name one bookmark: level 1 or 2, and its page of its part, from 0."""

    level: int
    text: str
    page: int
    target: int  # the object that says where on the page


@dataclass(frozen=True)
class Part:
    """Hold one PDF as the typesetter wrote it: its objects by number, and its trailer.

    Raises ValueError where it is not written as expected.
    """

    content: bytes

    @cached_property
    def spans(self) -> dict[int, tuple[int, int]]:
        """Give where each object begins and ends, by its number."""
        data = self.content
        table = int(data[data.rindex(b"startxref") + 9 :].split()[0])
        lines = data[table : data.index(b"trailer", table)].splitlines()
        if lines[0] != b"xref" or not lines[1].startswith(b"0 "):
            raise ValueError("a PDF without a plain table of its objects")
        starts = [int(line.split()[0]) for line in lines[3:]]
        ends = dict(zip(sorted(starts), [*sorted(starts)[1:], table], strict=True))
        return {n: (at, ends[at]) for n, at in enumerate(starts, 1) if at}

    def read(self, number: int) -> bytes:
        """Take an object without its number and its end."""
        start, end = self.spans[number]
        body = self.content[start:end].partition(b" obj\n")[2]
        return body.rstrip().removesuffix(b"endobj").rstrip(b"\n")

    @cached_property
    def trailer(self) -> bytes:
        return self.content[self.content.rindex(b"trailer") :]

    @cached_property
    def catalog(self) -> int:
        return _number(self.trailer, b"Root")

    @cached_property
    def info(self) -> int:
        return _number(self.trailer, b"Info")

    def of_catalog(self, name: bytes) -> int:
        """Give the number of what the catalog names; 0 where it names none."""
        return _number(self.read(self.catalog), name)

    @cached_property
    def tags(self) -> bytes:
        """Give the root of its tags."""
        return self.read(self.of_catalog(b"StructTreeRoot"))

    @cached_property
    def document(self) -> int:
        """Give the number of the one tag below that root."""
        (number,) = _references(_between(self.tags, b"/K[", b"]"))
        return number

    @cached_property
    def pages(self) -> list[int]:
        """List the numbers of its pages in their order."""
        kids = self.read(self.of_catalog(b"Pages"))
        return _references(_between(kids, b"/Kids[", b"]"))

    @cached_property
    def pieces_at_end(self) -> int:
        """Count the pieces of text that its last page draws."""
        page = self.read(self.pages[-1])
        drawn = self.read(_number(page, b"Contents")).partition(_STREAM)[2]
        return len(re.findall(rb"T[jJ]\b", zlib.decompress(drawn)))

    @cached_property
    def parents(self) -> list[tuple[int, int]]:
        """List what each number of the tags' index leads to."""
        index = _between(self.tags, b"/ParentTree<</Nums[", b"]")
        pairs = re.findall(rb"(\d+) (\d+) 0 R", index)
        return [(int(key), int(number)) for key, number in pairs]

    @cached_property
    def names(self) -> list[tuple[bytes, int]]:
        """List the names that cells of tables are called by."""
        index = _between(self.tags, b"/IDTree<</Names[", b"]")
        pairs = re.findall(rb"(" + _STRING + rb")(\d+) 0 R", index, re.DOTALL)
        return [(name, int(number)) for name, number in pairs]

    @cached_property
    def headings(self) -> list[Heading]:
        """List its bookmarks in their order, the lower ones below theirs."""
        outline = self.of_catalog(b"Outlines")
        return list(self._walk(outline, 1)) if outline else []

    def _walk(self, above: int, level: int) -> Iterator[Heading]:
        number = _number(self.read(above), b"First")
        while number:
            item = self.read(number)
            target = _number(item, b"Dest")
            (page,) = _references(self.read(target).partition(b"/XYZ")[0])
            yield Heading(level, _title(item), self.pages.index(page), target)
            yield from self._walk(number, level + 1)
            number = _number(item, b"Next")


def join(parts: Sequence[Part]) -> bytes:
    """Join them; the title, the language and the notes on the file are the first's.

    A link to HEADING leads to that heading, counted from 0 over all parts after the
    first, whose pages are numbered apart. What the parts share is written once, and the rest
    one object after another, so that nothing is held twice.
    """
    first, places = parts[0], list(_place(parts))
    headings = [
        (place.number(heading.target), heading.text)
        for place in places[1:]
        for heading in place.part.headings
    ]
    pages = [place.number(page) for place in places for page in place.part.pages]
    catalog = first.read(first.catalog).removesuffix(b">>")
    labels = b"/PageLabels<</Nums[0<</S/r>>%d<</S/D>>]>>>>" % len(first.pages)
    shared = {
        first.of_catalog(b"Pages"): b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (len(pages), _refer(pages)),
        first.catalog: catalog + labels,
        first.info: first.read(first.info),
        **_tags(places),
        **_bookmarks(places, headings),
    }
    file = _File(first)
    for number, body in shared.items():
        file.write(number, body)
    about = first.of_catalog(b"Metadata")
    for place in places:
        for number in place.part.spans:
            there = place.number(number)
            if there != about and there not in file.table:
                file.write(there, place.rewrite(number, headings))
    return file.close(about, len(pages))


@dataclass(frozen=True)
class _Place:
    """Hold a part and where its numbers begin among all: objects, and keys of tags."""

    part: Part
    first: Part
    at: int
    objects: int
    keys: int

    @cached_property
    def shared(self) -> dict[int, int]:
        """Give what of it is not its own: by its number, that of the first part."""
        ours, theirs = self.part, self.first
        names = (b"Pages", b"StructTreeRoot", b"Outlines", b"Metadata")
        shared = {ours.of_catalog(name): theirs.of_catalog(name) for name in names}
        shared |= {ours.document: theirs.document, ours.catalog: theirs.catalog}
        shared[ours.info] = theirs.info
        shared.pop(0, None)
        return shared

    def number(self, number: int) -> int:
        return self.shared.get(number) or number + self.objects

    @cached_property
    def _renamed(self) -> dict[bytes, bytes]:
        return {name: self.rename(name) for name, _ in self.part.names}

    def rename(self, name: bytes) -> bytes:
        """Give a cell a name that no other part has."""
        return b"(%d.%s" % (self.at, name[1:])

    def rewrite(self, number: int, headings: Sequence[tuple[int, str]]) -> bytes:
        """Count all references on; what a stream holds stays as it is."""
        head, stream, rest = self.part.read(number).partition(_STREAM)

        def count_on(found: re.Match[bytes]) -> bytes:
            reference, key = found.groups()
            if reference:
                return b"%d 0 R" % self.number(int(reference))
            if key:
                name = found[0].partition(b" ")[0]
                return b"%s %d" % (name, int(key) + self.keys)
            return self._renamed.get(found[0], found[0])

        head = _TOKEN.sub(count_on, head)
        head = _LINK.sub(lambda f: b"/Dest %d 0 R" % headings[int(f[1])][0], head)
        head = _SAID.sub(lambda f: b"/Contents" + _say(headings[int(f[1])][1]), head)
        return head + stream + rest


def _place(parts: Sequence[Part]) -> Iterator[_Place]:
    objects = keys = 0
    for at, part in enumerate(parts):
        yield _Place(part, parts[0], at, objects, keys)
        objects += max(part.spans)
        keys += 1 + max((key for key, _ in part.parents), default=-1)


def _tags(places: Sequence[_Place]) -> dict[int, bytes]:
    """Put the tags of all parts below one document, with one index."""
    first = places[0].part
    roles: dict[bytes, bytes] = {}
    keys, names, below = [], [], []
    for place in places:
        part = place.part
        mapped = _between(part.tags, b"/RoleMap<<", b">>")
        roles |= dict(re.findall(rb"/(\w+)/(\w+)", mapped))
        keys += [(key + place.keys, place.number(n)) for key, n in part.parents]
        names += [(place.rename(name), place.number(n)) for name, n in part.names]
        kids = _references(_between(part.read(part.document), b"/K[", b"]"))
        below += [place.number(kid) for kid in kids]
    root = first.of_catalog(b"StructTreeRoot")
    tree = (
        b"<</Type/StructTreeRoot/RoleMap<<%s>>/K[%d 0 R]/ParentTree<</Nums[%s]>>"
        b"/IDTree<</Names[%s]>>/ParentTreeNextKey %d>>"
    ) % (
        b"".join(b"/%s/%s" % role for role in sorted(roles.items())),
        first.document,
        b" ".join(b"%d %d 0 R" % pair for pair in sorted(keys)),
        b"".join(b"%s%d 0 R" % pair for pair in sorted(names)),
        1 + max((key for key, _ in keys), default=-1),
    )
    whole = b"<</Type/StructElem/S/Document/P %d 0 R/K[%s]>>" % (root, _refer(below))
    return {root: tree, first.document: whole}


def _bookmarks(
    places: Sequence[_Place], headings: Sequence[tuple[int, str]]
) -> dict[int, bytes]:
    """Chain the bookmarks of all parts, each part's last to the next one's first."""
    chained: dict[int, bytes] = {}
    last, tops, count = 0, [], 0
    for place in places:
        number = place.part.of_catalog(b"Outlines")
        if not place.part.headings:
            continue
        outline = place.part.read(number)
        ends = [_number(outline, name) for name in (b"First", b"Last")]
        for end in ends:
            body = place.rewrite(end, headings)
            chained.setdefault(place.number(end), body)
        ours, following = place.number(ends[0]), place.number(ends[1])
        if last:
            chained[last] = chained[last].removesuffix(b">>") + b"/Next %d 0 R>>" % ours
            chained[ours] = chained[ours].removesuffix(b">>") + b"/Prev %d 0 R>>" % last
        tops.append(ours)
        last = following
        count += sum(heading.level == 1 for heading in place.part.headings)
    if not tops:
        return {}
    root = places[0].part.of_catalog(b"Outlines")
    ends_of_all = (tops[0], last, count)
    chained[root] = (
        b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % ends_of_all
    )
    return chained


class _File:
    """Write a PDF one object after another; it is called by what it holds."""

    def __init__(self, first: Part) -> None:
        self.table: dict[int, int] = {}
        self._first = first
        self._out = bytearray(first.content[: first.content.index(b"1 0 obj")])

    def write(self, number: int, body: bytes) -> None:
        self.table[number] = len(self._out)
        self._out += b"%d 0 obj\n%s\nendobj\n\n" % (number, body)

    def close(self, about: int, pages: int) -> bytes:
        """Write the notes on the file, the table of its objects and the trailer."""
        seal = hashlib.sha256(self._out).hexdigest()[:20].encode()
        known = _NAMES.search(self._first.trailer)
        old = known.groups() if known else ()
        new = [b"%s%d" % (seal, at) for at in range(len(old))]
        self.write(about, self._notes(about, pages, dict(zip(old, new, strict=True))))
        start, size = len(self._out), max(self.table) + 1
        free = [number for number in range(size) if number not in self.table]
        after = dict(zip(free, [*free[1:], 0], strict=True))
        self._out += b"xref\n0 %d\n" % size
        for number in range(size):
            if number in self.table:
                self._out += b"%010d 00000 n\r\n" % self.table[number]
            else:
                self._out += b"%010d 65535 f\r\n" % after[number]
        root, info = self._first.catalog, self._first.info
        self._out += b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R" % (size, root, info)
        self._out += b"/ID[%s]>>\n" % b"".join(b"(%s)" % name for name in new)
        self._out += b"startxref\n%d\n%%%%EOF" % start
        return bytes(self._out)

    def _notes(self, about: int, pages: int, names: Mapping[bytes, bytes]) -> bytes:
        notes = self._first.read(about)
        notes = re.sub(rb"(?<=NPages>)\d+", b"%d" % pages, notes)
        for old, new in names.items():
            notes = notes.replace(old, new)
        body = notes.partition(_STREAM)[2].removesuffix(b"\nendstream")
        return re.sub(rb"/Length \d+", b"/Length %d" % len(body), notes, count=1)


def _number(body: bytes, name: bytes) -> int:
    """Give the number that a name of a dictionary refers to; 0 where it has none."""
    found = re.search(rb"/" + name + rb" (\d+) 0 R", body)
    return int(found[1]) if found else 0


def _between(body: bytes, start: bytes, end: bytes) -> bytes:
    """Take what stands between the two; empty where the first is not there."""
    return body.partition(start)[2].partition(end)[0]


def _references(body: bytes) -> list[int]:
    return [int(number) for number in re.findall(rb"(\d+) 0 R", body)]


def _refer(numbers: Sequence[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _say(words: str) -> bytes:
    """Write words as a PDF holds those that are not ASCII."""
    return b"<FEFF%s>" % words.encode("utf-16-be").hex().encode()


def _title(item: bytes) -> str:
    """Read the words of a bookmark, which are hexadecimal where they are not ASCII."""
    written = item.partition(b"/Title")[2]
    if written.startswith(b"<"):
        return bytes.fromhex(written[1 : written.index(b">")].decode()).decode("utf-16")
    found = re.match(_STRING, written, re.DOTALL)
    if found is None:
        raise ValueError("a bookmark without words")
    return _ESCAPE.sub(rb"\1", found[0][1:-1]).decode("latin-1")
