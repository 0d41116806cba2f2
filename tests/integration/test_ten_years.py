"""Ten years of a committee: what its pages read and show does not grow with them."""

from collections.abc import Iterator

import pytest
from bench.ten_years import QUESTIONS, add_ten_years

from web_fakes.site import client_as, make_site


@pytest.fixture(scope="module")
def _years() -> Iterator[None]:
    """Put ten years into the trail, and take them out again."""
    make_site()
    from openscrutiny.scrutiny.models import Meeting
    from openscrutiny.scrutiny.trail.models import Entry, EntryLink

    meetings, entries = add_ten_years()
    yield
    numbers = [one.pk for one in entries]
    for at in range(0, len(numbers), 500):
        some = numbers[at : at + 500]
        EntryLink.objects.filter(entry_id__in=some).delete()
        Entry.objects.filter(pk__in=some).delete()
    Meeting.objects.filter(pk__in=[one.pk for one in meetings]).delete()


@pytest.mark.usefixtures("_years")
@pytest.mark.parametrize("address", ["/", "/trail/", "/trail/?kind=question&page=7"])
def test_a_page_asks_the_database_as_often_as_without_them(address: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        answer = client_as("member").get(address)
    assert answer.status_code == 200
    assert len(asked.captured_queries) < 40
    assert len(answer.content) < 200_000
    # The texts of minutes are read by no page that lists entries.
    assert not any('minutesitem"."text' in one["sql"] for one in asked.captured_queries)


@pytest.mark.usefixtures("_years")
def test_the_tracker_is_in_pages_and_its_twins_are_whole() -> None:
    member = client_as("member")
    text = member.get("/trail/?kind=question").content.decode()
    assert text.count('scope="row"') == 100 and "page=2" in text
    assert "A part of it is shown: 2" in text
    last = member.get("/trail/?kind=question&page=999").content.decode()
    assert 0 < last.count('scope="row"') <= 100 and 'rel="next"' not in last
    whole = member.get("/trail.json?kind=question&page=3").json()["trail"]
    assert len(whole) >= QUESTIONS
