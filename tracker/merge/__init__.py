"""Two stores that went apart from a common one, brought together: `merge(base, ours, theirs)`."""

from tracker.merge.conflict import Conflict as Conflict
from tracker.merge.conflict import Side as Side
from tracker.merge.stores import MergeResult as MergeResult
from tracker.merge.stores import merge as merge
