"""The words of an English act, as an officer would write them: verb first, no date, no tail, no passive."""

from __future__ import annotations

import re

from tracker.extract.act import Act, shortened
from tracker.extract.english_predicate import STOP, TAIL
from tracker.extract.english_subject import PRONOUN, cleaned
from tracker.extract.english_verbs import base_of, is_base, particle

_NAMED = re.compile(
    r"[A-Z][\w’'-]*(?:\s[A-Z]|$)|[A-Z]{2}|(?!The|An?|All|Our|Its|This|These|Each|Every|Both|New)[A-Z][\w’-]+[’']s\b"
)
"""What keeps its capital within a title: a name, and not the first word of a sentence."""
_AGENTIVE = re.compile(
    r"\s+by\s+(?P<who>(?:the\s+|our\s+|each\s+)?(?-i:[A-Z])[\w’'&.-]*(?:\s+(?:of|for(?=\s[A-Z])|and|the|(?-i:[A-Z])[\w’'&.-]*))*)(?=$|\s(?:for|in|on|at|to|with|under|through|from|and)\b)"
)
_PERFECT = re.compile(r"^have\s+(?:[a-z]+ly\s+)?(?P<verb>[a-z-]+)\b", re.IGNORECASE)
_CAUSED = re.compile(
    r"(?:have|get)\s+(?P<what>(?:it|them|this|that|(?:the|an?|its|our|their|all|both|each|every|any|those|these|[A-Z0-9])\b.{0,70}?))"
    r"\s+(?P<verb>[a-z]+(?:ed|wn|lt|en|ne|ut|ad|id|nt|pt))\b(?:\s+and\s+(?P<two>[a-z]+))?(?P<more>.*)$"
)
"""What one will have done: have the contract signed."""
_BE = re.compile(
    r"^(?:be|been|being|gets?)\s+(?:(?:fully|finally|also|then|first|formally|further|all|[a-z]+ly)\s+)*(?P<verb>[a-z-]+)\b\s*",
    re.IGNORECASE,
)
_PARTED = re.compile(
    r"^,\s+(?![^,;.]*\s(?:said|says|told|added|announced)\b)((?:an?|the|its|their|our|all)\s[^,;.]{2,90})(?=[.;]|$)"
)
_SUBJECT_TO = re.compile(r"^\s*,?\s*(?:and\s+)?subject\s+to\s[^,.;]{3,70}(?=,)")
_WITH = re.compile(
    r"^\s((?:with|on|about|into|for)\s(?:an?|the|its|their|our|all)\s[^,;.]{3,80})(?=[,.;]|$)"
)
_ADVERBS = re.compile(
    r"^(?:(?:also|now|then|further|therefore|only|[a-z]{3,}ly)\s+)+(?=[a-z])", re.IGNORECASE
)
_LEADS = "by in on before within from during until at the and between"
_LEFT_OVER = frozenset(("no later than", *_LEADS.split()))


def said_of(said: str, rest: str) -> str:
    """The words after a predicate without adverbs before them and a lead to the date behind them."""
    said = cut(_ADVERBS.sub("", said.strip(" ,*_")))
    said = untailed(said) if rest else said
    rest = _SUBJECT_TO.sub("", rest, count=1)
    parted = _PARTED.match(rest)  # submit, by 30 June, a report
    if parted is None and len(said.split()) < 6:
        parted = _WITH.match(rest)
    return f"{said} {parted[1]}" if parted else said


def passive_of(said: str) -> tuple[str, str] | None:
    """The verb of a passive and what follows it: be published on line → publish, on line."""
    passive = _BE.match(said)
    if (
        passive is not None
        and (verb := base_of(passive["verb"]))
        and is_participle(passive["verb"])
    ):
        return verb, said[passive.end() :]
    been = re.match(r"have\s+been\s+(?P<verb>[a-z-]+)\s*", said, re.IGNORECASE)
    if been is not None and (verb := base_of(been["verb"])):
        return verb, said[been.end() :]
    return None


def active(said: str) -> str:
    """The words with the plain form of their verb first: have finished it → finish it."""
    perfect = _PERFECT.match(said)
    if perfect is not None and (verb := base_of(perfect["verb"])) is not None:
        said = verb + said[perfect.end() :]
    made = _CAUSED.match(said)
    if made is not None and (verb := base_of(made["verb"])) is not None and is_base(verb):
        two = base_of(made["two"] or "")
        also = f" and {two}" if two else ""
        rest = made["more"] if two or not made["two"] else f" and {made['two']}{made['more']}"
        return f"{verb}{also} {made['what']}{rest}"
    first, _, others = said.partition(" ")
    if first.endswith("ing") and (verb := base_of(first)) is not None and len(first) > 5:
        said = f"{verb} {others}".strip()
    return said


def turned(who: str | None, verb: str, said: str) -> Act:
    """A passive as the act that it is: The map will be published by the Council → Publish the map."""
    agent = _AGENTIVE.search(" " + said)
    by = None
    if agent is not None:
        by, said = cleaned(agent["who"]), said[: max(0, agent.start() - 1)].strip()
    words = said.split(" ", 1)
    if words and particle(words[0]):
        verb, said = f"{verb} {words[0]}", words[1] if len(words) > 1 else ""
    thing = "" if who is None or PRONOUN.match(who) else _ALSO.sub("", who)
    thing = re.sub(r"^(?:it|they|we) .* (?:and|but)$", "", thing, flags=re.IGNORECASE)
    if not _NAMED.match(thing):
        thing = small(thing)
    order = (verb, thing) if said.startswith("and ") else (verb, thing, said)
    what = " ".join(part for part in order if part)
    if by is None and re.match(r"(?:her|his|its|their)\s", thing, re.IGNORECASE):
        by = "it"
    return Act(shortened(capital(what)), by, thing=thing or (who or ""))


def is_participle(form: str) -> bool:
    return form.endswith(("ed", "en", "n", "t", "d", "g", "done", "made")) and not form.endswith(
        "ing"
    )


_ALSO = re.compile(r"^(?:and|but|or|so|yet|then|also)\s+", re.IGNORECASE)
_VERB_ON = re.compile(
    r"\b(?:switch|turn|sign|log|carr|pass|tak|press|mov)\w{0,4} (?:on|in|over)$", re.IGNORECASE
)
"""A verb with the small word that belongs to it."""
_DANGLING = re.compile(
    r"\s(?:that|which|who)(?:\s[a-z]+s)?$|(?<=[a-z])\s(?:itself|themselves)(?=\sto\s)"
)
_SCHEDULED = re.compile(
    r"\s(?:is|are|was|were)(?:\s(?:now|currently|still|also|all))?(?:\s(?:scheduled|due|set|fixed|planned|expected|slated|timed|targeted|on course|on track|to be))?(?:\sfor)?$"
)
"""What only says that there is a date: Commissioning is scheduled for."""


_ENDLESS = re.compile(r"(?:[\s,]+(?:and|or|by|to|at|of|its|with|for|that|the|an?))+$")
_THAT = re.compile(r"^That\s(?=[A-Z]|(?:the|an?|these|those|its|all)\s)")


def whole(words: str) -> str:
    """The words without a small word that leads on where nothing follows, or the that before them."""
    ended = _ENDLESS.sub("", words)
    return capital(_THAT.sub("", ended if " " in ended else words))


def unscheduled(words: str) -> str:
    """The words without an end that only says that there is a date."""
    bare = _SCHEDULED.sub("", words)
    return bare if len(bare.split()) > 1 else words


def untailed(words: str) -> str:
    """The words without the prepositions that lead to the date."""
    last = None
    while words != last and not _VERB_ON.search(words[-24:]):
        last, words = words, TAIL.sub("", words.rstrip(' ,;:(*_“"–—-'))
    return "" if words.lower() in _LEFT_OVER else words


def third(form: str) -> str | None:
    for ending, back in (("ies", "y"), ("es", ""), ("s", "")):
        if form.endswith(ending) and is_base(form[: -len(ending)] + back):
            return form[: -len(ending)] + back
    return None


def more(rest: str) -> str:
    """What goes on after the date where the words before it are no more than a verb."""
    words = rest.strip(" *_")
    if re.match(r",\s[^,.;]{2,60}\s(?:said|says|told|added|announced)\b", words):
        return ""
    if re.match(
        r"(?:and|or|but|so|if|when|while|where|after|because|as)\b|,\s(?:with|so|or|if|but|and)\b|[.;(–—]",
        words,
    ):
        return ""
    return cut(words.lstrip(", "))[:160]


def cut(words: str) -> str:
    stop = STOP.search(words, 4)
    return words[: stop.start()].rstrip(" ,:") if stop is not None else words.rstrip(" ,.;:!?")


def capital(words: str) -> str:
    words = _DANGLING.sub("", re.sub(r"\s+(?=[,;])", "", words.strip(" ,;:*_–—-")))
    return words[:1].upper() + words[1:]


def small(words: str) -> str:
    return words[:1].lower() + words[1:]
