"""Minutes of forty pages, read into proposals."""

from bench.measuring import measure, report
from openscrutiny.demo.minutes import MINUTES
from openscrutiny.minutes.proposing import propose
from openscrutiny.minutes.reading import read_minutes

WORDS = 20_000  # on forty pages


def main() -> None:
    """Read them once before, since the first reading compiles the ways of saying."""
    times = WORDS // len(MINUTES.split()) + 1
    data = "\n\n".join([MINUTES.strip()] * times).encode()
    [item] = read_minutes("warm.txt", MINUTES.encode()).items
    propose(item)
    seconds, found = measure(
        lambda: [
            one for item in read_minutes("m.txt", data).items for one in propose(item)
        ]
    )
    report("minutes of 40 pages", WORDS, seconds, 1, f"{len(found)} proposals")


if __name__ == "__main__":
    main()
