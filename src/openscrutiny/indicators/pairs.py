"""Which indicators are read together, and why one alone can mislead."""

from dataclasses import dataclass
from typing import Final

__all__ = ["PAIRS", "Pair", "find_pairs"]


@dataclass(frozen=True)
class Pair:
    """Hold the codes of two indicators and what each adds to the other."""

    first: str
    second: str
    why: str

    def partner_of(self, code: str) -> str:
        """Give the other code, "" where this one is not of the pair."""
        return {self.first: self.second, self.second: self.first}.get(code, "")


PAIRS: Final = (
    Pair("FD1", "FD2", "How many referrals come, and how many come back."),
    Pair("FD2", "FD3", "What is closed at once may return."),
    Pair("AS2", "FD2", "Assessments in time, and whether they settle matters."),
    Pair("AS1", "WF6", "Work that is finished, and work that each person holds."),
    Pair("CP1", "CP3", "How many enquiries, and how soon the conference meets."),
    Pair("CP3", "CP7", "Conferences in time, and plans that have to be repeated."),
    Pair("CP5", "CP9", "How many are on a plan, and for how long."),
    Pair("CP9", "CP10", "Long plans that are open, and long plans that ended."),
    Pair("LA1", "LA2", "How many are looked after, and how many start."),
    Pair("LA1", "LA5", "How many are looked after, and how settled they are."),
    Pair("CL3", "CL4", "Those in learning or work, and those who are not."),
    Pair("WF1", "WF3", "Vacant posts, and agency staff who fill some of them."),
    Pair("WF1", "WF6", "Vacant posts, and the cases that each person holds."),
    Pair("WF2", "WF6", "Who leaves, and the cases that each person holds."),
    Pair("SN4", "SN2", "Plans in time, and how many are asked for."),
    Pair("SN4", "SN11", "New plans in time, and reviews of older ones."),
    Pair("EX1", "EX3", "Exclusions for good, and for a time."),
    Pair("NE1", "NE2", "Known not to be in learning, and not known."),
)


def find_pairs(code: str) -> tuple[tuple[str, str], ...]:
    """List (partner's code, why) of an indicator, in the order above."""
    found = ((pair.partner_of(code), pair.why) for pair in PAIRS)
    return tuple((partner, why) for partner, why in found if partner)
