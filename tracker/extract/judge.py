"""One due phrase in its place, to a candidate or to nothing."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from datetime import date

from msgspec.structs import replace

from tracker.extract import chinese, chinese_act, clauses
from tracker.extract.act import Act
from tracker.extract.candidate import Candidate, Text
from tracker.extract.discourse import Mention, in_year
from tracker.extract.document import Document
from tracker.extract.english_act import Acts
from tracker.extract.mentions import (
    anchor_of,
    is_plan,
    mention_at,
    mentions_of,
    plan_year,
)
from tracker.extract.scene import Scene, Shape, Tier
from tracker.extract.script import simplified
from tracker.extract.targets import targets_in
from tracker.model import Modality, Precision

_BRACKETED = re.compile(
    r"《[^《》\n]{0,120}》|〔[^〔〕\n]{0,20}〕|\[[12]\d{3}\]|[(（](?:19|20)\d\d[)）]\s?\d+号"
)
LABEL = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{0,8}(?:时限|期限|时间节点|时间要求|(?:截止|完成|完工|竣工|交付|投用|投产|通车|开业|办结|上线|验收|交货)(?:时间|日期))"
    r"|deadline|due(?: date)?|time ?line|time ?frame|timing|by when"
    r"|(?:target|completion|implementation|launch|release|opening|delivery|go-live) date)"
    r"(?:[*\s]{0,4}[:：]\s{0,4}(?:[*]{0,2})|为)$",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"^(?:任务|工作|整改|计划|预计)?(?:完成|办结|完工)?(?:时限|期限|时间|日期|时间节点|时间要求)$"
    r"|^(?:deadline|due(?: date)?|time ?line|time ?frame|timing|by when|(?:target|completion|implementation) date)$",
    re.IGNORECASE,
)
_DUE_ALONE = re.compile(
    r"[*_\s]*(?:now |revised )?due(?: (?:by|on))?\s[^.;,:]{4,24}[.;]?$", re.IGNORECASE
)
"""A sentence of a list of actions that says no more than when: Due 31 December 2021."""
_AHEAD_ZH = re.compile(
    r"下一步|接下来|下一阶段|我们(?:将|要|计划|重点|着力)|重点(?:推进|抓好|做好|实施)"
)
_VALID = re.compile(r"有效|执行|试行|公示|缓冲|过渡|实施期")
_NEAR = 120
"""How many characters of a segment are looked at before the phrase."""
_LENGTH = re.compile(r"内$|\b(?:days?|weeks?|months?|years?)\b", re.IGNORECASE)
_WIDE = frozenset((Precision.YEAR, Precision.FISCAL_YEAR, Precision.FIVE_YEAR))
_WORD = re.compile("[A-Za-z]{2}")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def _said_ahead(text: str, floor: int, start: int) -> str:
    """The words of a Chinese paragraph that say of all that follows that it is still to come: 下一步."""
    found = _AHEAD_ZH.search(text, max(floor, start - 2 * clauses.REACH), start)
    return found[0] if found else ""


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
        self._fiscal_year_start = fiscal_year_start
        self.plan = is_plan(document.title, text)
        self.mentions = mentions_of(text, made_on, self.plan_year, fiscal_year_start)
        self._starts = [m.start for m in self.mentions]
        self.acts = Acts(text)
        bracketed = [(m.start(), m.end()) for m in _BRACKETED.finditer(text)]
        self._bracket_starts = [start for start, _ in bracketed]
        self._bracket_ends = [end for _, end in bracketed]
        self._newlines = [m.start() for m in re.finditer("\n", text)]

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that begin in text[start:end]."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def whole(self, start: int, end: int) -> list[Mention]:
        """All of text[start:end] as one due phrase, when it is one: 2022, 全年."""
        mention = mention_at(self.text, start, end, self._anchor, self._fiscal_year_start)
        return [] if mention is None else [mention]

    def is_past(self, mention: Mention) -> bool:
        """Whether the date lies before the document's own."""
        made_on = self.made_on
        return mention.due is not None and made_on is not None and mention.due < made_on

    def is_english(self, start: int, end: int) -> bool:
        return _HAN.search(self.text, start, end) is None

    def judge(
        self,
        span: tuple[int, int],
        inside: list[Mention],
        index: int,
        ends: list[int],
        item: str,
        heads: tuple[str, str] = ("", ""),
    ) -> Candidate | None:
        """The candidate for `inside[index]`, a phrase in the block or cell at `span`.

        `inside` are the mentions there, `ends` its stops, `item` the words of the item it belongs to,
        `heads` the line over the list in which the item stands, and the one that ends in a colon.
        """
        mention = inside[index]
        if mention.range_start or mention.struck or self._in_brackets(mention.start):
            return None
        text, (floor, ceiling) = self.text, span
        earlier = (inside[at] for at in range(index - 1, max(-1, index - 4), -1))
        behind = next((m.end for m in earlier if not m.struck), floor)
        at, after = bisect_left(ends, mention.start), bisect_left(ends, mention.end)
        ctx = clauses.context(
            text,
            span,
            (mention.start, mention.end),
            (ends[at - 1] + 1 if at else floor, ends[after] if after < len(ends) else ceiling),
            behind,
            [m.start for m in inside[index + 1 : index + 4]],
        )
        mention = self.placed(mention)
        label = LABEL.search(text, max(floor, mention.start - 30), mention.start)
        if label is not None:
            return self._labelled(floor, mention, ctx, label["name"], item)
        if _DUE_ALONE.match(text, ctx.sentence, min(ceiling, ctx.clause_end + 1)):
            return self._labelled(floor, mention, ctx, "due", item)
        english = self.is_english(max(floor, mention.start - 30), min(ceiling, mention.end + 30))
        scene = self._scene(span, mention, ctx, behind, heads[0], english=english)
        tier = self._tier(mention, scene)
        if tier is None:
            return None
        said = text[ctx.sentence : mention.start] if english else scene.lead
        act = self._act(span, mention, ctx, scene, behind, heads[1] if english else None)
        found = self.candidate(
            act.what or "—",
            mention,
            (ctx.clause_start, ctx.clause_end),
            tier,
            chinese.modality_of(said, scene.rest, english=english),
        )
        return replace(found, owner=act.who)

    def _act(
        self,
        span: tuple[int, int],
        mention: Mention,
        ctx: clauses.Context,
        scene: Scene,
        behind: int,
        opening: str | None,
    ) -> Act:
        """Who is to do what; `opening` is the line that introduces an English list, None in Chinese."""
        text, floor = self.text, span[0]
        if opening is not None:
            cut = max(ctx.sentence, behind)
            head = text[ctx.sentence : cut] if cut > ctx.sentence else ""
            told = text[max(floor, ctx.sentence - clauses.REACH) : ctx.sentence]
            return self.acts.act(
                text[cut : mention.start], scene.rest, head, opening or scene.under, told
            )
        told = text[max(floor, ctx.sentence - clauses.REACH) : ctx.sentence]
        return chinese_act.act(scene.before, scene.lead, scene.rest, told)

    def _scene(
        self,
        span: tuple[int, int],
        mention: Mention,
        ctx: clauses.Context,
        behind: int,
        under: str,
        *,
        english: bool,
    ) -> Scene:
        text = self.text
        apart = behind if mention.start - behind > 2 else ctx.segment
        if english:
            before = " ".join(text[max(ctx.sentence, behind) : mention.start].split()) + " "
        else:
            before = text[ctx.sentence : ctx.segment]
        return Scene(
            before=before,
            carried=text[ctx.sentence : max(ctx.sentence, behind)],
            under=under or clauses.head_of_parts(text, span[0], ctx.sentence)
            if english
            else _said_ahead(text, span[0], ctx.start),
            lead=text[max(ctx.segment, apart, mention.start - _NEAR) : mention.start].strip(
                ' *_“"\n'
            ),
            phrase=text[mention.start : mention.end],
            rest=text[mention.end : ctx.clause_end],
            stop=ctx.stop,
            after=text[ctx.clause_end + 1 : ctx.clause_end + _NEAR] if english else "",
            made_on=self.made_on,
            plan=self.plan,
            english=english or _WORD.search(text, mention.start, mention.end) is not None,
        )

    def _tier(self, mention: Mention, scene: Scene) -> Tier | None:
        shape = chinese.shape_of(scene, mention.precision)
        if mention.range_end:
            if mention.precision in _WIDE:  # 2021—2025年: the period of a plan
                return None
            shape = Shape.PERIOD
        if mention.due is None and _LENGTH.search(scene.phrase):
            shape = Shape.PERIOD
        return chinese.tier_of(scene, shape, mention.due, assumed=mention.assumed)

    def _labelled(
        self, floor: int, mention: Mention, ctx: clauses.Context, name: str, item: str
    ) -> Candidate | None:
        """A date after 完成时限: — its task is what stands before it, or in the item above."""
        if self.is_past(mention) or _VALID.search(name):
            return None
        head = self.text[max(floor, mention.start - clauses.REACH) : mention.start]
        before = head[: head.rfind(name)].strip(" 　*（(〔[-•") if name in head else ""
        said = before if len(before) > 6 else item if _GENERIC.match(name) else name
        chinese_words = _HAN.search(said) is not None
        act = chinese_act.act("", "", said) if chinese_words else self.acts.act(said, "")
        title = act.what or "—"
        span = (mention.start - len(head), max(ctx.clause_end, mention.end))
        return self.candidate(title, mention, span, Tier.EXPLICIT, Modality.FIRM)

    def placed(self, mention: Mention) -> Mention:
        """A phrase without a year, in the year of the plan whose title names one."""
        year = self.plan_year
        if year is None or not mention.assumed or mention.due is None or mention.due.year == year:
            return mention
        due = in_year(self.text[mention.start : mention.end], year)
        return replace(mention, due=due, assumed=False) if due is not None else mention

    def candidate(
        self, title: str, mention: Mention, span: tuple[int, int], tier: Tier, modality: Modality
    ) -> Candidate:
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
            tier=tier,
            modality=modality,
            targets=targets_in(words, english=_HAN.search(words) is None),
            year_assumed=mention.assumed,
        )

    def at(self, start: int, end: int) -> Text:
        return Text(start, end, self._written[start:end])

    def _in_brackets(self, at: int) -> bool:
        index = bisect_right(self._bracket_starts, at) - 1
        return index >= 0 and at < self._bracket_ends[index]
