"""The pages of loads, problems and rows."""

import re
from typing import Any

import polars as pl
import pytest

from web_fakes.site import client_as, make_site
from web_fakes.store import (
    CHILD_IDENTIFIER,
    FakeReleases,
    FakeSnapshot,
    fake_publication,
    make_figures,
)

ROWS = "/indicators/re-referrals-within-12-months/rows/"


@pytest.fixture(autouse=True)
def _site() -> None:
    make_site()


def _text(address: str, role: str = "analyst") -> str:
    response = client_as(role).get(address)
    assert response.status_code == 200, address
    return str(response.content.decode())


def test_the_data_page_shows_every_load_and_every_refusal() -> None:
    text = _text("/data/")
    assert "3 loaded, 1 refused" in text
    assert "30,338 kept, 44 rejected" in text
    assert "EHE_summer.xlsx was refused" in text
    assert "2 October 2026, 09:14" in text  # by the clocks of England, an hour ahead


def test_problems_are_grouped_by_cause_with_most_findings_first() -> None:
    text = _text("/data/")
    first = text.index("The assessment ends before it starts.")
    second = text.index("The episode starts before the child was born.")
    assert first < second
    assert "41<small>findings" in text


def test_days_that_two_loads_cover_are_told_as_one_span() -> None:
    from datetime import date

    from openscrutiny.web.presenters.loads import _join

    days = [date(2025, month, 1) for month in (1, 2, 3, 5, 6)]
    spans = [(days[0], days[1]), (days[1], days[2]), (days[3], days[4])]
    assert _join(spans) == [(days[3], days[4]), (days[0], days[2])]


def test_a_load_shows_every_problem_with_its_line_and_how_to_mend_it() -> None:
    text = _text("/data/loads/3/")
    assert text.count("Correct one of the two dates") == 41
    assert "340" in text and "18,281 read" in text


def test_a_load_that_does_not_exist_is_not_found() -> None:
    assert client_as("analyst").get("/data/loads/999/").status_code == 404


def test_each_row_shows_its_load_its_file_and_its_line() -> None:
    text = _text(ROWS)
    assert CHILD_IDENTIFIER in text
    assert '<a href="/data/loads/1/">1</a>' in text
    assert "CIN_Census_2026_final.xml" in text
    assert "120 rows, Year to 31 March 2026" in text


def test_rows_come_a_page_at_a_time_and_the_last_page_ends() -> None:
    last = _text(ROWS + "?page=3")
    assert "CHILD-0101" in last and "CHILD-0120" in last and "CHILD-0100" not in last
    assert "Next page" not in last
    assert "CHILD-0120" in _text(ROWS + "?page=99999")


@pytest.mark.parametrize(
    "query", ["?page=-1", "?page=x", "?page=²", "?part=x", "?period=x", "?period=day:x"]
)
def test_an_address_that_makes_no_sense_gives_the_nearest_page(query: str) -> None:
    assert "CHILD-0001" in _text(ROWS + query)


def test_no_address_on_the_rows_page_holds_a_value_of_a_row() -> None:
    for address in re.findall(r'(?:href|action|value)="([^"]*)"', _text(ROWS)):
        assert "CHILD" not in address and "2026-01" not in address


def test_a_value_that_the_file_did_not_give_is_said_and_not_left_blank() -> None:
    text = _text(ROWS)
    assert "not given" in text and "<td></td>" not in text


def test_a_part_without_rows_is_a_true_nought() -> None:
    make_site(FakeReleases(FakeSnapshot(rows_each=0)))
    assert "the figure is a true 0" in _text(ROWS)


def test_an_indicator_that_our_returns_do_not_feed_has_no_rows() -> None:
    class PublishedOnly(FakeSnapshot):
        @property
        def figures(self) -> Any:
            return make_figures().with_columns(source=pl.lit("lait"))

    make_site(FakeReleases(PublishedOnly()))
    assert "No rows to show" in _text(ROWS)
    assert "The rows behind this figure" not in _text(ROWS.removesuffix("rows/"))


def test_published_tables_stand_apart_from_the_councils_own_returns() -> None:
    from openscrutiny.web.presenters.loads import lay_out_data

    class WithPublished(FakeSnapshot):
        def loads(self) -> Any:
            own = super().loads()
            return [*own, {**own[0], "load_id": 9, "return_name": "lait"}]

    view = lay_out_data(fake_publication(snapshot=WithPublished()), exact=True)
    assert [line.load_id for line in view.own] == [3, 2, 1]
    assert [line.load_id for line in view.published] == [9]
    make_site(FakeReleases(WithPublished()))
    assert "Published tables: 1 file" in _text("/data/")


def test_many_refused_files_do_not_push_the_rest_off_the_page() -> None:
    class Refusing(FakeSnapshot):
        def refusals(self) -> Any:
            return super().refusals() * 5

    make_site(FakeReleases(Refusing()))
    text = _text("/data/")
    assert "2 more refused files" in text
    assert text.count("EHE_summer.xlsx was refused") == 5
