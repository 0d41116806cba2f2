"""Each need of the committee has a page: the table in the documentation is opened."""

from pathlib import Path

import pytest

from openscrutiny.indicators.registry import find_indicator
from web_fakes.site import client_as, make_site

TABLE = Path(__file__).parents[2] / "docs" / "needs.md"
NEEDS = 48


def read_table() -> list[list[str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [
        line.strip().strip("|").split("|")
        for line in lines
        if line[:3] > "| " and line[2:3].isdigit()
    ]
    return [[cell.strip() for cell in row] for row in rows]


@pytest.fixture(scope="module", autouse=True)
def _site() -> None:
    make_site()


def test_every_need_stands_in_the_table_once() -> None:
    assert [row[0] for row in read_table()] == [str(n) for n in range(1, NEEDS + 1)]
    assert all(row[1] for row in read_table())


@pytest.mark.parametrize("address", sorted({row[2].strip("`") for row in read_table()}))
def test_every_page_that_it_names_opens(address: str) -> None:
    answer = client_as("dcs").get(address)
    assert answer.status_code == 200
    assert "<h1" in answer.content.decode()


def test_every_indicator_that_it_names_is_defined() -> None:
    codes = {code for row in read_table() for code in row[3].split()}
    assert len(codes) > 60
    for code in codes:
        assert find_indicator(code).code == code


def test_what_no_page_serves_yet_is_said() -> None:
    # A number here has words in the table that say what is lacking.
    assert {int(row[0]) for row in read_table() if row[4]} == set()
