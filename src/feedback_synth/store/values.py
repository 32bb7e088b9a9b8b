"""Frozen values as JSON and back: what a run found is kept whole, and read again without running anything.

The types themselves are the schema; JSON holds the fields that differ from their defaults.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from feedback_synth.errors import Sentence, StoreError

T = TypeVar("T")
Decode = Callable[[Any], Any]


def dump(value: object) -> bytes:
    """A dataclass of dataclasses, tuples, strings and numbers as JSON; equal values give equal bytes."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def load(type_: type[T], content: bytes) -> T:
    """The value that ``dump`` wrote. StoreError if it is none of ``type_`` (written by another version, damaged)."""
    try:
        found: T = _decoder(cast(Any, type_))(json.loads(content.decode("utf-8", "surrogatepass")))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreError("What the run found cannot be read ({why}). Run synthesize again.", why=error) from error
    return found


def _plain(value: object) -> object:
    if isinstance(value, Sentence):
        return {"sentence": value.template, "values": {name: _word(item) for name, item in value.values.items()}}
    if is_dataclass(value) and not isinstance(value, type):
        shown = ((f, getattr(value, f.name)) for f in fields(value))
        return {f.name: _plain(v) for f, v in shown if v != _default(f)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def _word(value: object) -> object:
    """A value that a sentence is filled in with: paths and errors as their words."""
    return _plain(value) if isinstance(value, Sentence) else value if isinstance(value, int) else str(value)


def _sentence(value: Any) -> Sentence:
    """A sentence that can still be said in another language."""
    words = {name: _sentence(item) if isinstance(item, dict) else item for name, item in value["values"].items()}
    return Sentence(value["sentence"], **words)


def _text(value: Any) -> str:
    found: str = _sentence(value) if isinstance(value, dict) else _checked(lambda v: type(v) is str, "str")(value)
    return found


def _default(field: Field[Any]) -> object:
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else MISSING


@cache
def _decoder(type_: Any) -> Decode:
    """How a value of ``type_`` is read from plain JSON."""
    if is_dataclass(type_):
        return _dataclass_decoder(type_)
    origin, arguments = get_origin(type_), get_args(type_)
    if origin is tuple:
        return _tuple_decoder(arguments)
    if origin in (Union, UnionType):
        return _union_decoder(arguments)
    if origin is Literal:
        return _checked(lambda value: value in arguments, " | ".join(map(str, arguments)))
    if type_ is float:
        return float
    if type_ is str:
        return _text
    if type_ in (int, bool, NoneType):
        return _checked(lambda value: type(value) is type_, type_.__name__)
    raise TypeError(f"{type_} is no type that can be kept")


def _dataclass_decoder(type_: Any) -> Decode:
    hints = get_type_hints(type_)
    names = [f.name for f in fields(type_)]

    def decode(value: Any) -> Any:
        unknown = value.keys() - set(names)
        if unknown:
            raise ValueError(f"{type_.__name__} has no {', '.join(sorted(unknown))}")
        return type_(**{name: _decoder(hints[name])(item) for name, item in value.items()})

    return decode


def _tuple_decoder(arguments: tuple[Any, ...]) -> Decode:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        item = arguments[0]
        return lambda value: tuple(map(_decoder(item), _list(value)))
    return lambda value: tuple(_decoder(a)(v) for a, v in zip(arguments, _list(value), strict=True))


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    return value


def _union_decoder(arguments: tuple[Any, ...]) -> Decode:
    """Optional values, and literals beside the empty string: the first member that fits."""
    members = [a for a in arguments if a is not NoneType]

    def decode(value: Any) -> Any:
        if value is None and NoneType in arguments:
            return None
        for member in members[:-1]:
            try:
                return _decoder(member)(value)
            except (TypeError, ValueError):
                continue
        return _decoder(members[-1])(value)

    return decode


def _checked(fits: Callable[[Any], bool], words: str) -> Decode:
    def decode(value: Any) -> Any:
        if not fits(value):
            raise TypeError(f"{value!r} is not {words}")
        return value

    return decode
