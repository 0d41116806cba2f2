"""What later releases changed in published values, against a slow twin."""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from openscrutiny.comparison.revisions import Revision, find_revisions
from openscrutiny.figures.published import PublishedRecord
from support.published_rows import measure_words, published

US, OTHER = "999", "998"
FIRST_DAY = date(2024, 1, 31)
LABELS = ("2021", "2022", "2023(Prov)", "2023 (Prov)")
MEASURES = ("INV_a", "INV_b")

# One release: for each measure and label a value, none given, or no row at all.
releases = st.lists(
    st.fixed_dictionaries(
        {
            (measure, label): st.sampled_from([1.0, 1.0, 2.0, None, "no row"])
            for measure in MEASURES
            for label in LABELS[:3]
        }
    ),
    min_size=1,
    max_size=4,
)
Release = dict[tuple[str, str], float | str | None]


def record_of(loads: Sequence[tuple[int, Release]], ranks: dict[int, int]) -> object:
    """Hold releases, each with the number of its load, in the order they were loaded."""
    frames = []
    for load_id, release in loads:
        rows: dict[str, dict[str, dict[str, float | None]]] = {}
        for (measure, label), value in release.items():
            if not isinstance(value, str):
                years = rows.setdefault(measure, {})
                years[label] = {US: value, OTHER: 9.0}
        # The publisher spells a provisional year anew in every other release.
        made = published(rows).with_columns(
            year_label=pl.col("year_label").str.replace("(", " (", literal=True)
            if load_id % 2
            else pl.col("year_label"),
            load_id=pl.lit(load_id, dtype=pl.Int32),
        )
        frames.append(made)
    return PublishedRecord(
        scan=pl.concat(frames).lazy(),
        measures=measure_words(dict.fromkeys(MEASURES)),
        areas=pl.DataFrame(),
        neighbours=pl.DataFrame(),
        ranks=ranks,
    )


def moment(load_id: int) -> str:
    return f"{FIRST_DAY + timedelta(days=load_id)}T10:00:00"


def find(loads: Sequence[tuple[int, Release]], ranks: dict[int, int]) -> set[Revision]:
    record = record_of(loads, ranks)
    loaded = {load_id: moment(load_id) for load_id, _ in loads}
    found = find_revisions(record, MEASURES, US, loaded)  # type: ignore[arg-type]
    assert len(set(found)) == len(found)
    return set(found)


def last_changes(
    loads: Sequence[tuple[int, Release]], ranks: dict[int, int]
) -> set[tuple[str, str, float | None, float | None, int]]:
    """Walk each value through the releases by their age and keep its last change."""
    found = set()
    for measure in MEASURES:
        for label in LABELS[:3]:
            told = [
                (load_id, release[measure, label])
                for load_id, release in sorted(loads, key=lambda pair: ranks[pair[0]])
                if release[measure, label] != "no row"
            ]
            change = None
            for (_, old), (load_id, new) in zip(told, told[1:], strict=False):
                if old != new:
                    change = (measure, label, old, new, load_id)
            if change is not None:
                found.add(change)
    return found  # type: ignore[return-value]


@settings(deadline=None, max_examples=60)
@given(releases, st.randoms(use_true_random=False))
def test_the_last_change_of_each_value_is_told_in_the_order_of_the_releases(
    drawn: list[Release], chance: object
) -> None:
    loads = list(enumerate(drawn, start=1))
    ages = list(range(1, len(loads) + 1))
    chance.shuffle(ages)  # type: ignore[attr-defined]
    ranks = {load_id: age for (load_id, _), age in zip(loads, ages, strict=True)}

    found = find(loads, ranks)

    # Its words may be spelt as either release spells them.
    told = {(r.measure, r.year_label.replace(" ", ""), r.old, r.new) for r in found}
    expected = last_changes(loads, ranks)
    assert told == {change[:4] for change in expected}
    assert {(r.measure, r.year_label.replace(" ", ""), r.loaded_on) for r in found} == {
        (measure, label, FIRST_DAY + timedelta(days=load_id))
        for measure, label, _, _, load_id in expected
    }


@settings(deadline=None, max_examples=20)
@given(releases)
def test_a_release_given_twice_revises_nothing(drawn: list[Release]) -> None:
    release = drawn[0]
    assert find([(1, release), (2, release)], {1: 1, 2: 2}) == set()


def test_a_number_withdrawn_is_told_as_the_publisher_prints_it() -> None:
    before: Release = {("INV_a", "2022"): 12.5}
    after: Release = {("INV_a", "2022"): None}

    (revision,) = find([(1, before), (2, after)], {1: 1, 2: 2})
    assert (revision.old, revision.new) == (12.5, None)
    assert (revision.old_text, revision.new_text) == ("12.5", "c")
    assert revision.loaded_on == date(2024, 2, 2)
    # Taken back, the revision goes with it.
    assert find([(1, before)], {1: 1}) == set()
