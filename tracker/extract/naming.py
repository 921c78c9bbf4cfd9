"""What a document is called: its own title, its heading, or the first line that says what it is about."""

from __future__ import annotations

import re

from tracker.extract.bodies import is_organisation
from tracker.extract.chinese_bodies import is_name
from tracker.extract.front_matter import front_end, front_matter

_SUBJECT = re.compile(
    r"^subject:\s*(?:(?:re|fw|fwd|aw):\s*)*(.{3,150})$", re.IGNORECASE | re.MULTILINE
)
_HEADING = re.compile(r"^(#{1,2})\s+(.{1,200}?)\s*#*$", re.MULTILINE)
_SENTENCE_END = re.compile(r"[。！？]|(?<=[a-z)])\.\s(?=[A-Z])")
_FURNITURE = re.compile(
    r"[\W_]*$|\||附件\s?[\d一二三四五]*$|(?:合同|项目|文件)?编号[:：]"  # rules and ornaments
    r"|.{0,30}(?:浏览|阅读|点击)(?:次数|量)?[:：]|(?:首页|当前位置|您的位置|位置|字号|字体|打印|分享|来源|索引号|发布时间|发布日期|日期|时间)\b.{0,120}$"
    r"|(?:home|skip to|menu|search|print|share|you are here|breadcrumb|cookies?|subscribe|log ?in|sign in)\b.{0,80}$"
    r"|(?:from|to|cc|sent|date|re|embargoed?|for immediate|distr|original|ref|our ref|tel|page)\b\W?.{0,80}:|for immediate|embargoed"
    r"|.{0,30}〔[12]\d{3}〕\d+号$|[（(]?(?:总?第|第)\s?\d+\s?[期号].{0,20}$|a/\w+/[\d/]+|no\. \S+$"
    r"|(?:\*+\s?)?(?:(?:press|news|media|safety|customer|public|product) )?(?:release|notice|statement|recall|update|advisory|bulletin|newsletter|news|governance|house of \w+)(?:\s?\*+)?$"
    r"|[\u4e00-\u9fff\s]{0,12}(?:新闻稿|文件|公报栏|通\s报|通\s告|重大讯息)$",
    re.IGNORECASE,
)
_KINDS = (
    *("minutes", "report", "accounts", "plan", "letter", "conference", "call", "answers"),
    *("regulation", "statement", "programme", "program", "strategy", "review", "update"),
    *("paper", "decision", "calendar", "notice", "response", "submission", "agenda"),
    *("roadmap", "charter", "undertakings", "conditions"),
)
_KIND = re.compile(rf"\b(?:{'|'.join(_KINDS)})\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,30})?(?:关于|印发).{4,80}(?:通知|通报|公告|意见|方案|函|报告|批复|决定|办法|答复|公示|启事|令)$"
)


def name_of(text: str) -> str:
    """The name by which the text calls itself, or "".

    A text of one paragraph has no title, and the years of its other sentences are not its own.
    """
    named = front_matter(text).get("title")
    if named:
        return named[:200]
    subject = _SUBJECT.search(text[:600])
    if subject is not None:
        return _bare(subject[1])
    head = text[front_end(text) :][:4000]
    lines = [line.strip() for line in head.splitlines() if line.strip()]
    heading = _HEADING.search(head)
    if heading is not None and (heading[1] == "#" or lines[0].startswith("#")):
        after = _HEADING.search(head, heading.end())
        return _of_two(_bare(heading[2]), _bare(after[2]) if after else "")
    about = next((line for line in lines[:8] if _ABOUT.match(line)), None)
    said = [line for line in lines[:8] if not _says_nothing(line)] or lines[:1] or [""]
    first = about or _of_two(*(_bare(line) for line in (*said, "")[:2]))
    return _bare(_SENTENCE_END.split(first, maxsplit=1)[0])


def _of_two(first: str, second: str) -> str:
    """The second line, where the first only names the body and the second the document."""
    body = len(first) < 60 and not _KIND.search(first)
    if body and is_organisation(re.split(r"\s\(", first)[0].title()) and _KIND.search(second):
        return second
    return first


def _says_nothing(line: str) -> bool:
    """Whether a line is furniture, the kind of the document, or the body that it is from."""
    bare = _bare(line)
    return (
        bool(_FURNITURE.match(bare))
        or is_name(bare)
        or (bare.isupper() and is_organisation(bare.title()))
    )


def _bare(line: str) -> str:
    return line[:200].strip("*_#= |")
