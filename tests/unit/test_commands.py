"""What goes wrong before a command runs is told as what goes wrong in it."""

import pytest

from openscrutiny import cli
from openscrutiny.cli import COMMANDS, main, make_parser


@pytest.mark.parametrize("command", ["load", "serve", "publish"])
def test_a_command_that_is_stopped_while_its_libraries_are_read_did_nothing(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "import_module", stop)
    assert main([command]) == 2
    assert "Stopped." in capsys.readouterr().err


def test_a_library_that_cannot_be_read_is_a_fault_that_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def lack(name: str) -> None:
        raise ImportError("no such library")

    monkeypatch.setattr(cli, "import_module", lack)
    assert main(["pack"]) == 2
    said = capsys.readouterr().err
    assert said and "Traceback" not in said


def test_every_command_that_is_named_has_its_options() -> None:
    parser = make_parser()
    for named in COMMANDS.values():
        for name in named:
            with pytest.raises(SystemExit) as ended:
                parser.parse_args([name, "--help"])
            assert ended.value.code == 0, name
