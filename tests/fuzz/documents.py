"""Documents: text, Markdown and HTML, in any encoding."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from tests.extract.marks import MARKED, document
from tests.fuzz.oracles import (
    NOW,
    OCCASION,
    SCREEN,
    all_sound,
    harmless,
    refused_in_a_sentence,
    store_of,
)
from tests.fuzz.target import Target
from tracker.actions import accept
from tracker.due import MAX_LENGTH, parse
from tracker.errors import TrackerError
from tracker.extract import Band, Document, Tier, read_document
from tracker.extract.proposals import Proposal, propose
from tracker.model import Precision
from tracker.render.proposals import proposals

KINDS = ("said.txt", "said.md", "said.html")


def check(data: bytes) -> None:
    # One byte more or less, and it is read as another kind.
    try:
        said = read_document(KINDS[len(data) % len(KINDS)], data)
    except TrackerError as refusal:
        refused_in_a_sentence(refusal)
        return
    said = replace(said, made_on=said.made_on or NOW.date())
    found = propose([said], [])
    for one in found:
        _stands_in(said, one)
    harmless(proposals(found, SCREEN))
    _added(found)


def _stands_in(document: Document, proposal: Proposal) -> None:
    one = proposal.candidate
    for words in (one.phrase, one.clause):
        assert document.text[words.start : words.end] == words.text
    assert one.line == document.text.count("\n", 0, one.phrase.start) + 1
    assert one.title.strip()
    made_on = proposal.document.made_on
    if (
        one.band is Band.LIKELY
        and one.tier is Tier.EXPLICIT
        and made_on
        and len(one.phrase.text) <= MAX_LENGTH
    ):
        try:
            typed = parse(one.phrase.text, made_on)
            elsewhere = parse(one.phrase.text, made_on + timedelta(days=400))
        except TrackerError:
            return
        # What counts from a day counts from the one that the text around is about, and whose fiscal
        # year it is, a document need not say.
        is_fixed = typed.date == elsewhere.date and typed.precision is not Precision.FISCAL_YEAR
        assert not is_fixed or typed.date == one.due


def _added(found: list[Proposal]) -> None:
    store = store_of()
    try:
        accept(store, OCCASION, [one.incoming(None) for one in found])
    except TrackerError as refusal:
        refused_in_a_sentence(refusal)
        assert store.all() == []
    else:
        all_sound(store.all())


def seeds() -> list[bytes]:
    """The marked documents, without their marks."""
    texts = [document(path)[0].text[:1000] for path in sorted(MARKED.iterdir())]
    encodings = ("utf-8", "gb18030", "utf-16")
    return [text.encode(encodings[n % 3]) for n, text in enumerate(texts)]


SAID = """
    2021年3月10日 6月底前 9月30日前 年底前 今年 力争 建成 完成 牵头单位： （责任单位：省财政厅）
    记者： 副厅长王明： 。 ； | |---| ** # - 1. by~30~June~2022 will we~will
    before~the~end~of~2023 Mr~Smith: <table> <tr> <td> </td> <td~colspan=3~rowspan=2> <p> <del>
    <h2> <script> &nbsp; &#x5e74; <!-- --> <meta~charset=gb2312> <?xml <!DOCTYPE~html> (2021)
    〔2021〕1号
"""
WORDS = ("~~", *(word.replace("~", " ") for word in SAID.split()))
EXTRACT = Target("extract", check, seeds, WORDS)
