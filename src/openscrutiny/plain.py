"""Values of ours as JSON holds them, and back: what is frozen is read as what it was.

A value is written by its fields and read by the types of its class, so that a file names
no class and can make nothing but what its reader asks for.
"""

import types
from collections.abc import Collection, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

Kind = TypeVar("Kind")
_PLAIN: Final = (str, int, float, bool, type(None))


def to_plain(value: Any) -> Any:
    """Give a value as JSON has it; a set is put in order."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: to_plain(getattr(value, field.name))
            for field in fields(value)
            if field.init and field.repr
        }
    if isinstance(value, Mapping):
        return {str(name): to_plain(held) for name, held in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(held) for held in value]
    if isinstance(value, set | frozenset):
        return sorted(to_plain(held) for held in value)
    if isinstance(value, date):  # a moment is one too
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def from_plain(kind: type[Kind], plain: Any) -> Kind:
    """Read a value of a class of ours from what JSON holds.

    A field that a later release added takes its default, one that it dropped is left
    out. Raises ValueError or TypeError where the two do not fit.

    >>> from_plain(tuple[date, ...], ["2026-12-08"])
    (datetime.date(2026, 12, 8),)
    """
    read: Kind = _read(kind, plain)
    return read


def _read(kind: Any, plain: Any) -> Any:
    origin, given = get_origin(kind), get_args(kind)
    if kind is Any:
        return plain
    if origin in (Union, types.UnionType):
        return _read_one_of(given, plain)
    if origin is not None:
        return _read_many(origin, given, plain)
    if is_dataclass(kind):
        return _read_fields(kind, plain)
    if issubclass(kind, Enum):
        return kind(plain)
    if issubclass(kind, date):  # a moment is one too
        return kind.fromisoformat(_check(str, plain))
    if kind is float and isinstance(plain, int):
        return float(plain)
    return _check(kind, plain)


def _read_one_of(kinds: tuple[Any, ...], plain: Any) -> Any:
    if plain is None and type(None) in kinds:
        return None
    [kind] = [each for each in kinds if each is not type(None)]
    return _read(kind, plain)


def _read_many(origin: Any, given: tuple[Any, ...], plain: Any) -> Any:
    if issubclass(origin, Mapping):
        key, held = given
        return {
            _read_key(key, name): _read(held, each)
            for name, each in _check(dict, plain).items()
        }
    listed = _check(list, plain)
    if issubclass(origin, tuple) and given[-1] is not Ellipsis:
        return tuple(_read(k, each) for k, each in zip(given, listed, strict=True))
    assert issubclass(origin, Collection), origin
    return origin(_read(given[0], each) for each in listed)


def _read_key(kind: Any, name: str) -> Any:
    return int(name) if kind is int else _read(kind, name)


def _read_fields(kind: Any, plain: Any) -> Any:
    held, hints = _check(dict, plain), get_type_hints(kind)
    found = {}
    for field in fields(kind):
        if field.name in held and field.init:
            found[field.name] = _read(hints[field.name], held[field.name])
        elif field.default is MISSING and field.default_factory is MISSING:
            raise ValueError(f"{kind.__name__} lacks {field.name}")
    return kind(**found)


def _check(kind: Any, plain: Any) -> Any:
    if not isinstance(plain, kind) or kind not in (*_PLAIN, dict, list):
        raise TypeError(f"{kind} was expected")
    return plain
