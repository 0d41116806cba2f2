"""The code lists of SSDA903, as the union of all years from 2017 to 2027.

Facts of the return's guide. Whether a code was allowed in the year of the return is
for the checks; here only a code that no year knows is worth a word.
"""

from typing import Final

__all__ = [
    "ACCOMMODATION",
    "ACTIVITY",
    "ADOPTER_LEGAL_STATUS",
    "ADOPTER_SEX",
    "CATEGORY_OF_NEED",
    "CEASED_REASON",
    "ETHNICITY",
    "IN_TOUCH",
    "LEGAL_STATUS",
    "MISSING_TYPE",
    "NUMBER_OF_ADOPTERS",
    "PLACEMENT",
    "PLACEMENT_CHANGE",
    "PLACEMENT_PROVIDER",
    "PREVIOUS_PERMANENCE",
    "REASON_EPISODE_CEASED",
    "REASON_NEW_EPISODE",
    "REVIEW",
    "SDQ_REASON",
    "SEX",
    "SOCIAL_WORKER_CHANGE",
    "UPN_UNKNOWN",
    "split_codes",
]

Codes = frozenset[str]


def split_codes(text: str) -> Codes:
    """Write a list of codes as one line of words."""
    return frozenset(text.split())


# 1 and 2 until 2024, letters from 2025; spreadsheets write 1.0, which is read as 1.
SEX: Final = {"1": "M", "2": "F", "M": "M", "F": "F", "U": "U"}

ETHNICITY: Final = split_codes(
    "WBRI WIRI WIRT WOTH WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH "
    "CHNE OOTH REFU NOBT"
)
UPN_UNKNOWN: Final = split_codes("UN1 UN2 UN3 UN4 UN5 UN6 UN7")
REASON_NEW_EPISODE: Final = split_codes("S L P T B U")
LEGAL_STATUS: Final = split_codes("C1 C2 D1 E1 V2 V3 V4 L1 L2 L3 J1 J2 J3")
CATEGORY_OF_NEED: Final = split_codes("N1 N2 N3 N4 N5 N6 N7 N8")
PLACEMENT: Final = split_codes(
    "A3 A4 A5 A6 H5 K1 K2 K3 P1 P2 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 "
    "U1 U2 U3 U4 U5 U6 Z1 Z11 Z12 Z13 Z14"
)
PLACEMENT_PROVIDER: Final = split_codes("PR0 PR1 PR2 PR3 PR4 PR5")
REASON_EPISODE_CEASED: Final = split_codes(
    "X1 E11 E12 E2 E3 E4A E4B E13 E41 E43 E44 E45 E46 E47 E48 E5 E6 E7 E8 E9 "
    "E14 E15 E16 E17"
)
PLACEMENT_CHANGE: Final = split_codes(
    "CARPL CLOSE ALLEG STAND APPRR CREQB CREQO CHILD LAREQ PLACE CUSTOD OTHER"
)
REVIEW: Final = split_codes("PN0 PN1 PN2 PN3 PN4 PN5 PN6 PN7")
SDQ_REASON: Final = split_codes("SDQ1 SDQ2 SDQ3 SDQ4 SDQ5")
IN_TOUCH: Final = split_codes("YES NO DIED REFU NREQ RHOM")
ACTIVITY: Final = split_codes("F1 P1 F2 P2 F3 P3 F4 P4 F5 P5 G4 G5 G6 0")
# A letter for the kind of home, and 1 suitable or 2 unsuitable.
ACCOMMODATION: Final = frozenset(
    {letter + digit for letter in "BCDEGHKRSTUVWXYZ" for digit in "12"} | {"0"}
)
NUMBER_OF_ADOPTERS: Final = split_codes("1 2")
ADOPTER_SEX: Final = split_codes("M1 F1 MM FF MF")
ADOPTER_LEGAL_STATUS: Final = split_codes("L0 L11 L12 L2 L3 L4")
CEASED_REASON: Final = split_codes("RD1 RD2 RD3 RD4")
PREVIOUS_PERMANENCE: Final = split_codes("P1 P2 P3 P4 Z1")
MISSING_TYPE: Final = split_codes("M A")
SOCIAL_WORKER_CHANGE: Final = split_codes(
    "MANAGE FCONTA LEFTRL ORGRST TSPROC ABSENC CHCHAN PCCHAN SWDIED OTHERS"
)
