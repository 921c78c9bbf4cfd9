"""The `tracker` command: its options, and its commands, each imported only when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

from tracker.cli.context import App
from tracker.locale import Language
from tracker.message import Message

# In the order in which a newcomer meets them.
COMMANDS = {
    "init": "store",
    "add": "change",
    "list": "listing",
    "overdue": "listing",
    "upcoming": "listing",
    "ready": "dependencies",
    "blocked": "dependencies",
    "show": "show",
    "timeline": "listing",
    "status": "change",
    "start": "change",
    "done": "change",
    "cancel": "change",
    "postpone": "change",
    "correct": "correct",
    "assess": "assess",
    "edit": "change",
    "note": "change",
    "remove": "change",
    "log": "show",
    "undo": "change",
    "redo": "change",
    "when": "when",
    "extract": "extract",
    "report": "report",
    "forecast": "forecast",
    "digest": "digest",
    "notify": "notify",
    "export": "export",
    "import": "import_",
    "merge": "merge",
    "sync": "sync",
    "copy": "copy",
    "diff": "diff",
    "serve": "serve",
    "token": "token",
    "publish": "publish",
    "check": "store",
    "head": "head",
}


# What users of other trackers type.
ALIASES = {"extend": "postpone"}


class Commands(click.Group):
    """A group whose commands live in modules of `tracker.cli.commands`, loaded on demand."""

    lang: Language | None = None
    """The language that their help is in, if that is not English."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"tracker.cli.commands.{COMMANDS[cmd_name]}")
        command = getattr(module, f"{cmd_name}_command")
        if not isinstance(command, click.Command):
            raise TypeError(cmd_name)
        if self.lang is None:
            return command
        from tracker.cli.help import spoken

        return spoken(command, self.lang)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = ALIASES.get(args[0], args[0])
        if name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, n=1)
            sentence = "There is no command {name!r}."
            if near:
                sentence = "There is no command {name!r}. Did you mean `tracker {near}`?"
            raise click.UsageError(Message(sentence, name=name, near="".join(near)), ctx)
        return super().resolve_command(ctx, [name, *args[1:]])


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--file",
    metavar="STORE",
    multiple=True,
    expose_value=False,
    callback=lambda ctx, _, values: ctx.ensure_object(App).use(values),
    help="The store; otherwise TRACKER_FILE, milestones.json from here upward, or your own.",
)
@click.option(
    "--lang",
    metavar="LANG",
    expose_value=False,
    callback=lambda ctx, _, value: ctx.ensure_object(App).speak(value),
    help="Show titles in this language where there is a translation, such as zh (TRACKER_LANG).",
)
@click.version_option(package_name="milestone-tracker", prog_name="tracker")
@click.pass_context
def tracker(ctx: click.Context) -> None:
    """Keep public promises: what was said, by whom, by when, and what came of it.

    Without a command, show where things stand today.
    """
    if ctx.invoked_subcommand is None:
        from tracker.cli.printing import print_result
        from tracker.render.board import board
        from tracker.report import summary

        app = ctx.ensure_object(App)
        result = summary(app.milestones(app.today), app.today)
        print_result(app, board(result, app.store.url, app.screen))
