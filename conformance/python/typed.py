"""Compares what a generated model holds with the types that it declares."""

import typing

from darabonba.model import DaraModel


def mistyped(model: DaraModel, path: str = "") -> list[str]:
    """The fields, in depth, whose values are of another type than the client promises its users."""
    found = []
    for name, declared in typing.get_type_hints(type(model).__init__).items():
        value = getattr(model, name, None)
        if value is not None:
            found += _mistyped_value(value, declared, f"{path}{name}")
    return found


def _mistyped_value(value: object, declared: object, path: str) -> list[str]:
    origin = typing.get_origin(declared)
    if origin is list:
        if not isinstance(value, list):
            return [path]
        element = typing.get_args(declared)[0]
        return [each for i, item in enumerate(value) for each in _mistyped_value(item, element, f"{path}[{i}]")]
    if origin is dict:
        return [] if isinstance(value, dict) else [path]
    # To Python a bool is an int as well.
    if isinstance(value, bool) != (declared is bool) or not isinstance(value, declared):
        return [path]
    return mistyped(value, path + ".") if isinstance(value, DaraModel) else []
