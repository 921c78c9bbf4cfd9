"""What is otherwise in a later state of a record, and whether anything was rewritten on the way."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from tracker.model import PATCHED, Milestone


class AlteredMilestone(Struct, frozen=True):
    """A milestone that is in both: the fields that differ, and how many entries it has more.

    `lost` are the digests of entries that the later one has no more: it was rewritten.
    """

    before: Milestone
    after: Milestone
    fields: tuple[str, ...]
    entries: int
    lost: tuple[str, ...]


class Difference(Struct, frozen=True):
    """`gone` are in the earlier alone, `new` in the later; what is as it was is only counted."""

    new: tuple[Milestone, ...]
    gone: tuple[Milestone, ...]
    altered: tuple[AlteredMilestone, ...]
    same: int

    @property
    def is_extension(self) -> bool:
        """Whether the later one has all that the earlier one recorded."""
        return not self.gone and not any(each.lost for each in self.altered)


def difference(earlier: Iterable[Milestone], later: Iterable[Milestone]) -> Difference:
    """Hold two states of a record against each other, by uid, in the order of each."""
    was, now = ({m.uid: m for m in milestones} for milestones in (earlier, later))
    both = [(was[uid], m) for uid, m in now.items() if uid in was]
    altered = [_altered(before, after) for before, after in both if before != after]
    return Difference(
        tuple(m for uid, m in now.items() if uid not in was),
        tuple(m for uid, m in was.items() if uid not in now),
        tuple(altered),
        len(both) - len(altered),
    )


def _altered(before: Milestone, after: Milestone) -> AlteredMilestone:
    fields = tuple(f for f in PATCHED if getattr(before, f) != getattr(after, f))
    there = {change.digest for change in after.history}
    lost = tuple(change.digest for change in before.history if change.digest not in there)
    more = len(after.history) - len(before.history) + len(lost)
    return AlteredMilestone(before, after, fields, more, lost)
