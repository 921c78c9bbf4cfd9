"""Milestones as iCalendar bytes, and other programs' calendars read (RFC 5545, RFC 7986).

`write` makes a feed, `check` finds what calendar programs stumble over in any feed, `read` takes
the events and tasks out of one. All three are pure: bytes and values in, bytes and values out.
"""
