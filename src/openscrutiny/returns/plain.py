"""Every file in its plain form, before any reader sees it: measured, and in UTF-8.

Text in UTF-16 becomes UTF-8, tabs, semicolons and bars between cells become commas, a
workbook is packed again from the parts that were measured. Lines keep their numbers.
What is empty, protected or far too large is refused here, with its true cause, so that
no reader has to know of it.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO, Any, Final

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.limits import MAX_COLUMNS, MAX_FILE_BYTES, MAX_TEXT_BYTES
from openscrutiny.returns.measuring import check_parquet, is_workbook_zip, pack_again
from openscrutiny.returns.sources import ZIP_STARTS, Source, refuse_unreadable

OLE_START: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PARQUET_START: Final = b"PAR1"
HEAD: Final = 65536
_BLOCK: Final = 1 << 18
_LOOKED_AT: Final = 40  # lines by which the separator is judged
_BOM: Final = codecs.BOM_UTF8
# A file of these alone, such as a sheet's empty cells, says nothing.
_NOTHING_SAID: Final = b' \t\r\n\0\xef\xbb\xbf\xff\xfe,;|"'
_ENCODING: Final = re.compile(
    rb"""^(\s*<\?xml[^>]{0,200}?encoding\s*=\s*)(["'])[^"']{0,40}\2"""
)


class PlainFile:
    """One file as readers are given it; a SourceFile. Raises RefusedFile when made.

    `memo` is for what is found out about the file and would cost much to find again;
    `forget` lets go of it, and of the bytes of a workbook.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.memo: dict[str, Any] = {}
        with refuse_unreadable():
            self._start = source.head(HEAD)
            self.size = source.size
        self._encoding = _find_encoding(self._start)
        self._separator = ""
        self._check()

    @property
    def name(self) -> str:
        return self.source.name

    @property
    def separator(self) -> str:
        """Give what parted the cells before they were given with commas; "" if those.

        A reader of published tables asks any source for it (published/text.py).
        """
        return self._separator

    @property
    def folder(self) -> str:
        return self.source.folder

    @property
    def group(self) -> str:
        return self.source.group

    def open(self) -> IO[bytes]:
        """Open the plain bytes from the start."""
        if self._is_workbook:
            return io.BytesIO(self._packed())
        file = self.source.open()
        if self._encoding:
            file = _stream(_recode(file, self._encoding), file)
        if self._separator:
            file = _stream(_with_commas(file, self._separator), file)
        return file

    def head(self, size: int = HEAD) -> bytes:
        if self._is_workbook:
            return self._packed()[:size]
        if not self._encoding and not self._separator and size <= HEAD:
            return self._start[:size]
        if "head" not in self.memo or size > HEAD:
            with self.open() as file:
                start = file.read(max(size, HEAD))
            if size > HEAD:
                return start
            self.memo["head"] = start
        head: bytes = self.memo["head"]
        return head[:size]

    def forget(self) -> None:
        self.memo.clear()

    def _packed(self) -> bytes:
        """Give the workbook packed again from the parts that were measured."""
        if "packed" not in self.memo:
            with refuse_unreadable(), self.source.open() as file:
                self.memo["packed"] = pack_again(file)
        packed: bytes = self.memo["packed"]
        return packed

    def _check(self) -> None:
        start = self._start
        self._is_workbook = False
        if self.size > MAX_FILE_BYTES:
            raise RefusedFile(
                "The file is larger than one gigabyte, more than any return can be.",
                "Check that it is the right file, or load one authority at a time.",
            )
        if not start.strip(_NOTHING_SAID) and len(start) < HEAD:
            raise RefusedFile(
                "The file is empty.", "Export it again, and check that it opens."
            )
        if start.startswith(OLE_START):
            raise self._why_ole()
        if start[:4] in ZIP_STARTS:
            with refuse_unreadable(), self.source.open() as file:
                self._is_workbook = is_workbook_zip(file)
        elif start.startswith(PARQUET_START):
            with refuse_unreadable(), self.source.open() as file:
                check_parquet(file)
        else:
            self._check_text()

    def _check_text(self) -> None:
        head = self.head()
        if b"<" in head[:200].lstrip(_BOM)[:1] or head.lstrip()[:1] in (b"{", b"["):
            return
        if self.size > MAX_TEXT_BYTES:
            raise RefusedFile(
                f"The file is larger than {MAX_TEXT_BYTES // 1_000_000} megabytes of "
                "text, more than any table that is read.",
                "Load it in parts, one authority or one year at a time.",
            )
        self._separator = find_separator(head)
        self.memo.clear()
        with self.open() as file:
            _check_width(file)

    def _why_ole(self) -> RefusedFile:
        with refuse_unreadable(), self.source.open() as file:
            start = file.read(1 << 20)
        if "EncryptedPackage".encode("utf-16-le") in start:
            return RefusedFile(
                "The workbook is protected by a password.",
                "Open it in a spreadsheet program, save it as .xlsx without a "
                "password, and load it again.",
                rule="password",
            )
        return RefusedFile(
            "This is a workbook that is protected by a password, or an old .xls.",
            "Open it in a spreadsheet program, save it as .xlsx without a password, "
            "and load it again.",
            rule="password",
        )


# ---------------------------------------------------------------- text


def _find_encoding(start: bytes) -> str:
    """Name the UTF-16 that the text is in; "" where it is none."""
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    if start[:4] == "<?".encode("utf-16-le"):
        return "utf-16-le"
    return "utf-16-be" if start[:4] == "<?".encode("utf-16-be") else ""


def _recode(file: IO[bytes], encoding: str) -> Iterator[bytes]:
    """Give UTF-16 text as UTF-8; an XML declaration then says so too."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        first = True
        while block := file.read(_BLOCK):
            plain = decoder.decode(block).encode("utf-8")
            if first:
                plain = _ENCODING.sub(rb"\1\2UTF-8\2", plain)
                first = False
            yield plain
        yield decoder.decode(b"", final=True).encode("utf-8")
    except UnicodeError:
        raise RefusedFile(
            "The text begins as UTF-16 and does not go on so: it is damaged or cut "
            "short.",
            "Export it again, as UTF-8 where that can be chosen.",
            rule="encoding",
        ) from None


def find_separator(head: bytes) -> str:
    """Find what stands between cells where it is no comma: tab, semicolon, bar or "".

    It is the one that most of the first lines have alike, and oftener than commas.

    >>> find_separator(b"CHILD;SEX;DOB\\nK1;F;04/05/2011\\n"), find_separator(b"a,b\\n")
    (';', '')
    """
    text = head.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if len(head) >= HEAD and len(lines) > 1:
        lines.pop()
    lines = [line for line in lines if line.strip()][:_LOOKED_AT]
    commas = _usual_count(lines, ",")
    found = {mark: _usual_count(lines, mark) for mark in ("\t", ";", "|")}
    best = max(found, key=lambda mark: found[mark])
    return best if found[best] > commas else ""


def _usual_count(lines: list[str], mark: str) -> int:
    """Count a sign in the lines: the number that at least half of them have."""
    if not lines:
        return 0
    counts = Counter(re.sub('"[^"]*"', "", line).count(mark) for line in lines)
    number, many = max(counts.items(), key=lambda item: (item[1], item[0]))
    return number if 2 * many >= len(lines) else 0


def _with_commas(file: IO[bytes], separator: str) -> Iterator[bytes]:
    """Put commas between cells. Latin-1 keeps every byte, whatever the letters are."""
    if (start := file.read(3)) != _BOM:
        file = _stream(iter((start, *_rest(file))), file)
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    lines = io.TextIOWrapper(file, encoding="latin-1", newline="")
    rows = csv.reader(_narrow(lines, separator), delimiter=separator)
    try:
        for row in rows:
            writer.writerow(row)
            if written.tell() > _BLOCK:
                yield written.getvalue().encode("latin-1")
                written.seek(0)
                written.truncate()
    except csv.Error:
        raise RefusedFile(
            "A quotation mark is out of place or never closed, or a cell is longer "
            "than any spreadsheet allows.",
            "Export the file again, or mend the quotation marks on this line.",
            line=rows.line_num,
            rule="quotation",
        ) from None
    yield written.getvalue().encode("latin-1")


def _check_width(file: IO[bytes]) -> None:
    """Refuse a table with far too many columns, by its first lines."""
    for number in range(1, _LOOKED_AT + 1):
        line = file.readline(1 << 20)
        if not line:
            return
        _check_line(line.decode("latin-1"), ",", number)


def _narrow(lines: Iterable[str], separator: str) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        _check_line(line, separator, number)
        yield line


def _check_line(line: str, separator: str, number: int) -> None:
    if line.count(separator) < MAX_COLUMNS:
        return
    if re.sub('"[^"]*"', "", line).count(separator) >= MAX_COLUMNS:
        raise RefusedFile(
            f"The table has more than {MAX_COLUMNS:,} columns, more than any return "
            "or publication.",
            "Export it again with the columns of the return alone.",
            line=number,
            rule="columns",
        )


# ---------------------------------------------------------------- streams


class _Stream(io.RawIOBase):
    """Give blocks of bytes as a file, without holding more than one of them."""

    def __init__(self, blocks: Iterator[bytes], under: IO[bytes]) -> None:
        self._blocks = blocks
        self._under = under
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._left = memoryview(block)
        room = memoryview(buffer).cast("B")
        size = min(len(room), len(self._left))
        room[:size] = self._left[:size]
        self._left = self._left[size:]
        return size

    def close(self) -> None:
        if not self.closed:
            self._under.close()
        super().close()


def _stream(blocks: Iterator[bytes], under: IO[bytes]) -> IO[bytes]:
    return io.BufferedReader(_Stream(blocks, under), _BLOCK)


def _rest(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(_BLOCK):
        yield block
