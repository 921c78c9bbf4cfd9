"""English verbs of doing, and the base of the forms in which promises name them."""

from __future__ import annotations

import re

_DOING = """
    abolish accept achieve acquire adapt arrange arrive address adjust adopt advance agree align allocate allow amend analyse analyze
    announce answer appoint apply approve assess assign assist audit award ban begin brief bring build buy cancel
    capture carry cease certify challenge change check circulate clean clear close collaborate collect commence commission
    commit communicate complete conclude conduct confirm connect consider consolidate construct consult continue
    convene convert cooperate coordinate cover create cut decide decommission define deliver demolish deploy design
    destroy determine develop display mail digitise digitize direct disburse disclose discontinue distribute document double draft
    drop earmark electrify eliminate employ enable enact end engage enhance enrol enroll ensure enter equip
    establish evaluate exempt expand explore extend file fill finalise finalize finish fit fix form formulate forward
    freeze fund give go grant halve hand have hire hold identify implement improve include incorporate increase inform
    initiate inspect install instruct integrate introduce invest investigate invite issue join keep launch lay lead
    leave lift link list lower maintain make map match measure meet migrate modernise modernize modify monitor move
    name negotiate notify obtain offer open operate order organise organize outline overhaul own pass pave pay perform
    permit phase pilot place plan plant post prepare present prevent print prioritise prioritize process procure
    produce prohibit prop propose protect provide publish purchase put quadruple raise ratify reach rebuild receive
    recommend recruit reduce refer refinance reform refurbish register reinstate relaunch release relocate remediate
    remove renew renovate reopen repair repay repeal repave replace report require resolve respond restore restructure
    resubmit resume resurface retire retrofit retrain return review revise roll run scale schedule scrap secure seek
    select sell send separate serve set settle share ship shut sign specify staff start stop strengthen streamline submit
    support suspend switch table take target tender terminate test track train transfer transform transition translate
    transmit trial triple turn update upgrade vaccinate verify widen withdraw work write undertake use tell name step
    scan load lend add fence dredge rewire recycle reissue retain screen tackle tag dispose vacate validate visit evict
    administer advertise allot assemble authorise authorize bake block boost borrow broadcast calculate call chair
    choose classify collate compensate compile contact correct decarbonise decarbonize declare dedicate defer
    delegate deposit devise dig disseminate drain draw drill drive dry ease educate elect email embed endorse
    enforce enlarge erect escalate estimate examine execute explain fly generate guarantee halt handle harmonise
    harmonize help host insulate insure invoice lodge log mandate merge mitigate mobilise mobilize mount nominate
    offset onboard outlaw outsource paint patch phone pick preserve privatise promote promulgate pump quantify
    realign reallocate reassess recalculate recognise recognize reconcile reconsider reconvene recover redesign
    redevelop redirect redistribute redraft redraw regulate rehouse reimburse reinforce reintroduce reject relieve
    remedy remind remit renegotiate repaint repatriate replenish reprint rescue reset resettle retest reuse revisit
    revoke ring safeguard save scrutinise scrutinize seal shift shorten simplify solicit solve sow spend standardise
    standardize subsidise teach tidy tighten toughen trim unify unveil upload vet waive warn wire deepen rerun
    reroute remap rename rehabilitate refill replant reseed resize restock sequence slow confer compare donate
"""
BASE = frozenset(_DOING.split())
_FORMS = """
    begun:begin bought:buy brought:bring built:build chosen:choose cut:cut done:do driven:drive drawn:draw fitted:fit
    given:give held:hold hired:hire kept:keep known:know laid:lay led:lead left:leave let:let lit:light made:make
    met:meet paid:pay put:put read:read rebuilt:rebuild rewritten:rewrite run:run seen:see sent:send set:set shown:show
    shut:shut sold:sell spent:spend split:split taken:take taught:teach told:tell torn:tear undertaken:undertake
    withdrawn:withdraw won:win written:write rolled:roll installed:install controlled:control repaid:repay
    tabled:table issued:issue referred:refer dealt:deal found:find frozen:freeze wound:wind delivered:deliver thrown:throw
"""
_IRREGULAR = dict(pair.split(":", 1) for pair in _FORMS.split())
_STEMS = "at iz is ur uc v rc nc rg dg bl dl tl ir u as os ut id od ad ar et ac ag"
_E_BEFORE = tuple(_STEMS.split())
_PARTICLES = frozenset(["out", "up", "off", "down", "back", "forward"])


def base_of(form: str) -> str | None:
    """The base of a participle (published, laid, moving); None for a word that is no form of a verb."""
    word = form.lower()
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending in ("ied", "ying", "ed", "ing"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            return stem + "y" if ending in ("ied", "ying") else _whole(stem)
    return None


def _whole(stem: str) -> str:
    if stem in BASE:
        return stem
    if stem + "e" in BASE:
        return stem + "e"
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "sl":
        return stem[:-1]
    return stem + "e" if stem.endswith(_E_BEFORE) else stem


def is_base(word: str) -> bool:
    """Whether a word is the plain form of a verb of doing: publish, re-open."""
    return word.lower().removeprefix("re-").removeprefix("co-") in BASE


_NO_OBJECT = re.compile(
    r"(?:in|on|at|to|from|with|by|up|out|for|into|as|of|off|over|through|until|under|back|down|again|and|or|be|before|after|when|if|so)$"
)


def does_something(what: str) -> bool:
    """Whether a title says that somebody does something to a thing: Anatomy to share its data."""
    _, _, said = what.partition(" to ")
    verb, _, rest = said.partition(" ")
    first = rest.split(" ", 1)[0]
    return bool(first) and is_base(verb) and not _NO_OBJECT.match(first)


def particle(word: str) -> bool:
    return word in _PARTICLES
