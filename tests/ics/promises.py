"""Milestones to write, read and compare: by hand, and any that hypothesis thinks of."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from tracker.model import (
    Change,
    Milestone,
    Modality,
    Precision,
    Source,
    Stamp,
    Status,
    Target,
    Wording,
)

RECORDED = datetime(2021, 3, 15, 1, 2, 3, tzinfo=UTC)
UID = "7b0c7d1e-52f5-4a8e-9a44-0f6f2f1d9c01"


def promise(**fields: Any) -> Milestone:
    """A milestone due on 30 June 2021 unless `fields` say otherwise."""
    due = fields.get("due", date(2021, 6, 30))
    defaults: dict[str, Any] = {
        "id": 1,
        "uid": UID,
        "title": "Set up the trade association",
        "status": Status.NOT_STARTED,
        "due": due,
        "baseline_due": due,
        "precision": Precision.MONTH,
        "history": (Change(RECORDED, date(2021, 3, 10), "add"),),
    }
    return Milestone(**(defaults | fields))


def at(text: str) -> Stamp:
    """A stamp recorded at that instant and effective on its day, such as "2021-07-02T08:00"."""
    instant = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return Stamp(instant, instant.date(), "tester")


_dates = st.dates(date(1990, 1, 1), date(2100, 12, 31))
_text = st.text(max_size=60) | st.sampled_from(
    [
        "打造数据共享“高速通道”,实现数据全流程安全管控," * 3,
        "a;b,c:d^n\r\ne\x00f\u2028g\x85h\x0bi\u202ej",
        "👩‍👩‍👧‍👦" * 12,
        "\U0001f600" * 40,
        "x" * 74,
        "x" * 75,
    ]
)
_title = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), min_size=1)
_titles = _title.filter(lambda title: bool(title.strip()))
_figures = st.integers() | st.floats(allow_nan=False) | _text


@st.composite
def milestones(draw: st.DrawFn, backslashes: bool = True) -> Milestone:
    """Any milestone with a history of up to six changes made by its own verbs."""
    words = _text if backslashes else _text.map(lambda text: text.replace("\\", "/"))
    titles = _titles if backslashes else _titles.map(lambda title: title.replace("\\", "/"))
    due = draw(st.none() | _dates)
    milestone = promise(
        uid=draw(st.uuids().map(str) | titles),
        title=draw(titles),
        translations=draw(
            st.dictionaries(
                st.sampled_from(["en", "zh", "fr"]),
                st.builds(Wording, title=st.none() | words, owner=st.none() | words),
                max_size=2,
            )
        ),
        due=due,
        baseline_due=due or draw(st.none() | _dates),
        due_phrase=draw(st.none() | words),
        precision=draw(st.sampled_from(Precision)),
        modality=draw(st.sampled_from(Modality)),
        owner=draw(st.none() | titles),
        supporting=draw(st.tuples() | st.tuples(words, words)),
        speaker=draw(st.none() | words),
        speaker_title=draw(st.none() | words),
        percent=draw(st.none() | st.integers(0, 100)),
        next_step=draw(st.none() | words),
        targets=draw(
            st.tuples()
            | st.tuples(st.builds(Target, value=st.integers() | words, unit=words, op=words))
        ),
        parent=draw(st.none() | words),
        depends_on=draw(st.tuples() | st.tuples(words, words)),
        tags=draw(st.tuples() | st.tuples(words, words)),
        source=draw(
            st.none()
            | st.builds(
                Source,
                document=words,
                publisher=st.none() | words,
                url=st.none() | words | words.map("https://例え.example/{}".format),
                published_on=st.none() | _dates,
                quote=st.none() | words,
            )
        ),
    )
    return draw(changed(milestone, words))


@st.composite
def changed(draw: st.DrawFn, milestone: Milestone, words: st.SearchStrategy[str]) -> Milestone:
    """The milestone after up to six changes, each recorded some hours after the one before."""
    instant = milestone.history[-1].at
    for _ in range(draw(st.integers(0, 6))):
        instant += timedelta(hours=draw(st.integers(0, 2000)), seconds=1)
        milestone = draw(one_change(milestone, instant, words))
    return milestone


@st.composite
def one_change(
    draw: st.DrawFn, milestone: Milestone, instant: datetime, words: st.SearchStrategy[str]
) -> Milestone:
    """One more change that any user could make at that instant."""
    stamp = Stamp(instant, instant.date())
    why = draw(st.none() | words)
    choice = draw(st.integers(0, 5))
    if choice == 0:
        status = draw(st.sampled_from([s for s in Status if s is not milestone.status]))
        return milestone.set_status(stamp, status, why=why, evidence=draw(st.none() | words))
    if choice == 1 and milestone.status.is_open:
        due = draw(st.none() | _dates | st.just(instant.date()))
        if due != milestone.due:
            return milestone.postpone(stamp, due, Precision.DAY, None, why=why)
    if choice == 2 and milestone.removed_on is None:
        return milestone.remove(stamp, why=why)
    if choice == 3 and len(milestone.history) > 1 and not milestone.history[-1].undoes:
        return milestone.revert(milestone.history[-1], "undo", instant, None)
    return milestone.note(stamp, draw(words), draw(st.none() | words))
