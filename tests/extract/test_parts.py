"""Who speaks, who is to do it, how much, how firmly, and what the milestone is to be called."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.marks import MARKED, document
from tracker.extract import Band, Candidate, Tier, extract, read_document
from tracker.extract.owners import LEAST, OwnerCandidates, least_of
from tracker.extract.verdict import weights

SAID_ON = date(2021, 3, 10)


def read(text: str) -> list[Candidate]:
    found = extract(read_document("x.txt", text.encode()), made_on=SAID_ON)
    return [c for c in found if c.band is not Band.OTHER]


def test_speakers_with_the_titles_of_their_introduction() -> None:
    found = extract(document(MARKED / "conference-farming.txt")[0])
    said = {(c.speaker, c.speaker_title, c.organisation) for c in found if c.band is Band.LIKELY}
    assert said == {
        ("聂海涛", "党组副书记、副厅长", "省农业农村厅"),
        ("纪春生", "二级巡视员", "省水利厅"),
        ("邓如兰", "总工程师", "省自然资源厅"),
        ("庞立伟", "副厅长", "省商务厅"),
        ("石敏", "副局长", "省气象局"),
    }


def test_a_body_named_later_is_the_speakers_too() -> None:
    found = extract(document(MARKED / "conf-health.txt")[0])
    assert {c.organisation for c in found if c.speaker == "郎秀英"} == {"省卫生健康委"}


OWNERS = [
    (
        "6月底前建成平台。(牵头单位:市数据局;配合单位:市财政局、各区县)",
        "市数据局",
        ("市财政局", "各区县"),
    ),
    ("6月底前建成平台。（市数据局牵头，市财政局配合）", "市数据局", ("市财政局",)),
    ("6月底前建成平台。〔责任单位：市数据局〕", "市数据局", ()),
    ("6月底前建成平台。\n责任单位:市数据局\n", "市数据局", ()),
    ("市教育局说明，6月底前建成平台，由市数据局牵头；另行通知。", "市数据局", ()),
    (
        "6月底前建成平台，由市数据局、市公安局负责，市财政局配合。",
        "市数据局、市公安局",
        ("市财政局",),
    ),
]


@pytest.mark.parametrize(("text", "owner", "supporting"), OWNERS)
def test_the_responsible_bodies(text: str, owner: str, supporting: tuple[str, ...]) -> None:
    [one] = read(text)
    assert (one.owner, one.supporting) == (owner, supporting)


@pytest.mark.parametrize(
    ("header", "row", "owner"),
    [
        ("项目名称 | 建设内容 | 责任单位", "东湖泵站 | 新建泵站一座 | 市水务局", "市水务局"),
        ("建设内容 | 责任人 | 牵头部门", "新建泵站一座 | 张国栋 | 市水务局", "市水务局"),
        ("指标 | 单位 | 建设任务", "绿道 | 公里 | 建成绿道一条", None),
    ],
)
def test_the_column_that_names_a_body_and_no_other(
    header: str, row: str, owner: str | None
) -> None:
    [one] = read(f"| {header} | 完成时限 |\n|---|---|---|---|\n| {row} | 6月底前 |\n")
    assert one.owner == owner


def test_who_is_named_before_the_list_is_whose_all_its_items_are() -> None:
    found = read("经济部指出，重点如下：\n一、6月底前建成水库；\n二、9月底前建成两座泵站。\n")
    assert [c.act.who for c in found if c.act] == ["经济部", "经济部"]


def test_characters_in_both_scripts_are_shown_as_they_stand() -> None:
    found = read("市教育局将於6月底前實現全區學校供餐。\n市财政局将于6月底前实现全区学校补助。\n")
    assert [c.title for c in found] == ["實現全區學校供餐", "实现全区学校补助"]


TARGETS = [
    ("年底前覆盖率达到90%", ("=", 90, "%", False)),
    ("年底前打造100个左右示范点", ("=", 100, "个", True)),
    ("年底前建成基站超过4万个", (">", 40_000, "个", False)),
    ("年底前新增床位不少于1.5万张", (">=", 15_000, "张", False)),
    ("年底前完成巡检713部雷达", ("=", 713, "部雷达", False)),
    ("We will plant over 40,000 seedlings by 2022.", (">", 40_000, "seedlings", False)),
    ("The port will handle 5 000 tonnes a day by 2022.", ("=", 5000, "tonnes", False)),
    ("By 2022 at least 90 percent of schools will have a plan.", (">=", 90, "%", False)),
]


@pytest.mark.parametrize(("text", "target"), TARGETS)
def test_promised_figures(text: str, target: tuple[object, ...]) -> None:
    [one] = read(text)
    assert target in [(t.op, t.value, t.unit, t.approx) for t in one.targets]


MODALITIES = [
    ("我们将于6月底前建成平台", "firm"),
    ("计划6月底前建成平台", "planned"),
    ("6月底前出台三年行动计划", "firm"),
    ("力争6月底前建成平台", "stretch"),
    ("年底前人均预期寿命达到80岁", "firm"),
    ("平台预计6月底前建成", "forecast"),
    ("The agency will circulate the plan by 30 June.", "firm"),
    ("The agency plans to open the site by 30 June.", "planned"),
    ("The agency aims to open the site by 30 June.", "stretch"),
    ("The site is expected to open by 30 June.", "forecast"),
]


@pytest.mark.parametrize(("text", "modality"), MODALITIES)
def test_modality(text: str, modality: str) -> None:
    [one] = read(text)
    assert one.modality == modality


TITLES = [
    ("省级种质资源库6月底前建成启用。", "省级种质资源库建成启用"),
    ("各市要在6月底前完成清查。", "完成清查"),
    ("持证上岗率为71%,年底前提高到85%。", "持证上岗率提高到85%"),
    ("剩下的12座水库,6月底前要全部加固到位。", "剩下的12座水库全部加固到位"),
    ("新建一座高位水池,总投资690万元,6月底前建成通水。", "高位水池建成通水"),
    ("我们将修订《停车场管理办法》,三季度形成送审稿。", "修订《停车场管理办法》：形成送审稿"),
    ("力争年底前建成20个站点。", "建成20个站点"),
    ("We will submit to the Board, by 30 June, a full plan.", "Submit to the Board a full plan"),
    ("It will publish by 30 June its final report.", "Publish its final report"),
    ("The bridge is late. It will open by 30 June.", "Bridge to open"),
    ("Timetable\nRoads south of the river: June 2022", "Roads south of the river"),
    ("Construction is expected to begin by June 2022.", "Construction to begin"),
    ("The Board, as it is called, shall report by 30 June.", "The Board to report"),
    ("Firms must submit final costs no later than 5pm on 14 April 2021.", "Submit final costs"),
    (
        "She said the firm would hire 120 people before the end of May and intends to open a shop.",
        "Hire 120 people",
    ),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_titles(text: str, title: str) -> None:
    assert read(text)[0].title == title


TABLES = {
    "bars": "| 任务 | 完成时限 | 责任单位 |\n|---|---|---|\n| 建成步道 | 8月底前 | 区园林局 |\n",
    "tabs": "任务\t完成时限\t责任单位\n建成步道\t8月底前\t区园林局\n",
    "blanks": "任务        完成时限     责任单位\n建成步道    8月底前      区园林局\n",
    "wide blanks": "任务　完成时限　责任单位\n建成步道　8月底前　区园林局\n",
    "revised": "任务\t完成时限\t调整后时限\t责任单位\n建成步道\t6月底\t8月底\t区园林局\n",
}


@pytest.mark.parametrize("name", TABLES)
def test_tables_however_they_are_drawn(name: str) -> None:
    [one] = read(TABLES[name])
    assert (one.title, str(one.due), one.owner) == ("建成步道", "2021-08-31", "区园林局")
    assert str(one.baseline_due) == ("2021-06-30" if name == "revised" else "None")


HEADS = {
    "| 节点 | 责任单位 | 计划完成 | 实际完成 |\n"
    "| 主体封顶 | 省建三公司 | 2024年10月 | |\n": "主体封顶",
    "| Version | Released | End of support |\n| Meridian | 2020-06-20 | 2026-06-30 |\n": "Meridian",
    "Action                 Lead      Due         Progress\n"
    "1.1  Plant 900 trees   Parks     Mar 2024    300 so far\n": "Plant 900 trees",
}


@pytest.mark.parametrize("text", HEADS)
def test_columns_that_hold_the_day_under_other_names(text: str) -> None:
    assert [c.title for c in read(text)] == [HEADS[text]]


def test_a_row_that_says_as_above_inherits() -> None:
    text = "| 任务 | 完成时限 |\n| 甲项建设 | 8月底前 |\n| 乙项建设 | 同上 |\n"
    first, second = read(text)
    assert (first.tier, second.tier) == (Tier.EXPLICIT, Tier.INHERITED)
    assert (second.title, second.due) == ("乙项建设", first.due)


def test_a_period_said_once_covers_the_items_below() -> None:
    found = read("今年,我们重点抓好三件事:\n一是新建幼儿园6所。\n二是改造小区35个。\n")
    assert [(c.title, c.tier) for c in found if c.tier is Tier.INHERITED] == [
        ("新建幼儿园6所", Tier.INHERITED),
        ("改造小区35个", Tier.INHERITED),
    ]


def test_a_text_of_one_paragraph_has_no_year_in_its_title() -> None:
    text = "市住建局召开发布会通报工作计划。地铁3号线11月底前开通。到2030年建成新网络。"
    found = extract(read_document("x.txt", text.encode()))
    assert [c.due for c in found if c.band is Band.LIKELY] == [None, date(2030, 12, 31)]


def test_each_future_day_of_a_row_is_named_by_row_and_column() -> None:
    text = (
        "| Version | Line | Freeze | Release |\n|---|---|---|---|\n"
        "| 3.3 Heron | stable | 2021-09-15 | 2021-11-30 |\n"
    )
    assert [(c.title, str(c.due)) for c in read(text)] == [
        ("3.3 Heron: Freeze", "2021-09-15"),
        ("3.3 Heron: Release", "2021-11-30"),
    ]


def test_no_row_is_dropped_without_a_word() -> None:
    text = "| 任务 | 完成时限 |\n| 甲项建设 | 2028年前 |\n| 乙项建设 | 长期坚持 |\n"
    found = extract(read_document("x.md", text.encode()), made_on=date(2021, 3, 18))
    assert [(c.title, c.due, c.tier) for c in found] == [
        ("甲项建设", None, Tier.EXPLICIT),
        ("乙项建设", None, Tier.HORIZON),
    ]


def test_what_a_row_is_about_stands_before_what_is_done_there() -> None:
    text = "| 点位名称 | 整治措施 | 期限 |\n| 老纸厂暗涵口 | 封堵 | 2021年12月31日前 |\n"
    assert [c.title for c in read(text)] == ["老纸厂暗涵口：封堵"]


FLAT = {
    "序号 任务名称 主要内容\n责任单位 完成时间\n1 水库清淤\n对7座水库实施\n清淤\n"
    "市水利局 2021年4月20日前\n"
    "2 内涝治理\n完成学府路改造\n市住建局 2021年5月底前\n": [
        ("对7座水库实施清淤", "市水利局", "2021-04-20"),
        ("完成学府路改造", "市住建局", "2021-05-31"),
    ],
    "No. Action Owner Deadline\n1 Clear the drains\nRoads Department\n30 June 2021\n": [
        ("Clear the drains", "Roads Department", "2021-06-30"),
    ],
}


@pytest.mark.parametrize("text", FLAT)
def test_a_table_whose_columns_were_lost(text: str) -> None:
    assert [(c.title, c.owner, str(c.due)) for c in read(text)] == FLAT[text]


def test_comments_and_front_matter_promise_nothing() -> None:
    text = "---\ndue: 2021-06-30\n---\n\nText.\n\n<!-- We will open by 30 June 2021. -->\n"
    assert read(text) == []


def test_no_sentence_runs_across_the_items_of_a_list() -> None:
    page = "<ul><li>We will open the pool by 30 June 2021<li>the park stays shut</ul>"
    [one] = extract(read_document("x.html", page.encode()), made_on=date(2021, 3, 18))
    assert one.title == "Open the pool"


def test_whom_a_sentence_before_names_is_weighed_by_a_share_of_its_own() -> None:
    near, above = (
        OwnerCandidates((said,), None, english=False) for said in ("bare", "named above")
    )
    table = weights()["zh who"]
    assert 0.5 < table[least_of(above)] != table[least_of(near)] > 0.5
    assert least_of(OwnerCandidates(("named above",), None, english=True)) == LEAST
