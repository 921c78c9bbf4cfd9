"""The settings, from the first file of some that is there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tracker.errors import BadSettings, system_reason
from tracker.settings import Settings, read
from tracker.store.whole_file import whole_bytes


def settled(paths: Iterable[str], *, is_named: bool) -> tuple[Settings, str]:
    """What is settled, and the file that it was found in. Raises BadSettings."""
    for path in paths:
        try:
            return read(whole_bytes(Path(path)).decode("utf-8-sig"), path), path
        except FileNotFoundError:
            if is_named:
                raise BadSettings("There is no settings file {named}.", named=path) from None
        except UnicodeDecodeError:
            hint = "Save it as UTF-8."
            raise BadSettings("{path} is no text in UTF-8.", hint, path=path) from None
        except OSError as error:
            sentence = "{path} cannot be read: {reason}."
            raise BadSettings(sentence, path=path, reason=system_reason(error)) from None
    return Settings(), ""
