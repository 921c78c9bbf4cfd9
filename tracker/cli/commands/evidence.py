"""`tracker evidence`: what is kept to show what came of promises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker import actions
from tracker.actions import next_stamp
from tracker.cli.commands.change import Desk, desk_options, why_option
from tracker.cli.context import App
from tracker.cli.evidence_option import fetch_option, now, proof_of
from tracker.cli.input_file import file_bytes
from tracker.cli.options import by_option, combined, format_option, store_option
from tracker.cli.output_file import ELSEWHERE, made_folder
from tracker.cli.param_types import FILE_PATH
from tracker.cli.picking import PickedMilestones, picked
from tracker.cli.printing import Printer
from tracker.errors import BadInput, CheckFailed, TrackerError, Unchanged
from tracker.evidence.pieces import Condition, EvidenceHoldings, Piece
from tracker.message import Message, PluralMessage
from tracker.model import SHORT, Exhibit, Milestone, Stamp
from tracker.render import evidence as words
from tracker.store import Transaction
from tracker.store.whole_file import write_file

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_LONGEST_ID = 7
_SUMS = "SHA256SUMS"

keys_argument = click.argument("keys", nargs=-1, metavar="[ID|NAME]...")
_options = combined(keys_argument, format_option, store_option)
trust_option = click.option(
    "--tsa-cert",
    "trust",
    type=FILE_PATH,
    multiple=True,
    metavar="FILE",
    help="Certificates that vouch for timestamps, in PEM form.",
)


@click.group("evidence")
def evidence_command() -> None:
    """Keep what shows what came of promises, and look after it.

    NAME is the beginning of a copy's SHA-256, eight characters or more, as `list` shows it.
    """


@evidence_command.command("add")
@picked()
@click.argument("said", type=click.Path(), metavar="FILE|URL")
@fetch_option
@why_option
@desk_options
def add_evidence(
    desk: Desk, picked: PickedMilestones, said: str, fetch: bool, why: str | None
) -> None:
    """Add what shows something: a file, of which a copy is kept, or an address.

    With --fetch a page is kept too, as a web archive (WARC). The same content is kept once.
    """
    proof = proof_of(desk.app, said, fetch=fetch)
    desk.apply(picked, lambda m, stamp: m.note(stamp, why, proof.said), contents=proof.contents)


@evidence_command.command("list")
@_options
def list_evidence(app: App, keys: tuple[str, ...], printer: Printer) -> None:
    """List what was given as evidence, and the documents that milestones came from.

    Whether a copy is there with its size is looked at; `verify` reads it.
    """
    kept = EvidenceHoldings(app.store)
    found = [(piece, kept.condition(piece.exhibit)) for piece in _of(app, kept, keys)]
    _print(app, printer, found)


@evidence_command.command("show")
@_options
def show_evidence(app: App, keys: tuple[str, ...], printer: Printer) -> None:
    """Show all that is known of copies: what, from where, since when, who names them."""
    kept = EvidenceHoldings(app.store)
    chosen = _of(app, kept, keys)
    found = [(piece, _examined(kept, piece)) for piece in chosen]
    if printer.is_json:
        _print(app, printer, found)
        return
    shown = [
        words.detail(
            exhibit,
            kept.naming[exhibit.sha256],
            kept.examined(exhibit),
            [told for _, told, _ in _stamps(app, kept, exhibit, ())],
            app.screen,
        )
        for exhibit in _exhibits(chosen)
    ]
    printer.result({}, "\n\n".join(shown) or _NONE)


_NONE = Message("No copy is kept. `tracker evidence add ID FILE` keeps one.")


@evidence_command.command("verify")
@trust_option
@_options
def verify_evidence(
    app: App, keys: tuple[str, ...], trust: tuple[Path, ...], printer: Printer
) -> None:
    """Read what is kept, hold it against the record: content, size, timestamps.

    Ends with an exit code above 2 if something is missing or altered, or a timestamp is not good.
    """
    kept, trusted = EvidenceHoldings(app.store), _trusted(trust)
    chosen = _of(app, kept, keys)
    conditions = {exhibit.sha256: kept.examined(exhibit) for exhibit in _exhibits(chosen)}
    found = [
        (piece, conditions[piece.exhibit.sha256] if piece.exhibit else Condition.LINK)
        for piece in chosen
    ]
    stamps = [
        each for exhibit in _exhibits(chosen) for each in _stamps(app, kept, exhibit, trusted)
    ]
    told = [{"sha256": digest, "stamp": text, "good": good} for digest, text, good in stamps]
    _print(app, printer, found, [text for _, text, _ in stamps], timestamps=told)
    bad = sum(c in (Condition.ALTERED, Condition.MISSING) for c in conditions.values())
    bad += sum(not good for _, _, good in stamps)
    if bad:
        raise CheckFailed(
            PluralMessage(
                "{n} copy or timestamp is not as it was.",
                "{n} copies or timestamps are not as they were.",
                bad,
            ),
            "Each is named above.",
        )


@evidence_command.command("export")
@click.option(
    "-o", "--output", "folder", type=FILE_PATH, metavar="DIR", required=True, help="Where."
)
@_options
def export_evidence(app: App, folder: Path, keys: tuple[str, ...], printer: Printer) -> None:
    """Write copies as files into a folder, with SHA256SUMS beside them.

    Each is called as it was, behind the beginning of its SHA-256.
    """
    kept, written, lost = EvidenceHoldings(app.store), {}, []
    exhibits = _exhibits(_of(app, kept, keys))
    for exhibit in (*exhibits, *(s for e in exhibits for s in _tokens(kept, e))):
        content = kept.content(exhibit)
        if content is None:
            lost.append(exhibit)
            continue
        written[_written(folder, exhibit, content)] = exhibit
    if written:
        sums = "".join(f"{one.sha256}  {name}\n" for name, one in written.items())
        write_file(folder / _SUMS, sums.encode(), ELSEWHERE)
    rows = [{"file": name, "exhibit": exhibit} for name, exhibit in written.items()]
    said = PluralMessage(
        "{folder}: {n} copy.", "{folder}: {n} copies.", len(written), folder=folder
    )
    printer.result({"folder": str(folder), "files": rows, "lost": lost}, said)
    if lost:
        raise CheckFailed(
            PluralMessage(
                "{n} copy is missing or altered.", "{n} copies are missing or altered.", len(lost)
            ),
            "`tracker evidence verify` names each.",
        )


@evidence_command.command("stamp")
@click.option("--tsa", metavar="URL", required=True, help="The authority that is asked (RFC 3161).")
@trust_option
@by_option
@_options
def stamp_evidence(
    app: App,
    keys: tuple[str, ...],
    tsa: str,
    trust: tuple[Path, ...],
    by: str | None,
    printer: Printer,
) -> None:
    """Have copies stamped with the time by an authority, and keep its word.

    It sees the SHA-256, never the content. A timestamp proves that this very content was there at
    that time; not where it came from, nor that it is true. What has one already gets none, unless
    it is named.
    """
    from tracker.evidence.stamping import stamped

    if not keys:
        raise click.UsageError("Give the id of a milestone, or the name of a copy.")
    kept, trusted, tokens = EvidenceHoldings(app.store), _trusted(trust), {}
    for piece in _unstamped(_of(app, kept, keys), keys):
        if (exhibit := piece.exhibit) is None or exhibit.sha256 in tokens:
            continue
        content = kept.content(exhibit)
        if content is None:
            raise BadInput(
                "The copy {name} is missing or altered, and is not stamped.",
                "`tracker evidence verify` says more.",
                name=exhibit.sha256[:SHORT],
            )
        token = stamped(exhibit, content, tsa, app.settings.evidence, now, trusted)
        tokens[exhibit.sha256] = piece.milestone.uid, *token
    if not tokens:
        raise Unchanged("Nothing to stamp: no copy is kept, or each has a timestamp.")

    def keep(m: Milestone, stamp: Stamp) -> Milestone:
        for uid, token, _ in tokens.values():
            m = m.stamped(next_stamp(stamp, m), token) if uid == m.uid else m
        return m

    uids = list(dict.fromkeys(uid for uid, _, _ in tokens.values()))
    contents = [content for _, _, content in tokens.values()]
    printer.effects(actions.apply(app.store, app.occasion(by=by), uids, keep, contents))


def _unstamped(pieces: Sequence[Piece], keys: Sequence[str]) -> Iterator[Piece]:
    """Those whose copies have no timestamp, or are named themselves."""
    names = tuple(key.lower() for key in keys if not _is_id(key))
    for piece in pieces:
        if piece.exhibit and (not piece.stamps or piece.exhibit.sha256.startswith(names)):
            yield piece


@evidence_command.command("collect")
@click.option("--yes", "-y", "is_sure", is_flag=True, help="Take it away.")
@format_option
@store_option
def collect_evidence(app: App, is_sure: bool, printer: Printer) -> None:
    """Say what is kept and no entry names; --yes takes it away.

    What was undone is an entry still. Such is left where a change was broken off after its copy
    was written. What another file in the folder of the store names stays.
    """

    def work(transaction: Transaction) -> dict[str, int]:
        unnamed = transaction.unnamed()
        if is_sure:
            transaction.drop(unnamed)
        return unnamed

    unnamed = app.store.change(work)
    told = {"unnamed": unnamed, "count": len(unnamed), "bytes": sum(unnamed.values())}
    printer.result(told | {"dropped": is_sure}, words.dropped(unnamed, is_done=is_sure))


def _is_id(key: str) -> bool:
    """Whether it names milestones: their ids are short, and a copy's name is eight or more."""
    return len(key) <= _LONGEST_ID or not all(char in "0123456789abcdefABCDEF" for char in key)


def _of(app: App, kept: EvidenceHoldings, keys: Sequence[str]) -> list[Piece]:
    ids = [key for key in keys if _is_id(key)]
    found = actions.find_all(app.store, ids, removed=True) if ids else []
    return kept.of([key for key in keys if not _is_id(key)], [m.uid for m in found])


def _examined(kept: EvidenceHoldings, piece: Piece) -> Condition:
    return kept.examined(piece.exhibit) if piece.exhibit else Condition.LINK


def _exhibits(pieces: Sequence[Piece]) -> list[Exhibit]:
    """The copies among them, each content once."""
    return list({p.exhibit.sha256: p.exhibit for p in pieces if p.exhibit}.values())


def _tokens(kept: EvidenceHoldings, exhibit: Exhibit) -> Sequence[Exhibit]:
    return kept.naming[exhibit.sha256][0].stamps


def _stamps(
    app: App, kept: EvidenceHoldings, exhibit: Exhibit, trusted: Sequence[Certificate]
) -> Iterator[tuple[str, str, bool]]:
    """The digest of each copy that is stamped, what its token says, and whether that is good."""
    for token in _tokens(kept, exhibit):
        said, is_good = _stamp(kept.content(token), exhibit, trusted)
        yield exhibit.sha256, app.lang.text(said), is_good


def _stamp(
    token: bytes | None, exhibit: Exhibit, trusted: Sequence[Certificate]
) -> tuple[Message, bool]:
    from tracker.evidence.stamping import read

    name = exhibit.sha256[:SHORT]
    if token is None:
        return Message("{name}: the timestamp is missing or altered", name=name), False
    try:
        found = read(token, exhibit.sha256, trusted)
    except TrackerError as error:
        return Message("{name}: {reason}", name=name, reason=error.message), False
    sentence = "{name}: stamped {at} UTC by {authority}"
    if not found.is_held:
        sentence = "{name}: stamped {at} UTC by {authority}, on its own word (see --tsa-cert)"
    at = f"{found.at:%Y-%m-%d %H:%M:%S}"
    return Message(sentence, name=name, at=at, authority=found.authority), True


def _trusted(files: Sequence[Path]) -> list[Certificate]:
    if not files:
        return []
    from tracker.evidence.stamping import certificates

    return [c for file in files for c in certificates(file_bytes(str(file)), str(file))]


def _print(
    app: App,
    printer: Printer,
    found: Sequence[tuple[Piece, Condition]],
    more: Sequence[str] = (),
    **beside: object,
) -> None:
    rows = [words.row(piece, condition) for piece, condition in found]
    lines = [words.line(piece, condition, app.screen) for piece, condition in found]
    last = app.lang.text(words.counted([condition for _, condition in found]))
    text = "\n".join([*lines, *more, last])
    printer.result({"count": len(rows), "evidence": rows, **beside}, text if found else _NONE)


def _written(folder: Path, exhibit: Exhibit, content: bytes) -> str:
    """Write a copy into the folder, and return the name of its file."""
    from tracker.evidence.taking import harmless

    name = f"{exhibit.sha256[:SHORT]}-{harmless(exhibit.name)}"
    if (made_folder(folder) / name).is_symlink():  # it would be written through
        (folder / name).unlink()
    write_file(folder / name, content, ELSEWHERE)
    return name
