"""How templates of HTML are read: every text escaped, and nothing that is missing passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


def environment(folder: str) -> Environment:
    """The templates of a folder of `render/`."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("tracker.render", folder),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # or each page looks whether its templates' files were touched
        trim_blocks=True,
        lstrip_blocks=True,
    )
