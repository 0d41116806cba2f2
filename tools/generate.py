"""Write the documents that are made from the code, or check that they are current."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from openscrutiny.cli import make_parser
from openscrutiny.indicators.dictionary import in_words
from openscrutiny.indicators.feeding import feeding_table
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.layouts.describing import describe_report, describe_return
from openscrutiny.layouts.reports import REPORTS
from openscrutiny.layouts.returns import all_returns
from openscrutiny.scrutiny.commentary.states import (
    PACK,
    PACK_STATES,
    REASONED,
    SECTION_STATES,
    WHO,
    PackState,
    SectionState,
    draw_states,
)
from openscrutiny.scrutiny.permissions import Actor, may
from openscrutiny.scrutiny.roles import Role, role_words
from openscrutiny.web.matrix import write_matrix

DICTIONARY_HEAD = """# Data dictionary

Made from the definitions in `src/openscrutiny/indicators/` by `make docs`; do not edit. The rules that all indicators share
stand in [counting-rules.md](../counting-rules.md). Each example is run as a test.

"""
COMMANDS_HEAD = """# Commands

Made from the program by `make docs`; do not edit. What the answers hold stands in [interface.md](interface.md).
"""
SIGN_OFF_HEAD = """# Sign-off

Made from the tables in `src/openscrutiny/scrutiny/commentary/states.py` and `permissions.py` by `make docs`; do not edit.
A section of a meeting's paper is written, submitted, challenged and signed; then the whole paper is approved, cleared and published.
"""
LAYOUTS_HEAD = """# Layouts

Made from the declarations in `src/openscrutiny/layouts/` by `make docs`; do not edit. What is "left behind" is read by nobody. A template of each
return is written by `openscrutiny template`.

"""
FEEDING_HEAD = """# How each indicator is fed

Made from the definitions in `src/openscrutiny/indicators/` by `make docs`; do not edit. In order of trust: counted from the rows of a return,
published, the council's own count. Each published measure is held against its table for all authorities and years
by a test (`tests/integration/test_published_walk.py`), save those of which no table has been read yet.

"""


ROLES_HEAD = """# Which role may open which address

Made from the address map and the table of permissions by `make docs`; do not edit. Whoever is refused is told who may. What is shown to a role on an address that it may open
differs too: Members see no small number, no breakdown and no row. An address that changes something answers to a form alone. A test walks every cell.

"""


def make_roles() -> str:
    """Give the role-by-address matrix as Markdown."""
    return ROLES_HEAD + write_matrix()


def make_layouts() -> str:
    """Give every return's tables as Markdown."""
    described = [describe_return(r) for r in all_returns().values() if r.layouts]
    return LAYOUTS_HEAD + "\n".join([*described, *map(describe_report, REPORTS)])


def make_feeding() -> str:
    """Give how each indicator can be fed, as a table."""
    return FEEDING_HEAD + feeding_table(INDICATORS)


def make_dictionary() -> str:
    """Give the data dictionary as Markdown."""
    return DICTIONARY_HEAD + "\n".join(in_words(indicator) for indicator in INDICATORS)


def make_commands() -> str:
    """Give every command and its options as Markdown."""
    found = [
        action
        for action in make_parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    ]
    lines = [COMMANDS_HEAD]
    for name, parser in found[0].choices.items():
        lines += [f"## {name}", "", f"{_sentence(parser.description)}", ""]
        lines += [
            _option(a)
            for a in parser._actions
            if not isinstance(a, argparse._HelpAction)
            and a.dest not in {"workspace", "json"}
        ]
        lines.append("")
    return "\n".join(lines)


def make_sign_off() -> str:
    """Give the states of sign-off as diagrams, and who may do what."""
    lines = [SIGN_OFF_HEAD]
    for title, table, first in (
        ("A section", SECTION_STATES, SectionState.DRAFT),
        (PACK[:1].upper() + PACK[1:], PACK_STATES, PackState.OPEN),
    ):
        drawn = draw_states(table, first)
        lines += [f"## {title}", "", "```mermaid", drawn, "```", ""]
    lines += ["## Who may", "", "| act | who | words |", "|---|---|---|"]
    for act, permission in WHO.items():
        roles = [role_words(r) for r in Role if may(Actor("", r), permission)]
        needs = REASONED.get(act, "")
        lines.append(f"| {act} | {', '.join(roles)} | {needs} |")
    lines += ["", "Who approved a paper does not publish it.", ""]
    return "\n".join(lines)


def _option(action: argparse.Action) -> str:
    name = ", ".join(action.option_strings) or action.metavar or action.dest
    takes = action.metavar if action.option_strings and action.nargs != 0 else ""
    if action.choices:
        takes = "|".join(str(choice) for choice in action.choices)
    needed = " (needed)" if action.required and action.option_strings else ""
    said = f": {action.help}" if action.help else ""
    default = (
        f" (otherwise {action.default})"
        if action.option_strings and action.default not in (None, False)
        else ""
    )
    return f"- `{f'{name} {takes}'.strip()}`{needed}{said}{default}"


def _sentence(text: str | None) -> str:
    words = text or ""
    return f"{words[:1].upper()}{words[1:]}."


DOCUMENTS: dict[str, Callable[[], str]] = {
    "docs/reference/data-dictionary.md": make_dictionary,
    "docs/reference/commands.md": make_commands,
    "docs/reference/layouts.md": make_layouts,
    "docs/reference/roles.md": make_roles,
    "docs/reference/sign-off.md": make_sign_off,
    "docs/reference/feeding.md": make_feeding,
}


def main() -> int:
    """Write the documents; with --check, say whether they are current."""
    stale = 0
    for name, make in DOCUMENTS.items():
        path, text = Path(name), make()
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8", newline="\n")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            print(f"{name} is not current. Run: make docs")
            stale = 1
        else:
            print(f"{name} is current.")
    return stale


if __name__ == "__main__":
    sys.exit(main())
