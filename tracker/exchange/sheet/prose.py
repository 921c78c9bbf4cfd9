"""What words of progress tell of the end of a task, and of what is left of it."""

from __future__ import annotations

import re

from tracker.exchange.sheet.notation import MONTHS

# What a cell of dates says of the end of a task, and not of its deadline.
CLOSED = re.compile(
    r"已[^，。；前]*(?:完成|办结|销号|整改|落实)|^(?:完成|办结|销号)(?:于|$)"
    r"|^(?!.*\b(?:after|once|when|until|till|upon|following|of|before|be|if)\b).*?\b(?:closed|completed|complete|done|delivered|achieved)\b(?! by)",
    re.IGNORECASE,
)
CLAUSES = re.compile(r"[(（)）；;，,。\n]|\.\s|\s[-–—]\s")
SENTENCES = re.compile(r"[.。；;]\s*|\s[-–—]\s")
# A day beside these, or beside other English words than those of an end, is not that.
BEGUN = re.compile(
    rf"会议|座谈|调研|检查|启动|开工|部署|正在|[a-z]{{3}}(?<!{MONTHS})",
    re.IGNORECASE,
)
ENDED_ON = re.compile(
    r"\b(?!(?:start|begin|revis|expect|plann|schedul|request|extend|delay|defer|postpon|updat|rais|assign|chas|mov|commenc|propos|target|estimat|remind|resum|book|need|requir|advis)\w*)"
    r"[a-z]+ed (?:to |off |in |out |up )?(?:on |at )?(?:[0-9]|[a-z]{3,9} [0-9])[^ ]*(?: [a-z]{3,9})?(?: [0-9]{2,4})?$",
    re.IGNORECASE,
)
"""A clause that ends with what was done on a day: uploaded 28.10.2026."""

_IT = "(?:(?:(?:this|it|the|all)(?: (?:action|actions|work|project|recommendation|task|item|milestone))?|action|work) )?"
# Progress that begins by saying that all of it is done.
_ALL_DONE = re.compile(
    r"^(?:[该此本][项个]?(?:工作|任务|项目|事项|问题)?)?(?:[0-9年月日.]{2,11}(?:目前)?(?:均?已经?)?|(?:目前)?均?已经?)(?:于[^，。；]{1,12}?)?(?:全部|全面|按期|按时|如期|提前|顺利|定稿|正式|公开|对外)*"
    r"(?:完成|办结|建成|竣工|完工|印发|出台|销号|整改|落实|发布|上线|投用|投入|验收|通过|开通|解决|启用|结案|答复|通[水车电气]|并网|开[园馆业]|投产|交付)"
    rf"|^{_IT}(?:(?:has|have|is|was|were) )?(?:now )?(?:been )?(?:fully )?(?:completed|complete|done|closed|delivered|submitted|published|achieved|installed|adopted"
    r"|issued|signed|circulated|appointed|implemented|resolved|fixed|replaced)\b",
    re.IGNORECASE,
)
# All of it, whatever was done with it.
PASSED = re.compile(
    r"^[Aa]ll (?:[a-z]+ ){0,3}[a-z]+ed$|^[^，。；]{0,10}完毕(?:$|[，。；])|^[^，。；]{0,10}(?:均已?|全部|都已?)[^，。；]{0,8}(?:完毕|完成|到位|办结|结束)(?:$|[，。；])"
    r"|(?:全部|均已?|都已?)(?:建成|上线|投用|发放|签约|完工|开放|交付|整改|销号|移交|通[水车电气])(?:$|[，。；])"
    r"|(?:^|[，；])(?:均|都)?已[^，。；]{1,6}到位(?:$|[。；])|^已于[^，。；]{2,10}全部[^，。；]{1,8}(?:$|[。；])"
    r"|(?:^|[，；])(?:均|都)?已(?:全部|全面)[^，。；]{1,8}(?:$|[。；])"
    r"|(?:成功|顺利|圆满|如期|正式)(?:上线(?:运行)?|运营|运行|启用|投用|举办|举行|召开|通车|开园|开业|开馆|交付|投产|开放)(?:$|[，。；])"
    r"|^已于[0-9年月日.]{2,11}[^，。；]{0,12}(?:组织|召开|举办|举行|开展)[^，。；]{0,8}(?:会|演练|培训|活动|仪式|赛|讲座|论坛)(?:$|[，。；])"
    r"|(?:表决|审议|验收|复核|评审)通过(?:$|[。；])|(?:^|[，,；;])(?:已|并)?(?:顺利|全部)?通过[^，。；]{0,8}(?:验收|复查|核查)(?:$|[。；])"
)
DONE_ON = re.compile(r"[a-z]ed (?:on )?[0-9]")
HAS_ENDED = re.compile(rf"{PASSED.pattern}|{ENDED_ON.pattern}", re.IGNORECASE)
ALREADY = re.compile("已[^，。；0-9]{1,4}$")
"""What was done, in one word, which beside a day of completion is all of it: 已公示."""

_LEFT = (
    r"正在|尚未|还未|剩余|其余|还剩|仍[在未需有]|待[^，。；遇]{1,8}|[^，。；]中(?:$|[，。；])"
    r"|\b(?:remaining|outstanding|still|not (?:yet|begun|started|done|complete\w*)|awaiting|pending|to follow|(?:the )?rest|being chased|under ?way|in progress)\b"
)
SO_FAR = re.compile(
    r"(?:完成|进度)[^，。；0-9]{0,4}([0-9]{1,3})\s?%|(?<![0-9.])([0-9]{1,3})\s?% (?:complete|done|delivered)",
    re.IGNORECASE,
)
IS_LEFT = re.compile(_LEFT, re.IGNORECASE)
NOT_ALL = re.compile(
    rf"{_LEFT}|完成(?:了)?(?:前期|招投?标|立项|选址|设计|可研|环评|征[地拆收]|拆迁|签约|封顶|基础|主体|调研|摸底|排查|初[稿审步]|[一二三][审读]|论证|评审|采购|公示|起草|征求|方案|清单|投资|产值)"
    r"|未|基本|部分|还有|下一步|力争|预计|计划|推进|[0-9]\s?%|[0-9]\s?[个家项处台座户亩公里万米]"
    r"|\b(?:but|except|apart from|not|next|of|phase|first|partly)\b",
    re.IGNORECASE,
)


_OF = re.compile(
    r"\b([0-9]{1,4}) (?:out )?of (?:the )?([0-9]{1,4})\b|([0-9]{1,4})([^\W\d]{1,2})[^0-9，。；]{0,3}完成([0-9]{1,4})\4"
)


def tells_of_rest(told: str) -> bool:
    """Whether words tell of something left, or of some of several: 9 of 14; 12校完成8校."""
    counted = ((one[1] or one[5], one[2] or one[3]) for one in _OF.finditer(told))
    return bool(IS_LEFT.search(told)) or any(int(some) < int(all_) for some, all_ in counted)


def says_all_done(told: str) -> bool:
    """Whether words tell that all of a task is done, and of nothing left."""
    return bool((_ALL_DONE.match(told) and not NOT_ALL.search(told)) or PASSED.search(told))


def goes_on(told: str) -> bool:
    """Whether words tell of something that is not at its end."""
    return bool(IS_LEFT.search(told) or "已开展" in told)


def is_ended_on(told: str) -> bool:
    """Whether words are one clause of what was done on a day."""
    return bool(ENDED_ON.search(told)) and len(CLAUSES.split(told)) == 1


_TO_WRITE = re.compile("制定|修订|出台|印发|编制|起草|拟定")
_WRITTEN = re.compile("已(?:经|正式)*(?:印发|出台|发布|公布|施行)(?:执行|实施)?(?:$|[，。；])")
_VERB = re.compile(r"^(?:to )?([a-z]{4,}?)e?\b", re.IGNORECASE)


def is_what_was_asked(title: str, told: str) -> bool:
    """Whether words tell of just what a title asks for: adopt a policy, policy adopted; 修订办法, 已印发."""
    if NOT_ALL.search(told) or re.match("[0-9]", told):
        return False
    if _TO_WRITE.search(title) and _WRITTEN.search(told):
        return True
    verb = _VERB.match(title)
    return bool(verb and re.search(rf"\b{verb[1]}e?d\b", told, re.IGNORECASE))
