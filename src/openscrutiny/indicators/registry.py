"""Every definition, in the order of the dashboard, and how to find one."""

from collections.abc import Mapping
from typing import Final

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators import (
    assessment,
    care_leavers,
    child_protection,
    early_help,
    front_door,
    looked_after,
    protection_plans,
    published_only,
    send,
)
from openscrutiny.indicators.definition import Indicator

__all__ = ["INDICATORS", "find_indicator"]

INDICATORS: Final[tuple[Indicator, ...]] = (
    *early_help.INDICATORS,
    *front_door.INDICATORS,
    *assessment.INDICATORS,
    *child_protection.INDICATORS,
    *protection_plans.INDICATORS,
    *looked_after.INDICATORS,
    *care_leavers.INDICATORS,
    *(i for i in published_only.INDICATORS if i.theme == "Workforce"),
    *send.INDICATORS,
    *(i for i in published_only.INDICATORS if i.theme != "Workforce"),
)


def find_indicator(
    name: str, local_codes: Mapping[str, str] | None = None
) -> Indicator:
    """Find a definition by its slug, its catalogue code or the council's own code.

    Ours win over the council's. `local_codes` gives each of theirs our code.
    """
    wanted = name.strip().casefold()
    theirs = {local.casefold(): code for local, code in (local_codes or {}).items()}
    for word in (wanted, theirs.get(wanted, "").casefold()):
        for indicator in INDICATORS:
            if word in (indicator.id, indicator.code.casefold()):
                return indicator
    raise OpenScrutinyError(
        f"There is no indicator “{name[:60]}”.",
        "List them with: openscrutiny define --all",
    )
