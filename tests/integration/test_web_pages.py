"""The pages of figures: what they say, their twins, and the headers around them."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Any

import polars as pl
import pytest

from openscrutiny.adoption.decisions import Decisions
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.relations import OF_NO_PERSON
from openscrutiny.publication.live import Publications
from openscrutiny.scrutiny.permissions import COMMAND_LINE
from openscrutiny.scrutiny.roles import WHO_SIGN_IN
from web_fakes.facts import FACTS
from web_fakes.site import client_as, folder, make_site
from web_fakes.store import FakePublication, FakeReleases, FakeSnapshot, publish_fake

KEY = "re-referrals-within-12-months"
PAGES = (
    "/",
    "/indicators/",
    f"/indicators/{KEY}/",
    "/indicators/unaccompanied-children-missing/",
    f"/indicators/{KEY}/rows/",
    "/data/",
    "/data/loads/3/",
    "/account/password/",
    "/accessibility/",
    "/nowhere/",
)


@pytest.fixture(autouse=True)
def _site() -> None:
    make_site()


def _text(address: str, role: str = "analyst") -> str:
    response = client_as(role).get(address)
    assert response.status_code == 200, address
    return str(response.content.decode())


def _row(text: str, code: str) -> str:
    [row] = re.findall(
        rf'<tr role="row"[^>]*>\s*<td role="cell" class="c-cd">{code}</td>.*?</tr>',
        text,
        re.S,
    )
    return str(row)


def test_the_overview_has_every_indicator_as_one_row_of_one_table() -> None:
    text = _text("/")
    rows = [_row(text, fact.code) for fact in FACTS]

    assert len(rows) == len(FACTS)
    # Code, figure, counted, period, years, direction, place, England, target, paper;
    # what has no number says in the same row why.
    assert {row.count("<td ") for row in rows} == {10, 4}
    assert all("c-wy" in row for row in rows if row.count("<td ") == 4)


def test_the_four_kinds_of_nothing_never_look_alike() -> None:
    text = _text("/", "member")
    shapes = {}
    for fact in FACTS:
        row = _row(text, fact.code)
        mark = re.search(r'class="nil">(<svg.*?</svg>)[^[]*(\[\w\])', row, re.S)
        if mark is not None:
            shapes.setdefault(mark[2], set()).add(mark[1])

    assert set(shapes) == {"[c]", "[z]", "[x]"}
    assert all(len(each) == 1 for each in shapes.values())
    assert len({next(iter(each)) for each in shapes.values()}) == 3
    assert "[p]" in text


def test_a_true_nought_is_a_figure_and_no_kind_of_nothing() -> None:
    row = _row(_text("/"), "EO9")

    assert "0.0%" in row and "0 of 71" in row and 'colspan="2"' not in row


def test_the_overview_says_what_is_not_fed_yet_and_what_is_not_shown_at_all() -> None:
    text = _text("/")
    assert "July to September 2026 are covered by no return" in text
    assert "as at 30 September 2026" in text
    apart = _text("/not-shown/", "member")
    for page in (text, apart):
        assert "Young carers" in page and "No national return counts them" in page


def test_the_overview_names_the_next_meeting_and_no_meeting_of_the_past() -> None:
    from openscrutiny.scrutiny.models import Meeting
    from openscrutiny.scrutiny.people import add_meeting

    Meeting.objects.all().delete()
    add_meeting(COMMAND_LINE, folder(), date(2020, 1, 1), "Long ago")
    assert "Next meeting" not in _text("/")
    soon = date.today() + timedelta(days=40)  # noqa: DTZ011
    add_meeting(COMMAND_LINE, folder(), soon, "Scrutiny: <children>")
    text = _text("/")
    assert "Next meeting: Scrutiny: &lt;children&gt;" in text
    assert f"{soon.day} {soon:%B %Y}" in text
    Meeting.objects.all().delete()


def test_an_invented_nation_is_said_on_every_page_of_figures() -> None:
    for address in ("/", "/indicators/", f"/indicators/{KEY}/", "/data/"):
        assert "every other authority here are invented" in _text(address)
        assert "Open Government Licence" not in _text(address)


def test_published_figures_stand_with_the_open_government_licence() -> None:
    make_site(FakeReleases(replace(FakeSnapshot(), invented_nation=False)))
    assert "Open Government Licence v3.0" in _text("/")


def test_the_indicator_page_has_its_parts_in_order_and_answers_before_them() -> None:
    text = _text(f"/indicators/{KEY}/")
    parts = re.findall(r'<h2 id="h-\w+">(.*?)</h2>', text)
    assert parts == [
        "The picture",
        "Compared with",
        "In the service’s words",
        "Asked and promised",
        "Target",
        "Behind the figure",
    ]
    questions = re.findall(r'<dt><a href="#([\w-]+)">(.*?)</a></dt>', text)
    assert [question for _, question in questions] == [
        "Is it getting worse?",
        "Against whom?",
        "Who set the target?",
        "What was promised?",
        "What do we not see?",
    ]
    # Each leads to the part that says more.
    assert all(f'id="{part}"' in text for part, _ in questions)
    assert text.index("Is it getting worse?") < text.index("The picture</h2>")


def test_every_chart_has_the_same_numbers_in_a_table_beneath_it() -> None:
    text = _text(f"/indicators/{KEY}/")
    for number in ("820", "4,405", "18.6%", "2,143", "7,986", "26.8%"):
        assert re.search(rf"<td[^>]*>.*?{re.escape(number)}", text), number


def test_a_figure_stands_on_its_ranges_and_a_stock_beside_its_flows() -> None:
    page = _text(f"/indicators/{KEY}/")
    targets = _text("/targets/")

    assert "26.8% against a target of 20%: missed" in page
    assert "<summary>26.8% against a target of 20%: missed</summary>" in page
    assert f'id="{KEY}-bullet-s-t"' in targets and f'id="{KEY}-bullet-s-t"' not in page


@pytest.mark.parametrize("role", ["member", "chair", "clerk"])
def test_teams_are_for_officers_alone(role: str) -> None:
    title = "Each team’s months"

    assert title in _text(f"/indicators/{KEY}/")
    assert title not in _text(f"/indicators/{KEY}/", role)


def test_the_indicator_page_says_how_it_is_counted_and_works_an_example() -> None:
    text = _text(f"/indicators/{KEY}/")
    assert "100 × counted ÷ out of" in text
    assert "Child A was referred on 3 May 2024" in text
    assert "The children in examples are invented" in text
    assert "Agreed at the meeting of July 2022." in text


def test_the_indicator_page_says_how_far_the_council_decides_what_it_becomes() -> None:
    text = _text(f"/indicators/{KEY}/")
    other = _text("/indicators/unaccompanied-children-missing/")
    assert "<dt>The council’s control</dt><dd>Shared: a law</dd>" in text
    assert "<dt>The council’s control</dt><dd>Not stated</dd>" in other


def test_a_sentence_says_why_in_words_and_below_which_rule_made_it_from_what() -> None:
    text = _text(f"/indicators/{KEY}/")
    why = "both as the return or the publisher gives them."

    assert why in text and "Rule: S1-value-and-change" in text
    assert text.index(why) < text.index("Technical note") < text.index("Rule: S1-")


@pytest.mark.parametrize("code", ["FD2", "fd2", "CYPE 27", KEY.upper()])
def test_a_code_in_the_address_leads_to_the_indicator(code: str) -> None:
    for end in ("/", ".csv", ".json"):
        response = client_as("member").get(f"/indicators/{code}{end}")
        assert response.status_code == 302
        assert response.headers["Location"] == f"/indicators/{KEY}{end}"


@pytest.mark.parametrize("address", ["/indicators/none/", "/indicators/none.csv"])
def test_an_unknown_indicator_is_a_page_that_says_so(address: str) -> None:
    response = client_as("analyst").get(address)
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


def _csv(address: str, role: str) -> list[dict[str, str]]:
    response = client_as(role).get(address)
    assert response.headers["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def test_the_csv_twin_has_the_columns_that_others_rely_on() -> None:
    from openscrutiny.figures.schema import FIGURE_COLUMNS

    rows = _csv(f"/indicators/{KEY}.csv", "analyst")
    assert tuple(rows[0]) == (*FIGURE_COLUMNS, "held")
    latest = next(r for r in rows if r["period_end"] == "2026-03-31")
    assert (latest["numerator"], latest["denominator"]) == ("2143", "7986")
    assert latest["value"].startswith("26.83446")


def test_text_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    categories = {row["category"] for row in _csv(f"/indicators/{KEY}.csv", "analyst")}
    assert "'=1+1" in categories and "=1+1" not in categories


@pytest.mark.parametrize("role", ["member", "chair", "clerk"])
def test_a_hidden_figure_has_no_number_in_the_twins_for_members(role: str) -> None:
    key = "unaccompanied-children-missing"
    row = _csv(f"/indicators/{key}.csv", role)[-1]
    assert row["status"] == "hidden"
    assert (row["numerator"], row["denominator"], row["value"]) == ("", "", "")
    body = json.loads(client_as(role).get(f"/indicators/{key}.json").content)
    assert body["audience"] == "members"
    assert body["figures"][-1]["numerator"] is None
    assert body["figures"][-1]["value"] is None


def test_what_is_not_expected_has_no_value_in_the_twins() -> None:
    row = _csv("/indicators/permanent-exclusions-in-month.csv", "analyst")[-1]
    assert row["status"] == "not_expected"
    assert row["value"] == "" and row["numerator"] == ""


def test_the_overviews_twin_has_the_latest_headline_of_every_indicator() -> None:
    rows = _csv("/overview.csv", "analyst")
    assert {row["indicator"] for row in rows} == {fact.id for fact in FACTS}
    assert {row["period_end"] for row in rows} == {"2026-03-31"}
    assert len(json.loads(client_as("analyst").get("/overview.json").content)["figures"]) == len(rows)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_safe_headers_and_no_script_or_inline_style(
    address: str,
) -> None:
    response = client_as("analyst").get(address)
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in response.headers
    text = response.content.decode()
    assert "<script" not in text and "<style" not in text and " style=" not in text


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_one_heading_one_main_and_its_language(address: str) -> None:
    text = client_as("analyst").get(address).content.decode()
    assert text.count("<h1") == 1 and text.count("<main") == 1
    assert '<html lang="en-GB">' in text
    levels = [int(level) for level in re.findall(r"<h([1-6])", text)]
    assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False))


@pytest.mark.parametrize("address", PAGES)
def test_no_page_names_an_element_twice(address: str) -> None:
    text = client_as("analyst").get(address).content.decode()
    names = re.findall(r'\sid="([^"]+)"', text)
    assert len(names) == len(set(names))


def test_a_workspace_without_figures_says_what_to_do() -> None:
    make_site(FakeReleases(empty=True))
    for address in ("/", "/indicators/", "/data/"):
        assert "No figures have been built yet" in _text(address)
    assert client_as("analyst").get("/overview.csv").status_code == 404
    assert client_as("").get("/healthz").content == b"ok\n"


def test_a_new_snapshot_is_seen_at_once_and_told_once_for_each_audience() -> None:
    told: list[Any] = []

    class Counted(FakePublication):
        @cached_property
        def sections(self) -> Any:
            told.append((self.number, self.audience))
            return ()

    releases = FakeReleases()
    publications = Publications(
        releases, decide=Decisions, make=partial(publish_fake, make=Counted)
    )
    for _ in range(3):
        for audience in WHO_SIGN_IN:
            publications.current(audience)
    releases.__dict__["snapshot"] = FakeSnapshot(number=8)
    assert publications.current(Audience.MEMBERS).number == 8  # type: ignore[union-attr]
    assert told == [(7, "officers"), (7, "members"), (8, "members")]


def test_stories_are_told_only_from_figures_that_passed_disclosure_control() -> None:
    seen: list[pl.DataFrame] = []

    class Watched(FakePublication):
        @cached_property
        def sections(self) -> Any:
            seen.append(self.figures)
            return ()

    Publications(
        FakeReleases(), decide=Decisions, make=partial(publish_fake, make=Watched)
    ).current(Audience.MEMBERS)
    small = pl.col("numerator").is_between(1, 5)
    of_people = ~pl.col("code").is_in(list(OF_NO_PERSON))  # a school is nobody
    shares = small & of_people & (pl.col("unit") == "percent")
    assert seen[0].filter(shares).is_empty()
    assert set(seen[0]["breakdown"]) == {"total"}


@pytest.mark.parametrize(
    "drawing",
    [
        "<svg><script>x</script></svg>",
        '<svg onload="x"></svg>',
        '<svg style="fill:red"></svg>',
        '<svg><a href="x"></a></svg>',
        "<p>no drawing</p>",
    ],
)
def test_a_drawing_that_holds_more_than_a_drawing_is_not_shown(drawing: str) -> None:
    from openscrutiny.charts.svg import frame
    from support.specimens import ReadyMade

    chart = ReadyMade("")
    assert frame(chart, "p", "wide", (9, 9), [drawing]) == ""
    assert frame(chart, "p", "wide", (9, 9), ["<path d='M0 0'/>"]) != ""


def test_a_style_sheet_is_kept_for_a_year_under_the_digest_of_its_content() -> None:
    address = re.search(r'href="(/static/[^"]+screens.css)"', _text("/accessibility/"))
    assert address is not None
    response = client_as("").get(address[1])
    assert response.status_code == 200
    assert "immutable" in response.headers["Cache-Control"]
    assert client_as("").get("/static/0000/screens.css").status_code == 404
    assert client_as("").get("/static/0000/../settings.py").status_code == 404


def test_the_fonts_are_our_own_and_kept_as_long() -> None:
    from openscrutiny.web.middleware import POLICY

    sheet = re.search(r'href="(/static/[^"]+fonts.css)"', _text("/accessibility/"))
    assert sheet is not None and "font-src 'self'" in POLICY
    addresses = re.findall(r'url\("([^"]+)"\)', _text(sheet[1]))
    assert len(addresses) == 2
    for address in addresses:
        response = client_as("").get(address)
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "font/woff2"
        assert "immutable" in response.headers["Cache-Control"]
