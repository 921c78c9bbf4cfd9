"""Which column is which: the names that people give columns, in Chinese and English, as one table.

A name counts exactly before it counts as a part of a longer one, and a field takes one column.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from tracker.errors import BadValue


class Field(StrEnum):
    """What a column can hold. The first line is a milestone's own, the others lead to them."""

    UID, ID, TITLE, OWNER, SUPPORTING = "uid", "id", "title", "owner", "supporting"
    DUE, BASELINE, FORECAST, COMPLETED = "due", "baseline", "forecast", "completed"
    MADE_ON, SOURCE, SPEAKER, TAGS = "made-on", "source", "speaker", "tags"
    STATUS, PERCENT, PROGRESS, NEXT = "status", "percent", "progress", "next-step"
    EVIDENCE = "evidence"
    NUMBER, DETAIL, LEVEL, PERSON = "number", "detail", "level", "person"
    # A date of completion, due or actual: the other columns tell.
    FINISH = "finish"
    # What stands here is somebody's words or a status: the cells tell.
    STATE = "state"

    __hash__ = str.__hash__


# Words of one field, parted by bars; the first match in a longer name is the last resort.
NAMES: Mapping[Field, str] = {
    Field.UID: "uid",
    Field.ID: "tracker编号|tracker id|trackerid",
    Field.NUMBER: "序号|编号|项目编号|任务编号|no|no.|#|id|ref|ref.|ref no|reference|item|item no|number"
    "|action no|risk id|raid id|issue id|key|wbs|s/n|sn|id no|action ref|action id|unique id|task id",
    Field.TITLE: "任务|工作任务|重点任务|重点工作任务|目标任务|事项|工作事项|重点事项|督查事项|督办事项|任务事项|任务名称|任务内容|工作内容"
    "|重点工作|标题|项目|项目名称|事项名称|工作名称|交办事项|承诺事项|问题|整改事项|整改任务|议定事项|决策事项|工作要点|建议内容|名称"
    "|title|task|task name|action|actions|action item|action required|agreed action|milestone|milestones"
    "|deliverable|commitment|name|activity|recommendation|description|summary|to do|todo|what|objective"
    "|action point|action/decision|promise|pledge|recommendation/action|issue",
    Field.DETAIL: "主要内容|具体内容|具体措施|工作措施|主要措施|任务分解|具体任务|工作目标|年度目标|目标|具体事项|整改措施|细化措施|工作举措"
    "|details|detail|task description|action description|measure|sub-task|subtask|step|steps",
    Field.OWNER: "责任单位|牵头单位|承办单位|责任部门|牵头部门|主办单位|主责单位|牵头责任单位|负责单位|负责部门|承办部门|责任主体|落实单位"
    "|牵头|主办|单位|部门|责任科室|承办科室|实施单位|第一责任单位|主要责任单位|执行单位|整改责任单位|建设单位|项目单位|业主单位|项目业主|主管单位|主管部门|申报单位|实施主体|承担单位"
    "|owner|responsible|lead|responsible body|lead department|lead agency|lead officer|assigned to"
    "|assignee|responsible officer|action owner|owned by|who|department|directorate|lead body|service"
    "|responsible party|responsible department|accountable|resource names|resource|team|by whom|lead team"
    "|lead organisation|lead organization|responsibility|service area|owning team",
    Field.SUPPORTING: "配合单位|协办单位|配合部门|协办|配合|参与单位|协同单位|配合责任单位|协助单位|责任配合单位|参加单位|协办部门"
    "|supporting|support|supporting bodies|partners|supporting departments|supported by|contributors"
    "|partner|with|consulted|other departments|supporting officers|supporting teams|partner agencies",
    Field.PERSON: "责任人|负责人|分管领导|责任领导|联系人|具体责任人|第一责任人|经办人|包保领导|牵头领导|挂钩领导|市级领导|县级领导|包抓领导"
    "|contact|contact person|responsible person|sponsor|sro|named officer",
    Field.DUE: "完成时限|办结时限|时间节点|截止日期|截止时间|时限|完成期限|时限要求|办理时限|计划完成时间|计划完成日期|要求完成时间|期限"
    "|整改时限|时间要求|完成时间节点|要求办结时间|应完成时间|应办结时间|计划时间|预定完成时间|目标日期|到期日|到期日期|交付日期|计划完成"
    "|最终时限|调整后时限|现完成时限|时间进度|时间安排|整改期限|目标时限|办结期限|due|due date|deadline|by when|target date|target completion"
    "|target completion date|completion deadline|due by|when|timescale|timeframe|planned completion|end date"
    "|target|revised date|revised due date|current due date|revised deadline|revised|planned end|planned finish"
    "|planned completion date|revised target date|current target|target end date|milestone date|due on",
    Field.BASELINE: "原定时限|原完成时限|最初承诺时限|原定完成时间|原计划完成时间|原时限|初始时限|baseline|baseline finish|baseline due"
    "|original due date|original deadline|baseline date|original target date|first due|最初承诺|original|original date"
    "|original target|baseline end",
    Field.FORECAST: "预计完成|预计完成时间|预计完成日期|预计办结时间|预计完成时限|forecast|forecast date|expected completion"
    "|forecast finish|estimated completion|expected date|forecast completion|forecast end|eta",
    Field.COMPLETED: "实际完成时间|实际完成日期|实际办结时间|实际完成|销号日期|销号时间|完成销号时间|实际办结日期"
    "|completed on|actual finish|date completed|completed date|date closed|closed|closed date|actual completion date"
    "|actual completion|completed|actual end|actual date|closed on|date of completion|date done|done on"
    "|closure date|actual|resolved|resolution date|completed at|closed at|completion date actual|done date|actual finish date|date resolved|resolved on",
    Field.FINISH: "完成日期|完成时间|办结日期|办结时间|completion date|finish|completion|date",
    Field.MADE_ON: "交办日期|交办时间|承诺日期|承诺时间|下达时间|立项时间|立项日期|部署时间|任务下达时间|交办|会议日期|会议时间|made on"
    "|date raised|raised on|date assigned|raised|meeting date|date agreed|agreed on|date of meeting|assigned on"
    "|date added|date logged|date opened|opened|logged|created|created at|created date|date created|created on|creation date|assigned date",
    Field.SOURCE: "来源|依据|任务来源|文件依据|出处|交办依据|工作依据|政策依据|事项来源|来源依据|来源/依据|文件名称|会议名称|source|document"
    "|origin|reference document|meeting|policy|plan|source document",
    Field.SPEAKER: "承诺人|发言人|发布人|speaker|promised by|said by",
    Field.TAGS: "标签|tags|labels|tag",
    Field.STATUS: "状态|是否销号|是否落实|是否整改|项目状态|办理状态|任务状态|完成状态|当前状态|进度状态|工作状态|是否完成|是否办结|办结情况|销号情况|status|state|rag|rag status"
    "|current status|progress status|action status|complete?|done?|done|delivery status|rag rating|overall status",
    Field.PERCENT: "完成比例|完成率|完成百分比|进度%|完成进度|进度|% complete|%complete|percent complete|percent|%|progress %|% done"
    "|percentage complete|完成%|pct complete",
    Field.STATE: "完成情况|落实情况|办理情况|整改情况|推进情况|工作状况|进度情况|办理结果|办理进度|工作进度|整改进度|updates|progress|outcome|rag/status",
    Field.PROGRESS: "进展情况|工作进展|最新进展|目前进展|进展|办理进展|工作进展情况|任务进展|当前进展|目前进展情况|最新进展情况|阶段进展|截至目前进展"
    "|progress update|update|latest update|status update|comments/progress|progress notes|latest position"
    "|progress to date|latest progress|commentary|current position|progress/comments|progress report|progress comments",
    Field.NEXT: "下一步|下一步措施|下步措施|下一步工作|下步打算|下一步打算|下步工作|下一步计划|下一步工作打算|下一步工作措施|下步计划|下一步安排"
    "|next step|next steps|next action|planned next steps",
    Field.EVIDENCE: "佐证材料|佐证|证明材料|evidence|link|evidence link",
    Field.LEVEL: "outline level|outline_level|大纲级别|级别",
}  # fmt: skip

# A longer name is what the first of these says that is a part of it; None is nothing of ours.
_LOOSE: tuple[tuple[str, Field | None], ...] = (
    (r"领导|责任人|联系人|负责人|经办人|contact|phone|电话", Field.PERSON),
    (r"存在|困难|问题|原因|备注|说明|意见|remark|note|reason|barrier|risk(?!.*owner)", None),
    (r"开始|启动|开工|start|begin|predecess|duration|工期|类别|分类|类型|级|priority|category|theme", None),
    (r"下一?步|next", Field.NEXT),
    (r"实际.*(?:时间|日期|完成)|^(?:date )?(?:actual|closed|resolved)|completed (?:on|date)", Field.COMPLETED),
    (r"原[定计时].*(?:时|期)|最初.*(?:时|期)|baseline|original.*(?:date|due|deadline)|first (?:target|due|date)", Field.BASELINE),
    (r"(?:调整|变更|修订|延期|顺延|新|现).*(?:时间|日期|时限|期限)|(?:revised|new|current|extended|latest).*(?:date|due|deadline)", Field.DUE),
    (r"预计|forecast|expected|estimated", Field.FORECAST),
    (r"交办.*(?:时间|日期)|承诺.*(?:时间|日期)|raised|assigned on", Field.MADE_ON),
    (r"时限|期限|节点|截止|(?:计划|要求|应).*(?:时间|日期)|deadline|\bdue\b|by when|target.*date|timescale", Field.DUE),
    (r"(?:完成|办结).*(?:时间|日期)|completion date", Field.FINISH),
    (r"配合|协办|参与|协同|协助|support|partner", Field.SUPPORTING),
    (r"(?:责任|牵头|承办|主办|主责|负责|实施|落实).*(?:单位|部门|科室|主体|处室)|owner|\blead\b|responsib|assigned to", Field.OWNER),
    (r"比例|百分比|完成率|%", Field.PERCENT),
    (r"^是否(?:已|按期)?(?:完成|办结|销号|落实|整改)|状态|status|\brag\b", Field.STATUS),
    (r"进展|推进情况|update|progress", Field.PROGRESS),
    (r"(?:完成|落实|办理|整改)情况", Field.STATE),
    (r"来源|依据|出处|source", Field.SOURCE),
    (r"任务|事项|工作内容|action|task|milestone|deliverable|recommendation|commitment", Field.TITLE),
    (r"措施|内容|目标|举措", Field.DETAIL),
)  # fmt: skip
_LONGEST = 40
_EXACT = {name: field for field, names in NAMES.items() for name in names.split("|")}
_OPTIONAL = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]|[*:：\s]+$|^[*\s]+")
_YEAR = re.compile(r"^(?:20[0-9]{2}年?度?|本年度?)")


def plain(name: str) -> str:
    """A name without what does not tell it apart: case, width, blanks within Chinese, remarks."""
    text = unicodedata.normalize("NFKC", name).lower().strip()
    bare = _OPTIONAL.sub("", text).strip() or text
    bare = re.sub(r"\s+", "" if re.search("[\u4e00-\u9fff]", bare) else " ", bare)
    return bare.replace("_", " ").strip(" .") or bare


def exactly(name: str) -> Field | None:
    """The field that goes by this very name."""
    bare = plain(name)
    return _EXACT.get(bare) or _EXACT.get(_YEAR.sub("", bare))


def loosely(name: str) -> Field | None:
    """The field that a longer name speaks of."""
    bare = plain(name)
    if not bare or len(bare) > _LONGEST:
        return None
    return next((field for words, field in _LOOSE if re.search(words, bare)), None)


def assigned(names: Sequence[str], told: Mapping[str, Field]) -> dict[Field, int]:
    """Return which column is which field, by position.

    What was `told` of a name (by its plain form) comes first, then exact names, then longer ones.
    """
    found: dict[Field, int] = {}
    taken: set[int] = set()
    for reads in (lambda name: told.get(plain(name)), exactly, loosely):
        for place, name in enumerate(names):
            field = reads(name) if name and place not in taken else None
            if field is not None and field not in found:
                found[field] = place
                taken.add(place)
    return _settled(found)


def _settled(found: dict[Field, int]) -> dict[Field, int]:
    """The same, where one column lets another be what it must."""
    if Field.FINISH in found:
        dated = Field.COMPLETED if Field.DUE in found else Field.DUE
        place = found.pop(Field.FINISH)
        found.setdefault(dated, place)
    for instead, field in (
        (Field.PERSON, Field.OWNER),
        (Field.DETAIL, Field.TITLE),
        (Field.FORECAST, Field.DUE),
        (Field.BASELINE, Field.DUE),
    ):
        if field not in found and instead in found:
            found[field] = found.pop(instead)
    return found


def mapping(words: Iterable[str]) -> dict[str, Field]:
    """Read what `--map NAME=FIELD` says. Raises BadValue with the fields that there are."""
    told: dict[str, Field] = {}
    for word in words:
        name, sign, field = word.rpartition("=")
        known = field.strip().lower().replace("_", "-")
        if not sign or not name.strip() or known not in set(Field):
            raise BadValue(
                f"{word!r} does not say which field a column is.",
                f"Give NAME=FIELD, such as 办结时限=due; fields: {', '.join(Field)}.",
            )
        told[plain(name)] = Field(known)
    return told
