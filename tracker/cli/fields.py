"""The options that give a milestone's fields, for `add` and `edit`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click
from msgspec.structs import replace

from tracker.actions import uid_of
from tracker.cli.context import App
from tracker.cli.params import PHRASE, together
from tracker.errors import BadValue
from tracker.model import Milestone, Modality, Source, Wording
from tracker.query import distinct

field_options = together(
    click.option("--owner", metavar="BODY", help="The responsible body."),
    click.option("--supporting", metavar="BODY", multiple=True, help="A supporting body; repeat."),
    click.option("--tag", multiple=True, help="A tag to add; repeat."),
    click.option(
        "--title-in",
        nargs=2,
        multiple=True,
        metavar="LANG TITLE",
        help="The title in one more language; repeat.",
    ),
    click.option("--speaker", metavar="NAME", help="Who said it."),
    click.option(
        "--modality", type=click.Choice([m.value for m in Modality]), help="How firmly it was said."
    ),
    click.option("--percent", type=click.IntRange(0, 100), help="How much of it is done."),
    click.option(
        "--target",
        metavar="FIGURE",
        multiple=True,
        help="A promised figure, such as “at least 90%”, '>= 300' or 超过4万个; repeat.",
    ),
    click.option(
        "--actual",
        metavar="VALUE",
        multiple=True,
        help="What a target came to, in the order of the targets; repeat.",
    ),
    click.option("--next-step", metavar="TEXT", help="What comes next."),
    click.option("--forecast", type=PHRASE, metavar="WHEN", help="When it is now expected."),
    click.option("--source", metavar="TITLE", help="The document that it stands in."),
    click.option("--source-url", metavar="URL", help="Where that document is."),
    click.option("--parent", metavar="ID", help="The milestone that this is part of."),
    click.option("--depends-on", metavar="ID", multiple=True, help="What must come first; repeat."),
    click.option("--duplicate-of", metavar="ID", help="The milestone that this repeats."),
)

# An empty text takes these away.
_CLEARED_BY_EMPTY = ("owner", "speaker", "next_step")


def read_fields(m: Milestone | None, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that the options give, by name; `m` is the milestone as it is, if it is."""
    fields = {name: given[name] or None for name in _CLEARED_BY_EMPTY if given[name] is not None}
    if given["percent"] is not None:
        fields["percent"] = given["percent"]
    if given["modality"] is not None:
        fields["modality"] = Modality(given["modality"])
    if given["supporting"]:
        fields["supporting"] = distinct(filter(None, given["supporting"]))
    if given["tag"]:
        fields["tags"] = distinct([*(m.tags if m else ()), *map(_tag, given["tag"])])
    if given["target"] or given["actual"]:
        from tracker.cli.target_words import targets

        before = m.targets if m else ()
        fields["targets"] = tuple(targets(before, given["target"], given["actual"]))
    if given["title_in"]:
        fields["translations"] = _translations(m, given["title_in"])
    if given["forecast"] is not None:
        fields["forecast_due"] = given["forecast"].date
    if given["source"] or given["source_url"]:
        fields["source"] = _source(m, given["source"], given["source_url"])
    return fields


def read_links(app: App, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the links that the options give, as uids, looked up before a change begins."""
    links: dict[str, Any] = {
        name: uid_of(app.store, given[name]) if given[name] else None
        for name in ("parent", "duplicate_of")
        if given[name] is not None
    }
    if given["depends_on"]:
        links["depends_on"] = tuple(uid_of(app.store, key) for key in given["depends_on"] if key)
    return links


def _tag(text: str) -> str:
    if not text.strip() or any(c in text for c in ",;；，") or not text.isprintable():
        raise BadValue(f"{text!r} is no tag.", "Give one word or name, without commas.")
    return text.strip()


def _translations(m: Milestone | None, titles: list[tuple[str, str]]) -> dict[str, Wording]:
    translations = dict(m.translations) if m else {}
    for lang, title in titles:
        translations[lang] = replace(translations.get(lang, Wording()), title=title)
    return translations


def _source(m: Milestone | None, document: str | None, url: str | None) -> Source:
    before = m.source if m and m.source else None
    if before is None:
        return Source(document or url or "", url=url)
    return replace(before, document=document or before.document, url=url or before.url)
