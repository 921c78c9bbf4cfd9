"""Who is to do what, in English: the predicate that governs a date, its subject and its object.

The predicate is the last will, shall, plans to, is expected to before the date in the part of the
sentence that is the date's, or the first after a date that leads. Its subject is the noun phrase
before it, or that of the predicate before (… and will then publish). What it says is verb and object
as an officer would write them: a passive (the map will be published) is turned (Publish the map), and
what only points back (this will be done; the first will appear in June) takes the act of the sentence before.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from tracker.extract.act import POINTING, Act, plain, shortened
from tracker.extract.bodies import can_will, is_body, is_doer, known_in
from tracker.extract.english_pointing import points_back, resolved
from tracker.extract.english_predicate import (
    DECIDED,
    DECREED,
    GIVEN,
    ORDERED,
    PREDICATE,
    STOP,
    TOLD,
    WILLING,
)
from tracker.extract.english_sentence import EVENT, parts_about
from tracker.extract.english_subject import (
    LEADING,
    PRONOUN,
    SENTENCE,
    bared,
    cleaned,
    head_of,
    named,
    spoken_of,
    subject_of,
    topic_of,
)
from tracker.extract.english_verbs import base_of, is_base
from tracker.extract.english_wording import (
    active,
    capital,
    cut,
    more,
    passive_of,
    said_of,
    small,
    third,
    turned,
    unscheduled,
    untailed,
    whole,
)

_TO = re.compile(r"^(?P<who>(?:(?!\bto\b)[^,;:.]){2,90}?)\s+to\s+(?:also\s+)?(?P<verb>[a-z-]+)\b")
_AND = re.compile(r"^[\s,;.)]*(?:and|or|but|then|&)?[\s,]*(?:then\s+|also\s+)?")
_JOINED = re.compile(r"(?:^|[\s,])(?:and|but|or|nor|then)(?:\s+(?:also|then|so|each|both))?\s*$")
_WEIGHTY = re.compile(
    r"\b(?!(?:the|an?|to|of|and|for|in|on|our|it|them|be|have)\b)\w+", re.IGNORECASE
)
_LEFT_OUT = re.compile(
    r"(?P<thing>(?:the|an?|all|both|its|our|their|\d[\d,]*)\s(?:[\w’'-]+\s){0,6}?[\w’'-]+)\s(?P<verb>[a-z]+(?:ed|en|wn|lt|ld|nt|pt|ut))\b(?P<more>\s.*)?$"
)
"""A second work whose will be is that of the first: and the entire flyover delivered."""
_BRACKET = re.compile(r"[^.;()]{0,60}[(\[](?P<who>[A-Z][^()\[\]\d]{1,60})[)\]]\W*(?:$|[.;])")
_DONE_BY = re.compile(
    r"\w{4,}(?:ing|ion|ment)\sby\s(?P<who>(?:the\s)?[A-Z][\w’'&-]*(?:\s(?:of|for|and|the|[A-Z][\w’'&-]*))*)\s"
)
"""Commissioning by Harbour Water is due."""
_ANNOUNCED = re.compile(
    r"\s(?:has\s|have\s)?(?:now\s|also\s|hereby\s)?"
    r"(?:announced?s?|confirm(?:s|ed)|undertakes?|undertook|agree[sd]?|decide[sd]?|resolve[sd]?"
    r"|promise[sd]?|pledge[sd]?|accept(?:s|ed)|recommends?)"
    r"(?:\s(?:that|(?:to\s[^.;]{0,60}\s)?as follows|the following))?$"
)
"""A line over a list: The Commission announced that."""
_IT_FIRST = re.compile(r"\W*(?:[\w’'-]+\W+){0,7}it\b", re.IGNORECASE)
_GETS = re.compile(
    r"(?:be(?! (?:able|ready|required) to)|get|receive|see|benefit|enjoy|find|hear|have (?:their|his|her|its))\b"
)


class Acts:
    """What the sentences of one English document say is to be done, and by whom."""

    def __init__(self, text: str) -> None:
        self._known = known_in(text)

    def act(
        self, before: str, after: str, carried: str = "", under: str = "", told: str = ""
    ) -> Act:
        """The act whose date stands between `before` and `after`.

        `carried` is what the sentence said up to its date before this one, `under` the line that introduces
        the list in which the sentence is an item, `told` what the paragraph said before the sentence.
        """
        found = self._found(before, after, carried, under)
        found = self._pointing(found, (carried, before.rpartition(", ")[0]), told)
        found = replace(found, what=whole(unscheduled(found.what)))
        if (named_so := _BRACKET.match(after)) and is_body(named_so["who"], self._known):
            return replace(found, who=cleaned(named_so["who"]), sure=True)
        if len(_WEIGHTY.findall(found.what)) < 3 and (thing := spoken_of(told)):
            known = thing in found.what or is_body(thing, self._known)
            again = not found.what or small(thing).startswith(small(found.what))
            what = capital(thing) if again else shortened(f"{found.what} ({thing})")
            found = found if known else replace(found, what=what)
        if found.who != "it":
            return found
        first = not re.search(r"[a-z]{3}", told) and _IT_FIRST.match(f"{carried} {before} {after}")
        if first and (introduced := self._introduced(under)):
            return replace(found, who=introduced)
        topic, body = topic_of(told, self._known)
        bare = topic and not body and len(found.what.split()) < 4
        what = f"{capital(bared(topic))} to {small(found.what)}" if bare else found.what
        return replace(found, what=what, who=body or "it")

    def _pointing(self, found: Act, earlier: tuple[str, ...], told: str) -> Act:
        """The act with what it points back to: the first of which, this, them."""
        if not points_back(found):
            return found
        last = SENTENCE.split(plain(told).strip())[-1].rstrip(" .") if told else ""
        said = (words for words in (*earlier, last) if words.strip())
        acts = (self._of(head_of(plain(words)), "") for words in said)
        prior = next((act for act in acts if act and act.what), None)
        return resolved(found, prior) if prior and len(prior.what.split()) > 1 else found

    def _found(self, before: str, after: str, carried: str, under: str) -> Act:
        carried, before, after = parts_about(carried, before, after)
        own = head_of(before) if not carried.strip() else _AND.sub("", before, count=1)
        lead = untailed(own)
        if carried.strip() and not lead and not self._following(after):
            carried, lead = "", untailed(head_of(f"{carried} {before}"))
        earlier = self._of(head_of(carried), "") if carried.strip() else None
        rest = (
            EVENT.sub("", after)
            if lead
            else re.sub(r"^\s*,?\s*(?:of|from|after)\s[^,]{0,80},", "", after)
        )
        found = self._given(lead, rest) or (self._of(lead, rest) if lead else None)
        if (found is None or not found.what) and (not lead or LEADING.match(lead)):
            found = self._following(rest) or found
        if found is None:
            found = self._bare(lead, rest, earlier)
        if (
            found.who is None
            and not found.thing
            and earlier is not None
            and not PREDICATE.search(lead)
        ):
            found = replace(found, who=earlier.who)
        announced = _ANNOUNCED.search(under.rstrip(" :*_")) and not is_doer(found.doer)
        if found.who is None and under and (announced or not found.thing):
            who = self._introduced(under)
            found = replace(found, who=who, doer="" if who and announced else found.doer)
        return found

    def _given(self, lead: str, rest: str) -> Act | None:
        """The Commission has until 28 February to settle the arrangements."""
        given = GIVEN.search(lead)
        to = re.match(r"\s*,?\s*to\s+(?=[a-z])", rest)
        if given is None or to is None:
            return None
        return self._act(
            subject_of(head_of(lead[: given.start()]), self._known), rest[to.end() :], ""
        )

    def _introduced(self, under: str) -> str | None:
        """The body in a line that introduces a list, such as The Ministry will."""
        line = head_of(plain(under)).rstrip(" :*_")
        matches = list(PREDICATE.finditer(line))
        if matches:
            return named(self._subject(line, matches, len(matches) - 1), self._known)
        if (told := _ANNOUNCED.search(line)) is not None:
            return named(subject_of(head_of(line[: told.start()]), self._known), self._known)
        ordered = ORDERED.search(line + " to x")
        if ordered is not None:
            return cleaned(ordered["who"])
        bare = re.sub(r"\s+to$", "", line)
        alone = len(bare) < 80 and is_body(bare, self._known) and not bare.startswith("Dear ")
        return cleaned(bare) if alone else None

    def _subject(self, lead: str, matches: list[re.Match[str]], index: int) -> str | None:
        """The subject of a predicate: its own, or that of the one before to which it is joined by and."""
        between = lead[matches[index - 1].end() if index else 0 : matches[index].start()]
        own = None if index and _JOINED.search(between) else subject_of(between, self._known)
        return own or (self._subject(lead, matches, index - 1) if index else None)

    def _behind(self, lead: str, matches: list[re.Match[str]], index: int) -> str | None:
        """Who says a thing of which no doer is named, or whose predicate stands before in the sentence."""
        told = TOLD.search(lead, 0, matches[index].start())
        if told is not None and (
            teller := named(subject_of(lead[: told.start()], self._known), self._known)
        ):
            return teller
        agent = _DONE_BY.search(lead, 0, matches[index].start() + 1)
        if agent is not None and is_body(agent["who"], self._known):
            return cleaned(agent["who"])
        before = (named(self._subject(lead, matches, at), self._known) for at in range(index))
        return next((who for who in before if who), None)

    def _of(self, lead: str, rest: str) -> Act | None:
        """The act of the last predicate in the words before a date."""
        ordered = next(reversed(list(ORDERED.finditer(lead))), None)
        matches = list(PREDICATE.finditer(lead))
        last = matches[-1].start() if matches else -1
        if ordered is not None and ordered.start() >= last:
            return self._act(cleaned(ordered["who"]), lead[ordered.end() :], rest)
        decreed = next(
            (
                m
                for m in reversed(list(DECREED.finditer(lead)))
                if is_base(m["verb"]) and m.start() >= last
            ),
            None,
        )
        if decreed is not None:
            return self._act(cleaned(decreed["who"]), lead[decreed.start("verb") :], rest)
        decided = DECIDED.search(lead, max(last, 0))
        if decided is not None:
            return self._act(decided["who"], lead[decided.end() :], rest)
        for index in range(len(matches) - 1, -1, -1):
            predicate = matches[index]
            said = lead[predicate.end() :]
            if re.search(r"['’]s$", predicate[0]):
                continue
            ours = re.search(r"\b(?:my|our)\b", predicate[0])
            mine = {"my": "I", "our": "we"}[ours[0].lower()] if ours else None
            who = mine or self._subject(lead, matches, index)
            found = self._act(who, said, rest, willing=WILLING.search(predicate[0]) is not None)
            return found if found.who else replace(found, who=self._behind(lead, matches, index))
        to = _TO.match(lead)
        if to is not None and to["verb"] == "be" and passive_of(lead[to.start("verb") :]):
            return self._act(to["who"], lead[to.start("verb") :], rest)
        if to is not None and is_base(to["verb"]) and not is_base(to["who"].split()[0]):
            return self._act(cleaned(to["who"]), lead[to.start("verb") :], rest)
        return None

    def _following(self, rest: str) -> Act | None:
        """The act of the first predicate after a date that leads: By June, the Council will publish …."""
        words = rest.lstrip(" ,:;*_–—-")
        stop = STOP.search(words)
        predicate = PREDICATE.search(words)
        ordered = ORDERED.search(words)
        if ordered is not None and (predicate is None or ordered.start() < predicate.start()):
            return self._act(cleaned(ordered["who"]), words[ordered.end() :], "")
        if predicate is None or (
            stop is not None and stop.start() < predicate.start() and words[stop.start()] in ";.!?"
        ):
            return None
        who = subject_of(head_of(words[: predicate.start()]), self._known)
        return self._act(who, words[predicate.end() :], "")

    def _bare(self, lead: str, rest: str, earlier: Act | None) -> Act:
        """An item or a part of a sentence without a predicate of its own."""
        words = re.sub(r"^to\s+", "", lead) or cut(head_of(rest))
        first = words.split(" ", 1)[0]
        if ":" in words[:60]:
            name, _, said = words.partition(":")
            said = said.strip()
            if said and is_body(name, self._known):
                if is_base(said.split()[0]):
                    return self._act(cleaned(name), said, rest if lead else "")
                return self._of(said, rest) or Act(capital(said), cleaned(name))
            if (of := self._of(said, rest)) is not None and of.thing:
                return replace(of, what=shortened(f"{capital(name)}: {small(of.what)}"))
        if is_base(first):
            return self._act(None, words, rest if lead else "")
        if earlier is not None and earlier.thing and (left := _LEFT_OUT.match(words)):
            verb = base_of(left["verb"])
            if verb and is_base(verb):
                return Act(
                    shortened(capital(f"{verb} {left['thing']}{left['more'] or ''}")), earlier.who
                )
        passive = base_of(first)
        if earlier is not None and earlier.what and passive and is_base(passive) and earlier.thing:
            said = words.removeprefix(first).strip()
            return Act(capital(f"{passive} {said} {earlier.thing}"), earlier.who)
        spoken = self._present(words, rest if lead else "")
        if spoken is not None:
            return spoken
        words = re.sub(r"^with\s+", "", words)
        verb = earlier.what.split(" ", 1)[0] if earlier is not None else ""
        if earlier is not None and lead and is_base(verb) and not re.match(r"(?:the|an?)\s", words):
            return Act(
                capital(f"{verb} {words if words[:2].isupper() else small(words)}"), earlier.who
            )
        return Act(shortened(capital(cut(words))), None)

    def _present(self, words: str, rest: str) -> Act | None:
        """The Gdynia plant reaches full rate; the First Respondent clear the drains; my agency completes …."""
        for match in re.finditer(r"(?<=\s)[a-z-]{3,}\b", words[:120]):
            form = match[0]
            base = form if is_base(form) else third(form)
            who = words[: match.start()].strip()
            if (
                base is None
                or form == "own"
                or not who
                or LEADING.match(who)
                or "," in who
                or not re.match(r"(?:the|our|my|its|their|all|both|each|every|[A-Z])", who)
            ):
                continue
            subject = re.split(r"[:;]\s", who)[-1]
            if is_body(subject, self._known):
                return self._act(cleaned(subject), base + words[match.end() :], rest)
            said = shortened(capital(cut(subject + words[match.start() - 1 :])))
            return Act(said, None, bared(subject))
        return None

    def _act(self, who: str | None, said: str, rest: str, *, willing: bool = False) -> Act:
        """The act that a subject and the words after its predicate make; `rest` follows the date.

        `willing`: the predicate says that its subject is somebody.
        """
        said = said_of(said, rest)
        found = self._acted(who, said, rest, willing=willing)
        doer = "" if not who or PRONOUN.match(who) or passive_of(said) else cleaned(who)
        return replace(found, doer=doer)

    def _acted(self, who: str | None, said: str, rest: str, *, willing: bool) -> Act:
        whom = named(who, self._known)
        if willing and whom is None and who and not PRONOUN.match(who) and can_will(who):
            whom = cleaned(who)
        passive = passive_of(said)
        if passive is not None:
            return turned(who, *passive)
        said = active(said)
        if len(said.split()) < 3 and (goes_on := more(rest)):
            said = f"{said} {goes_on}".strip()
        if who and re.match(r"(?:this|that|which|these|those|they)$", who, re.IGNORECASE):
            return Act(shortened(capital(said)), whom, thing=who)
        if who and re.match(r"(?:her|his|its|their)\s", who, re.IGNORECASE):
            whom = "it"
        if whom not in (None, *POINTING) and who and _GETS.match(said):
            whom = whom if said.startswith("be ") else None  # who gets something does nothing
            return Act(shortened(capital(f"{bared(who)} to {said}")), whom, thing=bared(who))
        if who and not PRONOUN.match(who) and (whom == "it" or whom is None):
            return Act(shortened(capital(f"{bared(who)} to {said}")), whom, thing=bared(who))
        if whom not in (None, *POINTING) and len(said.split()) < 2:
            return Act(capital(f"{who} to {said}"), whom)
        return Act(shortened(capital(said)), whom)
