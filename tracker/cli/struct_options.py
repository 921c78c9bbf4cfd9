"""The options of a struct, a field each: what is settled, and what a report asks.

A field has its option beside its type, so that the two are one with the settings.
"""

from __future__ import annotations

from typing import Any, get_args

import click
from msgspec import Struct, inspect
from msgspec.structs import FieldInfo, fields, replace

from tracker.cli.context import App
from tracker.cli.options import Decorator, combined, passes_value
from tracker.cli.param_types import AHEAD, SINCE
from tracker.model import Option


def struct_options(kind: type[Struct], name: str) -> Decorator:
    """Give a command a struct as `name`: what is settled, or its defaults, and what is typed."""
    known = [field for field in fields(kind) if _options(field)]
    settled = _section(kind)

    def make(app: App, given: dict[str, Any]) -> Struct:
        before = getattr(app.settings, settled) if settled else kind()
        typed = {field.name: _value(given.pop(field.name)) for field in known}
        return replace(before, **{field: v for field, v in typed.items() if v is not None})

    options = (_click(field, is_settled=bool(settled)) for field in known)
    return combined(*options, passes_value(name, make))


def _options(field: FieldInfo) -> list[Option]:
    """The option that stands beside the type of a field, if it has one."""
    return [beside for beside in get_args(field.type) if isinstance(beside, Option)]


def _section(kind: type[Struct]) -> str:
    """The section of the settings that is of that kind, if there is one."""
    from tracker.settings import Settings

    types = {field.name: field.type for field in fields(Settings)}
    return next((s for s, t in types.items() if isinstance(t, type) and issubclass(t, kind)), "")


def _click(field: FieldInfo, *, is_settled: bool) -> Decorator:
    """The option of a field, or the argument if it has no flag."""
    [option] = _options(field)
    metavar = option.metavar or None
    if not option.flag:
        return click.argument(field.name, metavar=metavar, required=False)
    default = None if is_settled else field.default or None
    shown: dict[str, Any] = {"default": default, "show_default": default is not None}
    shape = _shape(inspect.type_info(field.type))
    return click.option(
        option.flag, field.name, metavar=metavar, help=option.help, **shown, **shape
    )


def _shape(kind: Any) -> dict[str, Any]:
    """What click needs to know of the type of a field."""
    shape: dict[str, Any] = {}
    match kind:
        case inspect.Metadata(type=within) | inspect.UnionType(types=(within, inspect.NoneType())):
            shape = _shape(within)
        case inspect.IntType(ge=least, le=most):
            shape = {"type": click.IntRange(least, most)}
        case inspect.LiteralType(values=words):
            shape = {"type": click.Choice(words)}
        case inspect.BoolType():
            shape = {"is_flag": True}
        case inspect.DateType():
            shape = {"type": SINCE}
        case inspect.VarTupleType():
            shape = {"type": AHEAD, "multiple": True}
    return shape


def _value(typed: Any) -> Any:
    """What was typed; what was given several times is one."""
    if isinstance(typed, tuple):
        return tuple({days for each in typed for days in each}) or None
    return typed
