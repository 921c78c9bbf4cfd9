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
屬属 黨党 員员 鐵铁 線线 橋桥 樁桩 驗验 財财 車车 輛辆 廣广 門门 減减 兩两 幹干 監监 師师 級级 視视 們们 醫医 衛卫 衞卫 濟济 陸陆 並并"""
_SIMPLE = {pair[0]: pair[1] for pair in _TABLE.split()}
_TURNED = str.maketrans(_SIMPLE)


def simplified(text: str) -> str:
    """The text with the traditional characters of cue words turned; of the same length."""
    return text.translate(_TURNED)


def as_written(found: list[Candidate], text: str) -> list[Candidate]:
    """The candidates in the characters of the document's text as it stands."""
    own = {simple: old for old, simple in _SIMPLE.items() if old in text}
    return [_turned_back(candidate, str.maketrans(own)) for candidate in found] if own else found


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
