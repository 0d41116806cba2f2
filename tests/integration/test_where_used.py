"""Where an indicator is used, on its page: what feeds it, names it and is read with it."""

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.returns.own.mapping import Mapping, RowHolds, save_mapping
from openscrutiny.scrutiny.events import add_event
from openscrutiny.scrutiny.permissions import COMMAND_LINE
from openscrutiny.web.application import make_application
from openscrutiny.workspace import Workspace, open_workspace
from support.councils import build_twice

PAGE = "/indicators/referrals/"
ADOPTION = (
    "code,local_code,target,kind,setter,why,from,review,tolerance,owner,note\n"
    "FD1,CYPE 5,500,local,The Executive,Seen,2024-01-01,2025-01-01,1,Ann,\n"
)
MAPPING = Mapping(
    name="board",
    made_by="analyst",
    made_on="2024-01-01",
    sheet="Card",
    heading_rows=(1,),
    code_column=1,
    name_column=2,
    rows=(RowHolds("M1", "Referrals", "FD1"), RowHolds("M2", "Re-referrals", "FD2")),
)
# The reader of Annex A makes these of columns of its lists.
SPLIT = {(code, "Annex A") for code in ("CP3", "LA10", "LA11", "LA12")}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return build_twice(tmp_path_factory.mktemp("used"))


@pytest.fixture
def site(built: Workspace, tmp_path: Path) -> Workspace:
    shutil.copytree(built.folder, tmp_path / "w")
    make_application(tmp_path / "w")
    return open_workspace(tmp_path / "w")


def used(role: str, page: str = PAGE) -> dict[str, str]:
    """Read the fold: what each kind says, without its markup."""
    from django.test import Client

    from openscrutiny.scrutiny.models import Person

    client: Any = Client(HTTP_HOST="localhost")
    client.force_login(Person.objects.get(name=role))
    text = client.get(page).content.decode()
    fold = re.search(r'<details class="fold" id="where-used">.*?</details>', text, re.S)
    assert fold is not None
    kinds = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", fold[0], re.S)
    return {
        kind: " ".join(re.sub("<[^>]+>", " ", words).split()) for kind, words in kinds
    }


def test_each_kind_of_place_is_named_or_said_to_be_none(site: Workspace) -> None:
    found = used("analyst")

    assert list(found) == [
        "Layouts that feed it",
        "Own codes and scorecards",
        "Published measures",
        "Other indicators",
        "Target and events",
        "Publications",
        "The committee",
    ]
    fed = found["Layouts that feed it"]
    assert "Children in need census: referrals" in fed and "Annex A: referrals" in fed
    assert "FD2 Re-referrals" in found["Other indicators"]
    assert "read together: How many referrals come" in found["Other indicators"]
    assert "(DfE)" in found["Published measures"]
    assert found["Own codes and scorecards"] == "It has no local code and no mapping."
    assert found["Publications"] == "None that you may read holds it."
    assert found["The committee"] == "Nothing asked of it is recorded."


def test_targets_events_and_local_codes_are_named_to_everybody_and_mappings_are_not(
    site: Workspace,
) -> None:
    site.adoption.write_text(ADOPTION, "utf-8")
    add_event(
        COMMAND_LINE,
        on=date(2023, 9, 1),
        title="One front door",
        kind="practice",
        codes=("FD1",),
    )
    add_event(COMMAND_LINE, on=date(2023, 9, 2), title="Another", kind="policy")
    save_mapping(site.mappings, MAPPING)

    for role in ("analyst", "manager", "inspector", "member", "clerk"):
        found = used(role)
        decided, own = found["Target and events"], found["Own codes and scorecards"]
        assert "Target 500 : The Executive" in decided
        assert "One front door : 1 September 2023" in decided
        assert "1 event : of every indicator" in decided and "Another" not in decided
        assert own.startswith("Local code CYPE 5")
        is_shown = role in ("analyst", "manager")
        assert ("Scorecard “board” : row M1" in own) is is_shown, role
        assert "M2" not in own


def test_every_indicator_that_rows_feed_names_a_table_of_each_of_its_returns() -> None:
    from openscrutiny.web.presenters.where_used import _layouts

    bare = {
        (one.code, use.words)
        for one in INDICATORS
        for use in (_layouts(one) if one.rows else ())
        if not use.more
    }
    assert bare == SPLIT
