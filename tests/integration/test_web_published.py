"""The pages of published measures, and the twins of every page that compares."""

import csv
import io
import json
from dataclasses import replace

import polars as pl
import pytest

from openscrutiny.comparison.asking import COMPARISON_COLUMNS
from openscrutiny.record.releases import Displaced
from openscrutiny.web.keys import write_key
from support.publications import release_published
from support.published_rows import published
from web_fakes import store
from web_fakes.published import AREA, AWKWARD, FORMULA, OTHERS, make_published_measures
from web_fakes.site import client_as, make_site
from web_fakes.store import FakeReleases

KEY = "re-referrals-within-12-months"
PLACED = ("/profile", "/neighbours", f"/indicators/{KEY}/compare", "/profile/published")


@pytest.fixture(autouse=True)
def _site():
    make_site()


def get(address, role="member", status=200):
    response = client_as(role).get(address)
    assert response.status_code == status, address
    return response


def text(address):
    return get(address).content.decode()


def rows_of(address):
    body = get(address).content.decode()
    return list(csv.DictReader(io.StringIO(body)))


@pytest.mark.parametrize("place", [*PLACED, "/published/ReReferral"])
def test_each_page_that_compares_names_its_twins_and_they_agree(place):
    page = text(f"{place}/")
    assert f'href="{place}.csv"' in page and f'href="{place}.json"' in page

    lines = rows_of(f"{place}.csv")
    told = json.loads(get(f"{place}.json").content)["comparison"]
    assert len(lines) == len(told) > 0
    assert tuple(lines[0]) == COMPARISON_COLUMNS == tuple(told[0])
    assert [line["area_code"] for line in lines] == [r["area_code"] for r in told]


def test_twins_are_not_rounded():
    (mine,) = [r for r in rows_of("/profile.csv") if r["measure"] == "ReReferral"]
    assert mine["value"] == "26.8" and float(mine["change"]) == 26.8 - 23.1


def test_the_neighbours_twin_holds_ours_and_the_neighbours_alone():
    assert len(rows_of("/neighbours.csv")) == 11
    assert len(rows_of(f"/indicators/{KEY}/compare.csv")) == 41


def test_a_twin_holds_the_topic_or_the_search_that_the_page_shows():
    address = "/profile/published/?topic=Children+with+SEN"
    assert "/profile/published.csv?topic=Children+with+SEN" in text(address)
    (line,) = rows_of("/profile/published.csv?topic=Children+with+SEN")
    assert line["measure"] == AWKWARD
    assert len(rows_of("/profile/published.csv")) == 6
    assert [r["measure"] for r in rows_of("/profile/published.csv?q=spend")] == [
        "Spend"
    ]


def test_a_key_that_begins_like_a_formula_is_no_formula_in_a_spreadsheet():
    lines = rows_of("/profile/published.csv?topic=Finance")
    assert [line["measure"] for line in lines] == ["Spend", f"'{FORMULA}"]


def test_an_address_in_another_spelling_leads_to_the_one_page():
    response = client_as("member").get("/published/=1+1/")
    assert response.status_code == 302
    assert response.headers["Location"] == f"/published/{write_key(FORMULA)}/"


def test_a_key_with_slash_and_question_mark_has_a_page_and_is_linked():
    address = f"/published/{write_key(AWKWARD)}/"
    assert f'href="{address}"' in text("/profile/published/?q=plan")
    assert "Pupils with a plan" in text(address)
    assert len(rows_of(f"/published/{write_key(AWKWARD)}.csv")) == 41


@pytest.mark.parametrize("end", ["/", ".csv", ".json"])
@pytest.mark.parametrize("part", ["Nothing", "~FF", "~2E~2E"])
def test_a_measure_that_does_not_exist_is_not_found(part, end):
    page = get(f"/published/{part}{end}", status=404).content.decode()

    assert "There is no such page" in page and "begin again from the overview" in page


def test_a_measure_that_is_one_of_our_indicators_links_to_it():
    assert f'href="/indicators/{KEY}/"' in text("/published/ReReferral/")
    assert "This is our indicator" not in text("/published/Spend/")


def test_topics_come_first_with_their_counts_and_no_measure_is_open():
    page = text("/profile/published/")
    assert "?topic=Child+Protection" in page
    assert "/published/ReReferral/" not in page
    assert 'href="/profile/published/"' in text("/profile/")


def test_a_topic_that_does_not_exist_is_said_and_its_name_is_no_mark_up():
    page = text("/profile/published/?topic=%3Cb%3E")
    assert "There is no topic “&lt;b&gt;”" in page
    assert "Child Protection" in page


def test_a_search_that_finds_nothing_says_so():
    assert "Nothing was found" in text("/profile/published/?q=zebra")


def test_rows_can_stand_by_our_quarter_the_last_first():
    page = text("/profile/published/?topic=Child+Protection&sort=quarter")
    places = [
        page.index(f'href="/published/{k}/"') for k in ("ReReferral", "Late", "Missing")
    ]
    assert places == sorted(places)
    assert "In the publisher’s order" in page


def test_units_that_nobody_states_and_figures_that_are_not_there_are_said():
    page = text("/profile/published/?topic=Finance")
    assert "unit not stated by the publisher" in page
    page = text("/profile/published/?topic=Child+Protection")
    assert "Not ranked. No figure for 2025; the last was 2024." in page


def test_the_measure_page_carries_source_edition_and_no_licence_of_the_invented():
    page = text("/published/ReReferral/")
    assert "An invented publication" in page
    assert "invented_2026.csv, loaded 2 October 2026" in page
    assert "folder/" not in page
    assert "invented for illustration" in page


def test_before_the_first_build_pages_say_so_and_twins_are_not_there():
    make_site(FakeReleases(empty=True))
    assert "No figures yet" in text("/profile/published/")
    for address in ("/profile.csv", "/neighbours.json", "/profile/published.csv"):
        page = get(address, status=404).content.decode()

    assert "There is no such page" in page and "the overview" in page
    get("/published/ReReferral/", status=404)


@pytest.mark.parametrize("place", [*PLACED, "/published/ReReferral"])
def test_the_choice_of_neighbours_reaches_the_twins_of_every_page(place):
    page = text(f"{place}/?with=2021")
    assert f'href="{place}.csv?with=2021"' in page
    models = {row["neighbour_model"] for row in rows_of(f"{place}.csv?with=2021")}
    assert "2021" in models and "2025" not in models
    get(f"{place}.csv?with=1999", status=404)


def test_the_choice_of_neighbours_is_carried_on_and_changes_only_them():
    listed = text("/profile/published/?with=2021")
    assert 'href="/profile/published/?topic=Child+Protection&amp;with=2021"' in listed
    topic = "/profile/published/?topic=Child+Protection"
    before, after = text(topic), text(f"{topic}&with=2021")
    assert 'href="/published/ReReferral/?with=2021"' in after
    assert "12.3%" in before and "12.3%" not in after
    assert "35 of 41" in before and "35 of 41" in after
    assert "topic=Child+Protection&amp;with=2021" in before  # the other choice


def test_members_of_a_group_are_not_called_statistical():
    page = text("/published/ReReferral/?with=Our+%26+group")
    assert "Group member" in page and "Statistical neighbour" not in page
    assert "Our &amp; group: " in page


def test_another_spelling_keeps_the_choice_of_neighbours():
    response = client_as("member").get("/published/=1+1/?with=2021")
    assert response.headers["Location"].endswith("/?with=2021")


@pytest.fixture
def _with_labels(monkeypatch):
    """Add a measure that has labels and no total to the invented ones."""

    def make(area_name, as_at, chosen="2025"):
        made = make_published_measures(area_name, as_at, chosen)
        held = made.release.published
        values = {code: float(at) for at, code in enumerate([AREA, *OTHERS])}
        rows = [
            published({"homes:n": {"2025": values}}, filters=f"age={age}")
            for age in ("17", "19 & 20")
        ]
        extra = pl.concat(rows).with_columns(
            file=pl.lit("homes.csv"), load_id=pl.lit(2, pl.Int32)
        )
        words = {"measure": ["homes:n"], "title": ["Homes"], "bandable": [True]}
        record = replace(
            held,
            scan=pl.concat([held.scan, extra.lazy()], how="diagonal_relaxed"),
            measures=pl.concat([held.measures, pl.DataFrame(words)], how="diagonal"),
        )
        return replace(made, release=release_published(record))

    monkeypatch.setattr(store, "make_published_measures", make)


@pytest.mark.usefixtures("_with_labels")
def test_a_measure_without_a_total_offers_its_labels_and_each_has_a_page():
    assert 'href="/published/homes:n/"' in text("/profile/published/")

    offered = text("/published/homes:n/")
    assert "no total" in offered and 'href="?labels=age%3D19+%26+20"' in offered

    page = text("/published/homes:n/?labels=age%3D19+%26+20")
    assert "Labels chosen: age=19 &amp; 20" in page
    assert 'href="/published/homes:n.csv?labels=age%3D19+%26+20"' in page
    rows = rows_of("/published/homes:n.csv?labels=age%3D19+%26+20")
    assert {row["measure"] for row in rows} == {"homes:n"} and len(rows) == 41


@pytest.fixture
def _with_withdrawn(monkeypatch):
    """Add an older release with a measure that the newest, load 1, holds no more."""

    def make(area_name, as_at, chosen="2025"):
        made = make_published_measures(area_name, as_at, chosen)
        held = made.release.published
        rows = published({"homes:n": {"2024": {AREA: 1.0, OTHERS[0]: 2.0}}})
        older = rows.with_columns(
            file=pl.lit("old/homes_2024.csv"), load_id=pl.lit(2, pl.Int32)
        )
        record = replace(
            held,
            scan=pl.concat([held.scan, older.lazy()], how="diagonal_relaxed"),
            displaced=(Displaced(2, 1),),
        )
        return replace(made, release=release_published(record))

    monkeypatch.setattr(store, "make_published_measures", make)


@pytest.mark.usefixtures("_with_withdrawn")
@pytest.mark.parametrize("address", ["/published/homes:n/", "/published/homes:n.csv"])
def test_a_measure_that_a_newer_release_dropped_says_which_held_it(address):
    page = client_as("member").get(address)

    assert page.status_code == 404
    told = page.content.decode()
    assert "The publisher gives this measure no more" in told
    assert "invented_2026.csv (load 1)" in told
    assert "homes_2024.csv (load 2), held it up to 2024." in told and "old/" not in told


@pytest.mark.usefixtures("_with_labels")
@pytest.mark.parametrize(
    "address",
    [
        "/published/homes:n/?labels=age%3D12",
        "/published/homes:n.csv",
        "/published/none:n/",
    ],
)
def test_labels_that_a_measure_does_not_have_are_no_address(address):
    get(address, status=404)
