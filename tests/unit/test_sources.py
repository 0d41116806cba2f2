"""Which files of a folder and of a zip are looked at."""

import zipfile
from contextlib import ExitStack
from pathlib import Path, PurePosixPath

from openscrutiny.returns.sources import find_sources

LEFT_BY_SYSTEMS = (
    ".DS_Store",
    "Thumbs.db",
    "desktop.ini",
    "~$annex.xlsx",
    "__MACOSX/a.csv",
)


def names(path: Path) -> list[str]:
    with ExitStack() as stack:
        found = list(find_sources(path, stack.enter_context))
        return sorted(PurePosixPath(one.name.replace("!", "/")).name for one in found)


def test_what_systems_leave_in_folders_and_zips_is_no_file_of_a_return(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "in"
    for name in ("a.csv", "thumbs.csv", *LEFT_BY_SYSTEMS):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    packed = tmp_path / "in.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in folder.rglob("*"):
            archive.write(path, path.relative_to(folder).as_posix())

    assert names(folder) == ["a.csv", "thumbs.csv"]
    assert names(packed) == ["a.csv", "thumbs.csv"]
