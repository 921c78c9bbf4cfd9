"""A promise in the words of schema.org, for search engines and fact-checkers' tools."""

from __future__ import annotations

from typing import Any

import msgspec

from tracker.locale import Language
from tracker.model import Verdict
from tracker.render.links import link
from tracker.render.page.dossier import Dossier
from tracker.render.text import legible

_RATINGS = {Verdict.KEPT: 5, Verdict.PARTLY: 3, Verdict.NOT_KEPT: 1}
"""On a scale from 1 to 5; what is no verdict on how it came out has no number."""


def linked_data(told: Dossier, page: str, lang: Language) -> str:
    """JSON-LD: the promise as a Claim, and a ClaimReview where somebody found what became of it.

    `page` is the whole address of its page; "" if nobody may be told.
    """
    return msgspec.json.encode(
        {
            "@context": "https://schema.org",
            "@graph": [_claim(told, page), *_review(told, page, lang)],
        }
    ).decode()


def _claim(told: Dossier, page: str) -> dict[str, Any]:
    m, source = told.milestone, told.milestone.source
    return _filled(
        {
            "@type": "Claim",
            "@id": f"{page}#claim" if page else f"urn:x-milestone:{legible(m.uid)}",
            "url": page,
            "name": told.title,
            "text": legible(source.quote) if source and source.quote else told.title,
            "inLanguage": told.entry.title.lang,
            "datePublished": m.made_on,
            "expires": m.due,
            "dateModified": m.recorded_at,
            "author": m.speaker and _named("Person", m.speaker, jobTitle=m.speaker_title or ""),
            "sponsor": [_named("Organization", owner.name.text) for owner in told.owners],
            "keywords": [legible(tag) for tag in m.tags],
            "firstAppearance": source
            and _filled(
                {
                    "@type": "CreativeWork",
                    "name": legible(source.document),
                    "url": link(source.url or "").href,
                    "datePublished": source.published_on,
                    "publisher": _named("Organization", source.publisher)
                    if source.publisher
                    else None,
                }
            ),
        }
    )


def _review(told: Dossier, page: str, lang: Language) -> list[dict[str, Any]]:
    change = told.verdict
    if change is None or change.assessment is None:
        return []
    found = change.assessment
    rating = {
        "@type": "Rating",
        "ratingValue": _RATINGS.get(found.verdict),
        "bestRating": 5 if found.verdict in _RATINGS else None,
        "worstRating": 1 if found.verdict in _RATINGS else None,
        "alternateName": lang.word("verdict", found.verdict.replace("-", " ")),
    }
    claim = _claim(told, page)
    return [
        _filled(
            {
                "@type": "ClaimReview",
                "@id": f"{page}#review" if page else f"urn:x-change:{change.digest}",
                "url": page,
                "claimReviewed": claim["text"],
                "itemReviewed": {"@id": claim["@id"]},
                "author": _named("Organization", found.assessor),
                "datePublished": change.on,
                "reviewBody": legible(change.why or ""),
                "reviewRating": _filled(rating),
            }
        )
    ]


def _named(kind: str, name: str, **more: str) -> dict[str, Any]:
    said = {"name": name} | more
    return {"@type": kind} | {word: legible(text) for word, text in said.items() if text}


def _filled(said: dict[str, Any]) -> dict[str, Any]:
    """What of it says something."""
    return {name: value for name, value in said.items() if value not in (None, "", [])}
