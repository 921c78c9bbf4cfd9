"""Names of Chinese bodies: how they end, what never stands in one, and the pattern made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ENDS = """
    局 厅 委 部 办 院 署 司 处 科 处室 科室 室 中心 集团 公司 政府 学校 小学 中学 大学 学院 医院 银行 分行 街道办事处 街道办 街道 管委会
    委员会 居委会 村委会 村民委员会 协会 联合会 支队 总队 大队 指挥部 专班 领导小组 工作组 小组 单位 部门 企业 党委 党组 办公室 镇 乡
    分局 机关 机构 团委 工会 法院 检察院 研究所 图书馆 供电所 电视台 联社 物业 局机关党委 高校 医管局 残联 妇联 文联 科协 督查室 调查组
    水管站 卫生院 秘书处 高官会 理事会 董事会 常委会 保障基金 编办 网信办 总公司 分公司 基金会 联盟 商会 所有者 航空 水务 公交 站 组委会 业委会 分署
    总处 代表团 民航局 客运部 财政 厂 所 馆 队 负责人 督导组 合作社 供销社 控股 学会 研究会 促进会 海关 气象台 支行 专委会 联席会议 出版社 年级组 教研组 车间
"""
_WHOLE = """
    各方 中方 甲方 乙方 丙方 双方 各国 东道国 上游国 各县（区） 各区（县） 各市（州） 各地 各级 各街道（乡镇） 各镇（街道） 采购人 中标人 投标人 招标人 承包人 发包人 出租人 承租人
    供应商 开发商 村委会 居委会 业委会 中标供应商 中标企业 产权单位 责任主体 家长 班主任 教师 业主 参保人 缴费人 车主 用户 党员 教务处 总务处 教导处 科研院 基建处 人事处 财务处 法工委
    政院 主席 院长 校长 镇长 村支书 申请人 被执行人 当事人 生产者 经营者 学生 厂商 中签者 考生 摊主 商户
"""
_NOT = re.compile(
    r"[将对把被从并已了的请向给让按是没不谁怎若]|在|由|经(?![济信开营贸发管])|未(?!来)|有(?!限|色)|因|据(?!局)|并|负责(?!人)|移交|支持|建成|完成|呼吁|协调|推动|推进|加快|组织(?!部|委)|开展"
    r"|见证|宣布|听取|要求|确保|力争|关于|通过|根据|按照|为(?!民|农)|同意|建议|成立|设立|抓好|做好|报(?!社|业|告)|送|提交|提请|依法|加强|落实|实现|利用|以及|(?<![青少老成])年(?!级)|月|日|联系|对于|第[一二三四五六七八九十]|限(?!公司|责任公司)|其|督促|^(?:配合|责任|牵头)单位$"
)


_OTHERWISE = """
    局部 局长 局面 局限 局势 厅长 厅级 委员 委托 委派 委任 部分 部署 部长 部件 部位 部级
    办理 办法 办学 办事 办好 办结 办公 办案 办园 办证 办实 办班 办成 办完 办妥 办齐 办医 办税 办函 办〔 院区 院长 院士 院内 院校 院系 院子 院务 院落
    署理 署名 署长 司法 司机 司长 处理 处置 处于 处长 处罚 处分 处以 处在 处方 科研 科技 科学 科目 科创 科普 科级 科员 科长 科协 室内 室外
    中心城 中心区 中心镇 中心组 中心小 中心校 中心线 中心任 中心工 中心地 中心点 集团化 集团军 公司法 公司章 学校园 大学生 大学城 银行业 银行卡 银行存 银行贷
    政府工 政府网 政府投 政府采 政府购 政府补 政府信 政府指 政府债 单位面 单位产 单位能 企业家 企业债 企业文 党组成 党组书 党组副 镇区 镇村 镇长 镇级 镇域 镇江 镇街
    乡村 乡镇 乡长 乡级 乡土 乡亲 机构改 站点 站台 站房 站长 站位 站内 站前 厂房 厂家 厂长 厂区 厂址 厂商 厂内 所有（ 所需 所属 所在 所称 所以 所长 所得 所述 所涉 所列
    所示 所致 所谓 所提 所能 所用 馆长 馆藏 馆内 队伍 队长 队员 航空港 航空器 航空业 公交车 公交站 公交线 公交化 公交专 公交都 公交优 公交场 财政资 财政收 财政支 财政补
    财政年 财政拨 财政投 财政预 财政奖 财政性 财政贴 财政金 行政 市区 组织 组长 组成
"""
"""What only begins like the end of a name: 委员, 办理."""
_BEFORE = {
    "办": "举主承兴创新协督交经筹么开停补申公民续代难县",
    "处": "一二两三多各到深坏好查另危能之后前此何",
    "科": "学本百专内外眼儿腔肤诊",
    "所": "一二两多各场有无况状市本",
    "组": "重改",
    "站": "车客货网线电泵",
    "馆": "开闭",
    "署": "签部",
    "局": "布大格结",
    "部": "全内外局西东南北干底顶头",
}
"""What does not stand right before the last sign of a name: 全部, 举办."""


def _any(words: str) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(words.split(), key=len, reverse=True))) + ")"


def _ends(words: str) -> Iterator[str]:
    """Each end of a name, where it is not the beginning of another word."""
    others = _OTHERWISE.split()
    for end in sorted(words.split(), key=len, reverse=True):
        goes_on = "|".join(word[len(end) :] for word in others if word.startswith(end))
        before = _BEFORE.get(end)
        yield ((f"(?<![{before}])" if before else "") + end + (f"(?!{goes_on})" if goes_on else ""))


SUFFIX = (
    f"(?:(?=[{''.join(sorted({end[0] for end in _ENDS.split()}))}])(?:{'|'.join(_ends(_ENDS))}))"
)
WHOLE = _any(_WHOLE)
NAME = (
    r"(?:各(?:市|县|区|地|州|级|镇|乡|省|县区|市县|地区|区县)(?![\u4e00-\u9fff]{0,4}(?:局|委|政府|部门|单位|财政))"
    rf"|(?:新一年级|全体)?{WHOLE}|[\u4e00-\u9fff（）()]{{0,22}}?{SUFFIX}|[\u4e00-\u9fff]{{1,5}}[市区县州](?=要|须|将|应|需|负责|牵头|力争|确保|必须))"
)
NAMES = rf"{NAME}(?:(?:、|和|及|与|会同){NAME}){{0,8}}"
_WHOLE_NAME = re.compile(NAME)


def is_name(words: str) -> bool:
    """Whether the words are the name of one body, or of several that 、 parts, and nothing else."""
    return _is_one(words) or all(map(_is_one, re.split("、|和(?!平)|及|与|会同", words)))


def _is_one(name: str) -> bool:
    return len(name) > 1 and _WHOLE_NAME.fullmatch(name) is not None and not _NOT.search(name)
