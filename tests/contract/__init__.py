"""The JSON contract, a struct an envelope: what each command's `--format json` holds.

`docs/schemas/` has them as JSON Schema, written by `make docs`; whatever a command prints in a test
is held against those. A field that may be UNSET is there in some cases alone.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from tests.contract import milestones, others, reports
from tracker.message import Message

_VERBS = (
    *("add", "status", "start", "done", "cancel", "postpone", "correct", "assess", "edit", "note"),
    *("remove", "undo", "redo", "assign", "receive", "feedback", "verify", "close"),
    *("request-extension", "grant-extension", "refuse-extension"),
)
_FORMATS = ("csv", "ics", "json")
ENVELOPES: dict[str, tuple[type[Struct], ...]] = {
    **dict.fromkeys(
        ("list", "overdue", "upcoming", "timeline", "ready", "blocked"), (milestones.Listed,)
    ),
    **dict.fromkeys(("agenda", "calendar"), (milestones.DatedAgenda,)),
    **dict.fromkeys(_VERBS, (milestones.Told,)),
    "show": (milestones.Shown,),
    **dict.fromkeys(("import", *(f"import {way}" for way in _FORMATS)), (milestones.Imported,)),
    "log": (milestones.Logged,),
    "report scorecard": (reports.ScorecardReport,),
    "report slippage": (reports.SlippageReport,),
    "report ontime": (reports.OnTimeReport,),
    "report changes": (reports.ChangesReport,),
    "report source": (reports.SourceReport,),
    "report stale": (reports.StaleReport,),
    "report verdicts": (reports.VerdictsReport,),
    "report pending": (reports.PendingReport,),
    "report cycle": (reports.CycleReport,),
    "report": (reports.BriefingReport,),
    "forecast": (reports.ForecastReport, reports.BacktestReport),
    "digest": (reports.DigestTold,),
    "when": (others.DueRead,),
    "extract": (others.Extracted,),
    "init": (others.StoreMade,),
    "head": (others.HeadShown,),
    "check": (
        *(others.StoreChecked, others.HeadContained, others.FeedChecked, others.SourcesChecked),
    ),
    **dict.fromkeys(("evidence add", "evidence stamp"), (milestones.Told,)),
    **dict.fromkeys(
        ("evidence list", "evidence show", "evidence verify"), (others.EvidenceListed,)
    ),
    "evidence export": (others.EvidenceExported,),
    "evidence collect": (others.EvidenceCollected,),
    "pull": (others.PullsDone, others.FollowedListed, others.TokenRevoked),
    "copy": (others.StoreCopied,),
    "merge": (others.StoreMerged,),
    "diff": (others.Differing,),
    "sync": (others.SyncDone,),
    "publish": (others.FolderPublished,),
    "token add": (others.TokenMade,),
    "token list": (others.TokensListed,),
    "token revoke": (others.TokenRevoked,),
    "error": (others.Refused,),
}
"""By the command that prints them; a refused one prints the last."""

DRAFT = "https://json-schema.org/draft/2020-12/schema"
DEFINITIONS = "definitions.json"


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each command and the definitions that they all refer to, by file."""
    kinds = {kind.__name__: kind for those in ENVELOPES.values() for kind in those}
    _, defined = msgspec.json.schema_components(
        kinds.values(), schema_hook=_text, ref_template=f"{DEFINITIONS}#/$defs/{{name}}"
    )
    for name, kind in {**vars(milestones), **vars(reports)}.items():
        if isinstance(kind, type) and issubclass(kind, milestones.MilestoneRow) and name in defined:
            _always_in_full(defined[name], with_history=kind is milestones.MilestoneInFull)
    files: dict[str, dict[str, Any]] = {
        DEFINITIONS: {"$schema": DRAFT, "$defs": dict(sorted(defined.items()))}
    }
    for command, those in ENVELOPES.items():
        refs = [{"$ref": f"{DEFINITIONS}#/$defs/{kind.__name__}"} for kind in those]
        what = "a refusal" if command == "error" else f"tracker {command}"
        which = refs[0] if len(refs) == 1 else {"anyOf": refs}
        files[file_name(command)] = {
            "$schema": DRAFT,
            "title": f"{what} --format json",
            **which,
        }
    return files


def file_name(command: str) -> str:
    return f"{command.replace(' ', '-')}.json"


def _text(kind: type) -> dict[str, Any]:
    if issubclass(kind, Message):
        return {"type": "string"}
    raise NotImplementedError


def _always_in_full(row: dict[str, Any], *, with_history: bool) -> None:
    """A listed milestone has every field, null where there is nothing, but seldom its history."""
    if not with_history:
        del row["properties"]["history"]
    row["required"] = list(row["properties"])
