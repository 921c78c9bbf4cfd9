"""What rich composes, drawn to the terminal's width as text."""

from __future__ import annotations

from io import StringIO

from rich.console import Console, RenderableType

from tracker.cli.context import App


def drawn(app: App, picture: RenderableType) -> str:
    """Return the picture as lines, with styles only where the screen takes them."""
    out = StringIO()
    console = Console(
        file=out,
        width=app.width,
        force_terminal=app.colour,
        no_color=not app.colour,
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.print(picture)
    return out.getvalue().rstrip("\n")
