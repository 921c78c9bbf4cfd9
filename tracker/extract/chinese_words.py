"""The words that open, govern and close a Chinese clause, each said once.

A word may be followed by what it must not stand before, as in a pattern: 完成$, 起(?![草诉]).
"""

from __future__ import annotations

import re


def any_of(words: str) -> str:
    """A pattern for one of the words, in their order."""
    return "(?:" + "|".join(words.split()) + ")"


DATED = "\ue000"
"""What stands in place of a date in words that are told of another."""

MODAL = any_of("""
    也 还 均 都 正在 正 已 将要 将 会 拟 计划 力争 争取 努力 确保 预计 有望 必须 应当 应 须 需要 需 要 (?<!任)务必 承诺 答应 宣布 授权 重申 愿 同意 决定 可 能够 能 请 继续 抓紧 尽快
    要求 表示 称 说 提出 介绍 负责 牵头 为责任主体 主动 全力 加快 同时 联合 共同 回复 反馈
""")
"""What may stand between a body and what it does."""
ACTS = any_of("""
    全部 全面 加快 基本 对外 正式 率先 逐步 陆续 集中 上报 上线 下放 下线 下达 下闸 主持 举办 举行 争创 交付 优化 会同 供应 供气 供水 供电 保障 修复 修缮 修订 做好 健全 储备 兑付
    入住 入驻 公告 公布 公开 公示 关停 关闭 具备 出台 出资 切换 创建 制定 割接 办理 办结 加强 化解 升级 协调 印发 压减 反馈 发布 发放 发行 取消 受理 另行 召开 合龙 启动 启用 回迁
    培育 培训 增设 处理 复工 安排 安置 安装 完善 完工 完成 实施 实现 审批 审核 审计 审议 对接 封顶 并网 并轨 建成 建立 建设 开园 开展 开工 开放 开通 引入 引导 引进 强化 归档 归集
    形成 征收 征求 成立 打通 打造 扩大 扩建 承办 承担 投产 投入 投用 投运 报批 报送 报出 交出 拿出 拆除 拓展 招标 招生 招聘 拨付 挂牌 指导 授牌 排查 探索 接入 接受 推出 推动 推广 推进 提交 提供
    提出 提升 提请 提高 揭牌 搬迁 搭建 摸排 支付 收购 改善 改造 整合 整改 敷设 新增 新建 明确 更换 更新 核发 核定 栽植 检查 汇聚 治理 消除 淘汰 深化 清欠 清理 清零 演练 申报 申请
    监督 督促 督查 研究 确定 种植 移交 立项 竣工 答复 筹备 筹建 筹集 签约 签署 签订 组建 组织 结算 统筹 续建 编制 聘请 腾退 营业 落地 落实 落成 蓄水 补植 覆盖 解决 设立 评估 评审
    评选 试产 试点 试运行 贯通 起草 转段 达产 达到 迁移 运营 运行 进场 追缴 退还 选派 通报 通水 通航 通车 遴选 部署 配合 配备 采购 量产 铺设 销号 颁发 首飞 验收 鼓励
""")
"""Verbs of what is to be done, and the adverbs before them."""
VERB = rf"(?:{ACTS}|[对按在于从把自今明本下年上每与向以0-9０-９一二三四五六七八九十“])"
"""What begins that which a body does."""
POST = (
    any_of("""
    (?:有关|相关|主要|党组)?副?(?:[局厅处科部市县区院校]长|主任|总经理|董事长|总工程师|书记|主席|负责人|发言人|新闻发言人)[\u4e00-\u9fff]{0,4}?
    """)
    + "(?:表示|介绍|说|称|透露|指出|回应)"
)
START = re.compile(
    "^(?:"
    r"[\s*_#>|,，、:：;；。•·▶▪●■◆①-⑩—-]+|\d{1,2}(?:\.\d{1,2})+\s|\d{1,3}[.、．)）]\s?"
    r"|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[一二三四五六七八九十]是(?:要)?|第[一二三四五六七八九十]{1,3}(?:[,，、]|[条章节款]\s*)"
    r"|[一-鿿]有所[一-鿿] |(?:同时|另外|此外|并且|并(?![网轨])|且|即|其中|接下来|下一步|届时|目前|日前|近日)[,，]?"
    ")+"
)
"""What begins an item or a segment and says nothing: （一）, 二是, 其中."""
LEANS = re.compile(
    rf"(?:{MODAL}|"
    + any_of("""
    在 于 到 至 约 不晚于 原则上 定 订 最迟 最晚 从 自 由 原计划 目标是 用 以 截至 提前 分别 全部于 按照 当年
    """)
    + ")+$"
)
"""What leans on the date after it."""
FRONT = re.compile(
    r"^(?:[,，:：;；\s）)]|"
    + any_of("""
    前 起(?![草诉飞]) 使 之前 以前 将要 将 会 拟 计划 力争 争取 努力 确保 预计 有望 必须 应当 应 须 需要 需 务必 要(?!求) 请(?!示) 就 可以 可 能 一定
    实现(?=[^0-9]{1,8}(?:通车|投用|开工|竣工|完工|启用))
    """)
    + ")+"
)
"""What stands between a date and its verb."""
ENDS = re.compile(
    "^"
    + any_of("全面 全部 全线 基本 正式 陆续 主体 一期 二期 整体 如期 均 都 一律")
    + "?"
    + any_of("""
    完工 竣工 建成 开工 通车 通水 投产 投用 投入 启用 封顶 达产 上线 开放 开业 开诊 开学 运营 试运行 恢复 淘汰 退出 清零 完成$ 到位 落成 交付 交工 验收 贯通 运行 发布$ 公布$ 办结 整改 出台$
    启动$ 实施$ 施行 竣 达到 提高 提升 增加 降至 降低 下降 突破 超过 不低于 不少于 控制在 稳定 实现全覆盖 全覆盖 覆盖 形成$ 印发$ 下线 具备 开始.{0,4}$ 关停 搬迁 搬入 迁入 延长 入驻 移交 落地 见效 动工
    并网 全数 收尾 归零 挂牌 投运 入园 招生 建档 报送 报 通过
    """)
)
"""Verbs without an object, which are said of a thing."""
DOES = re.compile(
    "^"
    + any_of("""
    继续 加快 抓紧 积极 深入 大力 全面 统筹 推进 推动 实施 启动 组织 开展 新建 扩建 改建 改造 建设 打造 建立 加强 做好 对于 对 将 把 关于 针对 围绕 就 整合 排查 编制 完善 支持 引进 盘活 持续
    牵头 负责 制定
    """)
    + "+"
)
"""Verbs before the thing that a segment names."""
HEADS_A_GROUP = re.compile(
    any_of("""
    任务 要求 安排 措施 目标 保障 工作$ 建设$ 管理$ 服务$ 方案 计划 规划 总体 其他 附则 事项 问题 说明 情况 重点 行动 承诺 公告 通知 通告 报告 答复 纪要 规定 [局厅处校院司董]长 经理 主任 书记
    发言人 记者 同志
    """)
)
"""What a heading says that names no thing."""
COMMAS = re.compile(r"[，：;；。！？!?\n]|[,:](?![0-9])")
SENTENCES = re.compile(r"[。；;！？!?\n]")
QUOTES = " “”\"'\u3000"
