"""Whom an English predicate is said of: the noun phrase before it, and the body that this names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tracker.extract.act import plain
from tracker.extract.bodies import is_body
from tracker.extract.wording import any_of

_MARKS = (
    r"[\s*_#>|•·●▪–—¶-]+",
    r"\[[\d:]{4,8}\]\s+",
    r"(?-i:[A-Z]{3,12}):\s+",
    r"\(?(?:[a-z]|[ivx]{1,4}|\d{1,3}[A-Z]?)[.)]\s+",
    r"¶?\d{1,3}[A-Z]?\.\s+",
    r"(?-i:[A-Z]|[IVX]{1,5})\.\d{1,2}\.?\s+",
    r"\(?\d{1,2}(?:\.\d{1,2}){1,3}[.)]?\s+",
    any_of(
        "section sec[.] article recommendation action item commitment decision milestone response step"
    )
    + r"\s\d+(?:\.\d+)*(?:\([a-z0-9]+\))*\s?[.:–-]?\s*",
    r"(?-i:ACTIONS?|AGREED|RESOLVED|DECISION|NOTE)\s?[:–-]\s*",
    r"[A-Z]{1,2}\d{1,2}[:.]?\s+",
)
"""What stands before a sentence and is none of it: a bullet, a number, a label."""
_MARK = re.compile(rf"^(?:{'|'.join(_MARKS)})+", re.IGNORECASE)
_OPENINGS = any_of(
    "first(?:ly)? second(?:ly)? third(?:ly)? fourth(?:ly)? finally lastly next then meanwhile additionally also therefore"
    " however moreover furthermore now and but so separately in_addition as_a_result in_particular in_turn in_return"
    " (?:for|on)_(?:our|its|their|my|his|her)_part on_the_\\w+_side to_this_end accordingly please again instead similarly"
    " at_the_same_time that_said subject_to_[^,]{3,60}"
)
_OPENING = re.compile(rf"^{_OPENINGS}\b,?\s+", re.IGNORECASE)
_TELLS = any_of("told tells? informed advised notified assured reminded")
_SAYS = any_of(
    "said says say announced announces confirmed confirms stated states noted added reported indicated explained insisted"
    " warned believes? thinks? understands? know hopes? ordered directed resolved recommends? means so ensure"
)
_SAID = re.compile(
    rf"\b(?=[a-z])(?:{_SAYS}|{_TELLS}\s+[\w\s]{{2,30}}?(?=\s+that\b)|{_TELLS}\s+[\w\s]{{2,30}}?|agreed(?!\s+(?:by|with)\b))"
    r"(?:\s+that\b|:|,)?\s+",
    re.IGNORECASE,
)
_BEGINS = any_of(
    "in by as to with following under for from on at after once when while although having building because since during"
    " before if consistent pursuant within through despite between until over given using starting beginning subject upon"
    " no_later not_later where further commencing effective"
)
LEADING = re.compile(rf"^{_BEGINS}\b", re.IGNORECASE)
"""How a phrase begins that is no subject."""
PRONOUN = re.compile(
    r"^(?:it|they|he|she|which|who|that|this|these|those|you|i|there|we|us|each)$", re.IGNORECASE
)
_WE = re.compile(
    r"^(?:we|i|us|(?:our|my) (?:teams?|office|agency|department|company|organi[sz]ation|firm|government|ministry|council|board|group|staff|people))$",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r",?\s+(?:and|but|so)\s+(?=(?:the|its|our|their|a|an|we|it|they|he|she|i|this|these|those|all|each|every)\b|(?-i:[A-Z])\w+\s(?-i:[A-Z]))",
    re.IGNORECASE,
)
FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|does|did|do|[a-z]{3,}ed|says?|said)\b")
KnownNames = frozenset[str]
_NAME = re.compile(r"[A-Z][\w’'&-]+(?:\s(?:[A-Z][\w’'&-]+|of|and|&)){0,4}$")
_GENERIC = re.compile(r"(?:the|our|its|their|my|that|an?)\s[a-z -]{3,40}$", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
_TOPIC = re.compile(
    r"^(.{2,90}?)\s(?:will|shall|must|has|have|had|is|are|was|were|does|did|[a-z]{3,}(?:ed|s)|told|made|met|held|began)\b"
)


def topic_of(told: str, known: KnownNames) -> tuple[str, str | None]:
    """What the sentence before speaks of, which "it" in the next one means; and the body, if it is one."""
    topic = ""
    for sentence in reversed(SENTENCE.split(plain(told).strip())[-3:]):
        found = _TOPIC.match(head_of(sentence))
        subject = subject_of(found[1], known) if found else None
        body = named(subject, known)
        topic = topic or subject or ""
        if body not in ("it", None):
            return topic, body
        if body is None:
            break
    return topic, None


_FINITE = re.compile(
    r"\s(?:will|shall|must|has|have|had|is|are|was|were|does|did|can|told|made|met|held|began|gave|said|wrote|put|[a-z]{3,}(?:ed|s))\b(?![’'])"
)


class Prior(NamedTuple):
    """Who does something before an act, and where."""

    who: str = ""
    where: str = ""


def who_before(told: str, sentence: str, own: str, known: KnownNames) -> Prior:
    """Who does something before an act, in its own sentence or the three before.

    `own` is the subject of the act itself.
    """
    places = ("in its sentence", "in the sentence before", "above", "above")
    sentences = [*SENTENCE.split(plain(told).strip())[-3:], plain(sentence)]
    for place, words in zip(places, reversed(sentences), strict=False):
        bare = head_of(words)
        for verb in _FINITE.finditer(bare[:140]):
            who = _subject(bare[: verb.start()], known)
            if who not in ("it", "you", "they", None) and cleaned(own) != who:
                return Prior(who or "", place)
    return Prior()


@lru_cache(maxsize=256)
def _subject(words: str, known: KnownNames) -> str | None:
    return named(subject_of(words, known), known)


_BROKEN = re.compile(
    r"\b(?:is|are|was|were|will|shall|must|has|have|had|would|could|should|can|may|does|did|do|be|been|that|which|who|and|but|so|because"
    r"|when|if|we|i|it|they|you|he|she|not|[a-z]{2,}ed|[a-z]{3,}es)\b|,(?!\d)|[;:–—()\"“”*#|]|[’']s\b",
    re.IGNORECASE,
)
_INNER = re.compile(
    r"^(?:(?:of|for|to|on|in|at|with|by|from|as|the|an?|our|its|their|my|his|her|this|these|those|all)\s)+",
    re.IGNORECASE,
)


_NO_THING = re.compile(
    r"^(?:went|took|told|paid|frozen|due|just|glad|held|come|agree|still|next|more|up|down|off|since|section|step|now|between|then|than|about|over|under|before|after|until)\b|^\W|n['’]t\b"
    r"|\b(?:of|for|in|to|from|on|at|by|the|an?|last|us|me|you|him|her|them|more|less|first|own)$"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|19\d\d|20\d\d)\b",
    re.IGNORECASE,
)
"""Words that are no noun phrase, or a date."""


def spoken_of(told: str) -> str:
    """The longest noun phrase of the last sentence that has one: what a bare "release it" is about."""
    for sentence in reversed(SENTENCE.split(plain(told).strip())[-2:]):
        parts = (_INNER.sub("", part.strip(" .!?")) for part in _BROKEN.split(sentence))
        if long := [
            part for part in parts if 1 < len(part.split()) < 10 and not _NO_THING.search(part)
        ]:
            return max(long, key=len)
    return ""


@lru_cache(maxsize=256)
def head_of(words: str) -> str:
    """The words without the list marks and openings before them."""
    last = None
    while words != last:
        last, words = words, _OPENING.sub("", _MARK.sub("", words.strip(' \t,;:*_“"')))
    return words


_WITH = re.compile(
    r"^(?P<who>(?:the\s|all\s|each\s)?[A-Z][^,]{2,90}),\s(?:in\s(?:coordination|consultation|cooperation|collaboration|conjunction|partnership)\swith"
    r"|together\swith|with\sthe\s(?:help|support|advice|assistance|concurrence|approval)\sof|through|after\sconsult\w+|upon|following|consistent\swith)\s.+$",
    re.DOTALL,
)
"""The Secretary, in consultation with the Director and the Administrator, | shall: with whom is not who."""


def subject_of(words: str, known: KnownNames) -> str | None:
    """The subject at the end of the words before a predicate; None where nothing stands there."""
    alone = _WITH.match(re.sub(r"^[\s,]+|^(?:that|and)\s+", "", words))
    if alone is not None:
        return alone["who"]
    aside = words.rstrip().endswith(",")
    words = re.split(r"[;:]\s|\s[–—]\s|[.!?]\s", words.rstrip(" ,"))[-1]
    if re.search(r"\s(?:and|but)$", words):
        words = FINITE.split(words, maxsplit=1)[0].rstrip()
        aside, words = words.endswith(","), words.rstrip(" ,")
    return _of_pieces(_unsaid(words, known), known, aside=aside)


def _unsaid(words: str, known: KnownNames) -> str:
    """The words without who says them: The Ministry of Health said it."""
    for said in reversed(list(_SAID.finditer(words))):
        told = words[said.end() :].strip()
        if re.fullmatch(r"it|they|he|she", told, re.IGNORECASE):
            teller = re.sub(r"\s+(?:has|have|had)$", "", words[: said.start()].strip())
            return subject_of(teller, known) or "" if teller else told
        if told:
            return told
    return words


def _of_pieces(words: str, known: KnownNames, *, aside: bool) -> str | None:
    words = re.sub(r"^that\s+", "", head_of(words))
    joined = _JOINT.split(words)
    if len(joined) > 1 and FINITE.search(joined[-2]):
        words = joined[-1]
    pieces = [piece.strip() for piece in words.split(", ") if piece.strip()]
    while len(pieces) > 1 and LEADING.match(pieces[0]):
        pieces = pieces[1:]
    if not pieces:
        return None
    of = re.match(r"(?:which|whom|where)\s+(?=\w)", pieces[-1])
    if of is not None and not aside:
        return last_noun(pieces[-1][of.end() :])
    if (
        (aside or len(pieces) > 2)
        and len(pieces) > 1
        and _NAME.match(pieces[1])
        and _GENERIC.match(pieces[0])
    ):
        return pieces[1]
    if pieces[-1].startswith("and ") and len(pieces) > 1:
        names = [cleaned(piece.removeprefix("and ")) for piece in pieces]
        if all(is_body(name, known) for name in names):
            return f"{', '.join(names[:-1])} and {names[-1]}"
    if (
        re.match(r"and (?:that )?(?:the|all|its|our|each|every|we)\b", pieces[-1])
        and len(pieces) > 1
    ):
        return last_noun(re.sub(r"^and (?:that )?", "", pieces[-1]))
    relative = re.match(r"(?:which|who|that)$", pieces[-1], re.IGNORECASE)
    if relative and len(pieces) > 1:
        return last_noun(_DOING.sub("", pieces[-2]))
    if is_body(pieces[0], known) or len(pieces) == 1 or aside:
        return last_noun(pieces[0])
    return last_noun(pieces[-1])


_DOING = re.compile(r"^(?:.*\s)?[a-z]+ing\s(?=(?:the|this|an?|its|our|their)\s)")


def last_noun(words: str) -> str:
    """The words after what precedes the subject: … and we → we."""
    pronoun = re.search(
        r"\b(?:and|but|that|so|while|because|which|if|where)\s+(we|it|they|he|she|i)$|^(?:.*\s)?(we|i)$|^(?:because|after|before|when|if|once|as|in|by|for)\s.*\s(it|they|he|she)$",
        words,
        re.IGNORECASE,
    )
    if pronoun is not None:
        return pronoun[1] or pronoun[2] or pronoun[3]
    return re.split(r"\bthat\s+(?=(?:the|our|its|all|your|their|each|every|an?)\s|[A-Z])", words)[
        -1
    ]


def bared(who: str) -> str:
    return re.sub(
        r"^(?:(?:but|and|so|yet)\s+)?the\s+|^(?:but|and|so|yet)\s+", "", who, flags=re.IGNORECASE
    )


@lru_cache(maxsize=1024)
def cleaned(who: str) -> str:
    who = re.sub(
        r"\s*\((?![^()]*\)\s(?:Limited|Ltd|plc|PLC|DAC|Inc|LLP|CIC|Pty|Group|Holdings)\b).*$|,?\s+acting\s.*$|,\s+(?:in (?:coordination|consultation|cooperation|collaboration|partnership)|together|through|with)\b.*$",
        "",
        who.strip(" ,:*_“”\"'-"),
    )
    who = re.sub(
        r"\s+(?:also|now|then|therefore|each|all|has|have|hereby|jointly|in turn|(?:on|for) (?:its|their|his|her|our) part|without exceptions?|without exemptions?)$",
        "",
        who,
    )
    who = re.sub(
        r"^(?:and\s+|[A-Z]{4,}S\s+(?=the\b)|(?:in the (?:meantime|interim|first instance)|meanwhile|until then|after that|from then on|(?:requests|invites|urges|asks|calls on|instructs|directs)\b)\s+)+",
        "",
        who,
        flags=re.IGNORECASE,
    )
    if re.match(
        r"(?:be it |it is )?(?:further )?(?:resolved|agreed|ordered|decided)\b", who, re.IGNORECASE
    ):
        return ""
    return re.sub(r"^(?:the|our|my|for|a new|an?|that)\s+", "", who, flags=re.IGNORECASE)


def named(who: str | None, known: KnownNames) -> str | None:
    """The body that a subject names; "we" and "it" for those, None for a thing."""
    if not who:
        return None
    if _WE.match(who):
        return "I" if who.lower() == "i" else "we"
    if re.match(r"(?:it|they|he|she|you)$", who, re.IGNORECASE):
        return "you" if who.lower() == "you" else "it"
    name = cleaned(who)
    told = FINITE.search(name) or not is_body(name, known) or len(name) > 160
    return None if told or not name else name
