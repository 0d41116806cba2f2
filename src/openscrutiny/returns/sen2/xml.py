"""Read the XML form of SEN2 into the same text tables as the blade CSV files.

Elements become rows with a running number as `tableid`, so that both forms share one
way from there on. Only declared leaves are looked at; a document type is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from openscrutiny.errors import RefusedFile
from openscrutiny.layouts.layout import KEY, Layout
from openscrutiny.layouts.sen2 import HEADER, MODULES, key_of
from openscrutiny.returns.headings import BLANKS, spelt_otherwise
from openscrutiny.returns.markup import table_of_elements, walk_elements
from openscrutiny.returns.reading import SourceFile
from openscrutiny.returns.tabular import TextTable

_ALIASES: Final = spelt_otherwise(MODULES.values())
_LEAVES: Final = {
    name: frozenset(c.heading for c in module.read if c.kind != KEY)
    for name, module in MODULES.items()
}
_AGAIN: Final = "Export the return again and load the new file."


def looks_like_sen2(head: bytes) -> bool:
    """Tell SEN2's XML from its first bytes, whatever their encoding."""
    text = head.replace(b"\0", b"").decode("ascii", errors="ignore")
    plain = "".join(text.split())
    if "<Collection>" in plain:
        return "<Collection>SEN2<" in plain
    return "<Persons" in plain and "<PersonBirthDate>" in plain


@dataclass
class _Collected:
    """Gather rows by module while the file streams by."""

    rows: dict[str, list[dict[str, str | int | None]]] = field(
        default_factory=lambda: {name: [] for name in MODULES}
    )

    def add(self, module: Layout, element: Any, keys: Mapping[str, str]) -> None:
        """Add an element as a row, and the modules inside it as rows below it."""
        own = str(len(self.rows[module.name]) + 1)
        row: dict[str, str | int | None] = {"line": element.sourceline or 0}
        row[key_of(module.name)] = own
        if module.parent:
            row[key_of(module.parent)] = keys.get(module.parent)
        self.rows[module.name].append(row)
        self._fill(row, module, element, {**keys, module.name: own})

    def _fill(
        self,
        row: dict[str, str | int | None],
        module: Layout,
        element: Any,
        keys: Mapping[str, str],
    ) -> None:
        for child in element:
            name = _name(child)
            if name in MODULES and len(child):
                self.add(MODULES[name], child, keys)
            elif len(child):
                self._fill(row, module, child, keys)
            elif name in _LEAVES[module.name] and name not in row:
                row[name] = (child.text or "").strip(BLANKS) or None

    def tables(self, file: str) -> dict[str, TextTable]:
        """Give each module as a table of text with all columns of the module."""
        return {
            name: table_of_elements(
                self.rows[name], [c.heading for c in module.read], name, file
            )
            for name, module in MODULES.items()
        }


def read_xml(source: SourceFile) -> dict[str, TextTable]:
    """Read every module of the file; the header is the module "sen2".

    Raises RefusedFile for malformed or cut XML, for a document type, and where the
    file holds no person.
    """
    collected = _Collected()
    for element in walk_elements(source, "Header", "Person", again=_AGAIN):
        is_header = _name(element) == "header"
        collected.add(MODULES[HEADER if is_header else "person"], element, {})
    if not collected.rows["person"]:
        raise RefusedFile("The file holds no Person.", _AGAIN, rule="rows")
    return collected.tables(source.name)


def _name(element: Any) -> str:
    name = etree.QName(element).localname.lower()
    return _ALIASES.get(name, name)
