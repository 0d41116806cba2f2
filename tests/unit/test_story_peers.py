"""In-year peers in words, a table and a picture: equal quarters, and nothing unsaid."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest

from openscrutiny.adoption.decisions import Rebase
from openscrutiny.analyses.nowcast import Nowcast
from openscrutiny.comparison.models import NeighbourModel
from openscrutiny.disclosure.hiding import peers_for_audience
from openscrutiny.disclosure.peers import PeerRevision
from openscrutiny.figures.schema import FIGURE_SCHEMA
from openscrutiny.indicators.definition import Indicator
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.judgement.facts import Facts
from openscrutiny.periods import add_months, month_end
from openscrutiny.story.model import InYearPeers
from openscrutiny.story.over_time.nowcasting import Recording
from openscrutiny.story.peers.in_year import make_in_year_peers
from openscrutiny.story.pictures.context import Context
from openscrutiny.story.sentences import is_plain
from support.peers import QUARTER, peer_figure, peer_figures

OURS, NAME = "306", "Croydon"
FD2 = find_indicator("FD2")
CP5 = find_indicator("CP5")
VALUES = (14.0, 19.8, 28.9, 17.2, 25.0, 19.0, 22.0)
PEERS = tuple(peer_figure(str(301 + n), v) for n, v in enumerate(VALUES) if n != 5)
LATE = Nowcast(80.0, 1, 100.0, 90.0, 110.0, 0.8, 12, None)
NOTHING = pl.DataFrame(schema=FIGURE_SCHEMA)


def quarter_end(back: int) -> date:
    return month_end(add_months(QUARTER, -3 * back))


def our_quarters(*values: float | None, **more: Any) -> pl.DataFrame:
    """Give our own quarters, the latest last, in the columns of figures."""
    rows = [
        peer_figure(OURS, value, end=quarter_end(len(values) - 1 - at), source="own")
        | more
        for at, value in enumerate(values)
    ]
    return peer_figures(*rows).drop("shared")


def peers_of(back: int) -> list[dict[str, Any]]:
    """Give the same peers some quarters before."""
    end = quarter_end(back)
    start = add_months(end.replace(day=1), -2)
    return [row | {"period_start": start, "period_end": end} for row in PEERS]


def model(*members: str, name: str = "2025") -> NeighbourModel:
    return NeighbourModel(name, True, None, members)


def tell(
    *peers: dict[str, Any],
    own: pl.DataFrame = NOTHING,
    definition: Indicator = FD2,
    filling: Sequence[date] = (),
    **facts: Any,
) -> tuple[InYearPeers, ...]:
    told = Facts(
        area_code=OURS,
        area_name=NAME,
        as_at=date(2026, 9, 30),
        peers=peer_figures(*peers),
        **facts,
    )
    context = Context(
        definition,
        NAME,
        told.as_at,
        rebases=told.rebases,
        recording=Recording(dict.fromkeys(filling, LATE)),
    )
    return make_in_year_peers(own, definition, told, context)


def tell_one(*peers: dict[str, Any], **more: Any) -> InYearPeers:
    (block,) = tell(*peers, **more)
    return block


# ---------- The sentence ----------


def test_our_own_quarter_stands_against_the_median_of_the_same_quarter() -> None:
    block = tell_one(*PEERS, own=our_quarters(20.1, 21.4))

    assert block.sentence.text == (
        "In April to June 2026, 21.4% against a median of 20.9% among 6 London "
        "authorities."
    )
    assert dict(block.sentence.inputs)["peers"] == "6 of 6"
    assert block.facts[0] == "6 of 6 have a figure, from 14.0% to 28.9%."
    assert "own returns" in block.source


def test_nothing_is_said_where_no_peer_is_loaded() -> None:
    assert tell(own=our_quarters(21.4)) == ()
    assert tell(peer_figure(OURS, 21.4)) == ()  # we alone are nobody's peers
    assert tell(peer_figure("E12000007", 21.4)) == ()


def test_without_our_own_quarter_the_collections_line_for_us_stands_and_is_named() -> (
    None
):
    block = tell_one(*PEERS, peer_figure(OURS, 18.5), own=our_quarters(21.4, None))

    assert "18.5% against" in block.sentence.text
    assert block.source == "Source: quarters exchanged in London, ours too."


def test_two_answers_about_us_are_both_told() -> None:
    block = tell_one(*PEERS, peer_figure(OURS, 18.5), own=our_quarters(21.4))

    assert "21.4% against" in block.sentence.text
    assert "London has 18.5% for us; our own returns give 21.4%." in block.caveats


def test_a_quarter_is_never_set_beside_a_year_or_another_quarter() -> None:
    year = our_quarters(21.4, period_type="financial_year")
    other = our_quarters(21.4, None)

    for own in (year, other):
        block = tell_one(*PEERS, own=own)
        assert block.sentence.text == (
            "In April to June 2026, the median was 20.9% among 6 London authorities."
        )
        assert any("No figure of ours" in text for text in block.caveats)


def test_the_latest_quarter_that_both_have_is_told() -> None:
    earlier = peers_of(1)

    block = tell_one(*PEERS, *earlier, own=our_quarters(21.4, None))

    assert block.caption == "London, January to March 2026"
    assert "21.4% against" in block.sentence.text


def test_a_figure_of_ours_in_another_unit_is_not_compared() -> None:
    block = tell_one(*PEERS, own=our_quarters(210.0, unit="count"))

    assert "against" not in block.sentence.text


def test_a_state_is_told_of_its_day() -> None:
    rate = {"unit": "rate_per_10_000", "indicator": CP5.id}
    peers = [row | rate for row in PEERS]

    block = tell_one(*peers, own=our_quarters(20.1, **rate), definition=CP5)

    assert block.sentence.text.startswith(
        "On 30 June 2026, 20.1 per 10,000 against a median of 20.9 per 10,000"
    )
    assert not any("rate of a quarter" in text for text in block.caveats)


@pytest.mark.parametrize(
    "collection",
    ["worst poor because", "Many very long words of a name by our own RIIA", "A.B. C"],
)
def test_a_collections_name_cannot_break_the_rules_of_sentences(
    collection: str,
) -> None:
    peers = [row | {"source": collection} for row in PEERS]

    block = tell_one(*peers, own=our_quarters(21.4))

    assert is_plain(block.sentence.text)
    assert "median of 20.9%" in block.sentence.text


def test_each_collection_has_a_block_of_its_own() -> None:
    other = [row | {"source": "East", "value": row["value"] + 1} for row in PEERS]

    blocks = tell(*PEERS, *other, own=our_quarters(20.0, 21.4))

    assert [block.collection for block in blocks] == ["East", "London"]
    drawn = [block.chart.wide for block in blocks if block.chart]
    assert "peers1-w" in drawn[0] and "peers2-w" in drawn[1]  # no id stands twice


# ---------- What has to be said with it ----------


def test_fewer_than_six_peers_are_said_to_be_few() -> None:
    few = "Fewer than 6 have a figure, so their median says little."

    assert few in tell_one(*PEERS[:5], own=our_quarters(21.4)).caveats
    assert few not in tell_one(*PEERS, own=our_quarters(21.4)).caveats


def test_one_peer_is_one_authority() -> None:
    block = tell_one(PEERS[0], own=our_quarters(21.4))

    assert block.sentence.text.endswith("among 1 London authority.")


def test_peers_that_are_no_neighbours_are_said_to_be_none() -> None:
    block = tell_one(*PEERS, own=our_quarters(21.4), model=model("301", "302", "999"))

    assert block.facts[1] == "2 of them are among our 3 statistical neighbours."
    assert any(
        text.startswith("The other 4 are not among our statistical neighbours")
        for text in block.caveats
    )
    assert [row.who for row in block.rows].count("neighbour") == 2


def test_a_chosen_group_is_called_by_its_name() -> None:
    group = model("301", "302", name="Our group")

    block = tell_one(*PEERS, own=our_quarters(21.4), model=group)

    assert block.facts[1] == (
        "2 of them are among the 2 members of the group “Our group”."
    )
    assert [row.who for row in block.rows].count("member") == 2


def test_where_all_peers_are_neighbours_no_caveat_stands() -> None:
    codes = tuple(row["area_code"] for row in PEERS)

    block = tell_one(*PEERS, own=our_quarters(21.4), model=model(*codes))

    assert not any("not among our" in text for text in block.caveats)


def test_without_a_list_of_neighbours_that_is_said() -> None:
    block = tell_one(*PEERS, own=our_quarters(21.4))

    assert any("No list of statistical neighbours" in text for text in block.caveats)


def test_a_confidential_collection_says_so_to_officers_and_a_shared_one_does_not() -> (
    None
):
    shared = [row | {"shared": "members"} for row in PEERS]
    words = "Exchanged in confidence: for officers, not for publication."

    assert words in tell_one(*PEERS, own=our_quarters(21.4)).caveats
    assert words not in tell_one(*shared, own=our_quarters(21.4)).caveats


def test_what_a_later_load_changed_is_said() -> None:
    revision = PeerRevision(date(2026, 10, 3), 2, 7, True, 20.0)

    block = tell_one(
        *PEERS, own=our_quarters(21.4), peer_revision=lambda name, end: revision
    )

    assert block.caveats[0] == (
        "Revised by the load of 3 October 2026: 2 of 7 figures changed; ours was 20.0%."
    )


def test_peers_without_any_figure_are_not_passed_over_in_silence() -> None:
    block = tell_one(peer_figure("301", None, status="hidden"), own=our_quarters(21.4))

    assert block.sentence.rule == "S3-peers-none"
    assert block.facts == ("None of the 1 listed has a figure.",)
    assert [row.value for row in block.rows] == ["21.4%", "[c]"]


# ---------- The table ----------


def test_the_table_is_ordered_with_ours_marked_and_the_region_last() -> None:
    block = tell_one(
        *PEERS,
        peer_figure("310", None, status="hidden"),
        peer_figure("928", 1.0),
        peer_figure("E12000007", 20.3, area_name="London"),
        own=our_quarters(20.9),
    )

    assert [(row.value, row.who) for row in block.rows] == [
        ("14.0%", ""),
        ("17.2%", ""),
        ("19.8%", ""),
        ("20.9%", "ours"),
        ("22.0%", ""),
        ("25.0%", ""),
        ("28.9%", ""),
        ("[c]", ""),
        ("20.3%", "region"),
    ]
    assert "[c] hidden" in block.note
    assert "6 of 7 have a figure" in block.facts[0]


# ---------- The picture ----------


def test_quarters_of_a_flow_have_limits_from_twelve_and_on_trial_from_eight() -> None:
    values = [20.0, 21.0, 20.5, 21.5, 20.0, 21.0, 20.2, 21.4, 20.3, 21.1, 20.6, 21.2]

    def chart(many: int) -> str:
        block = tell_one(*PEERS, own=our_quarters(*values[:many]))
        assert block.chart is not None
        return block.chart.wide + block.chart.foot

    assert "Limits about ours alone" in chart(12) and "l-limit" in chart(12)
    assert "Trial limits about ours alone" in chart(8) and "Trial limit" in chart(8)
    assert "l-limit" not in chart(7) and "no limits are drawn" in chart(7)


def test_a_stock_has_no_limits_however_many_quarters_there_are() -> None:
    rate = {"unit": "rate_per_10_000"}
    peers = [row | rate for row in PEERS]

    block = tell_one(
        *peers, own=our_quarters(*[20.0, 21.0] * 8, **rate), definition=CP5
    )

    assert block.chart is not None
    assert "l-limit" not in block.chart.wide
    assert "no limits are drawn" in block.chart.foot


def test_no_limit_or_signal_is_ever_of_the_peers_median() -> None:
    """Peers that leap in the last quarter change no limit and bear no signal."""
    before = [
        row | {"period_end": quarter_end(back)}
        for back in range(1, 14)
        for row in PEERS
    ]
    leap = [row | {"value": 90.0 + row["value"] / 10} for row in PEERS]
    calm = our_quarters(*[20.0, 21.0] * 7)

    quiet, loud = (tell_one(*before, *last, own=calm).chart for last in (PEERS, leap))

    assert quiet is not None and loud is not None
    assert "usual variation" in loud.foot
    assert quiet.foot == loud.foot
    for name in ("p-conc", "p-impr", "p-neut"):
        assert name not in loud.wide


def test_limits_begin_anew_where_a_person_said_so() -> None:
    rebase = Rebase("FD2", date(2025, 7, 1), "New front door.", "Ann", date(2026, 1, 1))
    own = our_quarters(*[20.0, 21.0] * 8)

    block = tell_one(*PEERS, own=own, rebases=(rebase,))

    assert block.chart is not None
    assert "Limits return when eight quarters have passed" in block.chart.foot
    assert any("New front door. Set by Ann" in text for text in block.chart.events)
    assert "l-limit" in block.chart.wide  # those of before stay to be seen


def test_one_quarter_of_ours_is_no_picture() -> None:
    assert tell_one(*PEERS, own=our_quarters(21.4)).chart is None


def test_the_title_says_the_finding_in_ten_words() -> None:
    for ours, words in ((21.4, "above"), (20.0, "below"), (20.9, "the same as")):
        chart = tell_one(*PEERS, own=our_quarters(19.0, ours)).chart
        assert chart is not None
        assert words in chart.title and len(chart.title.split()) <= 10


def test_a_missing_quarter_is_a_gap_and_says_so() -> None:
    block = tell_one(*PEERS, own=our_quarters(20.0, None, 21.4))

    assert block.quarters is not None and block.chart is not None
    assert [row[1] for row in block.quarters.rows] == ["20.0%", "[x]", "21.4%"]
    assert "without a figure" in block.chart.foot


def test_the_table_of_quarters_gives_the_median_and_how_many_it_rests_on() -> None:
    block = tell_one(*PEERS, own=our_quarters(20.0, 21.4))

    assert block.quarters is not None
    assert block.quarters.rows == (
        ("January to March 2026", "20.0%", "[x]", "[x]"),
        ("April to June 2026", "21.4%", "20.9%", "6 of 6"),
    )


# ---------- Months still being recorded ----------


def test_a_quarter_that_may_still_fill_up_is_said_to_and_tested_by_nothing() -> None:
    own = our_quarters(*[20.0, 21.0] * 6, 9.0)

    whole = tell_one(*PEERS, own=own)
    block = tell_one(*PEERS, own=own, filling=[date(2026, 5, 31), date(2026, 6, 30)])

    assert "9.0% so far against a median of 20.9%" in block.sentence.text
    assert any("may fill up" in text for text in block.caveats)
    assert whole.chart is not None and block.chart is not None
    assert "lower than usual" in whole.chart.foot
    assert "usual" not in block.chart.foot and "stands apart" in block.chart.foot
    assert block.chart.title.startswith("9.0% recorded so far")
    assert "average of these 12 quarters" in block.chart.foot


def test_a_month_of_another_quarter_still_being_recorded_changes_nothing() -> None:
    own = our_quarters(20.0, 21.4)

    later = tell_one(*PEERS, own=own, filling=[date(2026, 7, 31)])

    assert later == tell_one(*PEERS, own=own)


# ---------- Members ----------


def test_members_read_what_is_shared_and_no_quarter_of_our_own() -> None:
    shared = [
        row | {"shared": "members"} if row["area_code"] != "302" else row
        for row in (*PEERS, peer_figure(OURS, 18.5))
    ]
    seen = peers_for_audience(peer_figures(*shared), "members")

    block = tell_one(*seen.to_dicts(), audience="members")

    assert "18.5% against" in block.sentence.text
    assert "Place 302" not in {row.name for row in block.rows}
    assert not any("confidence" in text for text in block.caveats)
