"""What the tests of whole commands share."""

from pathlib import Path

import pytest

from support.cases import Council


@pytest.fixture
def council(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Council:
    """Give a workspace of Croydon's without any load."""
    return Council(tmp_path / "w", capsys, monkeypatch).begin()
