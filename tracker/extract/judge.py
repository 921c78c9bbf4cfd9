"""One due phrase in its place, to a candidate or to nothing."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from tracker.extract import chinese, chinese_act, clauses
from tracker.extract.act import Act, plain, shortened
from tracker.extract.candidate import Candidate, Text
from tracker.extract.chinese_words import DATED
from tracker.extract.date_conventions import customs_of
from tracker.extract.discourse import DatedMention, in_year
from tracker.extract.document import Document
from tracker.extract.english_act import Acts
from tracker.extract.labels import label_before, task_labelled
from tracker.extract.layout import BlockKind
from tracker.extract.mention_context import (
    BlockContext,
    MentionContext,
    Shape,
    Tier,
    facts_around,
    manner_of,
    nearness,
    says_nothing,
    shape_of,
)
from tracker.extract.mentions import (
    anchor_of,
    is_plan,
    mention_at,
    mentions_of,
    plan_year,
)
from tracker.extract.script import simplified
from tracker.extract.targets import targets_in
from tracker.extract.verdict import POSSIBLE, likelihood
from tracker.model import Modality

_BRACKETED = re.compile(
    r"《[^《》\n]{0,120}》|〔[^〔〕\n]{0,20}〕|\[[12]\d{3}\]|[(（](?:19|20)\d\d[)）]\s?\d+号"
)
_DUE_ALONE = re.compile(
    r"[*_\s]*(?:now |revised )?due(?: (?:by|on))?\s[^.;,:]{4,24}[.;]?$", re.IGNORECASE
)
"""A sentence of a list of actions that says no more than when: Due 31 December 2021."""
_NEAR = 120
"""How many characters of a segment are looked at for an act before the phrase."""
_SEEN = 200
"""How many characters of its sentence speak for or against a phrase, on either side."""
_COMMA = re.compile("[,，:：]")
_GOES_ON = re.compile("[\u4e00-\u9fff]{2,6}[、和并 　]")
_LEAD = re.compile(
    r"(?:by|before|(?:no|not) later than|until|till|within|in|on|at|from|through|during|over|this|next|last|the end of|end of|the|q(?=\d)"
    r"|截|到|至|自|从|于|在|不晚于|今年|明年|去年|本|下|上)(?![a-z])",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[底末]?前|[底末内起中止春夏秋冬日旬月年间后季]$")
_ITEM = re.compile(r"\n\s*(?:[-+•*]|\d{1,2}(?:\.\d{1,2}){0,2}[.)]?|\([a-z]\))\s+(?=[A-Z])")
"""Where an item of a list begins within a paragraph."""
_LISTED = re.compile(r"\s*(?:[-+•·●■◆*]\s|\d{1,3}[.)]\s|\(?[a-z0-9ivx]{1,4}\)\s|[（(①-⑳])")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def _tier(scene: MentionContext | None) -> Tier:
    if scene is None:
        return Tier.INHERITED
    wide = scene.facts[0] in {Shape.WIDE, Shape.PERIOD} and "labelled" not in scene.facts
    return Tier.HORIZON if wide else Tier.EXPLICIT


def _without_comments(text: str) -> str:
    """The text with blanks for the comments of HTML, which no reader sees."""
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts += [text[at:start], re.sub(r"[^\n]", " ", text[start : end + 3])]
        at = end + 3
    return "".join([*parts, text[at:]])


class Judge:
    """What the phrases of one document mean: all that is known of the document stands here."""

    def __init__(self, document: Document, made_on: date | None, fiscal_year_start: int) -> None:
        self.text = text = _without_comments(simplified(document.text))
        self._written = document.text
        self.made_on = made_on
        self.plan_year = plan_year(document.title, made_on)
        self._anchor = anchor_of(made_on, self.plan_year)
        self._customs = customs_of(text, fiscal_year_start)
        self.plan = is_plan(document.title, text)
        self._manner = tuple(manner_of(text)) if document.language == "en" else ()
        self.mentions = mentions_of(text, made_on, self.plan_year, self._customs)
        self._starts = [m.start for m in self.mentions]
        self.acts = Acts(text)
        self._weighed: tuple[MentionContext | None, float] = (None, 0.0)
        bracketed = [(m.start(), m.end()) for m in _BRACKETED.finditer(text)]
        self._bracket_starts = [start for start, _ in bracketed]
        self._bracket_ends = [end for _, end in bracketed]
        self._newlines = [m.start() for m in re.finditer("\n", text)]

    def within(self, start: int, end: int) -> list[DatedMention]:
        """The mentions that begin in text[start:end]."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def whole(self, start: int, end: int) -> list[DatedMention]:
        """All of text[start:end] as one due phrase, when it is one: 2022, 全年."""
        mention = mention_at(self.text, start, end, self._anchor, self._customs)
        return [] if mention is None else [mention]

    def is_past(self, mention: DatedMention) -> bool:
        """Whether the date lies before the document's own."""
        made_on = self.made_on
        return mention.due is not None and made_on is not None and mention.due < made_on

    def is_english(self, start: int, end: int) -> bool:
        return _HAN.search(self.text, start, end) is None

    def judge(
        self,
        span: tuple[int, int],
        inside: list[DatedMention],
        index: int,
        ends: list[int],
        around: BlockContext,
    ) -> Candidate | None:
        """The candidate for `inside[index]`, a phrase in the block or cell at `span`.

        `inside` are the mentions there, `ends` its stops. None where the date is struck out, or only
        begins a range.
        """
        mention = inside[index]
        if mention.range_start or mention.struck:
            return None
        text, (floor, ceiling) = self.text, span
        earlier = (inside[at] for at in range(index - 1, max(-1, index - 4), -1))
        behind = next((m.end for m in earlier if not m.struck), floor)
        at, after = bisect_left(ends, mention.start), bisect_left(ends, mention.end)
        stops = (ends[at - 1] + 1 if at else floor, ends[after] if after < len(ends) else ceiling)
        ctx = clauses.context(
            text,
            span,
            (mention.start, mention.end),
            stops,
            behind,
            [m.start for m in inside[index + 1 : index + 4]],
        )
        mention = self.placed(mention)
        name = label_before(text, floor, mention.start)
        if not name and _DUE_ALONE.match(text, ctx.sentence, min(ceiling, ctx.clause_end + 1)):
            name = "due"
        scene = self.scene(span, mention, (ctx.sentence, ctx.segment, stops[1]), around, bool(name))
        said = text[ctx.sentence : mention.start] if scene.english else scene.segment
        modality = chinese.modality_of(said, scene.after, english=scene.english)
        clause = (ctx.clause_start, ctx.clause_end)
        if (
            self._likelihood(mention, scene) < POSSIBLE
        ):  # one of the others: its words are its title
            title = shortened(plain(text[slice(*clause)])) or "—"
            return self.candidate(title, mention, clause, modality, scene)
        if name:
            return self._labelled(floor, mention, ctx, name, around.item, scene)
        act = self._act(span, mention, ctx, scene, behind, around)
        said = text[ctx.clause_start : mention.start] + text[mention.end : ctx.clause_end]
        title = act.what or shortened(plain(said)) or "—"
        found = self.candidate(title, mention, clause, modality, scene)
        return replace(found, owner=act.who, act=act)

    def _act(
        self,
        span: tuple[int, int],
        mention: DatedMention,
        ctx: clauses.Context,
        scene: MentionContext,
        behind: int,
        around: BlockContext,
    ) -> Act:
        """Who is to do what."""
        text, floor = self.text, span[0]
        rest = text[mention.end : ctx.clause_end]
        told = text[max(floor, ctx.sentence - clauses.REACH) : ctx.sentence]
        if scene.english:
            cut = max(ctx.sentence, behind)
            head = text[ctx.sentence : cut] if cut > ctx.sentence else ""
            opening = around.opening or clauses.head_of_parts(text, floor, ctx.sentence)
            return self.acts.act(text[cut : mention.start], rest, head, opening, told)
        apart = behind if mention.start - behind > 2 else ctx.segment
        if _GOES_ON.fullmatch(text, max(apart, mention.start - 8), mention.start):
            apart = ctx.segment  # 幼儿园3月开工、年底前竣工
        lead = self._undated(max(ctx.segment, apart, mention.start - _NEAR), mention.start)
        return chinese_act.act(
            self._undated(ctx.sentence, ctx.segment),
            lead.strip(' *_“"\n'),
            rest,
            self._undated(max(floor, ctx.sentence - clauses.REACH), ctx.sentence),
            around.opening,
            around.heading,
        )

    def _undated(self, start: int, end: int) -> str:
        """The words of text[start:end] with `DATED` in place of each due phrase."""
        parts, at = [], start
        for mention in self.within(start, end):
            parts += [self.text[at : mention.start], DATED]
            at = max(at, min(mention.end, end))
        return "".join([*parts, self.text[at:end]])

    def scene(
        self,
        span: tuple[int, int],
        mention: DatedMention,
        where: tuple[int, int, int],
        around: BlockContext,
        labelled: bool = False,
    ) -> MentionContext:
        """What stands around a phrase whose sentence and segment begin, and whose sentence ends, `where`."""
        text, (floor, ceiling) = self.text, span
        sentence, segment, end = where
        end = max(mention.end, min(end, ceiling, mention.end + _SEEN))
        before = text[max(sentence, mention.start - _SEEN) : mention.start]
        after = text[mention.end : end]
        english = self.is_english(max(floor, mention.start - 30), min(ceiling, mention.end + 30))
        phrase = text[mention.start : mention.end]
        comma = _COMMA.search(after, len(after) - len(after.lstrip(",， ")))
        shape = shape_of(phrase, mention.precision, english=english)
        return MentionContext(
            before=before,
            segment=text[max(segment, sentence, mention.start - _SEEN) : mention.start],
            phrase=phrase,
            near=after[: comma.start()] if comma else after,
            after=after,
            following=around.row or text[end + 1 : min(ceiling, end + 60)],
            heading=around.heading[:80],
            opening=around.opening[-80:],
            facts=(shape, around.kind, *self._facts(mention, shape, phrase, around))
            + tuple(facts_around(before, after, text[end : end + 1] if end < ceiling else ""))
            + (("labelled",) if labelled else ())
            + (self._manner if english else ()),
            english=english,
        )

    def _facts(
        self, mention: DatedMention, shape: Shape, phrase: str, around: BlockContext
    ) -> Iterator[str]:
        when = nearness(mention.due, self.made_on)
        yield f"{shape} {when}"
        yield when
        yield f"to the {mention.precision}"
        yield f"year {'assumed' if mention.assumed else 'given'}, {when}"
        yield f"said by {around.role}"
        yield "in a plan" if self.plan else "in no plan"
        yield f"{shape} in {'a' if self.plan else 'no'} plan"
        yield f"in quarter {1 + 4 * mention.start // max(1, len(self.text))} of the text"
        lead, tail = _LEAD.match(phrase), _TAIL.search(phrase)
        yield f"begins with {lead[0].lower()}" if lead else "begins with none"
        yield f"ends with {tail[0]}" if tail else "ends with none"
        if around.column:
            yield f"in a column of {around.column}"
        if around.listed:
            yield "in an item"
        if mention.range_end:
            yield "end of a range"
        if self._in_brackets(mention.start):
            yield "in a name"

    def _labelled(
        self,
        floor: int,
        mention: DatedMention,
        ctx: clauses.Context,
        name: str,
        item: str,
        scene: MentionContext,
    ) -> Candidate:
        """A date after 完成时限: — its task is what stands before it, or in the item above."""
        head = self.text[max(floor, mention.start - clauses.REACH) : mention.start]
        before = head[: head.rfind(name)].strip(" 　*（(〔[-•") if name in head else ""
        said = task_labelled(name, before, item, scene.heading)
        chinese_words = _HAN.search(said) is not None
        said = said if chinese_words else _ITEM.split(said)[-1]
        act = chinese_act.act("", "", said) if chinese_words else self.acts.act(said, "")
        span = (mention.start - len(head), max(ctx.clause_end, mention.end))
        found = self.candidate(act.what or "—", mention, span, Modality.FIRM, scene)
        return found if chinese_words else replace(found, act=act)

    def placed(self, mention: DatedMention) -> DatedMention:
        """A phrase without a year, in the year of the plan whose title names one."""
        year = self.plan_year
        if year is None or not mention.assumed or mention.due is None or mention.due.year == year:
            return mention
        due = in_year(self.text[mention.start : mention.end], year)
        return replace(mention, due=due, assumed=False) if due is not None else mention

    def candidate(
        self,
        title: str,
        mention: DatedMention,
        span: tuple[int, int],
        modality: Modality,
        scene: MentionContext | None = None,
    ) -> Candidate:
        """The candidate for a phrase; without a scene of its own it inherits its date."""
        start, end = span
        text = self.text
        words = text[start:end]
        if start <= mention.start < end:
            words = text[start : mention.start] + " " + text[mention.end : end]
        return Candidate(
            title=title,
            due=mention.due,
            precision=mention.precision,
            phrase=self.at(mention.start, mention.end),
            clause=self.at(start, end),
            line=bisect_left(self._newlines, mention.start) + 1,
            tier=_tier(scene),
            modality=modality,
            likelihood=self._likelihood(mention, scene),
            scene=scene,
            targets=targets_in(words, english=_HAN.search(words) is None),
            year_assumed=mention.assumed,
        )

    def _likelihood(self, mention: DatedMention, scene: MentionContext | None) -> float:
        if scene is None:
            return POSSIBLE
        if scene is self._weighed[0]:
            return self._weighed[1]
        self._weighed = scene, self._weigh(mention, scene)
        return self._weighed[1]

    def _weigh(self, mention: DatedMention, scene: MentionContext) -> float:
        none = self.is_past(mention) or scene.facts[1] == BlockKind.METADATA
        return 0.0 if none or says_nothing(scene) else round(likelihood(scene), 3)

    def at(self, start: int, end: int) -> Text:
        return Text(start, end, self._written[start:end])

    def _in_brackets(self, at: int) -> bool:
        index = bisect_right(self._bracket_starts, at) - 1
        return index >= 0 and at < self._bracket_ends[index]
