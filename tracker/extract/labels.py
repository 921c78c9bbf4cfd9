"""What a label before a date says that it is of: 完成时限：, Target date:, and whose task that is."""

from __future__ import annotations

import re

_ABOUT = "(?:(?:anticipated|revised|expected|estimated|planned|proposed|agreed|new) )?"
LABEL = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{0,8}(?:时限|期限|时间节点|时间要求|(?:截止|完成|完工|竣工|交付|投用|投产|通车|开业|办结|上线|验收|交货)(?:时间|日期))"
    r"|deadline|due(?: date)?|time ?line|time ?frame|timing|by when"
    rf"|{_ABOUT}(?:(?:target|completion|implementation|launch|release|opening|delivery|go-live) date|target))"
    r"(?:[*\s]{0,4}[:：][*\s]{0,6}|为)$",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"[:：][*\s]{0,6}$|为$")
_GENERIC = re.compile(
    r"^(?:任务|工作|整改|计划|预计)?(?:完成|办结|完工)?(?:时限|期限|时间|日期|时间节点|时间要求)$"
    r"|^(?:deadline|due(?: date)?|time ?line|time ?frame|timing|by when)$"
    rf"|^{_ABOUT}(?:(?:target|completion|implementation) date|target)$",
    re.IGNORECASE,
)
_OWNERS = re.compile("[*]*(?:牵头|责任|配合|主办|承办)(?:单位|部门|人)")
_TASK = re.compile(
    "^[\\s*]*[\u4e00-\u9fff]{0,4}(?:措施|任务|内容|事项|目标|问题|项目|名称)[*]*[:：][*]*\\s*"
)
"""What names the line of a task: 整改措施：…"""
_PROBLEM = re.compile(
    r"^[\s#*]*(?:(?:问题|第)?[一二三四五六七八九十\d]{1,3}(?:[、.．：:]|项)?|[（(][一二三四五六七八九十\d]{1,3}[）)])[\s：:]*|[。*]+$"
)
"""How the heading of a problem is numbered, whose mending is the task."""


def label_before(text: str, floor: int, start: int) -> str:
    """The name of the label right before `start`, or ""."""
    floor = max(floor, start - 30)
    found = _CLOSED.search(text, max(floor, start - 8), start) and LABEL.search(text, floor, start)
    return found["name"] if found else ""


def task_labelled(name: str, before: str, item: str, heading: str) -> str:
    """The words of the task whose date a label called `name` gives.

    They are those `before` it on its line, those of the `item` above it or of the heading, or else its name.
    """
    above = next((words for words in (item, heading) if not LABEL.search(words)), item)
    if name.startswith("整改") and not _TASK.match(above):
        above = _PROBLEM.sub("", heading) + "整改" if heading else above
    told = len(before) > 6 and not _OWNERS.match(before)
    return _TASK.sub("", before if told else above if _GENERIC.match(name) else name)
