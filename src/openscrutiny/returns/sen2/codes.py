"""The code lists of SEN2 that are known for certain; facts of the return's guide.

A code that no list knows is emptied and told: it may as well be somebody's name. The
letters of outcomes are those of the standard safeguarding dataset, which quotes the
guide (ssd_ehcp_requests.yml, ssd_ehcp_assessment.yml).
"""

from collections.abc import Collection
from typing import Final

from openscrutiny.returns.ssda903 import codes as shared
from openscrutiny.returns.ssda903.codes import split_codes

__all__ = [
    "CEASE_REASON",
    "ETHNICITY",
    "HISTORICAL",
    "ISSUED",
    "NEED",
    "NO_TRANSFER",
    "OUTCOME",
    "SETTING",
    "SEX",
    "UNDECIDED",
]


def _alike(codes: Collection[str]) -> dict[str, str]:
    """Give codes that mean themselves."""
    return {code: code for code in codes}


# Letters since version 1.2; before it, gender: 0 not known, 9 not specified.
SEX: Final = {
    **{"M": "M", "F": "F", "U": "U", "1": "M", "2": "F", "0": "U", "9": "U"},
    **{"MALE": "M", "FEMALE": "F", "UNKNOWN": "U", "NOT KNOWN": "U"},
}
# Y agreed or issued, N refused, A not yet decided, W withdrawn or ceased before the
# decision, H decided before the return's year.
OUTCOME: Final = {
    **{"Y": "Y", "N": "N", "A": "A", "W": "W", "H": "H"},
    **{"YES": "Y", "NO": "N", "AWAITING": "A", "WITHDRAWN": "W", "HISTORICAL": "H"},
}
ISSUED: Final = "Y"
HISTORICAL: Final = "H"
UNDECIDED: Final = ("A",)
ETHNICITY: Final = _alike(shared.ETHNICITY)
CEASE_REASON: Final = _alike(split_codes("1 2 3 4 5 6 7 8 9"))
SETTING: Final = _alike(split_codes("OLA OPA EHE EYP OTH NEET NIEC NIEO"))
NEED: Final = _alike(split_codes("SPLD MLD SLD PMLD SEMH SLCN HI VI MSI PD ASD DS OTH"))
# How exports say that a plan was not transferred in.
NO_TRANSFER: Final = ("NONE", "NO", "N", "000", "0")
