"""How templates of HTML are read: every text escaped, and nothing that is missing passed over."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment


def environment(folder: str) -> Environment:
    """The templates of a folder of `render/`."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("tracker.render", folder),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # or each page looks whether its templates' files were touched
        bytecode_cache=_compiled(),
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _compiled() -> BytecodeCache | None:
    """Where compiled templates are kept: in a temporary folder that is this user's alone.

    None where there is none, or where Python is to keep nothing compiled either.
    """
    from pickle import UnpicklingError

    from jinja2 import FileSystemBytecodeCache
    from jinja2.bccache import Bucket

    class Compiled(FileSystemBytecodeCache):
        def load_bytecode(self, bucket: Bucket) -> None:
            try:
                super().load_bytecode(bucket)
            except (EOFError, OSError, UnpicklingError, ValueError):
                bucket.reset()

        def dump_bytecode(self, bucket: Bucket) -> None:
            with suppress(OSError):  # a full disk keeps no page from being made
                super().dump_bytecode(bucket)

    if sys.dont_write_bytecode:
        return None
    with suppress(OSError, RuntimeError):
        return Compiled()
    return None
