"""The modules of the SEN2 return: how each is recognised, keyed and linked.

Names are those of the blade export of the Department for Education's COLLECT system,
whose files are keyed by a `tableid` column; the XML has the same modules as nested
elements. Names of people, addresses and postcodes are not declared, so never read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["ALIASES", "DATES", "HEADER", "KEYS", "MODULES", "Module", "find_module"]

HEADER: Final = "sen2"
# Before version 1.2 the return asked for gender as registered now.
ALIASES: Final[Mapping[str, str]] = {"gendercurrent": "sex"}


@dataclass(frozen=True)
class Module:
    """Declare one module: its own key, its parent's, and the columns that are read.

    A column in `optional` came or went with a version of the return.
    """

    name: str
    parent: str
    told_by: str
    columns: tuple[str, ...]
    optional: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        return f"{self.name}tableid"

    @property
    def parent_key(self) -> str:
        return f"{self.parent}tableid"

    @property
    def read(self) -> frozenset[str]:
        """Name every column that may be looked at."""
        keys = {self.key, self.parent_key} if self.parent else {self.key}
        return frozenset(self.columns) | keys


def _module(
    name: str, parent: str, told_by: str, columns: str, optional: str = ""
) -> Module:
    return Module(
        name,
        parent,
        told_by,
        (*columns.split(), *optional.split()),
        frozenset(optional.split()),
    )


# Parents stand before their children.
MODULES: Final[Mapping[str, Module]] = {
    module.name: module
    for module in (
        _module(
            "sen2", "", "collection", "collection year referencedate lea", "datetime"
        ),
        _module(
            "person", "", "personbirthdate", "personbirthdate sex ethnicity upn",
            "upnunknown",
        ),
        _module(
            "requests", "person", "receiveddate",
            "receiveddate requestoutcomedate requestoutcome",
            "requestsource requestmediation requesttribunal exported",
        ),
        _module(
            "assessment", "requests", "assessmentoutcome",
            "assessmentoutcome assessmentoutcomedate week20",
            "assessmentmediation assessmenttribunal",
        ),
        _module(
            "namedplan", "assessment", "startdate", "startdate ceasedate ceasereason"
        ),
        _module(
            "plandetail", "namedplan", "sensetting", "urn sensetting", "placementrank"
        ),
        _module(
            "activeplans", "requests", "lastreview", "transferla lastreview",
            "reviewmeeting reviewoutcome",
        ),
        _module(
            "placementdetail", "activeplans", "sensetting", "urn sensetting",
            "placementrank entrydate leavingdate",
        ),
        _module("senneed", "activeplans", "sentype", "sentype", "sentyperank"),
    )
}  # fmt: skip
# The columns that say when something happened.
DATES: Final = frozenset(
    [
        "personbirthdate",
        "receiveddate",
        "requestoutcomedate",
        "assessmentoutcomedate",
        "startdate",
        "ceasedate",
        "reviewmeeting",
        "lastreview",
        "entrydate",
        "leavingdate",
    ]
)
# The columns by which modules hang together.
KEYS: Final = frozenset(module.key for module in MODULES.values())


def find_module(headings: tuple[str, ...]) -> Module | None:
    """Find the module with these headings, by its own key and a column of its own.

    A child's file carries its parent's key too, so children are asked first.
    """
    there = frozenset(headings)
    for module in reversed(list(MODULES.values())):
        if module.key in there and module.told_by in there:
            return module
    return None
