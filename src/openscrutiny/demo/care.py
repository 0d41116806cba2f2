"""Spells of care: placements, changes of legal status, and leaving care."""

import random
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from openscrutiny.demo.days import DAY
from openscrutiny.demo.people import Person, eighteenth_birthday

# Placed for adoption with the present foster carers, with consent or by an order.
BY_PRESENT_CARERS: Final = ("A3", "A5")

_PLACES: Final = (("U6", "PR4", 34), ("U4", "PR1", 26), ("U1", "PR1", 12), ("K2", "PR4", 14),
                  ("H5", "PR4", 8), ("P1", "PR0", 6))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stay:
    """One placement: who cares for the child, from when until when.

    `temporary` lists short stays elsewhere (T2) after which the child came back. With
    `same_carer` it is another placement with those who cared for the child before.
    """

    start: date
    end: date | None
    place: str
    provider: str
    urn: str
    temporary: tuple[tuple[date, date | None], ...] = ()  # away from, and back on
    same_carer: bool = False

    def is_away_on(self, day: date) -> bool:
        """Tell whether a child is in a temporary placement, its first and last day too."""
        return any(
            away <= day and (back is None or day <= back)
            for away, back in self.temporary
        )


@dataclass(frozen=True, slots=True)
class Episode:
    """One line of the SSDA903 episodes file."""

    start: date
    reason: str
    legal: str
    place: str
    provider: str
    urn: str
    end: date | None
    end_reason: str | None
    why_moved: str


@dataclass(frozen=True, slots=True)
class _Cut:
    """A day on which an episode begins; `moved` is P, T, or nothing."""

    day: date
    moved: str
    stay: Stay
    place: str


@dataclass(frozen=True, slots=True)
class CareSpell:
    """One period of being looked after. `legal` are (from, status) in order.

    The council typed the end in on `end_typed`, and until then its returns have the
    spell open. The returns of later years have it begin on `start_again` or end on
    `end_again`, where these are given. `asylum_until` is the day from which somebody who came to seek asylum
    alone no longer was that; None of everybody else.
    """

    person: Person
    start: date
    end: date | None
    end_reason: str | None
    team: str
    need: str
    stays: tuple[Stay, ...]
    legal: tuple[tuple[date, str], ...]
    recorded: date = date.min  # typed in
    end_typed: date = date.min
    start_again: date | None = None
    end_again: date | None = None
    asylum_until: date | None = None

    @classmethod
    def respite(cls, person: Person, day: date, nights: int) -> "CareSpell":
        """Make one short break of a series of which each is recorded (V3)."""
        end = day + DAY * nights
        stay = Stay(day, end, "U6", "PR1", "1900001")
        return cls(
            person, day, end, "E8", "Short breaks", "N2", (stay,), ((day, "V3"),)
        )

    @property
    def is_respite(self) -> bool:
        return self.legal[0][1] in ("V3", "V4")

    def is_open_on(self, day: date) -> bool:
        return self.start <= day and (self.end is None or self.end > day)

    def told_in(self, year: int) -> "CareSpell":
        """Give the spell with the days that the return of a year has for it."""
        first, told = date(year - 1, 4, 1), self
        if self.start_again is not None and self.start < first:
            begun = replace(self.stays[0], start=self.start_again)
            legal = (self.start_again, self.legal[0][1])
            told = replace(
                told,
                start=self.start_again,
                stays=(begun, *self.stays[1:]),
                legal=(legal, *self.legal[1:]),
            )
        if self.end_again is not None and self.end is not None and self.end < first:
            ended = replace(told.stays[-1], end=self.end_again)
            told = replace(told, end=self.end_again, stays=(*told.stays[:-1], ended))
        return told

    def until(self, last: date) -> "CareSpell | None":
        """Give the spell as it is known on `last`; None if it begins later."""
        if self.start > last:
            return None
        ended = self.end is not None and max(self.end, self.end_typed) <= last
        if ended:  # and with it all that was in it
            return self
        stays = []
        for stay in self.stays:
            if stay.start > last:
                continue
            known = stay.end if stay.end is not None and stay.end <= last else None
            if stay is self.stays[-1]:
                known = None
            # Whoever is away on the last day is returned so: away, and not yet back.
            breaks = tuple(
                (away, back if back is not None and back <= last else None)
                for away, back in stay.temporary
                if away <= last
            )
            stays.append(replace(stay, end=known, temporary=breaks))
        return replace(
            self,
            end=None,
            end_reason=None,
            stays=tuple(stays),
            legal=tuple(one for one in self.legal if one[0] <= last),
        )

    def episodes(self) -> list[Episode]:
        """Write the spell as episodes: a new one for each move or change of status."""
        cuts = self._cuts()
        made: list[Episode] = []
        for cut, after in zip(cuts, [*cuts[1:], None], strict=True):
            temporary = cut.place == "T2"
            moves = after is not None and after.moved and not temporary
            made.append(
                Episode(
                    cut.day,
                    self._reason(cut, made[-1].legal if made else ""),
                    self._legal_on(cut.day),
                    cut.place,
                    "" if temporary else cut.stay.provider,
                    "" if temporary or self.is_respite else cut.stay.urn,
                    after.day if after else self.end,
                    "X1" if after else self.end_reason,
                    "PLACE" if moves and after and after.place != "T2" else "",
                )
            )
        return made

    def _cuts(self) -> list[_Cut]:
        cuts: list[_Cut] = []
        for stay in self.stays:
            cuts.append(
                _Cut(stay.start, "T" if stay.same_carer else "P", stay, stay.place)
            )
            for away, back in stay.temporary:
                cuts.append(_Cut(away, "P", stay, "T2"))
                if back is not None:
                    cuts.append(_Cut(back, "P", stay, stay.place))
        for day, _status in self.legal[1:]:
            at = self._place_on(day)
            if at is not None:
                cuts.append(_Cut(day, "", *at))
        return sorted(cuts, key=lambda cut: cut.day)

    def _reason(self, cut: _Cut, legal_before: str) -> str:
        """Name the reason for a new episode (RNE).

        A move is P, or T with the same carer; B and U where the legal status changes
        with it; L is the legal status alone.
        """
        if not legal_before:
            return "S"
        if legal_before == self._legal_on(cut.day):
            return cut.moved
        return {"": "L", "P": "B", "T": "U"}[cut.moved]

    def _place_on(self, day: date) -> tuple[Stay, str] | None:
        """Find the stay that goes on over a day; None on a day of a move."""
        for stay in self.stays:
            inside = stay.start < day and (stay.end is None or day < stay.end)
            if inside and not stay.is_away_on(day):
                return stay, stay.place
        return None

    def _legal_on(self, day: date) -> str:
        return [status for since, status in self.legal if since <= day][-1]


def make_care(chance: random.Random, person: Person, start: date) -> CareSpell | None:
    """Make a spell of care from `start`; None for somebody who is nearly grown up."""
    start = max(start, person.born)
    grown = eighteenth_birthday(person.born)
    if (grown - start).days < 60:
        return None
    length = int(chance.lognormvariate(6.55, 1.05))
    end, reason = (
        start + DAY * max(4, length),
        chance.choice(("E4A", "E4B", "E45", "E8")),
    )
    if end >= grown:
        end, reason = grown, "E5"
    elif length > 500 and (start - person.born).days < 1200 and chance.random() < 0.4:
        reason = "E11"
    if reason == "E45" and person.number % 2 == 0:
        reason = "E41"  # a child arrangements order
    stays = _make_stays(chance, start, end)
    legal = [(start, chance.choice(("V2", "V2", "C1")))]
    change = start + DAY * chance.randrange(90, 260)
    if change < end and chance.random() < 0.6:
        legal.append((change, "C2"))
    return CareSpell(
        person, start, end, reason, f"Care {1 + person.number % 3}", "N1",
        tuple(stays), tuple(legal),
    )  # fmt: skip


def _make_stays(chance: random.Random, start: date, end: date) -> list[Stay]:
    restless = chance.random() < 0.18
    stays: list[Stay] = []
    day = start
    while day < end:
        nights = int(chance.expovariate(1 / (75 if restless else 620)))
        if not restless and nights < 20:
            nights += 60
        until = min(end, day + DAY * max(1, nights))
        if (end - until).days < 3:
            until = end
        place, provider, _ = chance.choices(_PLACES, [p[2] for p in _PLACES])[0]
        if until.year >= 2025 and place == "H5":
            place = "K2"
        urn = f"1{chance.randrange(100000, 999999)}"
        stays.append(
            Stay(day, until, place, provider, urn, _breaks(chance, day, until))
        )
        day = until
    return stays


def _breaks(
    chance: random.Random, start: date, end: date
) -> tuple[tuple[date, date], ...]:
    if (end - start).days < 200 or chance.random() > 0.12:
        return ()
    away = start + DAY * chance.randrange(60, 150)
    return ((away, away + DAY * chance.randrange(3, 12)),)
