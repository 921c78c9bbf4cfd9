"""The Chinese words: those of a supervision ledger (督查台账) where it has them."""

from __future__ import annotations

from datetime import date

from tracker.model import Modality, Precision, Standing, Status
from tracker.render.axis import Tick
from tracker.render.span import ends_span
from tracker.render.speech.base import Speech
from tracker.render.speech.english import ENGLISH
from tracker.report.since import Kind


class Chinese(Speech):
    """Chinese in simplified characters."""

    tag = "zh-Hans"

    milestones = "任务台账"
    timeline = "时间轴"
    timeline_part = "时间轴，第{part}部分，共{parts}部分"
    no_owner = "责任单位未明确"
    no_date = "无期限"
    nothing = "没有任务。"
    legend = {
        "overdue": "逾期",
        "due_soon": "临期",
        "open": "未到期",
        "done": "已完成",
        "done_late": "逾期完成",
        "cancelled": "已终止",
        "superseded": "被替代",
        "first_due": "最初承诺时限",
        "was_due": "原定时限",
        "moved": "时限调整",
        "past_due": "超期",
        "within": "此期间内任一天",
        "off": "超出图示范围",
    }
    standings = {
        **ENGLISH.standings,
        Standing.OVERDUE: "逾期",
        Standing.DUE_SOON: "临期",
        Standing.OPEN: "未到期",
        Standing.NO_DATE: "无期限",
        Standing.DONE: "已完成",
        Standing.DONE_LATE: "逾期完成",
        Standing.CANCELLED: "已终止",
        Standing.SUPERSEDED: "被替代",
    }

    ledger = "督查台账"
    ledger_columns = ("序号", "任务", "责任单位", "配合单位", "完成时限", "进展情况", "状态")

    digest_parts = {"overdue": "逾期", "upcoming": "{within}内到期", "changes": "最近变更"}
    digest_more = "另有{more}项未列出"
    digest_since_last = "变更自{day}的上次摘要起。"
    digest_since_first = "首次摘要，变更自{day}起。"
    digest_since_day = "变更自{day}起。"
    digest_nothing = "没有逾期任务，{within}内没有任务到期，也没有变更。"
    digest_foot = "完成时限含当天。查看一项：tracker show 序号"
    kinds = {
        Kind.MOVED: "时限调整",
        Kind.DROPPED: "终止、替代或移除",
        Kind.COMPLETED: "完成",
        Kind.REOPENED: "重新开启",
        Kind.PROGRESSED: "进展",
        Kind.ADDED: "新增",
        Kind.EDITED: "修改",
        Kind.NOTED: "备注",
        Kind.TAKEN_BACK: "撤回",
    }
    no_reason = "未说明原因"
    reason = "原因：{why}"
    reported_by = "记录人：{name}"

    skip = "跳到任务列表"
    where_things_stand = "总体进展"
    other_calendars = "其他日历"
    author = "记录人："
    colon = "："
    separator = "；"
    explained = "完成时限含当天：6月底前的任务，7月1日起算逾期。临期指{days}内到期。"
    longest_overdue = "逾期最久"
    next_due = "即将到期"
    on_time = "按期完成率"
    on_time_told = "最初承诺在{day}之前完成的{due}项中，{kept}项按期完成"
    on_time_none = "尚无任务的最初承诺时限已过"
    none_overdue = "没有逾期任务。"
    none_to_come = "没有待完成的任务。"
    all_milestones = "任务列表"
    timeline_left_out = "时间轴只显示最紧要的{shown}项；列表中有{total}项。"
    left_out = (
        "本页显示{total}项任务中最紧要的{shown}项，其余{left}项未列出，多为已办结或时限较远的任务。"
    )
    left_out_links = "全部任务见："
    left_out_commands = "全部任务可用以下命令导出："
    search = "搜索"
    any_standing = "全部状态"
    any_owner = "全部责任单位"
    sort_by = "排序"
    ascending = "升序"
    descending = "降序"
    clear = "清除"
    shown = "显示{shown}项，共{total}项"
    none_match = "没有符合条件的任务。清除搜索词或筛选条件即可看到全部。"
    open_all = "展开全部详情"
    close_all = "收起全部详情"
    details = "详情与历程"
    history = "历程"
    evidence = "佐证材料"
    first_due = "最初承诺：{due}"
    slipped = "{days}，{revisions}"
    quote = "原文"
    other_titles = "其他语言"
    permalink = "本任务的链接"
    subscribe = "订阅日历"
    subscribe_told = "每项任务的完成时限都会成为您日历中的日程，并随任务变化自动更新。"
    subscribe_button = "在日历中订阅"
    address = "日历地址"
    copy = "复制地址"
    copied = "已复制"
    scan = "用手机扫描"
    private = "此地址只能在本网络内访问：本网络中的日历程序可以订阅，谷歌日历和网页版Outlook不能。"
    updated = "页面已更新。"
    elsewhere = "此链接所指的任务不在本页。"
    made_by = "由 tracker 生成。每项任务何时变更、因何变更，见其历程。"
    undone = "后已撤销"
    fields = {
        "title": "任务",
        "translations": "译文",
        "source": "来源",
        "speaker": "发布人",
        "speaker_title": "发布人职务",
        "owner": "责任单位",
        "supporting": "配合单位",
        "baseline_due": "最初承诺时限",
        "due": "完成时限",
        "due_phrase": "时限表述",
        "precision": "时限精度",
        "forecast_due": "预计完成",
        "completed_on": "完成日期",
        "modality": "承诺性质",
        "targets": "目标",
        "status": "办理状态",
        "percent": "进度",
        "next_step": "下一步",
        "parent": "所属任务",
        "depends_on": "前置任务",
        "superseded_by": "替代任务",
        "duplicate_of": "重复任务",
        "tags": "标签",
        "removed_on": "移除日期",
        "made_on": "承诺日期",
        "standing": "状态",
        "slippage": "推迟",
        "id": "序号",
    }
    statuses = {
        **ENGLISH.statuses,
        Status.NOT_STARTED: "未启动",
        Status.IN_PROGRESS: "进行中",
        Status.COMPLETED: "已完成",
        Status.PARTLY_COMPLETED: "部分完成",
        Status.CANCELLED: "已终止",
        Status.SUPERSEDED: "被替代",
    }
    modalities = {
        Modality.FIRM: "明确承诺",
        Modality.PLANNED: "计划",
        Modality.STRETCH: "力争",
        Modality.FORECAST: "预计",
    }
    precisions = {
        Precision.DAY: "日",
        Precision.WEEK: "周",
        Precision.MONTH: "月",
        Precision.QUARTER: "季度",
        Precision.HALF: "半年",
        Precision.YEAR: "年",
        Precision.FISCAL_YEAR: "财年",
        Precision.FIVE_YEAR: "五年",
        Precision.NONE: "无",
    }
    verbs = {
        "seed": "初始数据",
        "add": "新增",
        "extract": "从文件中提取",
        "note": "备注",
        "remove": "移除",
        "undo": "撤销",
        "redo": "恢复",
        "edit": "编辑",
        "import": "导入",
    }
    programs = (
        (
            "iPhone、iPad、Mac",
            (
                "点按上面的按钮，或用相机扫描二维码。",
                "选择“订阅”。",
                "也可手动添加：在“日历”中选择“文件”“新建日历订阅”，粘贴地址。",
            ),
        ),
        (
            "谷歌日历",
            (
                "在电脑上打开“通过网址添加”页面。",
                "粘贴地址，选择“添加日历”。",
                "谷歌每天更新一两次。",
            ),
        ),
        (
            "Outlook",
            (
                "打开网页版Outlook，选择“添加日历”“从Web订阅”。",
                "粘贴以https开头的地址，起个名字，选择“导入”。",
            ),
        ),
        (
            "Thunderbird",
            (
                "在日历中选择“新建日历”“在网络上”。",
                "粘贴地址，选择“查找日历”，然后“订阅”。",
            ),
        ),
        (
            "安卓",
            (
                "用谷歌日历：先按上述方法在电脑上添加，手机会同步显示。",
                "不用谷歌：从F-Droid安装ICSx⁵，扫描二维码或粘贴地址。",
            ),
        ),
    )

    serving = "正在提供{count}。按Ctrl+C停止。"
    calendar = "日历"
    tasks = "待办"
    page = "网页"
    more_calendars = "每个责任单位和已存的筛选条件各有自己的日历，见网页。"
    this_computer = (
        "以上地址只能在本机访问。要让别人访问，请用--host加--public或令牌，"
        "或在前面架设网页服务器：docs/serving.md。"
    )
    open_webcal = "打开webcal地址。"
    tokens_only = "凭令牌才能读取：用`tracker token add 名称`生成地址。"
    root_closed = "有了令牌，不带令牌的地址就关闭：用`tracker serve --public`重新开放。"

    def count(self, number: int) -> str:
        return f"{number:,}项任务"

    def days(self, number: int) -> str:
        return f"{number:,}天".replace("-", "−")

    def day(self, day: date) -> str:
        return f"{day.year}年{day.month}月{day.day}日"

    def by(self, due: date, precision: Precision) -> str:
        if not ends_span(due, precision):
            return self.day(due)
        match precision:
            case Precision.MONTH:
                return f"{due.year}年{due.month}月底"
            case Precision.QUARTER:
                return f"{due.year}年{'一二三四'[due.month // 3 - 1]}季度末"
            case Precision.HALF:
                return f"{due.year}年{'上下'[due.month // 6 - 1]}半年末"
            case Precision.FISCAL_YEAR:
                return f"财年末（{self.day(due)}）"
            case _:
                return f"{due.year}年底"

    def until(self, due: date, precision: Precision) -> str:
        return f"{self.by(due, precision)}前"

    def until_pattern(self, due: date, precision: Precision) -> str:
        if not ends_span(due, precision):
            return 'yyyy"年"m"月"d"日前"'
        match precision:
            case Precision.MONTH:
                return 'yyyy"年"m"月底前"'
            case Precision.QUARTER:
                return f'yyyy"年{"一二三四"[due.month // 3 - 1]}季度末前"'
            case Precision.HALF:
                return f'yyyy"年{"上下"[due.month // 6 - 1]}半年末前"'
            case Precision.FISCAL_YEAR:
                return '"财年末（"yyyy"年"m"月"d"日）前"'
            case _:
                return 'yyyy"年底前"'

    def as_of(self, day: date) -> str:
        return f"截至{self.day(day)}"

    def tick(self, tick: Tick) -> tuple[str, str]:
        day = tick.day
        if tick.names_day:
            return f"{day.month}月{day.day}日", self.day(day)
        if day.month == 1:
            return f"{day.year}年", f"{day.year}年"
        return f"{day.month}月", f"{day.year}年{day.month}月"

    def overdue(self, days: int) -> str:
        return f"逾期{self.days(days)}"

    def due_in(self, days: int) -> str:
        return f"{self.days(days)}后到期" if days else "今天到期"

    def late(self, days: int) -> str:
        return f"逾期{self.days(days)}完成"

    def number(self, id: int) -> str:
        return f"序号{id}"

    def numbered(self, heading: str, number: int) -> str:
        return f"{heading}（{number:,}）"

    def digest_about(self, as_of: date, since: str) -> str:
        return f"{self.as_of(as_of)}。{since}"

    def moved_by(self, days: int) -> str:
        return f"{'推迟' if days > 0 else '提前'}{self.days(abs(days))}"

    def told_counts(self, overdue: int, upcoming: int, within: int, changes: int) -> list[str]:
        told = {
            f"逾期{overdue:,}项": overdue,
            f"{self.days(within)}内到期{upcoming:,}项": upcoming,
            f"变更{changes:,}条": changes,
        }
        return [words for words, number in told.items() if number]

    def revised(self, number: int) -> str:
        return f"时限调整{number}次" if number else "时限未调整"

    def quoted(self, text: str) -> str:
        return f"“{text}”"

    def listed(self, items: tuple[str, ...]) -> str:
        return "；".join(items)

    def counted(self, number: int, now: Standing) -> str:
        return f"{self.standings[now]}{number:,}项"

    def join(self, parts: list[str]) -> str:
        return "，".join(parts)


CHINESE = Chinese()
