"""What an audience may see of a snapshot is found once, and found again where need be."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from openscrutiny.disclosure import kept as keeping
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.hiding import POLICY
from openscrutiny.disclosure.release import _find_withheld, disclose
from openscrutiny.disclosure.standing import what_is_shown
from openscrutiny.figures.snapshots import Snapshot, build_snapshot
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.nothing import Status
from openscrutiny.returns.loading import load_paths
from openscrutiny.workspace import create_workspace
from support.census import child, details, write_census


@pytest.fixture
def snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    """Give figures of twenty referrals in the year to March 2024."""
    few = [each for each in INDICATORS if each.code == "FD1"]
    monkeypatch.setattr("openscrutiny.figures.snapshots.INDICATORS", few)
    workspace = create_workspace(tmp_path / "w", ("299",))
    children = [child(f"A{n}", details("2023-05-01")) for n in range(20)]
    load_paths(workspace, [write_census(tmp_path / "c.xml", *children, year=2024)])
    return build_snapshot(workspace, as_at=date(2024, 3, 31))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note each time that the rules are asked of anew."""
    calls: list[str] = []
    original = keeping.for_audience

    def ask(*given: object) -> pl.DataFrame:
        calls.append(str(given[1]))
        return original(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(keeping, "for_audience", ask)
    return calls


def kept(snapshot: Snapshot) -> list[Path]:
    return sorted((snapshot.workspace.folder / "shown").glob("*.parquet"))


def test_members_and_public_are_told_the_same_and_it_is_found_once(
    snapshot: Snapshot, asked: list[str]
) -> None:
    first = disclose(snapshot, Audience.MEMBERS).figures

    assert_frame_equal(disclose(snapshot, Audience.PUBLIC).figures, first)
    assert first.columns == snapshot.figures().columns
    assert len(asked) == len(kept(snapshot)) == 1
    # Officers see all, and nothing is kept for them.
    assert disclose(snapshot, Audience.OFFICERS).figures.height > first.height
    assert len(kept(snapshot)) == 1


def test_what_is_kept_and_damaged_is_never_shown(
    snapshot: Snapshot, asked: list[str]
) -> None:
    first = disclose(snapshot, Audience.MEMBERS).figures
    [path] = kept(snapshot)
    other = first.with_columns(numerator=pl.col("numerator") + 1)
    other.write_parquet(path)  # a whole table, and not the one that was kept

    assert_frame_equal(disclose(snapshot, Audience.MEMBERS).figures, first)
    assert len(asked) == 2


def test_other_rules_find_anew(
    snapshot: Snapshot, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    disclose(snapshot, Audience.MEMBERS)
    disclose(snapshot, Audience.MEMBERS, replace(POLICY, values_left=4))
    assert len(asked) == 2

    monkeypatch.setattr(keeping, "RULES", keeping.RULES + 1)
    disclose(snapshot, Audience.MEMBERS)
    assert len(asked) == 3


def test_what_an_earlier_snapshot_showed_binds_the_next(
    snapshot: Snapshot, asked: list[str], tmp_path: Path
) -> None:
    """402 then 407 would give five children: the earlier figure stands."""
    workspace = snapshot.workspace
    disclose(snapshot, Audience.MEMBERS)
    more = [child(f"A{n}", details("2023-05-01")) for n in range(23)]
    load_paths(workspace, [write_census(tmp_path / "d.xml", *more, year=2024)])
    later = build_snapshot(workspace, as_at=date(2024, 3, 31))

    [row] = (
        disclose(later, Audience.MEMBERS)
        .figures.filter(pl.col("period_type") == "financial_year")
        .to_dicts()
    )
    assert (row["numerator"], row["status"]) == (20, "provisional")
    # The earlier release was read back, not found again.
    assert len(asked) == 2


def test_what_a_snapshot_showed_by_other_rules_binds_these(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An upgrade alone must not show what was hidden beside what it hides from now on."""
    given: list[pl.DataFrame | None] = []
    original = keeping.for_audience

    def ask(*args: object) -> pl.DataFrame:
        given.append(args[2])  # type: ignore[arg-type]
        return original(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(keeping, "for_audience", ask)
    first = disclose(snapshot, Audience.MEMBERS).figures
    monkeypatch.setattr(keeping, "RULES", keeping.RULES + 1)
    disclose(snapshot, Audience.MEMBERS)

    before, after = given
    assert before is None and after is not None
    assert_frame_equal(after, what_is_shown(first))


def test_what_was_kept_before_a_column_was_is_read_without_it(
    snapshot: Snapshot,
) -> None:
    disclose(snapshot, Audience.MEMBERS)
    shown = what_is_shown(disclose(snapshot, Audience.MEMBERS).figures)

    assert keeping._together(None, None) is None
    old = keeping._together(shown.drop("unknown"))
    assert old is not None and old.columns == shown.columns
    assert old["unknown"].null_count() == old.height == shown.height > 0


def test_those_left_out_are_remembered_where_the_figure_stands(
    snapshot: Snapshot,
) -> None:
    shown = what_is_shown(disclose(snapshot, Audience.MEMBERS).figures)
    told = shown.with_columns(unknown=pl.lit(12, pl.Int64()))
    both = keeping._together(shown.with_columns(unknown=pl.lit(None)), told)

    assert both is not None and both["unknown"].to_list() == [12] * shown.height


def test_what_cannot_be_kept_is_found_once_for_each_snapshot(
    snapshot: Snapshot, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full costs a release for each snapshot, not twice as many."""
    monkeypatch.setattr(keeping, "_keep", lambda *given: None)
    for _ in range(4):
        latest = build_snapshot(snapshot.workspace, as_at=date(2024, 3, 31))
    asked.clear()
    disclose(latest, Audience.MEMBERS)

    assert len(asked) == latest.number


def test_a_past_snapshot_is_never_told_more_of_by_other_rules(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Later releases do not know of it, so that nothing may be new in it."""
    with monkeypatch.context() as other:
        other.setattr(keeping, "RULES", keeping.RULES - 1)
        other.setattr(keeping, "for_audience", _hide_all)
        disclose(snapshot, Audience.MEMBERS)
    now = disclose(snapshot, Audience.MEMBERS).figures
    assert now["numerator"].null_count() < now.height, (
        "the latest: as these rules have it"
    )

    [kept_now, _] = sorted(kept(snapshot), key=lambda path: path.stat().st_mtime_ns)[
        ::-1
    ]
    kept_now.unlink()
    build_snapshot(snapshot.workspace, as_at=date(2024, 3, 31))
    past = disclose(snapshot, Audience.MEMBERS).figures
    assert past["numerator"].null_count() == past.height == now.height
    assert set(past["status"]) == {Status.HIDDEN.value}


def _hide_all(figures: pl.DataFrame, *others: object) -> pl.DataFrame:
    hidden = pl.lit(Status.HIDDEN.value).alias("status")
    return figures.with_columns(hidden, numerator=pl.lit(None, pl.Float64()))


def test_what_lies_beside_a_sealed_snapshot_is_none_of_it(snapshot: Snapshot) -> None:
    """A table that an analysis builds one day is not in the snapshots of before it."""
    (snapshot.folder / "copy of figures.parquet").write_bytes(b"no table")
    pl.DataFrame({"lag": [99]}).write_parquet(snapshot.folder / "later.parquet")

    assert set(snapshot.files()) == snapshot.digests.keys()
    assert not snapshot._holds("later.parquet") and snapshot._holds("figures.parquet")


def test_withheld_is_what_others_have_and_nothing_that_is_hidden() -> None:
    def rows(*held: tuple[str, float | None, str]) -> pl.DataFrame:
        schema = {"code": pl.String(), "value": pl.Float64(), "status": pl.String()}
        return pl.DataFrame(held, schema=schema, orient="row")

    everything = rows(
        ("FD1", 20.0, "final"), ("EO1", 7.0, "final"), ("EO4", 2.0, "final"),
        ("EO13", None, "not_available"),
    )  # fmt: skip
    shown = rows(("FD1", 20.0, "final"), ("EO4", None, Status.HIDDEN))

    assert _find_withheld(everything, shown) == {"EO1"}
    assert _find_withheld(everything, everything) == frozenset()
