"""Milestones kept in step with a collection of tasks on a CalDAV server (RFC 4791).

`plan` says what would have to be done, purely; `carry` does it; `server` is the only part that
talks to a server, through the `caldav` library of the extra `sync`.
"""
