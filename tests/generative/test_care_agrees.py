"""Product and twin agree on what rests on a column that some files lack, or on other years.

Records drawn at random seldom hold three years of one return, and staying put is known of
no fewer; here every record does, and years differ on what began or ended as they met.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from generative.test_twins_agree import in_order, product_figures
from openscrutiny.figures.engine import open_record
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.record.journal import Journal
from openscrutiny.returns.dated_again import read_care
from twins.care_periods import care_began, is_end_of_care
from twins.examples import fill_row
from twins.looked_after import END
from twins.model import TwinFigure
from twins.random_rows import RandomLoad, RandomRecord, make_load
from twins.random_tables import TABLES_OF, Maker, birthday_of
from twins.registry import TWINS
from twins.sources import Record

SHARES: Final = ("LA7", "LA7a", "CL6", "CL6a")
CODES: Final = (*SHARES, "LA2", "LA3", "LA6")
TABLES: Final = TABLES_OF["ssda903"]
Figures = dict[tuple[str, object], list[TwinFigure]]
ENDS: Final = (date(2024, 2, 29), date(2024, 3, 31), date(2025, 3, 31))


def make_years(seed: int) -> RandomRecord:
    """Make three years of SSDA903; one may come in parts, lack a table, or come again."""
    random = Random(seed)
    children = [f"C{number}" for number in range(1, random.randint(8, 13))]
    files = [(year, TABLES) for year in (2023, 2024, 2025)]
    again = random.choice((2023, 2024, 2025, None))
    if again:
        without = random.choice(("cla_episodes", "care_leavers"))
        part = random.choice((TABLES, (without,)))
        files.append((again, part))
        if random.random() < 0.3:
            files[again - 2023] = again, tuple(n for n in TABLES if n != without)
    random.shuffle(files)
    loads = []
    for load_id, (year, tables) in enumerate(files, start=1):
        span = (date(year - 1, 4, 1), date(year, 3, 31))
        load = make_load(
            random, "299", f"ssda903/{year}", span, tables, children, load_id
        )
        if seed % 4:
            agree_about_birthdays(random, load, children)
        if "cla_episodes" in load.rows:
            differ_about_the_turn(random, load, children)
        loads.append(load)
    return RandomRecord("299", tuple(loads), {}, ENDS)


def agree_about_birthdays(
    random: Random, load: RandomLoad, children: Sequence[str]
) -> None:
    """Let most returns know one birthday of a child, and a last home up to it or about."""
    for table, column in (("person", "pers_dob"), ("care_leavers", "clea_dob")):
        for row in load.rows.get(table, ()):
            if random.random() < 0.7:
                row[column] = birthday_of(row[f"{column[:4]}_person_id"])
    if "cla_episodes" not in load.rows:
        return
    maker = Maker(random, "ssda903", load.span, children)
    changed = [child for child in children if random.random() < 0.6]
    load.rows["cla_episodes"] = [
        row for row in load.rows["cla_episodes"] if row["clae_person_id"] not in changed
    ]
    load.rows["cla_episodes"] += [
        fill_row(
            "cla_episodes",
            maker.last_episode(child),
            load.authority,
            load.return_id,
            load.load_id,
            line,
        )
        for line, child in enumerate(changed, start=1_000)
    ]


def differ_about_the_turn(
    random: Random, load: RandomLoad, children: Sequence[str]
) -> None:
    """Let returns tell of one period of care about 31 March, each with its own days.

    Some have the child move in it, or come back after it; some of long in care alone.
    """
    maker = Maker(random, "ssda903", load.span, children)
    told = []
    for number, child in enumerate(children[:6]):
        if number < 3 and random.random() < 0.3:
            continue
        load.rows["cla_episodes"] = [
            row for row in load.rows["cla_episodes"] if row["clae_person_id"] != child
        ]
        is_long = number >= 3
        for last in load.span[:1] if is_long else load.span:
            spells = (
                long_spells(random, last) if is_long else spells_about(random, last)
            )
            for begun, ended in spells:
                row = maker.episode(child, begun, ended or begun, "C2", 0)
                row["clae_cla_episode_ceased_date"] = ended
                row["clae_legal_status"] = "C2"
                row["clae_cla_episode_start_reason"] = "S"
                row["clae_cla_episode_ceased_reason"] = "E4A" if ended else None
                if not is_long:
                    reasons = random.choice("SSP"), random.choice(("E4A", "X1", None))
                    row["clae_legal_status"] = random.choice(("C2",) * 6 + ("V3",))
                    row["clae_cla_episode_start_reason"] = reasons[0]
                    row["clae_cla_episode_ceased_reason"] = reasons[1]
                told.append(row)
    load.rows["cla_episodes"] += [
        fill_row(
            "cla_episodes", row, load.authority, load.return_id, load.load_id, line
        )
        for line, row in enumerate(told, start=2_000)
    ]


def spells_about(random: Random, last: date) -> list[tuple[date, date | None]]:
    start = last + timedelta(days=random.choice((-90, -90, -20, -3, 1, 2, 6, 9)))
    end = last + timedelta(days=random.choice((-9, -2, -1, 0, 1, 3, 60)))
    found: list[tuple[date, date | None]] = [(start, max(start, end))]
    if random.random() < 0.5:
        again = max(start, end) + timedelta(days=random.choice((0, 0, 1, 5)))
        found.append((again, again + timedelta(days=random.choice((0, 4, 90)))))
    if random.random() < 0.4:
        found[-1] = found[-1][0], None
    return found


def long_spells(random: Random, first: date) -> list[tuple[date, date | None]]:
    """Since long ago; or since the turn, as some systems date; or back after an end."""
    day = timedelta(days=1)
    since = date(2019, 11, 10)
    match random.randrange(4):
        case 0:
            return [(first + day * random.randrange(9), None)]
        case 1:
            ended = first - day * random.randrange(6, 90)
            return [(since, ended), (ended + day * random.randrange(9), None)]
        case _:
            return [(since, None)]


def hold_the_chains(load: RandomLoad, record: RandomRecord) -> None:
    """What is said at the load follows care as the twin does."""
    if not load.rows.get("cla_episodes"):
        return
    told = Record(record.rows, record.covers, ("ssda903",))
    rows = {row["line"]: row for row in load.rows["cla_episodes"]}
    found = read_care(load.as_new_load().tables["cla_episodes"], None)
    assert found["line"].is_unique().all()
    for line, began, is_end in found.select("line", "began", "is_end").iter_rows():
        row = rows[line]
        assert began == care_began(told, row), (load.load_id, line)
        ended = row[END] is not None and is_end_of_care(told, row)
        assert is_end == ended, (load.load_id, line)


def hold_the_laws(every: dict[str, Figures]) -> None:
    """What must be so of any record, whatever the definitions count."""
    for at, (total, *_) in every["LA7"].items():
        far, looked_after = every["LA7a"][at][0], every["LA1"][at][0]
        if total.denominator is None:
            continue
        # LA7 needs a column more, and counts some of those whom LA7a counts.
        assert far.denominator == total.denominator == looked_after.numerator, at
        assert far.numerator is not None and total.numerator is not None
        assert total.numerator <= far.numerator, at
        assert total.unknown >= far.unknown, at
        assert total.numerator + total.unknown <= total.denominator, at
    for at, (total, *_) in every["CL6"].items():
        if total.denominator:  # some of those who turned 19 to 21
            assert total.denominator <= (every["CL3"][at][0].denominator or 0), at


def test_distances_and_staying_put_are_what_their_twins_count() -> None:
    seen: Counter[tuple[str, str]] = Counter()
    for seed in range(30):
        record = make_years(seed)
        with TemporaryDirectory() as folder:
            journal = Journal(Path(folder) / "record")
            for load in record.loads:
                journal.add(load.as_new_load())
                hold_the_chains(load, record)
            engine = open_record(journal, journal.entries())
            every = {
                code: product_figures(engine, find_indicator(code), record)
                for code in (*CODES, "LA1", "CL3")
            }
            hold_the_laws(every)
            for code in CODES:
                twin, ours = TWINS[code], every[code]
                for kind, start, end in record.periods_for(twin):
                    theirs = twin(record.rows, record.covers, {}, kind, start, end)
                    found = ours[kind, end]
                    assert in_order(found) == in_order(theirs), (seed, code, end)
                    total = theirs[0]
                    seen[code, total.status] += 1
                    seen[code, "counted"] += bool(total.numerator)
                    seen[code, "not known"] += bool(total.unknown)
            engine.close()

    # Without this they could agree on nothing.
    wanted = ("final", "not_available", "counted", "not known")
    assert not [(c, w) for c in SHARES for w in wanted if seen[c, w] < 3], seen
    assert min(seen[code, "counted"] for code in CODES) > 2, seen
