"""A target that is saved, and the overview that shows it: with 197 indicators."""

import re
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import polars as pl

from bench.measuring import report
from openscrutiny.demo.making import make_demo
from openscrutiny.disclosure.release import Release, Releases
from openscrutiny.indicators.definition import Indicator
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.publication.live import Publications
from openscrutiny.publication.publication import Publication, publish

CHILDREN = 5_000
INDICATORS_AHEAD = 197
ROUNDS = 7
KEY = "re-referrals-within-12-months"


def list_many() -> list[tuple[int, Indicator]]:
    """Give as many indicators as are planned: ours again and again, with other names."""
    many = []
    for at in range(INDICATORS_AHEAD):
        turn, place = divmod(at, len(INDICATORS))
        one = INDICATORS[place]
        if turn:
            one = replace(
                one, id=f"{one.id}-{turn}", code=f"{one.family}{turn}0{place:02}"
            )
        many.append((turn, one))
    return many


def multiply(frame: pl.DataFrame, many: list[tuple[int, Indicator]]) -> pl.DataFrame:
    """Give the copies of an indicator the rows of the first."""
    frames = [frame]
    for turn in range(1, max(turn for turn, _ in many) + 1):
        copies = {one.id: one.code for its, one in many if its == turn}
        name = pl.format("{}-{}", "indicator", pl.lit(turn)).alias("indicator")
        copied = frame.with_columns(name).filter(pl.col("indicator").is_in(copies))
        if "code" in frame.columns:
            copied = copied.with_columns(code=pl.col("indicator").replace(copies))
        frames.append(copied)
    return pl.concat(frames)


@dataclass(frozen=True)
class _Many(Release):
    """Hold a release as if it held all of them."""

    many: list[tuple[int, Indicator]] = field(default_factory=list)

    def tables(self, *asked: Any) -> dict[str, pl.DataFrame]:
        return {n: multiply(t, self.many) for n, t in super().tables(*asked).items()}


def publish_many(*given: Any, **more: Any) -> Publication:
    """Publish the current snapshot as if it held all of them."""
    publication = publish(*given, **more)
    many = list_many()
    release = publication.release
    figures = multiply(release.figures, many)
    held = {one.name: getattr(release, one.name) for one in fields(release)}
    return replace(
        publication,
        release=_Many(**{**held, "figures": figures}, many=many),
        definitions=tuple(one for _, one in many),
    )


def sign_in(folder: Path) -> Any:
    """Serve the workspace in this process, and sign an analyst in."""
    from openscrutiny.web.application import make_application

    make_application(
        folder,
        open_publications=lambda place, decide: Publications(
            Releases(place), decide=decide, make=publish_many
        ),
    )
    from django.test import Client

    from openscrutiny.scrutiny.models import Person

    client = Client(HTTP_HOST="localhost")
    client.force_login(Person.objects.get(name="analyst"))
    return client


def time_saving(client: Any, target: str) -> float:
    """Time from sending the form to having the overview that shows it."""
    page = client.get(f"/targets/{KEY}/").content.decode()
    cells = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page))
    cells |= {"target": target, "kind": "local", "setter": "Board"}
    cells |= {"from": "2026-04-01", "tolerance": "2"}
    start = time.perf_counter()
    answer = client.post(f"/targets/{KEY}/", cells)
    overview = client.get("/").content.decode()
    seconds = time.perf_counter() - start
    assert answer.status_code == 302, answer.status_code
    assert f"{target}%" in overview, target
    return seconds


def time_one(ask: Callable[[], Any]) -> float:
    start = time.perf_counter()
    ask()
    return time.perf_counter() - start


def main() -> None:
    """Measure a saved target, and a page that nothing has changed since."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = make_demo(Path(folder) / "demo", children=CHILDREN)
        client = sign_in(workspace.folder)
        assert client.get("/").status_code == 200
        time_saving(client, "11")
        saved = [time_saving(client, f"{12 + turn}") for turn in range(ROUNDS)]
        report(
            "a target saved and seen",
            INDICATORS_AHEAD,
            statistics.median(saved),
            0.1,
            f"slowest {max(saved) * 1000:.0f} ms; for an analyst, with a paper before",
        )
        for name, address in (("overview", "/"), ("indicator", f"/indicators/{KEY}/")):
            warm = [
                time_one(lambda a=address: client.get(a))  # type: ignore[misc]
                for _ in range(ROUNDS)
            ]
            report(
                f"a warm page: the {name}",
                INDICATORS_AHEAD,
                statistics.median(warm),
                0.05,
                f"slowest {max(warm) * 1000:.0f} ms",
            )


if __name__ == "__main__":
    main()
