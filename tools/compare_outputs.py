"""Write all that the product puts out, or say where two such folders differ.

A redesign keeps what people see. Write before and after it, then compare:

    python -m tools.compare_outputs write before
    python -m tools.compare_outputs write after
    python -m tools.compare_outputs differ before after

Written are, for the demonstration (1,500 children, 78 months, seed 3) and, where
OPENSCRUTINY_SAMPLES names the folder of samples, for Croydon's public files: the
figures, all comparisons, all definitions, the papers of both audiences, and each page
that an analyst and a Member reach by following links. Only commands and addresses of
docs/reference/interface.md are used, so that it compares any two versions.
"""

import json
import os
import re
import socket
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

CROYDON = (
    "csc/annex-a",
    "csc/ssda903-5-years",
    "published/lait",
    "published/sen2_2025",
    "published/csc_2025",
    "published/neet",
)
# What differs between two runs of the same version: tokens, digests and clocks.
UNSTABLE = (
    (re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*'), r"\1"),
    (re.compile(r'nonce="[^"]*"|/static/[0-9a-f]+/'), ""),
    (re.compile(r"\b\d{2}:\d{2}(:\d{2}(\.\d+)?)?\b"), "TIME"),
    (re.compile(r"\b[0-9a-f]{32,64}\b"), "DIGEST"),
)
# Pages of one kind are many and alike: this many of each kind are read.
AT_MOST_OF_A_KIND = 60


def run(*arguments: str | Path) -> str:
    """Run one command of the product; a status above 1 ends everything."""
    command = [sys.executable, "-m", "openscrutiny.cli", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode > 1:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}\n{done.stderr}")
    return done.stdout


def make_demonstration(place: Path) -> None:
    """Make the demonstration in `place`."""
    sizes = ("--children", "1500", "--months", "78", "--seed", "3")
    run("demo", "--dir", place, *sizes, "--no-serve")


def make_croydon(place: Path, samples: Path) -> None:
    """Load Croydon's public files into `place` and build."""
    run("init", place, "--council", "306", "--name", "Croydon")
    # Whoever reads all pages here has no phone to give a code of.
    facts = json.loads((place / "workspace.json").read_text("utf-8"))
    text = json.dumps(facts | {"second_factor": []})
    (place / "workspace.json").write_text(text, "utf-8")
    run("load", *(samples / part for part in CROYDON), "-w", place)
    run("build", "-w", place, "--as-at", "2026-06-30")


def write_commands(place: Path, to: Path) -> None:
    """Write what the commands answer about a workspace, papers included."""
    to.mkdir(parents=True)
    (to / "figures.csv").write_text(run("figures", "-w", place, "--format", "csv"))
    (to / "compare.csv").write_text(
        run("compare", "--all", "-w", place, "--format", "csv")
    )
    (to / "define.txt").write_text(run("define", "--all"))
    for audience in ("officers", "members"):
        paper = to / f"paper-{audience}"
        wanted = ("--audience", audience, "--format", "html,pdf,xlsx,csv")
        run("pack", "-w", place, *wanted, "-o", paper)
        for file in list(paper.rglob("*")):
            _write_as_text(file)


def _write_as_text(file: Path) -> None:
    """Put the words of a PDF or a workbook in its place."""
    if file.suffix == ".pdf":
        words = file.with_suffix(".pdf.txt")
        subprocess.run(["pdftotext", "-layout", file, words], check=True)
        file.unlink()
    elif file.suffix == ".xlsx":
        with zipfile.ZipFile(file) as opened:
            for name in opened.namelist():
                if name.startswith("xl/") and name.endswith(".xml"):
                    part = file.with_name(f"{file.name}.{Path(name).name}.txt")
                    part.write_text(opened.read(name).decode().replace("><", ">\n<"))
        file.unlink()


@contextmanager
def serving(place: Path) -> Iterator[str]:
    """Serve a workspace on a free port of this machine; give its address."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [sys.executable, "-m", "openscrutiny.cli", "serve", "-w", str(place)]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([*command, "--port", str(port)], **silent)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(1200):
            try:
                build_opener().open(f"{address}/healthz", timeout=2)
                break
            except (URLError, OSError):
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


class Reader:
    """Read pages as somebody who is signed in."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = CookieJar()
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(self.cookies))

    def read(self, path: str, **form: str) -> tuple[int, str]:
        """Give the status and the text of an address; a form is sent where given."""
        address = urljoin(self.address, path)
        body = None
        if form:
            token = next(c.value for c in self.cookies if "csrf" in c.name.lower())
            body = urlencode({**form, "csrfmiddlewaretoken": token or ""}).encode()
        try:
            sent = Request(address, body, {"Referer": address})
            with self.opener.open(sent, timeout=120) as answer:
                return answer.status, answer.read().decode(errors="replace")
        except HTTPError as error:
            return error.code, error.read().decode(errors="replace")

    def sign_in(self, place: Path, role: str, *, demo: bool) -> None:
        """Sign in with this role; where there are no demo sign-ins, add one first."""
        self.read("/sign-in/")
        if demo:
            self.read("/sign-in/demo/", role=role)
            return
        name = f"{role}-who-compares"
        answer = run("user", "add", name, "--role", role, "-w", place, "--json")
        given = json.loads(answer)["password"]
        self.read("/sign-in/", name=name, password=given)
        self.read("/account/password/")
        new = "long words that nobody else would choose"
        self.read("/account/password/", current=given, new=new, again=new)


def read_pages(reader: Reader, to: Path) -> None:
    """Follow links from the first page, and write each page's text."""
    waiting, known, kinds = ["/"], {"/"}, dict[str, int]()
    while waiting:
        path = waiting.pop(0)
        kind = re.sub(r"[^/]*\d[^/]*|[A-Z][^/]*", "*", urlsplit(path).path)
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] > AT_MOST_OF_A_KIND:
            continue
        status, text = reader.read(path)
        file = to / f"{re.sub(r'[^A-Za-z0-9.=-]+', '_', path)[:150]}.txt"
        to.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{status}\n{text}", encoding="utf-8")
        for link in re.findall(r'href="(/[^"#]*)', text):
            link = link.replace("&amp;", "&")
            if link not in known and not re.match(r"/(static|sign-out|brand)", link):
                known.add(link)
                waiting.append(link)


def write(to: Path) -> None:
    """Write everything into the new folder `to`."""
    to.mkdir(parents=True)
    places = {"demonstration": to / "workspaces" / "demonstration"}
    make_demonstration(places["demonstration"])
    if samples := os.environ.get("OPENSCRUTINY_SAMPLES"):
        places["croydon"] = to / "workspaces" / "croydon"
        make_croydon(places["croydon"], Path(samples))
    else:
        print("Croydon's files are NOT compared: OPENSCRUTINY_SAMPLES is not set.")
    for name, place in places.items():
        write_commands(place, to / "written" / name)
        with serving(place) as address:
            for role in ("analyst", "member"):
                reader = Reader(address)
                reader.sign_in(place, role, demo=name == "demonstration")
                read_pages(reader, to / "written" / name / f"pages-{role}")


def read_stable(file: Path) -> list[str]:
    """Read a file's lines without what differs from run to run."""
    text = file.read_text(encoding="utf-8", errors="replace")
    for pattern, instead in UNSTABLE:
        text = pattern.sub(instead, text)
    return text.splitlines()


def tell_difference(before: list[str], after: list[str]) -> list[str]:
    """List lines that only one side has, in order; enough to see what changed."""
    sides = [Counter(before), Counter(after)]
    gone, new = sides[0] - sides[1], sides[1] - sides[0]
    told = [f"-{line}" for line in dict.fromkeys(before) if gone[line]]
    told += [f"+{line}" for line in dict.fromkeys(after) if new[line]]
    return told or ["the same lines in another order"]


def differ(before: Path, after: Path) -> int:
    """Print each difference; give 1 where there is one."""
    listed = [
        {str(f.relative_to(side / "written")) for f in side.rglob("written/**/*.*")}
        for side in (before, after)
    ]
    files = [{n for n in names if not n.endswith("/")} for names in listed]
    found = 0
    for name in sorted(files[0] ^ files[1]):
        found += 1
        print(f"only in {'before' if name in files[0] else 'after'}: {name}")
    for name in sorted(files[0] & files[1]):
        pair = [side / "written" / name for side in (before, after)]
        if pair[0].is_dir():
            continue
        lines = [read_stable(file) for file in pair]
        if lines[0] != lines[1]:
            found += 1
            told = tell_difference(*lines)
            print(f"--- {name}: {len(told)} lines of difference")
            print("\n".join(line[:400] for line in told[:12]))
    print(f"{len(files[0] & files[1])} files compared, {found} differ")
    return int(found > 0)


def main() -> int:
    """Write a folder, or compare two."""
    match sys.argv[1:]:
        case ["write", folder]:
            write(Path(folder))
            return 0
        case ["differ", before, after]:
            return differ(Path(before), Path(after))
        case _:
            print(__doc__)
            return 2


if __name__ == "__main__":
    sys.exit(main())
