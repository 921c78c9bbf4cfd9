"""The verbs on a store: one transaction each, all or nothing, and what they did."""

from tracker.actions.finding import find as find
from tracker.actions.finding import find_in as find_in
from tracker.actions.finding import uid_of as uid_of
from tracker.actions.incoming import TakenIn as TakenIn
from tracker.actions.incoming import accept as accept
from tracker.actions.incoming import follow as follow
from tracker.actions.incoming import refuse_days_to_come as refuse_days_to_come
from tracker.actions.incoming import removal as removal
from tracker.actions.incoming import take_in as take_in
from tracker.actions.incoming import was_undone as was_undone
from tracker.actions.matching import Incoming as Incoming
from tracker.actions.matching import Matches as Matches
from tracker.actions.matching import Remark as Remark
from tracker.actions.matching import is_worded as is_worded
from tracker.actions.matching import uid_made_of as uid_made_of
from tracker.actions.undoing import redo as redo
from tracker.actions.undoing import undo as undo
from tracker.actions.verbs import Clock as Clock
from tracker.actions.verbs import Effect as Effect
from tracker.actions.verbs import Occasion as Occasion
from tracker.actions.verbs import Verb as Verb
from tracker.actions.verbs import add as add
from tracker.actions.verbs import apply as apply
from tracker.actions.verbs import changed as changed
from tracker.actions.verbs import following as following
from tracker.actions.verbs import stamped as stamped
