"""`tracker merge`: two copies of a store that were changed apart; git's merge driver for one."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.context import App
from tracker.cli.evidence_option import note_lost
from tracker.cli.options import format_option
from tracker.cli.output_file import ELSEWHERE
from tracker.cli.param_types import FILE_PATH
from tracker.cli.printing import Printer
from tracker.errors import MergeConflict
from tracker.message import PluralMessage
from tracker.model import Milestone
from tracker.store import Effect, file_content, open_store, replace
from tracker.store.evidence import carry_evidence, named_digests
from tracker.store.whole_file import write_file

_OF_GIT = ".merge_file_"
"""How git calls the files that it has merged; it merges what lies beside them itself."""


@click.command("merge")
@click.argument("base", metavar="BASE")
@click.argument("ours", metavar="OURS")
@click.argument("theirs", metavar="THEIRS")
@click.option(
    "-o",
    "--output",
    type=FILE_PATH,
    metavar="FILE",
    help="Write there instead of over OURS.",
)
@click.option(
    "--prefer",
    type=click.Choice(["ours", "theirs"]),
    help="Whose word to take where both changed the same; otherwise you are asked.",
)
@format_option
@click.pass_obj
def merge_command(
    app: App,
    base: str,
    ours: str,
    theirs: str,
    output: Path | None,
    prefer: str | None,
    printer: Printer,
) -> None:
    """Merge two copies of a store that were changed apart.

    OURS becomes both: every milestone of either, each field as the side has it that changed it,
    and one history. Where both changed the same, ours stands, the questions are listed on stderr,
    and the exit code is not 0. It is a merge driver for git: docs/merging.md.
    """
    from tracker.coherence import refuse_future
    from tracker.merge import Side, merge
    from tracker.render import merged as words

    side = Side(prefer) if prefer else None
    if output is None and "://" in ours:
        raise click.UsageError("OURS is a database, which is not written over: add -o FILE.")
    sides = open_store(ours), open_store(theirs)
    seen = sides[0].version()
    left, right = (side.all() for side in sides)
    refuse_future(right, app.last_day, left)
    merged = merge(_begun(base), left, right, side)
    target = output or Path(ours)
    was = {m.uid: m for m in left}
    effects = [Effect(was.get(m.uid), m) for m in merged.milestones if was.get(m.uid) != m]
    gate = app.gate
    written = gate(str(target), effects) if gate and effects else None
    if output is None or _are_one(output, ours):
        replace(ours, merged.milestones, seen)
    else:
        write_file(target, file_content(merged.milestones), ELSEWHERE)
    lost = carry_evidence(sides, open_store(str(target)), named_digests(merged.milestones))
    if not target.name.startswith(_OF_GIT):
        note_lost(app, lost)
    if written is not None:
        written()
    if printer.is_json:  # git shows what a merge driver prints
        told = {"store": str(target), "count": len(merged.milestones)}
        found = {"conflicts": merged.conflicts, "renumbered": merged.renumbered}
        printer.result(told | found, "")
    if lines := words.lines(merged, app.lang):
        app.note(lines)
    if merged.conflicts:
        raise MergeConflict(
            PluralMessage(
                "{n} question is left to you; all else is merged.",
                "{n} questions are left to you; all else is merged.",
                len(merged.conflicts),
            ),
            "Settle what is listed above with the commands; then, with git, `git add` the file.",
        )


def _are_one(output: Path, ours: str) -> bool:
    return output.exists() and output.samefile(ours)


def _begun(path: str) -> list[Milestone]:
    # Two branches that each made the file have no base, and git gives an empty one.
    try:
        empty = not Path(path).stat().st_size and not Path(path).is_fifo()
    except OSError:
        empty = False
    return [] if empty else open_store(path).all()
