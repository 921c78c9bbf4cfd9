"""Who does what as a matrix: a column for each body, in which ▲ leads and △ supports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from tracker.exchange.sheet.bodies import is_body
from tracker.exchange.sheet.columns import exactly
from tracker.exchange.sheet.grid import NOTHING, Cell, Row, at
from tracker.exchange.sheet.header import Header

_LEADS = re.compile(r"[▲●★◆■◎√✓✔RrA]|牵头|主办|主责|lead", re.IGNORECASE)
_HELPS = re.compile(r"[△○☆◇□SC]|配合|协办|参与|support", re.IGNORECASE)


def unfolded(head: Header, below: Mapping[int, Row]) -> tuple[Header, Mapping[int, Row]]:
    """The rows with a column more that says who leads and who supports, if a matrix does."""
    places = [n for n, name in enumerate(head.names) if is_body(name) and not exactly(name)]
    cells = [text for row in below.values() for n in places if (text := at(row, n).text)]
    if len(places) < 2 or not cells or not all(map(_is_role, cells)):
        return head, below
    width = max(len(head.names), *map(len, below.values()))
    called = head.names
    names = tuple("" if n in places else name for n, name in enumerate(called))
    head = replace(head, names=(*names, *("",) * (width - len(names)), "责任单位"))
    bodies = {n: called[n] for n in places}
    return head, {p: tuple(_with_roles(row, width, bodies)) for p, row in below.items()}


def _is_role(text: str) -> bool:
    return bool(_LEADS.fullmatch(text) or _HELPS.fullmatch(text))


def _with_roles(row: Row, width: int, bodies: Mapping[int, str]) -> Iterator[Cell]:
    said = {n: at(row, n).text for n in bodies}
    for n in range(width):
        yield NOTHING if n in bodies else at(row, n)
    leads = "、".join(bodies[n] for n, text in said.items() if _LEADS.fullmatch(text))
    helps = "、".join(bodies[n] for n, text in said.items() if _HELPS.fullmatch(text))
    parts = (("牵头：", leads), ("配合：", helps))
    yield Cell("；".join(label + names for label, names in parts if names))
