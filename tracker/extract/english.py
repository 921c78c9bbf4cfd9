"""Telling a commitment from a date by the English words around it."""

from __future__ import annotations

import re
from datetime import date

from tracker.extract.scene import Scene, Shape, Tier

_PROLONGED = re.compile(
    r"\bextended (?:the |its |their )?(?:\w+ )?(?:decree|order|contract|agreement|licen[cs]e|lease|mandate|ceasefire|grant|permit|term)s? (?:to|until)\s*$",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\b(?:extended|postponed|delayed|moved|deferred|rescheduled|brought forward|pushed back|put back)\b[^;]{0,60}\b(?:to|until)\s*$",
    re.IGNORECASE,
)
_LATIN = re.compile(r"[A-Za-z]")
_LEAD_NO_EN = re.compile(
    r"\b(?:as of|as at|since|from|starting|beginning|effective|compared (?:with|to)|versus|than|up from|down from|ended|ending|dated|expires?(?: on)?"
    r"|last|of|through|between(?: \w+ and)?|in force|valid until|takes? effect(?: on)?|took effect(?: on)?|(?<!be )filed(?: on)?|every|each|like|until|after|around the|asked whether|(?:after|ahead of) (?:the|its) (?:planned|original|target|scheduled|agreed)(?: date(?: of)?)?)\s*$",
    re.IGNORECASE,
)
_TOLD_EN = re.compile(
    r"(?<!\bbe )\b(?:said|told|met|held|(?!expected|scheduled|planned|delayed|postponed|extended|required|needed|completed|finished|launched|delivered|opened|published)[a-z]{2,}ed)"
    r"(?: (?!will\b|would\b|shall\b|must\b|should\b|to\b)\w+){0,4} +(?:on |in |at |during )[^,]*$",
    re.IGNORECASE,
)
_IF_EN = re.compile(
    r"\b(?:if|unless|in case|in the event|provided that|whether)\b[^,;–—]*$|^\W*had\b",
    re.IGNORECASE,
)
_PAST_EN = re.compile(
    r"['’]ve [a-z]+(?:ed|wn|en)\b|\b(?:was|were|had|did|has|have been|required|asked|promised|pledged|missed|received|completed|opened|fell|rose|adopted|announced|issued|reached|launched|signed)\b",
    re.IGNORECASE,
)
_TOLD_OF_EN = re.compile(
    r"(?<!be )(?<!been )\b(?:came|went|said|told|made|began|met|held|found|gave|took|saw|left|led|won|spent|built|bought|sold"
    r"|brought|wrote|grew|became|ran|set up)\b",
    re.IGNORECASE,
)
_UNLIKELY_EN = re.compile(
    r"\b(?:(?:do|does|did|could|can|will) ?(?:not|n't|n’t) (?:consider|believe|think|expect|anticipate)|unable to"
    r"|(?<!that )(?<!who )(?<!which )(?:will|could|can|would) ?(?:not|n't|n’t)"
    r" (?:be (?:able|possible|ready|met|built|[a-z]{2,}ed)|meet|achieve))\b"
    r"|\b(?:I|we|you)\b[^.;]{0,40}\b(?:said|told|wrote|promised|thought|hoped|pledged|testified|assured|claimed)\b[^;]*(?:\bwould|['’]d)\b(?:[^,;]|,\d)*$"  # what was once said
    r"|\b(?:told|said|promised|assured)\b(?:(?!\bwould\b)[^;])*\b(?:last \w+|ago|in (?:[12]\d{3}|(?:the )?(?:spring|summer|autumn|fall|winter))|at the time)\b[^;]*\bwould\b[^;]*$"
    r"|\b(?:was|were) (?:to have|meant to|supposed to)\b[^;]*$|\breserves? the right\b[^;]*$"  # what did not come, or need not
    r"|(?:\bnot|\bnever|n['’]t) (?:get|happen|promis|say|claim|suggest|commit|guarantee|pledg)\w*\b[^;]*$"
    r"|\b(?:is|are|was|were|been|keeps?) (?:asking|calling|pressing|campaigning|lobbying) for\b[^;]*$|\b(?:hopes?|likes?|wants?) (?:to see\b|that\b)[^;]*$|(?<!\bwe )(?<!\bi )\bwants? (?!to\b)[^;]*$"  # others' wishes
    r"|^\W*(?:recalling|noting|regretting|considering|whereas|recogni[sz]ing|mindful|aware|bearing in mind|having regard|reaffirming|acknowledging)\b"
    r"|\b(?:talk(?:s|ing)?|speak(?:s|ing)?|rumou?rs?|fears?) (?:of|about|that)\b[^;]*$"
    r"|\b(?:normally|ordinarily|usually|typically)\b[^;]*$"  # what is the custom
    r"|\bshould have (?:been|[a-z]{2,}ed)\b[^,;]*$"
    r"|^\W*(?:(?:were|should) (?:it|this|that|they|we|any|the [\w-]+)\b|if\b[^;]*,)[^;]*(?:\bwould|['’]d)\b[^;]*$"
    r"|\b(?:ahead|short) of (?:the|our|its|their|a)(?: \w+)? (?:goal|target|aim|plan|deadline)\b[^;]*$"
    r"|\b(?:beat(?:ing)?|exceed(?:ing|ed)|miss(?:ing|ed)|above|below|against) (?:the|our|its|their|a)(?: \w+)? (?:goal|target|aim|plan|deadline)\b[^;]*$"
    r"|^\W*(?:recommendation\s[\w.()]{1,6}\W{1,6})?(?-i:That (?:the|an?|all|each|every|any|no|by|in|[A-Z]))\b"  # the recommendation that is being answered
    r"|^\W*(?:recommendation|finding)\s[\w.()]{1,6}\W{1,6}[^;]*\b(?:should|must|ought to)\b"
    r"|\b(?:could|(?-i:may)|might)\b(?!.*\b(?:will|must|shall)\b)[^,;]*$"
    r"|\boriginally\b[^,;]{0,60}$|\b(?:missed|failed to meet|did not meet|breached) (?:the|its|their|our|a|an|this|that)\s[^,;]{0,40}$",
    re.IGNORECASE,
)
_SERVICE_EN = re.compile(
    r"\b(?:requests?|applications?|complaints?|calls?|cases|filings|invoices?|queries|appeals|enquiries)\b"
    r"|\b(?:respond|answer|resolve|acknowledge|process|pay)(?:s|ed|d)?\b",
    re.IGNORECASE,
)
_COUNTED_EN = re.compile(r"^within\b(?!.*\b(?:of|from|after)\b)", re.IGNORECASE)
_FUTURE_EN = re.compile(
    r"\b(?:will|shall|must|should|would|need(?:s)? to|plans? (?:to|on)|planning|planned|aims? (?:to|for|at)|expects?|intends?|anticipates?|anticipated"
    r"|targets? (?:is|are|to|date|(?:\w+ )?(?:completion|delivery|opening|launch|closing))|targeting|(?:commits?|pledges?|promises?|seeks?|hopes?) to|requires?"
    r"|expected|scheduled|due|wants?|we (?:now )?(?:promise|pledge|commit)|to have|(?:undert(?:ook|akes?|aken|aking)|resolved|decided) to|(?:is|are|am) (?:to|set|planned|booked|committed|required|aiming|expected|due|asked to|requested to|obliged to)|to be|goal|deadline|(?:agreed|pledged|committed|promised|vowed|invited|told|encouraged|contracted|funded|on track|on course|set|ready|working) to|['’]ll|going to|(?:extended|postponed|delayed|moved|deferred|rescheduled|brought forward|pushed back|put back) (?:from|to|until))\b"
    r"|\b(?:(?:I|we|they|he|she|it)['’](?:m|re|s)|am|are|is) (?!ask|call|dur|hear|look|say|see|speak|talk|tell|think|wait)[a-z]{2,}ing\b"
    r"|\b(?:directed|ordered|requested|resolved|agreed|decided) that\b"
    r"|\b(?:asked|instructed|directed|ordered|summoned)\s[^.;]{3,60}?\sto\b",
    re.IGNORECASE,
)
_OTHERS_EN = re.compile(
    r"\b(?:population|market|demand|GDP|economy|prices?|inflation|sea levels?|temperatures?)\b[^.;]{0,60}\b(?:expected|projected|forecast|estimated)\b"
    r"|\b(?:analysts?|economists?|forecasters?|researchers?|research firms?|observers|central bank|IMF|OECD|World Bank)\b[^.;]{0,60}\b(?:expects?|forecasts?|predicts?|projects?|projected|estimates?|expected)\b"
    r"|\b(?:is|are) (?:expected|likely) to (?:top|hit)\b"
    r"|\b(?:is|are) (?:forecast|projected|predicted) to (?:grow|rise|fall|increase|decline|reach|double|triple|exceed|peak|shrink)\b"
    r"|\baccording to [^.;]{0,40}forecast",
    re.IGNORECASE,
)
_ASIDE_TOLD_EN = re.compile(
    r"[,(]\s(?:which (?:was |were )?|first |and )?(?!expected|scheduled|planned|required|needed)[a-z]{2,}ed\s(?:in|on|at)\s?$",
    re.IGNORECASE,
)
_LONG_ROUND = 240
_FULL_YEAR = re.compile(r"[0-9]{4}|(?i:\bnext\b)")
_HEAD_TOLD_EN = re.compile(
    r"(?<!\bthe )(?<!\ba )(?<!\ban )(?<!\bits )(?<!\ball )(?<!\bnewly )"
    r"\b(?:was|were|had|did|told|said|stated|directed|announced|reported|published|adopted|approved|launched"
    r"|signed|agreed|met|held|began|opened|issued|completed|released|received|passed|voted|asked|made|found|saw"
    r"|gave|took|became|came|went|heard|knew|learn(?:ed|t)|thought|decided|granted|ordered|established|introduced)\b",
    re.IGNORECASE,
)
_TIMETABLE_EN = re.compile(
    r"^(?!.*\b(?:applications?|registrations?|consultations?|nominations?|submissions?|bids?|exhibition|entries|hearings?)\b)"
    r".*\b(?:re-?opens?|returns?|resumes?|goe?s?|(?:is|are) back|meets?|sits?|decides?|votes?|looks? at|closes?|comes?|moves?|runs?(?! out)|steps? down|launch(?:es)?|starts?|begins?|opens?|rolls? out|arrives?|ships?|rises?|falls?|increases?|takes? place)(?: [\w’',%-]+){0,7} (?:on|in)?\s*$",
    re.IGNORECASE | re.DOTALL,
)
_TIMETABLE_HEAD_EN = re.compile(
    r"[\s#*_\d.)]*(?:[\w’'-]+\s){0,4}(?:time-?table|timeline|(?:key|important) dates|milestones|schedule|next (?:steps|period|month|quarter)|coming up|looking ahead|upcoming|deadlines|actions?(?: plan)?)[\s*_:]*$"
    r"|[\s#*_\d.)]*when (?:will|does|do|is|are)\b[^.?!]{3,80}\?[\s*_]*$",
    re.IGNORECASE,
)
_DONE_HEAD_EN = re.compile(
    r"[\s#*_\d.)]*(?:what (?:we(?: have|['’]ve)|was) )?(?:done|completed|achieve(?:d|ments)|delivered|progress|highlights|history)"
    r"(?: (?:this|last|since|in|to|so)(?: [\w’'-]+){1,4})?[\s*_:]*$",
    re.IGNORECASE,
)
_SET_DAY_EN = re.compile(
    r"\bfinish |\bextended to\s*$|\b(?:set|down|scheduled|booked|slated|listed|fixed|agenda) for\s*$|(?:\bgo-live|\b(?:availability|completion|delivery|opening|hand-?over|deadline|due|target)(?: date)?)[\s,:(–-]+(?:on |by )?$|"
    r"\b(?:revised|new|target|closing|completion|delivery|due|expected|end|opening|launch) (?:date|deadline) (?:of|is|remains)\s*$",
    re.IGNORECASE,
)
_HAND_OVER_EN = re.compile(
    r"\b(?:to|be|will) (?:(?:fully|finally|then) )?(?:open(?:ed)?|complet(?:e|ed)|launch(?:ed)?|finish(?:ed)?|publish(?:ed)?"
    r"|deliver(?:ed)?|adopt(?:ed)?|introduced?|start(?:ed)?|begin|built|operational|in (?:place|service|use)|ready)\s+in $",
    re.IGNORECASE,
)
_GIVEN_UNTIL_EN = re.compile(
    r"\b(?:given?|gives|giving|gave|has|have)\b[^,;]{0,60}$", re.IGNORECASE
)
_REST_NO_EN = re.compile(
    r"^[^.;]{0,40}\bunless\b|^[\s,]*(?:will|is to)\b[^.;]{0,60}\binstead\b|"
    r"^[\s,)]*(?:was|were|has been|had been)\s(?:not\s)?(?:missed|met|achieved|reached|dropped|abandoned|withdrawn|scrapped|shelved|cancelled|broken)\b"  # a quoted target
    r"|^[\s,)]*(?:had|has|have|was|were) not\b|^[^.;]{0,80}\bshould have been\b"
    r"|^[^.;]{0,60}[,;]?\s(?:and|but) (?:(?:we|it|they|he|she|the \w+) )?(?:got there|did so|did not|didn['’]t"
    r"|met (?:it|that|this)|achieved|exceeded|missed (?:it|that)|fell short|failed|succeeded|have done so|has done so)\b"
    r"|^(?!\W*and\b)[^.;]{0,40}\b(?:annually|each year|every year|each month|monthly)\b",  # recurring
    re.IGNORECASE,
)
_MISSED_EN = re.compile(
    r"\W*(?:they|it|we|he|she|this|that|none) (?:did|was|were|has|have)(?: not|n['’]t)\b"
    r"|\W*[^.;]{0,30}\b(?:this|that|it|the (?:date|deadline|target|promise))\b[^.;]{0,20}"
    r"\b(?:missed|not met|not kept|abandoned|withdrawn|dropped|slipped)\b",
    re.IGNORECASE,
)
"""The next sentence, when it takes the date back."""
_NOT_EN = re.compile(
    r"(?:\bnot|\bnever|n['’]t|\bcannot|\bunlikely|\bno|\bnothing|\bnobody)\b[^,;]*$", re.IGNORECASE
)
_OF_BEFORE_EN = re.compile(r"\b[a-z]{3,}ed (?:before|prior to)\b", re.IGNORECASE)
"""What is of the time before a day: costs incurred before 1 June."""
_OF_THEN_EN = re.compile(
    r"^\W*(?:(?:and|that|all|any|the|those|each|every)\s)*(?:(?!(?:be|is|are|was|were|been|being|will|must|shall|to)\b)[\w’'-]+\s){1,5}"
    r"(?!planned|scheduled|expected|promised|required|needed|due)"
    r"(?:[a-z]{2,}(?:ed|ing)|made|bought|sent|sold|built|paid|begun|given|taken|done)(?: (?:in|up|out|off))?\s"
    r"\n\s*(?:is|are|was|were|will|would|shall|must|should|can|may|has|have|needs?)\b",
    re.IGNORECASE,
)
"""Which things are meant, by a date, and what becomes of them: bags lost before 1 May will be found."""
_SUPPOSED_EN = re.compile(
    r"^(?!.*\b(?:will|shall|must|should|is to|are to|plans?|aims?|expects?|intends?)\b).*(?:\bwould\b|['’]d\b)(?! like\b)",
    re.IGNORECASE | re.DOTALL,
)
_TELLS_EN = re.compile(
    r"\b(?:sa(?:id|ys?)\b|told\b|added\b|noted\b|stated\b|replied\b|announc|confirm|promis|pledg|agree|deci[ds]|plan|report|commit|vow|undert|resolv|order|propos|requir|expla|accord|accept|assur|insist|warn|indicat)",
    re.IGNORECASE,
)
"""What would be is a promise only where somebody has said so; else it is what one supposes."""
_BEGAN_EN = re.compile(
    r"\b(?:began|came|went|fell|rose|took|gave|saw|grew|became|wrote|followed)\b(?:,? \w+){0,2},?\s(?:on\s|in\s)?$",
    re.IGNORECASE,
)
_FINITE_EN = re.compile(
    r"\b(?:[a-z]{2,}ed|is|are|has|have|meets?|ends|runs|reaches|remains)\b", re.IGNORECASE
)
_TO_DO_EN = re.compile(
    r"[\s*_#>•·●+–—-]*(?:\(?[a-z0-9ivx]{1,4}[.)]\s+(?:[*_]+)?)?"
    r"(?:accept|achieve|adopt|agree|amend|appoint|approve|assess|award|begin|bring|build|buy|carry out|close|commission|complete|conclude"
    r"|conduct|consult|convert|create|cut|deliver|deploy|develop|draft|eliminate|ensure|establish|expand|extend|finali[sz]e|finish|fit|fund|halve"
    r"|hire|hold|implement|improve|increase|install|introduce|launch|move|negotiate|obtain|open|pass|phase out|pilot|plant|post|prepare|present|procure"
    r"|produce|provide|publish|put|ratify|reach|recruit|reduce|release|remove|repair|replace|report|resurface|retrofit|revise|roll out|sign|start"
    r"|submit|switch|train|transfer|triple|double|upgrade|update|write"
    r"|agrees|asks|calls on|commits|decides|directs|instructs|invites|requests|requires|resolves|undertakes|urges)"
    r"\s(?!(?:of|date|for|was|were|is|are|has|had)\b)",
    re.IGNORECASE,
)
"""The head of an item that says what is to be done: Complete the 14 crossings; INVITES the Agency to."""
_AND_EN = re.compile(r"\s*,|\s*and\s", re.IGNORECASE)
_ASIDE_EN = re.compile(r"\([^()]{0,120}\)")
_RECURRING_EN = re.compile(
    r"\b(?:annually|each year|every year|each quarter|quarterly|monthly|weekly)\b,?[^,;]*$",
    re.IGNORECASE,
)
_HOUR_EN = re.compile(
    r"\b(?:by|before|(?:no|not) later than)\s[^,;]{0,24}(?:[ap]\.?m\.?|noon|midnight|business|morning|afternoon|evening)[^,;]{0,24}$",
    re.IGNORECASE,
)
_AT_HEAD = re.compile(r"^[\s*_]{0,6}(?:[:：]|[-–—]\s)\s?[\s*_]{0,4}\S")
_RULE_EN = re.compile(
    r"\b(?:effective|ceases? to|takes? effect|comes? into force|in force|expires?|runs? out|lapses?|sunsets?|valid)\b",
    re.IGNORECASE,
)


def begins_with_a_verb(words: str) -> bool:
    """Whether the words are the head of an item that says what is to be done: publish a tally."""
    return _TO_DO_EN.match(words) is not None


def heads_entries(line: str) -> bool:
    """Whether a line is the heading of entries that say what is to be done when, or was done."""
    return bool(_TIMETABLE_HEAD_EN.match(line) or _DONE_HEAD_EN.match(line))


def tier_of(scene: Scene, shape: Shape, due: date | None) -> Tier | None:
    """The tier of an English phrase, or None when it is no commitment."""
    if _says_no(scene) or (shape is Shape.POINT and _is_past_point(scene, due)):
        return None
    if _is_given_until(scene):
        return Tier.EXPLICIT
    before = scene.before if _LATIN.search(scene.before) else scene.carried + " " + scene.before
    sentence = before + " " + scene.rest
    future = _promise(scene, before, sentence)
    entry = shape is Shape.POINT and _is_timetabled(scene, due)
    if not (future or entry) and (
        _PAST_EN.search(_ASIDE_EN.sub(" ", sentence)) or _TOLD_OF_EN.search(scene.before)
    ):
        return None
    if future is None and _OF_BEFORE_EN.search(before + scene.phrase):
        return None
    if _COUNTED_EN.search(scene.phrase) and (future is None or _SERVICE_EN.search(before)):
        return None
    if _RULE_EN.search(before[-40:]) or not _LATIN.search(sentence):
        return None
    if shape is Shape.DEADLINE or _HOUR_EN.search(before) or _MOVED.search(before):
        return Tier.EXPLICIT
    if shape is Shape.POINT and not before.strip(" -*_#+") and _AT_HEAD.match(scene.rest):
        return Tier.EXPLICIT
    if future is None:
        return Tier.EXPLICIT if entry or (shape is Shape.POINT and _is_set(scene, due)) else None
    return Tier.EXPLICIT if shape is Shape.POINT or _is_due_in(scene, due) else Tier.HORIZON


def _says_no(scene: Scene) -> bool:
    """Whether the words around the date say that it is none to be met: since, if, each year."""
    before = scene.before
    led = _LEAD_NO_EN.search(before) is not None
    if led and not (_SET_DAY_EN.search(before) or _HOUR_EN.search(before)):
        return True
    if _OF_THEN_EN.search(f"{before}\n{scene.rest}"):
        return True
    if _SUPPOSED_EN.search(f"{scene.carried} {before}") and not _TELLS_EN.search(
        f"{scene.carried} {before} {scene.rest}"
    ):
        return True
    if _REST_NO_EN.search(scene.rest) or _RECURRING_EN.search(before) or scene.stop == "?":
        return True
    if _DONE_HEAD_EN.match(scene.under) and not _FUTURE_EN.search(before):
        return True
    if _IF_EN.search(before) or _PROLONGED.search(before) or _MISSED_EN.match(scene.after):
        return True
    if scene.phrase.lower().startswith(("before", "until")) and _NOT_EN.search(before):
        return True
    said = f"{scene.under} {scene.carried} {before}".lstrip()
    return _OTHERS_EN.search(said) is not None or any(
        _UNLIKELY_EN.search(words) for words in {said, before.lstrip()}
    )


def _is_past_point(scene: Scene, due: date | None) -> bool:
    """Whether a point in time is that of something told, or of the document itself."""
    if due == scene.made_on or _BEGAN_EN.search(scene.before):
        return True
    if _is_still_to_come(scene, due) or _TIMETABLE_HEAD_EN.match(scene.under):
        return False
    if _SET_DAY_EN.search(scene.before) or _is_timetabled(scene, due):
        return False
    if _is_told_of(scene):
        return True
    told = _PAST_EN.search(scene.before) or _TOLD_OF_EN.search(scene.before)
    ahead = _FUTURE_EN.search(scene.before) or _MOVED.search(scene.before)
    return told is not None and ahead is None


def _is_still_to_come(scene: Scene, due: date | None) -> bool:
    """Whether the date has its year and lies after the document's month: none can tell of it."""
    if due is None or scene.made_on is None or not _FULL_YEAR.search(scene.phrase):
        return False
    return (due.year, due.month) > (scene.made_on.year, scene.made_on.month)


def _promise(scene: Scene, before: str, sentence: str) -> re.Match[str] | None:
    """The word of promising: in the sentence, carried on by "and", or in the list's first line."""
    said = (
        _FUTURE_EN.search(sentence)
        or _TO_DO_EN.match(scene.carried + scene.before)
        or _SET_DAY_EN.search(before)
        or _MOVED.search(before)
    )
    if said is None and _AND_EN.match(before):
        said = _FUTURE_EN.search(scene.carried)
    return said or _FUTURE_EN.search(scene.under) or _TIMETABLE_HEAD_EN.match(scene.under)


def _is_due_in(scene: Scene, due: date | None) -> bool:
    """Whether a year is when one thing is handed over: to open in 2025."""
    if due is None:
        return False
    later = scene.made_on is not None and due.year > scene.made_on.year
    return later and _HAND_OVER_EN.search(scene.before + scene.phrase[:3].lower()) is not None


def _is_given_until(scene: Scene) -> bool:
    """Whether somebody has until then to do it."""
    has_it = _GIVEN_UNTIL_EN.search(scene.before) is not None
    return has_it and scene.phrase.lower().startswith("until") and scene.rest.startswith(" to ")


def _is_told_of(scene: Scene) -> bool:
    """Whether the date is when something happened: met on 5 May; In May, officials said."""
    told = _TOLD_EN.search(scene.before + " " + scene.phrase)
    if _ASIDE_TOLD_EN.search(scene.before + scene.phrase[:3]):
        return True
    if told is not None and _FUTURE_EN.search(scene.before, 0, told.start()) is None:
        return True
    if len(scene.before.strip(" *_#>(-")) > 8:
        return False
    past, future = _HEAD_TOLD_EN.search(scene.rest[:160]), _FUTURE_EN.search(scene.rest)
    return past is not None and (future is None or past.start() < future.start())


def _is_timetabled(scene: Scene, due: date | None) -> bool:
    """Whether a verb in the present leads to a date to come: opens on 5 May."""
    known = due is not None and scene.made_on is not None and not _is_just_past(scene, due)
    return known and _TIMETABLE_EN.search(scene.before) is not None


def _is_just_past(scene: Scene, due: date) -> bool:
    """Whether a date may be that of the document's own month, or is rather last year's."""
    made_on = scene.made_on
    if made_on is None:
        return False
    if made_on.day == 1 and (due.year, due.month) == (made_on.year, made_on.month):
        return True
    return not _FULL_YEAR.search(scene.phrase) and (due - made_on).days > _LONG_ROUND


def _is_set(scene: Scene, due: date | None) -> bool:
    """Whether a date without a word of promising is the entry of a plan."""
    if due is None or _is_just_past(scene, due):
        return False
    return scene.plan and not _LATIN.search(scene.rest) and not _FINITE_EN.search(scene.before)
