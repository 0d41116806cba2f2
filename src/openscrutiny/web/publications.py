"""Where the pages find the publications of the workspace that they serve."""

from openscrutiny.publication.live import Publications

_publications: Publications | None = None


def set_publications(publications: Publications) -> None:
    """Say where the pages find their figures; called once, by the application."""
    global _publications
    _publications = publications


def get_publications() -> Publications:
    """Give what the application was made with."""
    assert _publications is not None, "make_application comes first"
    return _publications
