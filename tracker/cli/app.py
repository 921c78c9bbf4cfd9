"""The `tracker` command: its options, and its commands, each imported only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

from tracker.cli.context import App, app_option
from tracker.locale import ENGLISH, Language
from tracker.message import Message

GROUPS = {
    "Work with milestones": {
        "init": "store",
        "add": "change",
        "status": "change",
        "start": "change",
        "done": "change",
        "cancel": "change",
        "postpone": "change",
        "correct": "correct",
        "assess": "assess",
        "edit": "edit",
        "note": "change",
        "evidence": "evidence",
        "remove": "change",
        "undo": "undo",
        "redo": "undo",
    },
    "Supervise": {
        "assign": "cycle",
        "receive": "cycle",
        "feedback": "cycle",
        "verify": "cycle",
        "close": "cycle",
        "request-extension": "extension",
        "grant-extension": "extension",
        "refuse-extension": "extension",
    },
    "Look": {
        "list": "listing",
        "overdue": "overdue",
        "upcoming": "listing",
        "agenda": "agenda",
        "calendar": "agenda",
        "ready": "dependencies",
        "blocked": "dependencies",
        "show": "show",
        "open": "open",
        "timeline": "timeline",
        "log": "show",
        "report": "report",
        "forecast": "forecast",
        "digest": "digest",
    },
    "Read documents": {
        "extract": "extract",
        "when": "when",
    },
    "Hand on": {
        "export": "export",
        "import": "import_",
        "notify": "notify",
        "publish": "publish",
        "serve": "serve",
        "mcp": "mcp",
        "token": "token",
        "sync": "sync",
    },
    "Keep": {
        "check": "store",
        "head": "head",
        "pull": "pull",
        "diff": "diff",
        "merge": "merge",
        "copy": "copy",
        "completion": "completion",
        "help": "help",
        "docs": "docs",
    },
}
"""The commands by what they are for, each with the module that has it."""

COMMANDS = {name: module for group in GROUPS.values() for name, module in group.items()}


ALIASES = {"extend": "postpone"}
"""What users of other trackers type, and is meant exactly so."""

CALLED = {
    "remove": "rm delete del",
    "list": "ls search find all",
    "upcoming": "next due",
    "overdue": "late",
    "edit": "modify mod change",
    "note": "annotate comment",
    "done": "complete finish",
    "status": "reopen",
    "add": "new create",
    "show": "info view",
    "log": "history",
    "undo": "revert",
    "postpone": "reschedule delay move",
    "timeline": "gantt",
    "report": "stats summary",
    "copy": "backup",
    "check": "doctor",
    "help": "man",
    "grant-extension": "grant",
    "refuse-extension": "refuse",
    "request-extension": "extension",
    "feedback": "report-back",
    "report pending": "waiting pending",
}
"""What they type and is nearly so, by our command: that is named, and nothing is done."""


COMPLETE = "_TRACKER_COMPLETE"
"""The variable by which a shell asks what may come next."""


WHOLE = 200
"""Characters that a first sentence has at most; click cuts at what is left of a line."""


class HelpContext(click.Context):
    """Adds the examples of a command to its help, which is seldom asked for."""

    def __init__(self, command: click.Command, *args: Any, **given: Any) -> None:
        super().__init__(command, *args, **given)
        if isinstance(command, click.Group):
            for inner in command.commands.values():
                inner.context_class = type(self)

    def get_help(self) -> str:
        from tracker.cli.help import with_examples

        with_examples(self)
        for inner in getattr(self.command, "commands", {}).values():
            inner.short_help = inner.get_short_help_str(WHOLE)
        return super().get_help()


class Commands(click.Group):
    """A group whose commands live in modules of `tracker.cli.commands`, loaded on demand."""

    lang: Language = ENGLISH
    """What headings are in."""
    prepare: Callable[[click.Command], click.Command] | None = None
    """What is made of each before it is used: its help in another language, say."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"tracker.cli.commands.{COMMANDS[cmd_name]}")
        command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        if not isinstance(command, click.Command):
            raise TypeError(cmd_name)
        command.context_class = HelpContext
        return command if self.prepare is None else self.prepare(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from tracker.cli.help import grouped

        grouped(self, ctx, formatter, GROUPS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = ALIASES.get(args[0], args[0])
        if name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            known = [ours for ours, words in CALLED.items() if name in words.split()]
            near = known or get_close_matches(name, COMMANDS, n=1)
            sentence = "There is no command {name!r}."
            if near:
                sentence = "There is no command {name!r}. Did you mean `tracker {near}`?"
            raise click.UsageError(Message(sentence, name=name, near="".join(near)), ctx)
        return super().resolve_command(ctx, [name, *args[1:]])


def language_of(ctx: click.Context) -> Language:
    """What click's own words are in, which are put together before options are read."""
    root = ctx.find_root().command
    return root.lang if isinstance(root, Commands) else ENGLISH


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@app_option(
    "--file",
    App.use,
    metavar="STORE",
    multiple=True,
    help="The store; otherwise TRACKER_FILE, milestones.json from here upward, or your own.",
)
@app_option(
    "--from",
    App.follow,
    metavar="NAME",
    help="Read the record that you follow by this name (`tracker pull`), instead of yours.",
)
@app_option(
    "--lang",
    App.speak,
    metavar="LANG",
    help="Show titles in this language where there is a translation, such as zh (TRACKER_LANG).",
)
@app_option(
    "--no-pager",
    App.page_nothing,
    is_flag=True,
    help="Show what is longer than the screen without a pager.",
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
