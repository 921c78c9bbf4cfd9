"""What a user settles once, in one TOML file: how feeds are named, saved filters, and the like.

Every setting has a default, and an option of the command that it is for, which wins.
"""

from tracker.settings.filters import WORDS as WORDS
from tracker.settings.filters import FilterWords as FilterWords
from tracker.settings.filters import columns_of as columns_of
from tracker.settings.filters import filter_of as filter_of
from tracker.settings.filters import group_of as group_of
from tracker.settings.reading import read as read
from tracker.settings.sections import DigestSettings as DigestSettings
from tracker.settings.sections import FeedSettings as FeedSettings
from tracker.settings.sections import LedgerSettings as LedgerSettings
from tracker.settings.sections import NotifySettings as NotifySettings
from tracker.settings.sections import ServeSettings as ServeSettings
from tracker.settings.sections import Settings as Settings
