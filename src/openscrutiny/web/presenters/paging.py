"""Long lists, a page at a time."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Paging:
    """Hold where we are in a long list. `first` and `last` count from 1; 0 if empty."""

    page: int
    pages: int
    first: int
    last: int
    total: int
    earlier: str  # address, "" where there is none
    later: str

    @property
    def start(self) -> int:
        """Give the index of the first item."""
        return max(0, self.first - 1)


def make_paging(
    total: int, asked: str, size: int, address: Callable[[int], str]
) -> Paging:
    """Work out the page that was asked for; a page that does not exist is the nearest."""
    pages = max(1, -(-total // size))
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    page = min(max(1, number), pages)
    return Paging(
        page=page,
        pages=pages,
        first=(page - 1) * size + 1 if total else 0,
        last=min(page * size, total),
        total=total,
        earlier=address(page - 1) if page > 1 else "",
        later=address(page + 1) if page < pages else "",
    )
