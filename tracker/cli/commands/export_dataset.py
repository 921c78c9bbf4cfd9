"""`tracker export dataset`: the record as a release that others can use, cite and check."""

from __future__ import annotations

import re
from pathlib import Path

import click

from tracker.cli.context import App
from tracker.cli.evidence_option import note_lost
from tracker.cli.options import query_options, store_option
from tracker.cli.output_file import ELSEWHERE, made_folder
from tracker.cli.param_types import FILE_PATH
from tracker.cli.printing import print_result
from tracker.errors import BadValue
from tracker.message import PluralMessage
from tracker.model import record_head
from tracker.query import Query
from tracker.store.archive import EvidenceFolder
from tracker.store.evidence import digest_of, named_digests
from tracker.store.whole_file import write_file

_NAME = re.compile(r"[a-z0-9._-]+")


@click.command("dataset")
@click.argument("folder", metavar="DIR", type=FILE_PATH)
@click.option(
    "--name", default="milestones", show_default=True, help="Its name, of a-z, 0-9 and . _ -"
)
@click.option("--title", default="Milestones", show_default=True, help="Its headline.")
@click.option("--release", metavar="VERSION", help="Its version (default: the day of the record).")
@click.option("--licence", metavar="NAME", default="", help="Under what, such as CC-BY-4.0.")
@click.option("--evidence", "with_copies", is_flag=True, help="With the copies that are kept.")
@query_options
@store_option
def export_dataset(
    app: App,
    folder: Path,
    name: str,
    title: str,
    release: str | None,
    licence: str,
    with_copies: bool,
    query: Query,
) -> None:
    """A folder of CSV and JSON Lines, described as a Data Package.

    Milestones, histories and assessments, the fields, hashes and the head of the record. What is
    tagged private is left out. The same record makes the same files. docs/dataset.md says more.
    """
    from tracker.exchange import dataset

    if not _NAME.fullmatch(name):
        raise BadValue(
            "{name!r} cannot name a dataset.", "Use a-z, 0-9 and . _ - alone.", name=name
        )
    released = [m for m in app.select(query).milestones if not m.is_private]
    head = record_head(released)
    version = release or str(head.on or query.as_of)
    files = dataset.release(released, dataset.Terms(name, title, version, licence))
    made_folder(folder)
    for file, content in files.items():
        write_file(folder / file, content, ELSEWHERE)
    digests = named_digests(released)
    if with_copies:
        # As it lies beside a store, so that an import finds it.
        beside, lost = EvidenceFolder(str(folder / dataset.LINES), str(folder)), 0
        for digest in sorted(digests):
            copy = app.store.exhibit(digest)
            if copy is not None and digest_of(copy) == digest:
                beside.keep({digest: copy})
            else:
                lost += 1
        note_lost(app, lost)
    elif digests:
        app.note(
            PluralMessage(
                "{n} copy of evidence is named and not in the release: add --evidence.",
                "{n} copies of evidence are named and not in the release: add --evidence.",
                len(digests),
            )
        )
    told = PluralMessage(
        "{folder}: {n} milestone, version {version}, head {head}.",
        "{folder}: {n} milestones, version {version}, head {head}.",
        len(released),
        folder=str(folder),
        version=version,
        head=head.digest[:12],
    )
    print_result(app, told)
