"""Reads a JSON object into a dataclass without mercy: no unknown key, no wrong type, no value out of range.

A field says its range in its metadata: `minimum`, `maximum`, `above` and `below` (exclusive), `choices`, `pattern`, `filled`
(a string or list that may not be empty). The first thing wrong is raised as `FieldProblem`, which names the field.
"""

import math
import re
from dataclasses import MISSING, field, fields, is_dataclass
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


class FieldProblem(ValueError):
    """One field of a JSON object is wrong: `field` is its name, `reason` says what was wrong with it."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.field = name
        self.reason = reason


def ranged(default: Any = MISSING, **limits: Any) -> Any:
    """A dataclass field with limits; without a default it must be given."""
    if isinstance(default, (list, dict)):
        return field(default_factory=lambda: type(default)(default), metadata=limits)
    return field(default=default, metadata=limits)


def read_strict(kind: type[T], given: Any) -> T:
    """An instance of the dataclass `kind` made from a JSON object; raises FieldProblem on the first fault."""
    if not isinstance(given, dict):
        raise FieldProblem("", "must be a JSON object")
    hints = get_type_hints(kind)
    known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
    for name in given:
        if name not in known:
            raise FieldProblem(str(name), "is not a known field")
    values = {}
    for name, described in known.items():
        if name not in given:
            if described.default is MISSING and described.default_factory is MISSING:
                raise FieldProblem(name, "is missing")
            continue
        value = _typed(name, given[name], hints[name])
        _check_limits(name, value, described.metadata)
        values[name] = value
    return kind(**values)


def _typed(name: str, value: Any, hint: Any) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Any:
        return value
    if is_dataclass(hint):
        return read_strict(hint, value)  # type: ignore[type-var]
    if origin is Literal:
        if value not in arguments:
            raise FieldProblem(name, f"must be one of {', '.join(map(str, arguments))}")
        return value
    if origin is Union or origin is type(int | str):
        for choice in arguments:
            try:
                return _typed(name, value, choice)
            except FieldProblem:
                continue
        raise FieldProblem(name, f"must be {' or '.join(_name_of(a) for a in arguments)}")
    if origin is list:
        if not isinstance(value, list):
            raise FieldProblem(name, "must be a list")
        return [_typed(f"{name}[{i}]", item, arguments[0]) for i, item in enumerate(value)]
    if origin is dict or hint is dict:
        if not isinstance(value, dict):
            raise FieldProblem(name, "must be an object")
        inner = arguments[1] if arguments else Any
        return {key: _typed(f"{name}.{key}", item, inner) for key, item in value.items()}
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if type(value) is not hint:
        raise FieldProblem(name, f"must be {_name_of(hint)}")
    if hint is float and not math.isfinite(value):
        raise FieldProblem(name, "must be a finite number")
    return value


def _check_limits(name: str, value: Any, limits: Any) -> None:
    if "minimum" in limits and value < limits["minimum"]:
        raise FieldProblem(name, f"must be at least {limits['minimum']}")
    if "maximum" in limits and value > limits["maximum"]:
        raise FieldProblem(name, f"must be at most {limits['maximum']}")
    if "above" in limits and value <= limits["above"]:
        raise FieldProblem(name, f"must be more than {limits['above']}")
    if "below" in limits and value >= limits["below"]:
        raise FieldProblem(name, f"must be less than {limits['below']}")
    if "choices" in limits and value not in limits["choices"]:
        raise FieldProblem(name, f"must be one of {', '.join(map(str, limits['choices']))}")
    if "pattern" in limits and not re.fullmatch(limits["pattern"], value):
        raise FieldProblem(name, "does not have the right form")
    if limits.get("filled") and not value:
        raise FieldProblem(name, "must not be empty")


def _name_of(hint: Any) -> str:
    names = {int: "a whole number", float: "a number", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(hint, getattr(hint, "__name__", str(hint)))
