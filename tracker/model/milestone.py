"""A milestone: a promise that can be changed, and what those do who look after it."""

from __future__ import annotations

from typing import Self, Unpack

from tracker.model.assessment import Assessment
from tracker.model.change import ASSESS, CORRECT, STAMP, Change, Stamp
from tracker.model.changeable import ChangeablePromise
from tracker.model.recorded import Justification
from tracker.model.step import OfficeStep, Stage
from tracker.model.validation import refuse_bad_assessment
from tracker.model.values import Exhibit


class Milestone(ChangeablePromise, frozen=True, omit_defaults=True):
    """What is kept in a store.

    The verbs here are of those who find how it came out, or follow it through an office: what the
    body reports, the status, stays.
    """

    def stamped(self, stamp: Stamp, token: Exhibit) -> Self:
        """Keep a timestamp of what is kept. It shows nothing, so that it is no evidence."""
        return self._changed(stamp, STAMP, {}, exhibit=token)

    def assess(self, stamp: Stamp, assessment: Assessment, **said: Unpack[Justification]) -> Self:
        """Say what somebody found. What others found, and what the body reports, stays."""
        refuse_bad_assessment(self, assessment)
        return self._changed(stamp, ASSESS, {}, assessment=assessment, **said)

    def take(
        self,
        stamp: Stamp,
        step: OfficeStep,
        *,
        assessment: Assessment | None = None,
        **said: Unpack[Justification],
    ) -> Self:
        """Take a step of the office's cycle; what the body reports, the status, stays.

        Raises TrackerError for one that does not follow, Unchanged for one that was taken.
        """
        from tracker.model.cycle import refuse_bad_step  # a listing takes none

        refuse_bad_step(self, stamp.on, step)
        if assessment is not None:
            refuse_bad_assessment(self, assessment)
        return self._changed(stamp, step.stage.verb, {}, assessment=assessment, step=step, **said)

    def ask_extension(self, stamp: Stamp, step: OfficeStep, **said: Unpack[Justification]) -> Self:
        """Ask for more time; the date stays until it is granted."""
        from tracker.model.cycle import refuse_asking

        self._refuse_settled()
        refuse_asking(self, step)
        return self.take(stamp, step, **said)

    def answer_extension(
        self, stamp: Stamp, stage: Stage, party: str, **said: Unpack[Justification]
    ) -> Self:
        """Grant more time, which moves the date to the one asked for, or refuse it."""
        from tracker.model.cycle import answer_to, refuse_bad_step

        asked, step = answer_to(self, stamp.on, stage, party)
        if stage is Stage.EXTENSION_REFUSED:
            return self.take(stamp, step, **said)
        refuse_bad_step(self, stamp.on, step)
        return self.postpone(
            *(stamp, asked.until, asked.precision, asked.phrase), step=step, **said
        )

    def amend(
        self,
        stamp: Stamp,
        entry: Change,
        *,
        assessment: Assessment | None,
        step: OfficeStep | None,
        why: str | None,
    ) -> Self:
        """Put right what an entry says that somebody found or did, and its day, `stamp.on`."""
        from tracker.model.cycle import refuse_disorder_of_steps

        amended = self._changed(
            stamp, CORRECT, {}, why=why, assessment=assessment, step=step, amends=entry.digest
        )
        refuse_disorder_of_steps(amended)
        return amended
