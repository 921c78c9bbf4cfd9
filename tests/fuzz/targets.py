"""Every target by its name."""

from tests.fuzz.calendars import CHECK, IMPORT
from tests.fuzz.documents import EXTRACT
from tests.fuzz.phrases import DUE
from tests.fuzz.settled import ADDRESS, SETTINGS
from tests.fuzz.sheets import CSV, JSON
from tests.fuzz.stores import MERGE, STORE

TARGETS = {
    target.name: target
    for target in (DUE, EXTRACT, IMPORT, CHECK, JSON, CSV, STORE, MERGE, SETTINGS, ADDRESS)
}
