"""What one kind of fault came to."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Outcome:
    """Counts of one fault; `wrong` names everything that should not have happened."""

    fault: str
    times: int = 0
    acknowledged: int = 0
    kept: int = 0
    seen: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def row(self) -> str:
        """The line of the table in docs/reliability.md."""
        cells = (
            self.fault,
            f"{self.times:,}",
            f"{self.acknowledged:,}",
            f"{self.acknowledged - self.kept:,}",
            f"{len(self.wrong):,}",
            "; ".join(self.seen),
        )
        return f"| {' | '.join(cells)} |"


HEAD = (
    "| fault | times | changes acknowledged | of them lost | anything else wrong | seen |\n"
    "| --- | ---: | ---: | ---: | ---: | --- |"
)
