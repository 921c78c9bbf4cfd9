"""One item of a foreign file made into what a store can take in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from tracker import limits
from tracker.actions import ImportItem, refused_item, uid_made_of
from tracker.due import parse
from tracker.errors import BadInput, TrackerError, library_reason
from tracker.model import PATCHED, Milestone, Patch, Precision, Status, sealed_as_found, validate
from tracker.model.repeat import Repeat

# What listings compute for each milestone and an import therefore leaves aside.
_COMPUTED = frozenset(
    ("standing", "overdue", "days_overdue", "late", "slippage_days", "revisions", "recorded_at")
)
_LONGEST_ID = 19
_OTHERS = frozenset(("id", "uid", "made_on", "history"))


def incoming(
    items: Iterable[tuple[str, Mapping[str, Any]]], today: date, fiscal_year_start: int = 1
) -> list[ImportItem]:
    """Read the items, each with its place in the file. Raises BadInput with that of a bad one."""
    result: list[ImportItem] = []
    for place, item in items:
        if len(result) == limits.ITEMS:
            said = "{place}: these are more than {items:,} milestones."
            hint = "Nothing was imported; give a part of them."
            raise BadInput(said, hint, place=place, items=limits.ITEMS)
        try:
            result.append(_read(place, item, today, fiscal_year_start))
        except TrackerError as error:
            raise refused_item(place, error) from None
        except (msgspec.ValidationError, TypeError, ValueError) as error:
            reason = library_reason(error)
            raise BadInput(
                "{place}: {reason}.", "Nothing was imported.", place=place, reason=reason
            ) from None
    return result


def _read(place: str, item: Mapping[str, Any], today: date, fiscal_year_start: int) -> ImportItem:
    given = {k: v for k, v in item.items() if v is not None and k not in _COMPUTED}
    if given.get("history"):
        whole = msgspec.convert(given, Milestone, strict=False)
        validate(whole)
        # An export of the first version had no digests.
        if as_found := not whole.history[0].digest:
            whole = sealed_as_found(whole)
        limits.refuse_long({field: getattr(whole, field) for field in PATCHED})
        fields = {field: getattr(whole, field) for field in Patch.__struct_fields__}
        return ImportItem(place, whole.uid, fields, whole.made_on, whole, as_found=as_found)
    unknown = [k for k in given if k not in Patch.__struct_fields__ and k not in _OTHERS]
    if unknown:
        raise BadInput("A milestone has no field {unknown!r}.", unknown=unknown[0])
    if not given.get("title"):
        raise BadInput("It has no title.")
    made_on = msgspec.convert(given.get("made_on"), date | None)
    due = _due(given, made_on or today, fiscal_year_start)
    rest = {k: v for k, v in given.items() if k not in _OTHERS and k not in due}
    if "status" in rest:
        rest["status"] = Status.meant_by(str(rest["status"]))
    if "repeat" in rest:
        rest["repeat"] = str(Repeat.meant_by(str(rest["repeat"])))
    fields = msgspec.convert(rest, Patch, strict=False).values() | due
    own = msgspec.convert(given.get("uid"), str | None)
    number = str(given.get("id"))
    id = int(number) if number.isdecimal() and len(number) < _LONGEST_ID else None
    uid = own or uid_made_of(fields)
    return ImportItem(place, uid, fields, made_on, has_uid=own is not None, id=id)


def _due(given: Mapping[str, Any], anchor: date, fiscal_year_start: int) -> dict[str, Any]:
    """Return due date, precision and phrase: a day as 2021-06-30, or the due language."""
    if "due" not in given:
        return {}
    text = str(given["due"])
    try:
        day = msgspec.convert(text, date)
    except msgspec.ValidationError:
        due = parse(text, anchor, fiscal_year_start=fiscal_year_start)
        return {"due": due.date, "precision": due.precision, "due_phrase": due.phrase}
    precision = Precision(given.get("precision", Precision.DAY))
    return {"due": day, "precision": precision}
