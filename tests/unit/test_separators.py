"""What stands between cells is found by the lines, and a file of nothing is empty."""

import pytest

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.plain import PlainFile, find_separator
from support.invented_returns import MemoryFile


@pytest.mark.parametrize("mark", ["\t", ";", "|"])
def test_another_sign_than_a_comma_is_found(mark: str) -> None:
    head = f"CHILD{mark}SEX{mark}DOB\nK1{mark}F{mark}04/05/2011\n".encode()
    assert find_separator(head) == mark
    assert find_separator(head.replace(mark.encode(), b",")) == ""


@pytest.mark.parametrize("data", [b"", b"\n \n", b",,,\n,,,\n", b'"";""\r\n', b";;\n"])
def test_cells_without_anything_are_an_empty_file(data: bytes) -> None:
    with pytest.raises(RefusedFile, match="empty"):
        PlainFile(MemoryFile("a.csv", data))  # type: ignore[arg-type]
