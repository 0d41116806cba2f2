"""Which months are not fed yet, by which return, in plain sentences."""

from openscrutiny.disclosure.gaps import Gap
from openscrutiny.layouts.returns import get_return
from openscrutiny.periods import format_month


def say_gap(gap: Gap) -> str:
    """Say which return is missing, and where the indicators that it feeds stop."""
    wanted = " or ".join(get_return(name).in_words for name in gap.returns)
    listed = ", ".join(gap.codes)
    if gap.last is None:
        return f"No {wanted} is loaded, which would feed {listed}."
    return (
        f"After {format_month(gap.last)} no {wanted} is loaded, so {listed} "
        f"{'stops' if len(gap.codes) == 1 else 'stop'} there; the dashboard runs to "
        f"{format_month(gap.end)}."
    )
