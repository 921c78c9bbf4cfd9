"""Who is to do what, in English: the predicate that governs a date, its subject and its object.

The predicate is the last will, shall, plans to, is expected to before the date in the part of the
sentence that is the date's, or the first after a date that leads. Its subject is the noun phrase
before it, or that of the predicate before (… and will then publish). What it says is verb and object
as an officer would write them: a passive (the map will be published) is turned (Publish the map).
"""

from __future__ import annotations

import re

from tracker.extract.act import Act, plain, shortened
from tracker.extract.bodies import is_body
from tracker.extract.english_subject import (
    LEADING,
    PRONOUN,
    bared,
    cleaned,
    head_of,
    last_noun,
    named,
    subject_of,
    topic_of,
)
from tracker.extract.english_verbs import base_of, is_base, particle

_ADVERB = r"(?:\s+(?:also|now|then|all|both|each|still|only|soon|first|next|further|therefore|instead|currently|already|together|jointly|again|at\s+least|at\s+last|(?!supply|apply|rely|family|only)[a-z]+ly)\b,?)*"
_TOLD = r"(?:expected|scheduled|due|set|planned|required|intended|going|aiming|working|preparing|hoping|asked|requested|directed|instructed|ordered|committed|obliged|planning|ready|booked|on\s+(?:track|course|schedule)|seeking|looking|contracted|funded|likely|projected|about)"
_PREDICATE = re.compile(
    rf"(?:\b(?:will|shall|must|should|would)|['’]ll|['’]d)\b{_ADVERB}(?:\s+(?:aim|seek|need|continue|begin|work|be\s+(?:required|expected|asked|able|ready)))?(?:\s+to\b)?"
    rf"|(?:\b(?:is|are|am|was|were|remains?|be)|['’](?:re|m|s))\b{_ADVERB}\s+(?:(?:fully|firmly|strongly)\s+)?{_TOLD}{_ADVERB}\s+to\b"
    rf"|\b(?:has|have|['’]ve)\b{_ADVERB}\s+(?:agreed|committed|promised|pledged|undertaken|vowed|decided|resolved|been\s+(?:asked|directed|instructed|told|required|given))(?:\s+(?:itself|themselves|us|me|until\s+[^,;]{{3,30}}))?\s+to\b"
    rf"|\b(?:plans?|aims?|expects?|intends?|hopes?|needs?|commits?|agree[ds]?|committed|promise[ds]?|pledge[ds]?|vow(?:s|ed)|undertakes?|undertook|seeks?|wants?|proposes?|resolve[ds]?|requested|decide[ds]?)\b{_ADVERB}(?:\s+(?:itself|themselves|ourselves))?\s+to\b"
    rf"|(?:\b(?:is|are|am)|['’](?:re|m))\b{_ADVERB}(?:\s+(?:engaged\s+in|now))?(?=\s+(?!be|during|according|regard)[a-z]{{3,}}ing\b)"
    r"|(?:\b(?:is|are|am)|['’](?:re|m))\s+to\b",
    re.IGNORECASE,
)
_ORDERED = re.compile(
    r"\b(?:requires?|asks?|asked|instructs?|instructed|orders?|ordered|directs?|directed|urge[ds]?|invite[ds]?|requests?|requested|calls?\s+(?:up)?on|called\s+(?:up)?on)\s+"
    r"(?P<who>(?:the|all|each|its|our|every)\s[^,;]{3,70}?|[A-Z][^,;]{2,70}?)\s+to\s+(?=[a-z])",
)
_TO = re.compile(r"^(?P<who>(?:(?!\bto\b)[^,;:.]){2,90}?)\s+to\s+(?:also\s+)?(?P<verb>[a-z-]+)\b")
_PLAIN = re.compile(
    r"^(?P<who>(?:(?!\b(?:that|which|who|to)\b)[^,;:.]){2,90}?)\s+(?P<verb>[a-z-]{3,})\b"
)
_AGENTIVE = re.compile(
    r"\s+by\s+(?P<who>(?:the\s+|our\s+|each\s+)?(?-i:[A-Z])[\w’'&.-]*(?:\s+(?:of|for|and|the|(?-i:[A-Z])[\w’'&.-]*))*)$"
)
_TAIL = re.compile(
    r"[\s,(–—:-]+(?:on or|no|not|on|by|in|at|before|until|till|from|starting|beginning|within|during|between|around|about|of|to|for|the|and|or|later than|with effect|effective|commencing|due|than|later|a|end|as of|scheduled|expected|target(?:ed|ing)?|sometime|some time|early|late|midnight|noon|(?:(?:at|by|before)\s)?\d{1,2}(?:[:.]\d\d(?:\s?[ap]\.?m\.?)?|\s?[ap]\.?m\.?))$",
    re.IGNORECASE,
)
_STOP = re.compile(
    r";|[.!?](?:[\s”\"’]|$)|,?\s[–—]\s|\.\.\.|,\s+(?:which|who|where|when|while|whilst|although|though|because|as|so|subject|including|following|after|unless|if|but|to\s+be|with|pending|making|bringing|enabling|allowing|helping|giving|leaving)\b"
    r"|,?\s+and\s+(?=(?:(?:the|its|our|their|all|a|we|it|they|[A-Z][\w’'-]*)\s+)(?:[\w’'-]+\s+){0,6}?(?:will|shall|must|should|plans?|aims?|expects?|intends?|is|are)\b)|,?\s+and\s+(?:also\s+)?(?:will|shall|must)\b"
    r"|\s(?:before|after|once|so\s+that|because|unless|provided\s+that|whereas|when)\s",
)
_AND = re.compile(r"^[\s,;.)]*(?:and|or|but|then|&)?[\s,]*(?:then\s+|also\s+)?")
_THINGS = re.compile(
    r"^(?:be|have|begin|start|open|launch|close|finish|come|go|arrive|appear|end|resume|reopen|run|follow|return|rise|fall|move|enter|become|take|reach|remain|continue|get|see|turn|cost|cover|apply|lapse|expire|land|increase|grow|drop|double|halve|triple)\b",
    re.IGNORECASE,
)
_BE = re.compile(
    r"^(?:be|been|being)\s+(?:(?:fully|finally|also|then|first|formally|further|all|[a-z]+ly)\s+)*(?P<verb>[a-z-]+)\b\s*",
    re.IGNORECASE,
)
_PERFECT = re.compile(r"^have\s+(?:[a-z]+ly\s+)?(?P<verb>[a-z-]+)\b", re.IGNORECASE)
_PARTED = re.compile(r"^,\s+((?:an?|the|its|their|our|all)\s[^,;.]{2,90})(?=[.;]|$)")
_WHICH = re.compile(
    r"(?:^|[,;]\s|\b(?:called|in|with|of)\s)((?:(?!\b(?:is|are|was)\b)[\w’'-]+\s){0,6}[\w’'-]+),\s+which\s+(we|it|they|the [\w ]{2,40}?)\s*$"
)
_ADVERBS = re.compile(
    r"^(?:(?:also|now|then|further|therefore|only|[a-z]{3,}ly)\s+)+(?=[a-z])", re.IGNORECASE
)
_ASIDE = re.compile(r"\s?\([^()]{0,160}\)")


def act(before: str, after: str, carried: str = "", under: str = "", told: str = "") -> Act:
    """The act whose date stands between `before` and `after`.

    `carried` is what the sentence said up to its date before this one, `under` the line that introduces
    the list in which the sentence is an item, `told` what the paragraph said before the sentence.
    """
    found = _found(before, after, carried, under)
    if found.who == "it":
        topic, body = topic_of(told)
        bare = topic and not body and len(found.what.split()) < 4
        what = (
            f"{_capital(bared(topic))} to {found.what[:1].lower()}{found.what[1:]}"
            if bare
            else found.what
        )
        return Act(what, body or "it")
    return found


def _found(before: str, after: str, carried: str, under: str) -> Act:
    carried, before, after = (_ASIDE.sub("", plain(part)) for part in (carried, before, after))
    if "(" in before:
        carried, before = (
            carried + " " + before[: before.rindex("(")],
            before[before.rindex("(") + 1 :],
        )
    if (
        carried.strip()
        and not _PREDICATE.search(carried)
        and _PREDICATE.match(before.lstrip(" ,)"))
    ):
        carried, before = "", f"{carried} {before}"
    own = head_of(before) if not carried.strip() else _AND.sub("", before, count=1)
    lead = _untailed(own)
    if carried.strip() and not lead and not _following(after):
        carried, lead = "", _untailed(head_of(f"{carried} {before}"))
    earlier = _of(head_of(carried), "") if carried.strip() else None
    rest = re.sub(r"^\s*,?\s*(?:of|from|after)\s[^,]{0,80},", "", after) if not lead else after
    found = _of(lead, rest) if lead else None
    if (found is None or not found.what) and (not lead or LEADING.match(lead)):
        found = _following(rest) or found
    if found is None:
        found = _bare(lead, rest, earlier)
    if found.who is None and earlier is not None and _elliptical(lead):
        found = Act(found.what, earlier.who)
    if found.who is None and under:
        found = Act(found.what, _introduced(under))
    return found


def _introduced(under: str) -> str | None:
    """The body in a line that introduces a list, such as The Ministry will."""
    line = head_of(plain(under)).rstrip(" :*_")
    matches = list(_PREDICATE.finditer(line))
    if matches:
        return named(subject_of(line[: matches[-1].start()]))
    ordered = _ORDERED.search(line + " to x")
    if ordered is not None:
        return cleaned(ordered["who"])
    bare = re.sub(r"\s+to$", "", line)
    alone = len(bare) < 80 and is_body(bare) and not bare.startswith("Dear ")
    return cleaned(bare) if alone else None


def _untailed(words: str) -> str:
    """The words without the prepositions that lead to the date."""
    last = None
    while words != last:
        last, words = words, _TAIL.sub("", words.rstrip(' ,;:(*_“"–—-'))
        if words.lower() in (
            "by",
            "in",
            "on",
            "before",
            "within",
            "no later than",
            "from",
            "during",
            "until",
            "at",
            "the",
            "and",
            "between",
        ):
            return ""
    return words


def _elliptical(lead: str) -> bool:
    return not _PREDICATE.search(lead)


def _of(lead: str, rest: str) -> Act | None:
    """The act of the last predicate in the words before a date."""
    ordered = next(reversed(list(_ORDERED.finditer(lead))), None)
    matches = list(_PREDICATE.finditer(lead))
    if ordered is not None and (not matches or ordered.start() >= matches[-1].start()):
        return _act(cleaned(ordered["who"]), lead[ordered.end() :], rest)
    for index in range(len(matches) - 1, -1, -1):
        predicate = matches[index]
        previous = matches[index - 1].end() if index else 0
        who = subject_of(lead[previous : predicate.start()]) or (
            subject_of(lead[: matches[index - 1].start()]) if index else None
        )
        said = lead[predicate.end() :]
        which = _WHICH.search(lead[: predicate.start()])
        if which is not None and len(said.split()) < 3:
            return _act(which[2], f"{said.strip()} {last_noun(which[1].strip())}", rest)
        if re.search(r"['’]s$", predicate[0]):
            continue
        return _act(who, said, rest)
    to = _TO.match(lead)
    if to is not None and is_base(to["verb"]) and not is_base(to["who"].split()[0]):
        return _act(cleaned(to["who"]), lead[to.start("verb") :], rest)
    return None


def _following(rest: str) -> Act | None:
    """The act of the first predicate after a date that leads: By June, the Council will publish …."""
    words = rest.lstrip(" ,:;*_–—-")
    stop = _STOP.search(words)
    predicate = _PREDICATE.search(words)
    ordered = _ORDERED.search(words)
    if ordered is not None and (predicate is None or ordered.start() < predicate.start()):
        return _act(cleaned(ordered["who"]), words[ordered.end() :], "")
    if predicate is None or (
        stop is not None and stop.start() < predicate.start() and words[stop.start()] in ";.!?"
    ):
        return None
    return _act(subject_of(head_of(words[: predicate.start()])), words[predicate.end() :], "")


def _bare(lead: str, rest: str, earlier: Act | None) -> Act:
    """An item or a part of a sentence without a predicate of its own."""
    words = re.sub(r"^to\s+", "", lead) or _cut(head_of(rest))
    first = words.split(" ", 1)[0]
    if ":" in words[:60]:
        name, _, said = words.partition(":")
        said = said.strip()
        if said and is_body(name) and is_base(said.split()[0]):
            return _act(cleaned(name), said, rest if lead else "")
        if is_body(name) and said:
            inner = _of(said, rest)
            return inner or Act(_capital(said), cleaned(name))
    if is_base(first):
        return _act(None, words, rest if lead else "")
    passive = base_of(first)
    if earlier is not None and earlier.what and passive and is_base(passive) and earlier.thing:
        return Act(
            _capital(f"{passive} {words.removeprefix(first).strip()} {earlier.thing}"), earlier.who
        )
    spoken = _present(words, rest if lead else "")
    if spoken is not None:
        return spoken
    if earlier is not None and earlier.what and lead and not re.match(r"(?:the|a|an)\s", words):
        verb = earlier.what.split(" ", 1)[0]
        return Act(
            _capital(
                f"{verb} {words[:1].lower() + words[1:] if not words[:2].isupper() else words}"
            ),
            earlier.who,
        )
    return Act(shortened(_capital(_cut(words))), None)


def _present(words: str, rest: str) -> Act | None:
    """The Gdynia plant reaches full rate; the First Respondent clear the drains; my agency completes …."""
    for match in re.finditer(r"(?<=\s)[a-z-]{4,}\b", words[:120]):
        form = match[0]
        base = form if is_base(form) else _third(form)
        who = words[: match.start()].strip()
        if (
            base is None
            or not who
            or LEADING.match(who)
            or "," in who
            or not re.match(r"(?:the|our|my|its|their|all|both|each|every|[A-Z])", who)
        ):
            continue
        subject = re.split(r"[:;]\s", who)[-1]
        if is_body(subject):
            return _act(cleaned(subject), base + words[match.end() :], rest)
        return Act(shortened(_capital(_cut(subject + words[match.start() - 1 :]))), None)
    return None


def _third(form: str) -> str | None:
    for ending, back in (("ies", "y"), ("es", ""), ("s", "")):
        if form.endswith(ending) and is_base(form[: -len(ending)] + back):
            return form[: -len(ending)] + back
    return None


def _act(who: str | None, said: str, rest: str) -> Act:
    """The act that a subject and the words after its predicate make; `rest` follows the date."""
    said = _cut(_ADVERBS.sub("", said.strip(" ,*_")))
    said = _untailed(said) if rest else said
    if rest.startswith(",") and (parted := _PARTED.match(rest)):  # submit, by 30 June, a report
        said = f"{said} {parted[1]}"
    passive = _BE.match(said)
    perfect = _PERFECT.match(said)
    whom = named(who)
    if (
        passive is not None
        and (verb := base_of(passive["verb"])) is not None
        and (
            said[: passive.end()].rstrip().endswith(("ed", "en", "n", "t", "d", "g"))
            and not passive["verb"].endswith("ing")
        )
    ):
        return _turned(who, verb, said[passive.end() :])
    been = re.match(r"have\s+been\s+(?P<verb>[a-z-]+)\s*", said, re.IGNORECASE)
    if been is not None and (turned := base_of(been["verb"])):
        return _turned(who, turned, said[been.end() :])
    if perfect is not None and (verb := base_of(perfect["verb"])) is not None:
        said = verb + said[perfect.end() :]
    first, _, others = said.partition(" ")
    if first.endswith("ing") and (verb := base_of(first)) is not None and is_base(verb):
        said = f"{verb} {others}".strip()
    if len(said.split()) < 3 and (more := _more(rest)):
        said = f"{said} {more}".strip()
    if who and not PRONOUN.match(who) and not is_body(who):
        return Act(shortened(_capital(f"{bared(who)} to {said}")), None, thing=bared(who))
    if whom not in (None, "we", "it") and len(said.split()) < 2:
        return Act(_capital(f"{who} to {said}"), whom)
    return Act(shortened(_capital(said)), whom)


def _turned(who: str | None, verb: str, said: str) -> Act:
    agent = _AGENTIVE.search(" " + said)
    by = None
    if agent is not None:
        by, said = cleaned(agent["who"]), said[: max(0, agent.start() - 1)].strip()
    words = said.split(" ", 1)
    if words and particle(words[0]):
        verb, said = f"{verb} {words[0]}", words[1] if len(words) > 1 else ""
    thing = "" if who is None or PRONOUN.match(who) else who
    thing = re.sub(
        r"^(?:The|An?|All|Our|Its|This|These|Each|Every|Both|New)\b", lambda m: m[0].lower(), thing
    )
    order = (verb, thing) if said.startswith("and ") else (verb, thing, said)
    what = " ".join(part for part in order if part)
    return Act(shortened(_capital(what)), by, thing=thing)


def _more(rest: str) -> str:
    """What goes on after the date where the words before it are no more than a verb."""
    words = rest.strip(" *_")
    if re.match(r"(?:and|or|but|so|if|when|while|where|after|because|as)\b|[.;(–—]", words):
        return ""
    return _cut(words.lstrip(", "))[:160]


def _cut(words: str) -> str:
    stop = _STOP.search(words, 4)
    return words[: stop.start()].rstrip(" ,:") if stop is not None else words.rstrip(" ,.;:!?")


def _capital(words: str) -> str:
    words = words.strip(" ,;:*_–—-")
    return words[:1].upper() + words[1:]
