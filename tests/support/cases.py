"""The shared cases beside the samples, and how a test asks the commands."""

import html
import json
import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from openscrutiny.cli import main
from openscrutiny.figures import snapshots
from openscrutiny.indicators.registry import INDICATORS, find_indicator
from openscrutiny.story.model import IndicatorStory
from openscrutiny.workspace import open_workspace
from support.publications import publish_to


def find_cases(group: str) -> list[Path]:
    """List the cases of one group; none where the samples are not there."""
    samples = os.environ.get("OPENSCRUTINY_SAMPLES")
    if not samples:
        return []
    folder = Path(samples).parent / "cases" / group
    return sorted(path for path in folder.glob("*") if (path / "in").is_dir())


def run_json(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> Any:
    """Run a command and read its answer in JSON."""
    capsys.readouterr()
    main([*arguments, "--json"])
    return json.loads(capsys.readouterr().out)


def ask(
    capsys: pytest.CaptureFixture[str], workspace: Path, code: str
) -> list[dict[str, Any]]:
    """Ask for every figure of one indicator, as rows; none where nothing was built."""
    arguments = ["figures", "-w", str(workspace), "--indicator", code]
    capsys.readouterr()
    main([*arguments, "--format", "json"])
    answer: list[dict[str, Any]] = json.loads(capsys.readouterr().out or "[]")
    return answer


def count_only(monkeypatch: pytest.MonkeyPatch, *codes: str) -> None:
    """Let builds count these indicators and no others: none rests on another's figures."""
    wanted = [indicator for indicator in INDICATORS if indicator.code in codes]
    assert len(wanted) == len(codes)
    monkeypatch.setattr(snapshots, "INDICATORS", wanted)


def find_figure_cases() -> list[Path]:
    """List the cases of figures and sentences: some are told, without files."""
    samples = os.environ.get("OPENSCRUTINY_SAMPLES")
    if not samples:
        return []
    folder = Path(samples).parent / "cases" / "figures"
    return sorted(path for path in folder.glob("*") if path.is_dir())


@dataclass(frozen=True)
class Council:
    """A workspace of Croydon's, to which a test speaks through the command line.

    A build counts the indicators that the test asks of and no others: each takes half a
    second, and none rests on another's figures.
    """

    folder: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def begin(self) -> "Council":
        assert main(["init", str(self.folder), "--council", "306"]) == 0
        return self

    def load(self, *paths: Path, as_at: str = "") -> str:
        """Load files or folders; give what was said of each, in JSON."""
        made = ["--as-at", as_at] if as_at else []
        answer = run_json(
            self.capsys, ["load", "-w", str(self.folder), *made, *map(str, paths)]
        )
        return json.dumps(answer["files"], ensure_ascii=False)

    def run(self, command: str, *arguments: str) -> None:
        """Run another command of this workspace."""
        assert main([command, *arguments, "-w", str(self.folder)]) == 0

    def build(self, as_at: str, *codes: str) -> str:
        """Count these indicators as at a day; give what was said at the end."""
        count_only(self.monkeypatch, *codes)
        self.capsys.readouterr()
        assert main(["build", "-w", str(self.folder), "--as-at", as_at]) == 0
        said = self.capsys.readouterr()
        return said.out + said.err

    def figure(self, code: str, kind: str, end: str) -> dict[str, Any]:
        """Give our own total of one period."""
        (row,) = [
            row
            for row in ask(self.capsys, self.folder, code)
            if (row["period_type"], row["period_end"]) == (kind, end)
            and (row["source"], row["breakdown"]) == ("own", "total")
        ]
        return row

    def story(
        self, code: str, audience: str = "officers", today: str = ""
    ) -> IndicatorStory:
        """Tell one indicator as pages and papers do, read on a day."""
        day = date.fromisoformat(today) if today else None
        publication = publish_to(audience, open_workspace(self.folder), today=day)
        return publication.story(find_indicator(code))

    def paper(self, *arguments: str, audience: str = "members") -> list[str]:
        """Make the annex as a page and give its texts, one a line, without drawings."""
        to = self.folder / "papers"
        command = ["pack", "-w", str(self.folder), "--audience", audience]
        assert main([*command, "--format", "html", "-o", str(to), *arguments]) == 0
        (page,) = to.glob("*-annex.html")
        text = page.read_text(encoding="utf-8")
        text = re.sub(r"<(style|script|svg)\b.*?</\1>", " ", text, flags=re.DOTALL)
        lines = html.unescape(re.sub(r"<[^>]+>", "\n", text)).split("\n")
        return [line.strip() for line in lines if line.strip()]
