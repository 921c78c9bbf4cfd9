"""Languages of which there is a catalogue and no grammar: their days are numbers (ISO 8601)."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from tracker.locale.language import Language, SpanWords, catalogue
from tracker.model import Precision


class CatalogueLanguage(Language):
    comma, between, semicolon, colon = ", ", ", ", "; ", ": "
    spans = MappingProxyType(dict.fromkeys(Precision, SpanWords("{day}", "yyyy-mm-dd")))

    def day(self, day: date) -> str:
        return day.isoformat()

    def parts(self, day: date) -> dict[str, object]:
        return {}


def by_catalogue(name: str) -> type[Language]:
    named = {"tag": name, "called": (name,), "own_name": name, "catalogue": catalogue(name)}
    return type(name, (CatalogueLanguage,), named)
