"""The options of a struct, a field each: what is settled, and what a report asks.

A field has its option beside its type, so that the two are one with the settings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

import click
from msgspec import Struct, inspect
from msgspec.structs import replace

from tracker.cli.context import App
from tracker.cli.options import Decorator, hands_over, together
from tracker.cli.param_types import AHEAD, DAY
from tracker.model import Option


def struct_options(kind: type[Struct], name: str) -> Decorator:
    """Give a command a struct as `name`: what is settled, or its defaults, and what is typed."""
    known = dict(_options(kind))
    settled = _section(kind)

    def make(app: App, given: dict[str, Any]) -> Struct:
        before = getattr(app.settings, settled) if settled else kind()
        typed = {field: _value(given.pop(field)) for field in known}
        return replace(before, **{field: v for field, v in typed.items() if v is not None})

    options = (_click(field, kind, bool(settled)) for field in known)
    return together(*options, hands_over(name, make))


def _options(kind: type[Struct]) -> Iterator[tuple[str, Option]]:
    for field, hint in get_type_hints(kind, include_extras=True).items():
        for beside in get_args(hint):
            if isinstance(beside, Option):
                yield field, beside


def _section(kind: type[Struct]) -> str:
    """The section of the settings that is of that kind, if there is one."""
    from tracker.settings import Settings

    types = get_type_hints(Settings)
    return next((s for s, t in types.items() if isinstance(t, type) and issubclass(t, kind)), "")


def _click(field: str, kind: type[Struct], is_settled: bool) -> Decorator:
    """The option, or the argument if it has no flag, of one field."""
    option = dict(_options(kind))[field]
    metavar = option.metavar or None
    if not option.flag:
        return click.argument(field, metavar=metavar, required=False)
    default = None if is_settled else getattr(kind(), field)
    shape = _shape(inspect.type_info(get_type_hints(kind, include_extras=True)[field]))
    return click.option(
        *(option.flag, field),
        metavar=metavar,
        help=option.help,
        default=default or None,
        show_default=bool(default),
        **shape,
    )


def _shape(kind: Any) -> dict[str, Any]:
    """What click needs to know of the type of a field."""
    shape: dict[str, Any] = {}
    match kind:
        case inspect.Metadata(type=within) | inspect.UnionType(types=(within, inspect.NoneType())):
            shape = _shape(within)
        case inspect.IntType(ge=least, le=most):
            shape = {"type": click.IntRange(least, most)}
        case inspect.BoolType():
            shape = {"is_flag": True}
        case inspect.DateType():
            shape = {"type": DAY}
        case inspect.VarTupleType():
            shape = {"type": AHEAD, "multiple": True}
    return shape


def _value(typed: Any) -> Any:
    """What was typed; what was given several times is one."""
    if isinstance(typed, tuple):
        return tuple({days for each in typed for days in each}) or None
    return typed
