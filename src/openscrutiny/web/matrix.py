"""Which role may open which address: read from the address map and the permissions."""

from collections.abc import Iterator
from dataclasses import dataclass

from openscrutiny.scrutiny.permissions import Actor, Permission, may
from openscrutiny.scrutiny.roles import Role, role_words
from openscrutiny.web.urls import urlpatterns


@dataclass(frozen=True)
class Route:
    """Hold one address, and the permission that it needs; none for everybody's."""

    name: str
    address: str
    permission: Permission | None

    @property
    def roles(self) -> tuple[Role, ...]:
        """List the roles that may open it."""
        return tuple(
            role
            for role in Role
            if self.permission is None or may(Actor("", role), self.permission)
        )

    @property
    def is_public(self) -> bool:
        return self.permission is None


def list_routes() -> Iterator[Route]:
    """List every address. An unmarked one would be refused to everybody: it is none's.

    Raises AttributeError where a view is neither public nor says what it needs.
    """
    for route in urlpatterns:
        view = route.callback
        needed = None if getattr(view, "is_public", False) else view.permission
        yield Route(route.name, f"/{route.pattern}", needed)


def write_matrix() -> str:
    """Write the matrix as Markdown: a row an address, a column a role."""
    heads = ["Address", "What it needs", "Nobody signed in", *map(role_words, Role)]
    lines = [_row(heads), _row(["---"] * len(heads))]
    for route in list_routes():
        cells = [
            f"`{route.address}`",
            route.permission or "nothing: it is public",
            _word(route.is_public),
            *(_word(role in route.roles) for role in Role),
        ]
        lines.append(_row(cells))
    return "\n".join(lines) + "\n"


def _word(is_allowed: bool) -> str:
    return "yes" if is_allowed else "no"


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
