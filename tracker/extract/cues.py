"""The words that speak for or against a promise, by kind.

What each kind is worth, in which place, is not written here but learned (`weights.json`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

Cue = tuple[int, str, str]
"""Where in the text a cue ends, its kind and its words."""

ENGLISH = {
    "will": "will|shall|must|going to|'ll|we'll|i'll|it'll|they'll|you'll|he'll|she'll",
    "plan": "plan|plans|planning|planned|aim|aims|intend|intends|intended|expect|expects|expected|schedule|scheduled"
    "|anticipate|anticipates|anticipated|set to|due|on track|on course|on schedule|commit|commits|committed|pledge"
    "|pledges|pledged|promise|promises|promised|target|targets|hope|hopes|undertake|undertakes|undertook|undertaken"
    "|undertaking|agree|agrees|agreed|propose|proposes",
    "to do": "is to|are to|am to|have to|has to|to be|need to|needs to",
    "past": "was|were|had|did|been|went|came|took|gave|made|began|held|told|found|fell|rose|saw|left|won|lost|met",
    "if": "if|unless|whether|provided that|were it|would have",
    "not": "not|never|no|nor|neither|cannot|can't|won't|don't|doesn't|didn't|isn't|aren't|wasn't|weren't|hasn't"
    "|haven't|hadn't|wouldn't|couldn't|shouldn't|refuse|refused|declined|reject|rejected",
    "each": "every|each|annual|annually|monthly|weekly|quarterly|a year|per|normally|always",
    "as of": "as of|as at|expire|expires|expired|expiry|valid|ends",
    "since": "since|from|until|effective|ended|ending|in force|takes effect|ceases|dated|between",
    "others": "ask|asks|asking|asked that|recommendation|recommendations|recommended|consider|considers"
    "|possibilities|ought|analyst|analysts|economist|economists|forecast|forecasts|projected|campaigner|campaigners"
    "|critics|union|unions|petition|demand|demands|demanded|urge|urges|urged|call for|called for|call on|called on"
    "|calls on|want|wants|wanted|residents|opposition",
    "would": "would|could|might|may|should|we'd|i'd|they'd|it'd|he'd|she'd",
    "said": "said|says|told|according to|reported|asked",
    "example": "example|suppose|e.g|instance",
    "once": "ahead of|planned|previous|previously|original|originally|former|missed|slipped|earlier|already|last"
    "|once|lapsed|abandoned|withdrawn|dropped",
    "we": "we|i|our|we'll|i'll|we're|i'm",
    "review": "achieved|progress|completed|delivered|history|background|results|past",
    "ahead": "next|ahead|timetable|timeline|milestones|schedule|roadmap|actions|action|plans|commitments",
    "apply": "deadline|deadlines|application|applications|submission|bid|bids|entries|closing|apply|applies|penalty"
    "|penalties|fine|fines|fee|eligible|eligibility|ticket|tickets|comment|comments|registration",
}
CHINESE = {
    "will": "将|要|必须|确保|务必|须|应|请|保证|届时|即将|一定|决定|承诺|负责|责成",
    "plan": "计划|拟|打算|力争|争取|预计|有望|努力|预期|目标|安排|规划|定于|准备|将会|会在|会把",
    "": "重要|主要|需要|纲要|要点|要素|摘要|简要|应用|应急|供应|反应|响应|会议|社会|委员会|无人|未来|不仅|不低于"
    "|不少于|不超过|不晚于|已列入|自动|自主|自然|自来水|从严|凡是|如下|如期|例会|案例|条例|比例|了解|为了|原则"
    "|能源|数据|依据|传统|宣传|目的|起草|每个",
    "past": "已|已经|了|曾|过去|去年|上年|当时|原|此前|累计|至今|目前|刚刚",
    "done": "完成了|取得|实现了|达到了|提前|超额|圆满",
    "if": "如果|若|如|一旦|凡|逾期|否则|未能|期满|超过",
    "not": "不|未|没|无|否|难以|拒绝",
    "each": "每|逐|历|次年|当年|连续",
    "as of": "截至|截止|有效期|到期|届满",
    "since": "起|自|从|以来|之日|生效|施行|有效|执行|实施|至",
    "others": "据|专家|机构|网友|居民|家长|希望|建议|呼吁|要求|委员|记者|有人|有的|代表提出|传|业主|村民|分析|预测|提议|主张|反映|请求",
    "example": "例|比如|假设|假如",
    "of": "的",
    "ask": "请问|是否|吗|什么|怎么|能否|何时",
    "act": "完成|建成|实现|竣工|开工|投用|投产|启用|上线|开通|通车|达到|出台|印发|发布|公布|交付|提交|报送|启动|推出"
    "|开展|建立|整改|销号|清零|修订|制定|改造|新建|新增|落实|开放|拆除|编制|召开|移交|开园|投入",
    "we": "我",
    "review": "回顾|总结|成效|成绩|已开展|已完成|背景|问题|情况",
    "ahead": "下一步|打算|安排|计划|目标|任务|接下来|措施|重点|节点",
    "once": "较|实际|仅|推迟|未予|所称|原定|原计划|曾承诺",
    "moved": "延至|延期至|推迟至|推迟到|调整到|顺延至",
    "wish": "居民要求|居民希望|村民希望|业主要求|家长希望|商户希望|市民希望|委员提出|代表建议|代表提出|专家建议",
    "apply": "取消|资格|评优|报名|申报|申请|投标|招标|缴纳|罚款|违约|公示|征求|咨询|开标|办理|报到",
}


def _by_word(kinds: dict[str, str]) -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for kind, words in kinds.items():
        for word in words.split("|"):
            table.setdefault(word, []).append(kind)
    return table


_EN, _ZH = _by_word(ENGLISH), _by_word(CHINESE)
_WORD = re.compile(r"(?:[a-z]+|(?='))(?:'[a-z]+)?|e\.g")
_HAN = re.compile("|".join(sorted(_ZH, key=len, reverse=True)))
_BE = frozenset(("be", "been", "being"))
_IS = frozenset(("is", "are", "am", "we're", "i'm", "they're", "it's"))


@lru_cache(maxsize=256)
def cues_in(text: str, *, english: bool) -> tuple[Cue, ...]:
    """The cues of a sentence in order."""
    return tuple(_english(text) if english else _chinese(text))


def _chinese(text: str) -> Iterable[Cue]:
    for match in _HAN.finditer(text):
        for kind in filter(None, _ZH[match[0]]):
            yield match.end(), kind, match[0]


def _english(text: str) -> Iterable[Cue]:
    last = ""
    for match in _WORD.finditer(text.lower().replace("’", "'")):
        word = match[0]
        for kind, words in _said(last, word):
            yield match.end(), kind, words
        last = word


@lru_cache(maxsize=8192)
def _said(last: str, word: str) -> list[tuple[str, str]]:
    """The cues that a word gives after the one before it, each with the words that give it."""
    pair = f"{last} {word}"
    kinds = _EN.get(word, ())
    found = [*((kind, word) for kind in kinds), *((kind, pair) for kind in _EN.get(pair, ()))]
    if last in _BE and word.endswith(("ed", "en", "wn", "ght", "ilt", "ade", "et")):
        found.append(("to be done", pair))
    elif word.endswith("ed") and len(word) > 4 and not kinds:
        found.append(("done", word))
    elif word.endswith("ing") and last in _IS:
        found.append(("doing", pair))
    return found
