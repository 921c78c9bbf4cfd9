"""A milestone, its small values and its history. Knows no file, screen, clock or language."""

from tracker.model.change import CORRECT as CORRECT
from tracker.model.change import PATCHED as PATCHED
from tracker.model.change import Change as Change
from tracker.model.change import Patch as Patch
from tracker.model.change import Stamp as Stamp
from tracker.model.fields import FIELDS as FIELDS
from tracker.model.fields import Field as Field
from tracker.model.fields import Kind as Kind
from tracker.model.history import carried as carried
from tracker.model.history import unreversed as unreversed
from tracker.model.milestone import Milestone as Milestone
from tracker.model.seal import SHORT as SHORT
from tracker.model.seal import beginning as beginning
from tracker.model.seal import continued as continued
from tracker.model.seal import sealed as sealed
from tracker.model.values import Modality as Modality
from tracker.model.values import Precision as Precision
from tracker.model.values import Source as Source
from tracker.model.values import Span as Span
from tracker.model.values import Standing as Standing
from tracker.model.values import Status as Status
from tracker.model.values import Target as Target
from tracker.model.values import Wording as Wording
from tracker.model.values import has_passed as has_passed
