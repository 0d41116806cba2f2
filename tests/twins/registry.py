"""Every twin by its code, found in the modules of this folder."""

import re
from importlib import import_module
from pkgutil import iter_modules

import twins
from twins.model import Twin


def _find_all() -> dict[str, Twin]:
    names = [module.name for module in iter_modules(twins.__path__, "twins.")]
    found = {
        value.code: value
        for name in names
        if name != __name__
        for value in vars(import_module(name)).values()
        if isinstance(value, Twin)
    }
    return dict(sorted(found.items(), key=_by_number))


def _by_number(item: tuple[str, Twin]) -> tuple[str, int, str]:
    family, number, suffix = re.fullmatch(r"([A-Z]+)(\d+)(.*)", item[0]).groups()
    return family, int(number), suffix


TWINS: dict[str, Twin] = _find_all()
