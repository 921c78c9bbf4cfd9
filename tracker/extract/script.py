"""The traditional script read like the simplified one, and written back as it was.

Only the characters of cue words are turned, one for one, so every offset stays. The turned text is
what is read; what is shown of it (titles, names, units) gets back the document's own characters.
"""

from __future__ import annotations

from msgspec.structs import replace

from tracker.extract.candidate import Candidate

_TABLE = """將将 會会 預预 計计 劃划 爭争 確确 實实 現现 啟启 開开 動动 發发 過过 來来 後后 還还 沒没 無无 進进 記记 問问
責责 單单 導导 協协 辦办 負负 領领 個个 內内 週周 間间 時时 號号 節节 國国 慶庆 於于 遲迟 幾几 續续 與与 據据 測测 關关
規规 訂订 頒颁 佈布 應应 該该 須须 務务 請请 長长 臺台 條条 層层 項项 傳传 聞闻 稱称 試试 點点 運运 營营 設设 備备 歸归
檔档 優优 轉转 讓让 購购 買买 業业 選选 評评 審审 報报 銷销 齊齐 補补 貼贴 證证 書书 總总 結结 隨随 當当 為为 從从 這这
裡里 說说 話话 嗎吗 麼么 樣样 對对 經经 歷历 擬拟 圓圆 滿满 額额 順顺 勝胜 較较 擴扩 蓋盖 網网 絡络 專专 處处 資资 產产
組组 織织 執执 籌筹 調调 團团 體体 製制 構构 標标 準准 檢检 討讨 論论 壇坛 議议 舉举 儀仪 術术 撥拨 簽签 約约 貫贯 徹彻
聯联 廢废 維维 護护 築筑 樓楼 質质 屆届 費费 繳缴 獲获 認认 險险 變变 數数 學学 歲岁 終终 舊旧 區区 縣县 鄉乡 鎮镇 廳厅
屬属 黨党 員员 鐵铁 線线 橋桥 樁桩 驗验 財财 車车 輛辆 廣广 門门 減减 兩两 幹干 監监 師师 級级 視视 們们 醫医 衛卫 衞卫 濟济 陸陆 並并
輸输 諮咨 詢询 環环 聽听 銀银 餘余 紀纪 創创 復复 稅税 農农 漁渔 價价 際际 館馆 園园 場场 廠厂 隊队 東东 參参 勞劳 電电 興兴 遷迁 換换 種种 綠绿 達达 遞递 鋪铺 錄录 寫写 簡简 軌轨 飛飞 圖图 廚厨 嚴严
範范 獎奖 罰罚 緩缓 緊紧 練练 釋释 診诊 療疗 藥药 齡龄 壓压 縮缩 頻频 載载 輪轮 極极 積积 穩稳 納纳 統统 編编 羅罗 習习 職职 腦脑 莊庄 華华 萬万 葉叶 觀观 訊讯 訴诉 詳详 誠诚 語语 課课 諾诺 謝谢 講讲
豐丰 貨货 貴贵 貿贸 賠赔 賣卖 賬账 趕赶 軍军 輔辅 邊边 鄰邻 鋼钢 錢钱 階阶 難难 雲云 頭头 願愿 類类 養养 決决 衝冲 況况 淨净 溝沟 濾滤 災灾 爐炉 狀状 獨独 畫划 異异 盡尽 盤盘 礎础 禮礼 離离 糧粮 罷罢
義义 臨临 蘇苏 裝装 複复 見见 親亲 覽览 訪访 許许 訓训 誤误 讀读 賽赛 贊赞 踐践 轄辖 遠远 適适 遺遗 鍵键 鏈链 鐘钟 閉闭 閱阅 雙双 靜静 響响 頁页 題题 顧顾 顯显 飲饮 驅驱 鬆松 龍龙 灣湾 島岛 陳陈 劉刘
張张 黃黄 趙赵 吳吴 鄭郑 馬马 楊杨 孫孙 賴赖 蕭萧 鄧邓 韓韩 馮冯 曉晓 偉伟"""
_SIMPLE = {pair[0]: pair[1] for pair in _TABLE.split()}
_TURNED = str.maketrans(_SIMPLE)


def simplified(text: str) -> str:
    """The text with the traditional characters of cue words turned; of the same length."""
    return text.translate(_TURNED)


def as_written(found: list[Candidate], text: str) -> list[Candidate]:
    """The candidates in the characters of the document's text as it stands."""
    own = {simple: old for old, simple in _SIMPLE.items() if old in text}
    mixed = own.keys() & set(text)
    plain = str.maketrans({simple: old for simple, old in own.items() if simple not in mixed})
    turned = {own[simple]: simple for simple in mixed}

    def back(said: str) -> dict[int, str]:
        """Where the text has a character in both scripts, the clause says which of them is meant."""
        signs = set(said)
        here = {turned[old]: old for old in signs & turned.keys() if turned[old] not in signs}
        return plain | str.maketrans(here)

    return [_turned_back(c, back(c.clause.text)) for c in found] if own else found


def _turned_back(candidate: Candidate, back: dict[int, str]) -> Candidate:
    def own(words: str | None) -> str | None:
        return words if words is None else words.translate(back)

    return replace(
        candidate,
        title=candidate.title.translate(back),
        speaker=own(candidate.speaker),
        speaker_title=own(candidate.speaker_title),
        organisation=own(candidate.organisation),
        owner=own(candidate.owner),
        supporting=tuple(name.translate(back) for name in candidate.supporting),
        targets=tuple(replace(t, unit=t.unit.translate(back)) for t in candidate.targets),
    )
