"""A document to its candidates: the rooms of this package put together.

Blocks are walked in order with the due phrases that stand in them. Prose is judged phrase by
phrase; a table row by its columns; what a period at the head of a list covers is inherited.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from tracker.extract import clauses, cues, tables, titles
from tracker.extract.cues import Scene, Shape, Tier
from tracker.extract.document import Document
from tracker.extract.layout import Block, Kind, blocks_of
from tracker.extract.mentions import Mention, in_year, is_plan, mentions_of, plan_year
from tracker.extract.people import Owners, Person, Role, Turn, introductions, owners_in, owners_of, said_by
from tracker.extract.targets import targets_in
from tracker.model import Modality, Precision, Target


class Text(Struct, frozen=True):
    """Some words of a document: `text` is `document.text[start:end]`, in code points."""

    start: int
    end: int
    text: str


class Candidate(Struct, frozen=True):
    """A proposed milestone and where it stands. Nothing here has been written anywhere.

    `due` is the last included day, None where the words give no date. `baseline_due` is an earlier
    date that the document shows struck out. `line` is that of the phrase, from 1.
    """

    title: str
    due: date | None
    precision: Precision
    phrase: Text
    clause: Text
    line: int
    tier: Tier
    modality: Modality = Modality.FIRM
    speaker: str | None = None
    speaker_title: str | None = None
    organisation: str | None = None
    owner: str | None = None
    supporting: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    year_assumed: bool = False
    baseline_due: date | None = None


_BRACKETED = re.compile(r"《[^《》\n]{0,120}》|〔[^〔〕\n]{0,20}〕|\[[12]\d{3}\]|\((?:19|20)\d\d\)\s?\d+号|（(?:19|20)\d\d）\s?\d+号")
_LABEL = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{0,8}(?:时限|期限|截止时间|截止日期|完成时间|完成日期|完工时间|时间节点|时间要求|办结时间)|deadline|due(?: date)?|(?:target|completion|launch|release|opening|delivery|go-live) date)[*\s]*[:：]\s*(?:[*]{0,2})$",
    re.IGNORECASE,
)
_GENERIC = re.compile(r"^(?:任务|工作|整改|计划|预计)?(?:完成|办结|完工)?(?:时限|期限|时间|日期|时间节点|时间要求|deadline|due(?: date)?|target date|completion date)$", re.IGNORECASE)
_OWNER_LINE = re.compile(r"[\s*•·-]*(?:[（(〔\[]\s*)?(?:牵头|责任|主责|主办|承办|负责|配合|协办)(?:单位|部门|人|领导)?[*\s]*[:：]")
_OWNER_BRACKET = re.compile(r"\s*[（(〔\[][^（(〔\n]{2,200}(?:牵头|负责|配合)[^（(〔\n]{0,60}[）)〕\]]\s*$")
_SAME = re.compile(r"[\s(（]*(?:同上|〃|″|see above|as above|same as above|ditto)[\s)）]*$", re.IGNORECASE)
_PARTS = re.compile(r"[。；;！!?？\n]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WIDE = frozenset((Precision.YEAR, Precision.FISCAL_YEAR, Precision.FIVE_YEAR))


def extract(document: Document, *, made_on: date | None = None, fiscal_year_start: int = 1) -> list[Candidate]:
    """Every candidate of the document, of all tiers, in the order of their clauses.

    `made_on` overrides the document's own date; `fiscal_year_start` is a month, 1 to 12.
    """
    return sorted(
        _Reading(document, made_on or document.made_on, fiscal_year_start).candidates(),
        key=lambda c: (c.clause.start, c.phrase.start),
    )


class _Scope(Struct):
    """A period at the head of a list, which the items below it inherit."""

    mention: Mention
    turn: Turn | None
    blocks_left: int


class _Reading:
    """One walk through one document."""

    def __init__(self, document: Document, made_on: date | None, fiscal_year_start: int) -> None:
        self.text = text = document.text
        self.made_on = made_on
        year = plan_year(document.title)
        self.plan_year = year if made_on is None or year is None or year >= made_on.year else None
        self.plan = is_plan(document.title, text)
        self.mentions = mentions_of(text, made_on, self.plan_year, fiscal_year_start)
        self.starts = [m.start for m in self.mentions]
        titles_at = [(m.start(), m.end()) for m in _BRACKETED.finditer(text)]
        self.bracket_starts = [start for start, _ in titles_at]
        self.bracket_ends = [end for _, end in titles_at]
        self.newlines = [i for i, c in enumerate(text) if c == "\n"]
        self.columns: tables.Columns | None = None
        self.above: Candidate | None = None
        self.scope: _Scope | None = None
        self.item_title = ""
        self.found: list[Candidate] = []
        self.item_from = 0
        self.item_owners: Owners | None = None

    def candidates(self) -> list[Candidate]:
        for block in blocks_of(self.text, introductions(self.text)):
            if block.turn is not None and block.turn.role is Role.REPORTER:
                self.scope = None
                continue
            if block.kind is Kind.ROW:
                self._row(block)
                continue
            self.columns = self.above = None
            if block.kind is Kind.METADATA:
                continue
            self._prose(block)
        return self.found

    # -- prose --------------------------------------------------------------------------------

    def _prose(self, block: Block) -> None:
        words = self.text[block.start : min(block.end, block.start + 300)]
        owner_line = _OWNER_LINE.match(words) or _OWNER_BRACKET.match(words)
        label_line = owner_line or _LABEL.match(words.split("：")[0].split(":")[0] + ":")
        if not label_line:
            self.item_title, self.item_from, self.item_owners = words, len(self.found), None
        if owner_line:
            self._own(words)
        mentions = self.mentions[bisect_left(self.starts, block.start) : bisect_left(self.starts, block.end)]
        if mentions or self.scope is not None:
            self._judge_all(block, mentions)

    def _own(self, words: str) -> None:
        """A line that names the bodies for the item above it."""
        owners = owners_of(words.strip(" 　*（(〔[]〕)）"))
        if owners is None:
            return
        self.item_owners = owners
        self.found[self.item_from :] = [
            c if c.owner else replace(c, owner=owners.owner, supporting=owners.supporting)
            for c in self.found[self.item_from :]
        ]

    def _judge_all(self, block: Block, mentions: list[Mention]) -> None:
        text = self.text
        ends = clauses.stops(text, block.start, block.end)
        owners = owners_in(text[block.start : block.end])
        person = block.turn.person if block.turn else None
        if person is None and block.turn is None:
            person = said_by(text[block.start : min(block.end, block.start + 2000)])
        taken: list[tuple[int, int]] = []
        heads: list[Mention] = []
        struck: Mention | None = None
        for index, mention in enumerate(mentions):
            if mention.struck:
                struck = mention
                continue
            behind = mentions[index - 1].end if index else block.start
            following = [m.start for m in mentions[index + 1 : index + 4]]
            found = self._judge(block, mention, ends, behind, following)
            if found is None:
                continue
            owner = next((o for start, _, o in owners if block.start + start >= mention.start), self.item_owners)
            found = _with_people(found, person, owner)
            if struck is not None and mention.start - struck.end < 40:
                found = replace(found, baseline_due=struck.due)
            self.found.append(found)
            taken.append((found.clause.start, found.clause.end))
            if found.tier is Tier.HORIZON and mention.due is not None:
                heads.append(mention)
        self._inherit(block, heads, taken, mentions, person, owners)

    def _judge(self, block: Block, mention: Mention, ends: list[int], behind: int, following: list[int]) -> Candidate | None:
        if mention.range_start or self._in_brackets(mention.start):
            return None
        text = self.text
        at = bisect_left(ends, mention.start)
        after = bisect_left(ends, mention.end)
        stop_before = ends[at - 1] + 1 if at else block.start
        stop_after = ends[after] if after < len(ends) else block.end
        ctx = clauses.context(text, block.start, block.end, (mention.start, mention.end), (stop_before, stop_after), behind, following)
        label = _LABEL.search(text, max(block.start, mention.start - 30), mention.start)
        mention = self._placed(mention)
        if label is not None:
            return self._labelled(block, mention, ctx, label["name"])
        english = _HAN.search(text, max(block.start, mention.start - 30), min(block.end, mention.end + 30)) is None
        lead = text[max(ctx.segment, behind if behind > ctx.sentence else ctx.segment) : mention.start]
        scene = Scene(
            before=" ".join(text[max(ctx.sentence, behind if english else ctx.sentence) : mention.start if english else ctx.segment].split(None)) + (" " if english else ""),
            lead=lead.strip(" *_“\"\n"),
            phrase=text[mention.start : mention.end],
            rest=text[mention.end : ctx.clause_end],
            stop=ctx.stop,
            made_on=self.made_on,
            plan=self.plan,
        )
        shape = cues.shape_of(scene.phrase, mention.precision)
        if mention.range_end:
            if mention.precision in _WIDE:
                return None
            shape = Shape.PERIOD
        tier = cues.tier_of(scene, shape, mention.due, assumed=mention.assumed)
        if tier is None:
            return None
        before = text[ctx.clause_start : mention.start]
        title = titles.title_of(before or lead, scene.rest, english=english)
        modality = cues.modality_of(text[ctx.sentence : mention.start] if english else scene.lead, scene.rest, english=english)
        return self._candidate(title, mention, (ctx.clause_start, ctx.clause_end), tier, modality, english=english)

    def _labelled(self, block: Block, mention: Mention, ctx: clauses.Context, name: str) -> Candidate:
        """A date after 完成时限: — its task is what stands before it, or in the block above."""
        start = block.start
        head = self.text[start : mention.start]
        before = head[: head.rfind(name)].strip(" 　*（(〔[-•") if name in head else ""
        said = before if len(before) > 6 else self.item_title if _GENERIC.match(name) else name
        return self._candidate(titles.title_of(said, "", english=False), mention, (start, max(ctx.clause_end, mention.end)), Tier.EXPLICIT, Modality.FIRM, english=False)

    def _placed(self, mention: Mention) -> Mention:
        """A phrase without a year, in the year of the plan whose title names one."""
        if self.plan_year is None or not mention.assumed or mention.due is None or mention.due.year == self.plan_year:
            return mention
        due = in_year(self.text[mention.start : mention.end], self.plan_year)
        return replace(mention, due=due, assumed=False) if due is not None else mention

    def _in_brackets(self, at: int) -> bool:
        index = bisect_right(self.bracket_starts, at) - 1
        return index >= 0 and at < self.bracket_ends[index]

    # -- what a period covers -------------------------------------------------------------------

    def _inherit(
        self,
        block: Block,
        heads: list[Mention],
        taken: list[tuple[int, int]],
        mentions: list[Mention],
        person: Person | None,
        owners: list[tuple[int, int, Owners]],
    ) -> None:
        scope = self.scope
        if scope is not None and (scope.turn != block.turn or block.kind is Kind.HEADING or scope.blocks_left <= 0):
            scope = None
        refused = [m.start for m in mentions if not any(s <= m.start < e for s, e in taken)]
        at = block.start
        queue = list(heads)
        for start, end in self._segments(block):
            while queue and queue[0].start < end:
                scope = _Scope(queue.pop(0), block.turn, 12)
            if scope is None or any(s < end and start < e for s, e in taken if s != scope.mention.start):
                continue
            if start <= scope.mention.start < end or any(start <= r < end for r in refused):
                continue
            words = self.text[start:end]
            if cues.is_done(words):
                continue
            targets = targets_in(words, english=not _HAN.search(words))
            if not targets and not cues.begins_with_a_verb(titles.title_of("", words, english=False)):
                continue
            owner = next((o for s, _, o in owners if block.start + s >= start), self.item_owners)
            title = titles.title_of("", words, english=not _HAN.search(words))
            modality = cues.modality_of("", words, english=False)
            self.found.append(_with_people(self._candidate(title, scope.mention, (start, end), Tier.INHERITED, modality, english=False), person, owner))
        if scope is not None:
            scope.blocks_left -= 1
        self.scope = scope
        del at

    def _segments(self, block: Block) -> Iterator[tuple[int, int]]:
        """The parts of a block that can be items: between stops, and from comma to comma where a verb begins."""
        text = self.text
        cuts = [block.start, *(m.end() for m in _PARTS.finditer(text, block.start, block.end)), block.end]
        for left, right in pairwise(cuts):
            pieces = [left, *(m.end() for m in re.compile(r"[,，:：]").finditer(text, left, right)), right]
            start = pieces[0]
            for piece, following in pairwise(pieces[1:] + [right]):
                del following
                nxt = text[piece : piece + 30]
                if piece == right or cues.begins_with_a_verb(nxt) or targets_in(nxt[:12], english=False):
                    trimmed = _trim(text, start, piece)
                    if trimmed[1] - trimmed[0] >= 6:
                        yield trimmed
                    start = piece

    # -- tables ---------------------------------------------------------------------------------

    def _row(self, block: Block) -> None:
        cells = tables.cells_of(self.text, block.start, block.end)
        named = tables.header(cells)
        if named is not None and (self.columns is None or named.due is not None):
            self.columns, self.above = named, None
            return
        columns = self.columns or tables.Columns()
        mentions = self.mentions[bisect_left(self.starts, block.start) : bisect_left(self.starts, block.end)]
        owners = Owners(_cell(cells, columns.owner), tuple(filter(None, re.split("[、,，/;；\n]", _cell(cells, columns.support) or "")))) if cells else Owners()
        if owners.owner:
            first, *rest = [part.strip() for part in re.split("[、;；]", owners.owner) if part.strip()] or [owners.owner]
            owners = Owners(first, (*rest, *owners.supporting))
        person = block.turn.person if block.turn else None
        due_cell = cells[columns.due] if columns.due is not None and columns.due < len(cells) else None
        found: list[Candidate] = []
        if due_cell is not None:
            inside = [m for m in mentions if due_cell.start <= m.start < due_cell.end]
            found = self._deadlines(block, cells, columns, due_cell, inside)
        dues = {c.due for c in found}
        for index, cell in enumerate(cells):
            if index in (columns.due, columns.owner, columns.support, *columns.progress):
                continue
            part = Block(Kind.PROSE, cell.start, cell.end, block.turn)
            inside = [m for m in mentions if cell.start <= m.start < cell.end]
            ends = clauses.stops(self.text, cell.start, cell.end) if inside else []
            for i, mention in enumerate(inside):
                if mention.struck:
                    continue
                behind = inside[i - 1].end if i else cell.start
                judged = self._judge(part, mention, ends, behind, [m.start for m in inside[i + 1 : i + 4]])
                if judged is not None and judged.due not in dues:
                    found.append(judged)
        self.found.extend(_with_people(c, person, owners) for c in found)

    def _deadlines(self, block: Block, cells: list[tables.Cell], columns: tables.Columns, cell: tables.Cell, inside: list[Mention]) -> list[Candidate]:
        task = tables.task_cell(cells, columns)
        title = titles.cell_title(task.text) if task else "—"
        span = (block.start, block.end)
        english = _HAN.search(self.text, *span) is None
        live = [self._placed(m) for m in inside if not m.struck and not m.range_start]
        struck = [m for m in inside if m.struck]
        found = []
        for mention in live:
            tier = Tier.EXPLICIT if mention.due is not None else Tier.HORIZON
            text_of_task = task.text if task else ""
            made = self._candidate(title, mention, span, tier, cues.modality_of("", text_of_task, english=english), english=english)
            targets = targets_in(text_of_task, english=english)
            found.append(replace(made, targets=targets, baseline_due=struck[-1].due if struck else None))
        if not inside and _SAME.match(cell.text) and self.above is not None:
            found = [replace(self.above, title=title, clause=self._text(*span), tier=Tier.INHERITED, targets=targets_in(task.text if task else "", english=english), baseline_due=None)]
        if found or not _SAME.match(cell.text):
            self.above = found[0] if found else None
        return found

    # -- the candidate --------------------------------------------------------------------------

    def _candidate(self, title: str, mention: Mention, span: tuple[int, int], tier: Tier, modality: Modality, *, english: bool) -> Candidate:
        start, end = span
        words = self.text[start : mention.start] + " " + self.text[mention.end : end] if start <= mention.start < end else self.text[start:end]
        return Candidate(
            title=title,
            due=mention.due,
            precision=mention.precision,
            phrase=self._text(mention.start, mention.end),
            clause=self._text(start, end),
            line=bisect_left(self.newlines, mention.start) + 1,
            tier=tier,
            modality=modality,
            targets=targets_in(words, english=english),
            year_assumed=mention.assumed,
        )

    def _text(self, start: int, end: int) -> Text:
        return Text(start, end, self.text[start:end])


def _with_people(found: Candidate, person: Person | None, owners: Owners | None) -> Candidate:
    if person is not None:
        found = replace(found, speaker=person.name, speaker_title=person.title, organisation=person.organisation)
    if owners is not None:
        found = replace(found, owner=owners.owner, supporting=owners.supporting)
    return found


def _cell(cells: list[tables.Cell], index: int | None) -> str | None:
    return cells[index].text.strip(" -—") or None if index is not None and index < len(cells) else None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in ",，:："):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",，。;；:：!！?？、"):
        end -= 1
    return start, end
