"""The code lists of SEN2 that are known for certain; facts of the return's guide.

Letters of request and assessment outcomes are not among them: no published list was
at hand to check against, so those codes are taken as they come.
"""

from typing import Final

from openscrutiny.returns.ssda903.codes import ETHNICITY, split_codes

__all__ = ["CEASE_REASON", "ETHNICITY", "NEED", "NO_TRANSFER", "SETTING", "SEX"]

# Letters since version 1.2; before it, gender: 0 not known, 9 not specified.
SEX: Final = {"M": "M", "F": "F", "U": "U", "1": "M", "2": "F", "0": "U", "9": "U"}
CEASE_REASON: Final = split_codes("1 2 3 4 5 6 7 8 9")
SETTING: Final = split_codes("OLA OPA EHE EYP OTH NEET NIEC NIEO")
NEED: Final = split_codes("SPLD MLD SLD PMLD SEMH SLCN HI VI MSI PD ASD DS OTH")
# How exports say that a plan was not transferred in.
NO_TRANSFER: Final = ("NONE", "N/A", "000", "0")
