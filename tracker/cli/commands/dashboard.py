"""What `tracker` alone shows."""

from __future__ import annotations

from tracker import report
from tracker.cli.context import App
from tracker.cli.printing import print_result


def dashboard(app: App) -> None:
    """Print counts, the worst overdue and the next due."""
    from tracker.render.board import board

    result = report.summary(app.milestones(app.today), app.today)
    print_result(app, board(result, app.store.url, app.screen))
