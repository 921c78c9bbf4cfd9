"""Chinese in simplified characters, as a supervision ledger (督查台账) is worded."""

from __future__ import annotations

from datetime import date

from tracker.locale.language import Language, SpanWords, catalogue
from tracker.model import Precision

_FOREIGN = "（原文："


class Chinese(Language):
    tag = "zh-Hans"
    called = ("zh", "chinese", "中文", "汉语", "简体中文", "cmn")
    own_name = "中文"
    catalogue = catalogue("zh")
    comma, between, semicolon, colon = "，", "、", "；", "："
    spans = {  # noqa: RUF012  # declared a ClassVar where it is declared
        Precision.DAY: SpanWords("{day}", 'yyyy"年"m"月"d"日前"'),
        Precision.WEEK: SpanWords("当周末（{day}）", '"当周末（"yyyy"年"m"月"d"日）前"'),
        Precision.MONTH: SpanWords("{year}年{month}月底", 'yyyy"年"m"月底前"'),
        Precision.QUARTER: SpanWords("{year}年{quarter}季度末", 'yyyy"年{quarter}季度末前"'),
        Precision.HALF: SpanWords("{year}年{half}半年末", 'yyyy"年{half}半年末前"'),
        Precision.YEAR: SpanWords("{year}年底", 'yyyy"年底前"'),
        Precision.FISCAL_YEAR: SpanWords("财年末（{day}）", '"财年末（"yyyy"年"m"月"d"日）前"'),
        Precision.FIVE_YEAR: SpanWords("{year}年底", 'yyyy"年底前"'),
    }

    def text(self, sentence: str, /, **values: object) -> str:
        """What is told in another's words stands in brackets behind the sentence."""
        said = super().text(sentence, **values)
        if _FOREIGN not in said:
            return said
        within = said.replace("：" + _FOREIGN, _FOREIGN).replace("（" + _FOREIGN, "\0")
        outer, nested, rest = within.partition("\0")
        return outer + _FOREIGN + rest.replace("））", "）", 1) if nested else outer

    def day(self, day: date) -> str:
        return f"{day.year}年{day.month}月{day.day}日"

    def parts(self, day: date) -> dict[str, object]:
        quarter, half = "一二三四"[(day.month - 1) // 3], "上下"[(day.month - 1) // 6]
        return {"year": day.year, "month": day.month, "quarter": quarter, "half": half}

    def quarter(self, year: int, number: int) -> str:
        return f"{year}年{'一二三四'[number - 1]}季度"

    def tick(self, day: date, english: tuple[str, str], *, names_day: bool) -> tuple[str, str]:
        if names_day:
            return f"{day.month}月{day.day}日", self.day(day)
        if day.month == 1:
            return f"{day.year}年", f"{day.year}年"
        return f"{day.month}月", f"{day.year}年{day.month}月"


SPOKEN = Chinese
