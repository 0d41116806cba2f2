"""The code lists of the returns, as the union of all years; facts of their guides.

Where a list names the year in which a code began, the return of an earlier year is told
of it. Whether all other codes were allowed in a return's year is for the checks.
"""

from typing import Final

from openscrutiny.layouts.layout import Codes, split_codes

# Of children. Sex by letters since 2025 (SEN2 since version 1.2); before, gender: 0 not
# known, 1 male, 2 female, 9 not stated; Annex A has words behind a letter of its own.
SEX: Final = {
    **{"M": "M", "F": "F", "U": "U", "1": "M", "2": "F", "0": "U", "9": "U"},
    **{"MALE": "M", "FEMALE": "F"},
    **dict.fromkeys(
        (
            "NOT STATED/RECORDED",
            "NOT STATED/RECORDED (OR UNBORN)",
            "NOT STATED / RECORDED",
            "NOT STATED",
            "NOT RECORDED",
            "NOT KNOWN",
            "UNKNOWN",
            "UNBORN",
            "INDETERMINATE",
            "NEITHER",
        ),
        "U",
    ),
}
ETHNICITY: Final = split_codes(
    "WBRI WIRI WIRT WOTH WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH "
    "CHNE OOTH REFU NOBT"
)
UPN_UNKNOWN: Final = split_codes("UN1 UN2 UN3 UN4 UN5 UN6 UN7")
DISABILITY: Final = split_codes("NONE MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA")

# Of need and protection.
SOURCE: Final = split_codes(
    "1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 6 7 8 9 10", {2023: "5D"}
)
NEED: Final = split_codes("N0 N1 N2 N3 N4 N5 N6 N7 N8 N9")
CLOSURE: Final = split_codes("RC1 RC2 RC3 RC4 RC5 RC6 RC7 RC8", {2023: "RC9"})
ABUSE: Final = split_codes("NEG PHY SAB EMO MUL")
FACTORS: Final = split_codes(
    "1A 1B 1C 2A 2B 2C 3A 3B 3C 4A 4B 4C 5A 5B 5C 6A 6B 6C 7A 8B 8C 8D 8E 8F 9A 10A 11A "
    "12A 13A 14A 15A 16A 17A 18A 19A 20 21 22A 23A",
    {2021: "18B 18C 19B 19C", 2022: "24A"},
)

# Of looking after, adoption and leaving care; the union of 2017 to 2027.
REASON_NEW_EPISODE: Final = split_codes("S L P T B U")
LEGAL_STATUS: Final = split_codes("C1 C2 D1 E1 V2 V3 V4 L1 L2 L3 J1 J2 J3")
NEED_LOOKED_AFTER: Final = split_codes("N1 N2 N3 N4 N5 N6 N7 N8")
PLACEMENT: Final = split_codes(
    "A3 A4 A5 A6 H5 K1 K2 K3 P1 P2 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 "
    "U1 U2 U3 U4 U5 U6 Z1 Z11 Z12 Z13 Z14"
)
PLACEMENT_LOCATION: Final = split_codes("IN OUT")
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
ACCOMMODATION: Final = Codes(
    frozenset(
        {letter + digit for letter in "BCDEGHKRSTUVWXYZ" for digit in "12"} | {"0"}
    )
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

# Of education, health and care plans. Outcomes: Y agreed or issued, N refused, A not yet
# decided, W withdrawn or ceased before the decision, H decided before the return's year;
# the letters are those of the standard safeguarding dataset, which quotes the guide
# (ssd_ehcp_requests.yml, ssd_ehcp_assessment.yml).
PLAN_OUTCOME: Final = {
    **{"Y": "Y", "N": "N", "A": "A", "W": "W", "H": "H"},
    **{"YES": "Y", "NO": "N", "AWAITING": "A", "WITHDRAWN": "W", "HISTORICAL": "H"},
}
PLAN_CEASED: Final = split_codes("1 2 3 4 5 6 7 8 9")
PLAN_SETTING: Final = split_codes("OLA OPA EHE EYP OTH NEET NIEC NIEO")
SEN_NEED: Final = split_codes("SPLD MLD SLD PMLD SEMH SLCN HI VI MSI PD ASD DS OTH")
