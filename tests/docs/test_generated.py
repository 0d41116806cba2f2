"""Generated documents are current."""

from pathlib import Path

from openscrutiny.cli import make_parser
from openscrutiny.indicators.dictionary import in_words
from openscrutiny.indicators.feeding import feeding_table
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.layouts.describing import describe_report, describe_return
from openscrutiny.layouts.reports import REPORTS
from openscrutiny.layouts.returns import all_returns
from openscrutiny.scrutiny.commentary.states import (
    PACK_STATES,
    SECTION_STATES,
    PackState,
    SectionState,
    draw_states,
)

ROOT = Path(__file__).parents[2]


def test_data_dictionary_holds_every_definition_as_it_is() -> None:
    text = (ROOT / "docs/reference/data-dictionary.md").read_text(encoding="utf-8")
    for indicator in INDICATORS:
        assert in_words(indicator) in text, f"run make docs: {indicator.code}"


def test_the_table_of_how_each_is_fed_is_as_the_definitions_are() -> None:
    text = (ROOT / "docs/reference/feeding.md").read_text(encoding="utf-8")
    assert feeding_table(INDICATORS) in text, "run make docs"
    assert text.count("\n| ") == 1 + len(INDICATORS)


def test_the_reference_of_layouts_is_as_the_layouts_are() -> None:
    text = (ROOT / "docs/reference/layouts.md").read_text(encoding="utf-8")
    described = [each for each in all_returns().values() if each.layouts]
    assert len(described) > 3
    for each in described:
        assert describe_return(each) in text, f"run make docs: {each.name}"
    for report in REPORTS:
        assert describe_report(report) in text, f"run make docs: {report.name}"


def test_the_list_of_commands_holds_every_command_and_option() -> None:
    text = (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")
    parser = make_parser()
    commands = next(a.choices for a in parser._actions if isinstance(a.choices, dict))
    for name, command in commands.items():
        part = text.split(f"## {name}\n", 1)[1].split("\n## ", 1)[0]
        for action in command._actions:
            if action.dest not in {"help", "workspace", "json"}:
                shown = action.option_strings or [action.metavar or action.dest]
                assert shown[0] in part, f"run make docs: {name} {action.dest}"


def test_the_diagram_of_sign_off_is_as_its_table_is() -> None:
    text = (ROOT / "docs/reference/sign-off.md").read_text(encoding="utf-8")
    for table, first in (
        (SECTION_STATES, SectionState.DRAFT),
        (PACK_STATES, PackState.OPEN),
    ):
        assert draw_states(table, first) in text, "run make docs"


def test_constraints_hold_no_address() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "http" not in text and "--index" not in text
    assert "--hash=sha256:" in text
