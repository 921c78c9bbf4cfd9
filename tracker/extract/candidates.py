"""A document to its candidates: the blocks walked in order, with who speaks and what is inherited."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date

from msgspec.structs import replace

from tracker.extract import clauses, flattened_tables
from tracker.extract.answering import DateContext, KnownBodies
from tracker.extract.candidate import Candidate
from tracker.extract.discourse import DatedMention
from tracker.extract.document import Document
from tracker.extract.inherit import Scope, inherited
from tracker.extract.judge import Judge
from tracker.extract.labels import LABEL
from tracker.extract.layout import Block, BlockKind, blocks_of
from tracker.extract.mention_context import Band, BlockContext
from tracker.extract.owners import OwnerCandidates, owner_of
from tracker.extract.people import (
    Owners,
    SpeakerRole,
    introductions,
    owners_in,
    owners_named,
    owners_of,
    said_by,
)
from tracker.extract.rows import Table
from tracker.extract.script import as_written, simplified
from tracker.extract.works import works_of

_OWNER_LINE = re.compile(
    r"[\s*•·-]*(?:[（(〔\[]\s*)?(?:牵头|责任|主责|主办|承办|负责|配合|协办)(?:单位|部门|人|领导)?[*\s]*[:：]"
)
_OWNER_EN = re.compile(
    r"[\s*•·-]*(?:responsib\w+(?: (?:official|person|party|officer|manager|department|body|lead))?|(?:action )?owner|lead(?: (?:agency|officer|body|department))?"
    r"|action by|for action by|assigned to|accountable)[*\s]*[:：][*\s]*(?P<who>[^\n;|]{2,100})",
    re.IGNORECASE,
)
_OWNER_BRACKET = re.compile(
    r"\s*[（(〔\[][^（(〔\n]{2,200}(?:牵头|负责|配合)[^（(〔\n]{0,60}[）)〕\]]\s*$"
)
_OWNED = (_OWNER_LINE, _OWNER_BRACKET, _OWNER_EN)
_BULLET = re.compile(r"[\s*]*(?:[-+•·●■◆*]\s|\d{1,3}[.)]\s|\(?[a-z0-9ivx]{1,4}\)\s)")
_LISTED = re.compile(
    _BULLET.pattern + r"|[\s*]*(?:[—①-⑳]|\d{1,3}(?:[、．）]|\.(?=[\u4e00-\u9fff]))"
    r"|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}(?:、|是))"
)
_HEADS = re.compile(r"[^。；;!！?？\n]{2,60}(?:(?<![.,，、])|[（(][^（）()\n]{2,80}[）)])$")
"""A short line without a stop, under which others stand."""
_OPENS = re.compile(
    r"(?:[:：]|\b(?:will|shall|must|should|(?:agree|undertake|promise|pledge|plan|commit)s? to))$"
)
"""What ends a line that introduces a list: The Department shall."""
_OPENING = 16
"""How many characters these words have at the most."""
_HEADS_ITEMS = re.compile("[一二三四五六七八九十]{1,3}、[^。；;，,\n]{2,40}[:：]$")
"""A numbered line that opens a list of items: 四、街道承诺："""
_BRACKETS = re.compile(r"[（(]([^（）()\n]{2,60})[)）]")
_NEAR = 40
"""How far a new date may stand from the struck-out one that it replaces; and how many candidates
one item may have that a line below it gives an owner to."""


_NUMBERED = re.compile(
    "第?[一二三四五六七八九十0-9]{1,3}([项、.．)）])|[（(][一二三四五六七八九十0-9]{1,3}([）)])"
)


def _number_of(words: str) -> str:
    """How an item is numbered: the sign behind its number, or ""."""
    found = _NUMBERED.match(words.lstrip(" \u3000#*"))
    return (found[1] or "in brackets") if found else ""


def extract(
    document: Document, *, made_on: date | None = None, fiscal_year_start: int = 1
) -> list[Candidate]:
    """Every candidate of the document, of all tiers, in the order of their clauses.

    `made_on` overrides the document's own date; `fiscal_year_start` is a month, 1 to 12.
    """
    found = [_owned(c, case) for c, case in walked(document, made_on, fiscal_year_start)]
    found.sort(key=lambda c: (c.clause.start, c.phrase.start))
    return as_written(found, document.text)


def _owned(candidate: Candidate, case: OwnerCandidates | None) -> Candidate:
    """The candidate with the likeliest owner, whose name does not begin its title as well."""
    if case is None:
        return candidate
    owner, title = owner_of(case), candidate.title
    if owner and not case.english and title.startswith(owner) and len(title) > len(owner) + 3:
        title = title.removeprefix(owner).lstrip("，,：:负责牵头应将")
    return replace(candidate, owner=owner, title=title)


def walked(
    document: Document, made_on: date | None = None, fiscal_year_start: int = 1
) -> list[tuple[Candidate, OwnerCandidates | None]]:
    """Every candidate with all who are offered for it; None where the date is none to come."""
    judge = Judge(document, made_on or document.made_on, fiscal_year_start)
    walk = _Walk(judge, document.title, english=document.language == "en")
    text = judge.text
    records = flattened_tables.regions(text)
    starts = [start for start, _ in records]
    for block in blocks_of(text, introductions(text)):
        at = bisect_right(starts, block.start) - 1
        if at < 0 or block.start >= records[at][1]:
            walk.read(block)
    for start, end in records:
        walk.read_record(start, end)
    return list(zip(walk.found, walk.cases, strict=True))


class _Walk:
    """One walk through one document; what was said above is remembered here."""

    def __init__(self, judge: Judge, title: str, *, english: bool) -> None:
        self.judge = judge
        self.found: list[Candidate] = []
        self._table: Table | None = None
        self._scope: Scope | None = None
        self._title = simplified(title)
        self._heading = ""
        self._opening = ""
        self._answers = KnownBodies(judge.text, title, english=english)
        self._english = english
        self._headed = 0
        self._owned = ""
        self.cases: list[OwnerCandidates | None] = []
        self._item = ""
        self._item_from = 0
        self._item_owners: Owners | None = None

    def read(self, block: Block) -> None:
        if block.turn is not None and block.turn.role is SpeakerRole.REPORTER:
            self._scope = None
        if block.kind is BlockKind.ROW:
            self._table = self._table or Table(self.judge)
            self._keep(self._table.read(block, self._around(block)), block)
        else:
            self._table = None
            self._prose(block)

    def _around(self, block: Block, words: str = "") -> BlockContext:
        titled = words.strip("#*_ ") == self._title and block.kind is not BlockKind.ROW
        return BlockContext(
            kind="the title" if titled else block.kind,
            role=block.turn.role if block.turn else "nobody",
            heading=self._heading,
            opening=self._opening,
            item=self._item,
            listed=_BULLET.match(words) is not None,
        )

    def read_record(self, start: int, end: int) -> None:
        """One record of a table whose columns were lost."""
        self._keep(
            flattened_tables.candidates(self.judge, start, end),
            Block(BlockKind.ROW, start, end, None),
        )

    def _prose(self, block: Block) -> None:
        words = self.judge.text[block.start : min(block.end, block.start + 300)]
        owner_line = next((m for p in _OWNED if (m := p.match(words))), None)
        labelled = LABEL.match(re.split("[:：]", words.strip(" *"), maxsplit=1)[0].strip("*") + ":")
        if not owner_line and not labelled:
            self._item, self._item_from, self._item_owners = words, len(self.found), None
            if self._owned and _number_of(words) == self._owned:
                self._answers.below(None)  # what a line names for one item is not the next one's
                self._owned = ""
        if owner_line:
            self._own(words)
        end = self.judge.text[max(block.start, block.end - 300) : block.end]
        opens = _OPENS.search(end.rstrip(" *_")[-_OPENING:]) is not None
        listed = _LISTED.match(words) is not None
        if opens or not listed:
            self._opening = end if opens else ""
        if block.kind is BlockKind.HEADING or _HEADS_ITEMS.match(words):
            self._scope = None
            self._answers.heading(words)
            self._headed, self._owned = len(self.found), ""
        mentions = self.judge.within(block.start, block.end)
        if mentions or self._scope is not None:
            self._promises(block, mentions, self._around(block, words))
        if block.kind is BlockKind.HEADING or (
            _HEADS.match(words) and not labelled and not owner_line
        ):
            self._heading = words
            if (
                not mentions
                and block.kind is not BlockKind.HEADING
                and (told := owners_named(words))
            ):
                self._answers.below(told)

    def _own(self, words: str) -> None:
        """A line that names the bodies for the item above it."""
        english = _OWNER_EN.match(words)
        if english:
            owners: Owners | None = Owners(english["who"].strip(" *_."))
        else:
            owners = owners_of(words.replace("*", "").strip(" 　（(〔[]〕)）"))
        if owners is None:
            return
        self._item_owners = owners
        self._owned = _number_of(self._item)
        if not any(self.cases[self._item_from if self._owned else self._headed :]):
            self._answers.below(owners)
        for index in range(max(self._item_from, len(self.found) - _NEAR), len(self.found)):
            case = self.cases[index]
            if case is not None and not case.told:
                case.told = owners.owner
                self.found[index] = replace(self.found[index], supporting=owners.supporting)

    def _promises(self, block: Block, mentions: list[DatedMention], around: BlockContext) -> None:
        text, span = self.judge.text, (block.start, block.end)
        ends = clauses.stops(text, *span) if mentions else []
        mentions = clauses.said_in_sentences(mentions, ends)
        own: list[Candidate] = []
        for index, mention in enumerate(mentions):
            found = self.judge.judge(span, mentions, index, ends, around)
            if found is None:
                continue
            last = mentions[index - 1] if index else None
            if last is not None and last.struck and mention.start - last.end < _NEAR:
                found = replace(found, baseline_due=last.due)
            own.extend(works_of(found))
        if block.kind is BlockKind.METADATA:
            self._keep(own, block)
            return
        covered, self._scope = inherited(self.judge, block, self._scope, own, mentions)
        self._keep(self._with_owners(block, own + covered), block)

    def _with_owners(self, block: Block, found: list[Candidate]) -> list[Candidate]:
        """The candidates with the bodies in the first bracket after each promise."""
        owners = owners_in(self.judge.text[block.start : block.end]) if found else []
        named: list[Candidate] = []
        at = 0
        for candidate in sorted(found, key=lambda c: c.clause.end):
            while at < len(owners) and block.start + owners[at][1] < candidate.clause.end:
                at += 1
            ahead = owners[at] if at < len(owners) else None
            covers = ahead is not None and block.start + ahead[0] <= candidate.clause.end
            named.append(candidate.of(None, ahead[2] if ahead and covers else self._item_owners))
        return named

    def _keep(self, found: list[Candidate], block: Block) -> None:
        """Put the candidates to the others, with who speaks in the block and whom "we" is."""
        if not found:
            return
        said = self.judge.text[block.start : min(block.end, block.start + 2000)]
        quoted = None if self._english else said_by(said)
        person = block.turn.person if block.turn else quoted
        for candidate in found:
            at = candidate.phrase.start - block.start
            self.found.append(candidate.of(person, None))
            told = (
                None if candidate.act and candidate.owner == candidate.act.who else candidate.owner
            )
            owners = Owners(told, candidate.supporting) if told else None
            places = self._places(candidate, said, at)
            around = DateContext(said, at, places)
            other = candidate.band is Band.OTHER
            case = None if other else self._answers.of(candidate, person, around, owners)
            self.cases.append(case)

    def _places(self, candidate: Candidate, said: str, at: int) -> tuple[tuple[str, str], ...]:
        """The words in which somebody may be named who is to do it, by where they stand."""
        scene = candidate.scene
        before = scene.before if scene else ""
        start = max(0, at - len(before))
        return (
            ("in the sentence before", before),
            ("in the sentence after", scene.after if scene else ""),
            ("in the paragraph before", said[max(0, start - 300) : start]),
            ("in the heading", self._heading),
            (
                "in a bracket",
                " ".join(_BRACKETS.findall(self._heading + said[max(0, at - 200) : at + 200])),
            ),
            ("in the opening line", self._opening),
        )
