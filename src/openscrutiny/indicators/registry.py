"""Every definition, in the order of the dashboard, and how to find one."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pkgutil import iter_modules
from string import ascii_lowercase
from typing import Final

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators import catalogue
from openscrutiny.indicators.definition import Indicator
from openscrutiny.indicators.given import Words, words_of
from openscrutiny.indicators.themes import THEMES


def _find_all() -> tuple[Indicator, ...]:
    """Find every definition in the modules of the catalogue, each once.

    Their order is that of the themes, of a theme's families of codes, and of the codes.
    One that rows feed takes the place of the one that was given until then, and those of
    its words that it does not say itself.
    """
    found: dict[str, Indicator] = {}
    given: dict[str, Indicator] = {}
    words: list[Words] = []
    for module in iter_modules(catalogue.__path__, f"{catalogue.__name__}."):
        for value in vars(import_module(module.name)).values():
            if isinstance(value, Indicator):
                _add(value, found)
            elif isinstance(value, tuple):
                for each in value:
                    if isinstance(each, Indicator):
                        _add(each, given)
                    elif isinstance(each, Words):
                        words.append(each)
    for each in (*map(words_of, given.values()), *words):
        if each.code in found:
            found[each.code].take_words(each.said)
    found = {**given, **found}
    assert len({one.id for one in found.values()}) == len(found), "an id stands twice"
    return tuple(sorted(found.values(), key=_place))


def _add(indicator: Indicator, to: dict[str, Indicator]) -> None:
    same = to.setdefault(indicator.code, indicator)
    assert same is indicator, f"{indicator.code} is defined twice"


def _place(indicator: Indicator) -> tuple[int, int, int, str]:
    """Say where an indicator stands: AS2 before AS2a, and that before AS10."""
    theme = THEMES.index(indicator.theme)
    family = indicator.theme.families.index(indicator.family)
    number = indicator.code.removeprefix(indicator.family)
    digits = number.rstrip(ascii_lowercase)
    return theme, family, int(digits), number.removeprefix(digits)


INDICATORS: Final = _find_all()


def find_indicator(
    name: str,
    local_codes: Mapping[str, str] | None = None,
    council: Sequence[Indicator] = (),
) -> Indicator:
    """Find a definition by its slug, its catalogue code or the council's own code.

    Ours win over the council's. `local_codes` gives each of theirs our code; `council`
    are the indicators that the council itself defines.
    """
    wanted = name.strip().casefold()
    theirs = {local.casefold(): code for local, code in (local_codes or {}).items()}
    for word in (wanted, theirs.get(wanted, "").casefold()):
        for indicator in (*INDICATORS, *council):
            if word in (indicator.id, indicator.code.casefold()):
                return indicator
    raise OpenScrutinyError(
        f"There is no indicator “{name[:60]}”.",
        "List them with: openscrutiny define --all",
    )


def find_pairs(code: str) -> tuple[tuple[str, str], ...]:
    """List (partner's code, why) of the indicators that are read with this one."""
    return tuple(
        (other.code if indicator.code == code else indicator.code, other.why)
        for indicator in INDICATORS
        for other in indicator.read_with
        if code in (indicator.code, other.code)
    )
