"""The verbs on a store: one transaction each, all or nothing, and what they did."""

from tracker.actions.finding import among as among
from tracker.actions.finding import find as find
from tracker.actions.finding import uid_of as uid_of
from tracker.actions.incoming import Followed as Followed
from tracker.actions.incoming import Incoming as Incoming
from tracker.actions.incoming import Remark as Remark
from tracker.actions.incoming import accept as accept
from tracker.actions.incoming import follow as follow
from tracker.actions.incoming import take_in as take_in
from tracker.actions.undoing import redo as redo
from tracker.actions.undoing import undo as undo
from tracker.actions.verbs import Clock as Clock
from tracker.actions.verbs import Effect as Effect
from tracker.actions.verbs import Occasion as Occasion
from tracker.actions.verbs import Verb as Verb
from tracker.actions.verbs import add as add
from tracker.actions.verbs import apply as apply
from tracker.actions.verbs import instant as instant
