"""An adoption as a test wants it, all else being said."""

from datetime import date
from typing import Any

from openscrutiny.adoption.targets import Adoption, Tolerance


def adoption(**changes: Any) -> Adoption:
    """Adopt a local target of 20 with a tolerance of 2, changed where a test says so."""
    facts: dict[str, Any] = {
        "code": "FD2",
        "target": 20.0,
        "kind": "local",
        "setter": "Cabinet",
        "why": "Agreed",
        "from_": date(2018, 4, 1),
        "review": None,
        "tolerance": Tolerance(2.0, is_relative=False),
        "owner": "",
        "note": "",
    }
    return Adoption(**{**facts, **changes})
