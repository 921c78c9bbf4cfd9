"""Reads a calendar on stdin with libical and prints its entries and complaints as JSON.

Run by the system's Python, which has GObject introspection.
"""

import json
import sys

import gi  # type: ignore[import-not-found]  # the system's, not this environment's

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # type: ignore[import-not-found]  # noqa: E402 - version first

calendar = ICalGLib.Component.new_from_string(sys.stdin.read())
valid = ICalGLib.restriction_check(calendar)
entries, complaints = {}, []
for kind in (ICalGLib.ComponentKind.VEVENT_COMPONENT, ICalGLib.ComponentKind.VTODO_COMPONENT):
    entry = calendar.get_first_component(kind)
    while entry is not None:
        start = (
            entry.get_dtstart()
            if kind is ICalGLib.ComponentKind.VEVENT_COMPONENT
            else entry.get_due()
        )
        day = f"{start.get_year():04}-{start.get_month():02}-{start.get_day():02}"
        entries[entry.get_uid()] = (day, entry.get_summary())
        entry = calendar.get_next_component(kind)
# What libical finds wrong it says in properties of its own.
complaints = [line for line in calendar.as_ical_string().splitlines() if "X-LIC-ERROR" in line]
json.dump({"entries": entries, "valid": bool(valid), "complaints": complaints}, sys.stdout)
