"""What `make train` learns of who does it: all who are offered for a marked act, and who is right.

All who are offered for an act are weighed against each other and against nobody. The least share at
which a name is told is the lowest at which, in documents that it was not trained on, at most
`WRONG` of the acts get a wrong one.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.model_selection import GroupKFold

from tests.extract.corpus import Marked
from tests.extract.score import same_body
from tracker.extract.candidates import walked
from tracker.extract.names import key_of
from tracker.extract.owners import START, OwnerCandidates, least_of
from tracker.extract.script import simplified

WRONG = 0.02
"""The part of the acts: less than is bearable, since rules were made by some of those held out."""
_TURNS = 4
"""How often all documents are held out, in other parts each time: one turn hangs on two acts."""
_COST = {"en": 20.0, "zh": 4.0}
"""What the square of a weight costs among all who are offered."""
_OF_DOCUMENT = 15.0
_NAMED = frozenset(("named", "named above", "named above of a thing"))
"""What a clause says that names somebody, whoever's document it is."""
_SMALLEST, _SEEN_IN, _FOLDS = 0.05, 3, 6
Numbers = NDArray[np.float64]


class Offered(NamedTuple):
    """All names that are offered for one act: their features, and which of them are right."""

    document: str
    names: list[str]
    features: list[frozenset[str]]
    right: list[bool]


class Asked(NamedTuple):
    """One marked act: its document, everybody who is offered, who is right."""

    document: str
    case: OwnerCandidates
    owner: str

    def offered(self, table: dict[str, float] | None = None) -> Offered:
        suspects = self.case.suspects(table)
        names = [s.name for s in suspects]
        right = [same_body(self.owner, name) for name in names]
        return Offered(self.document, names, [frozenset(s.features) for s in suspects], right)

    def document_of(self) -> Offered:
        """Whose document it is, where the clause does not say who does it."""
        assert self.case.cast
        names, facts = self.case.cast.names, self.case.cast.facts
        return Offered(self.document, names, facts, [same_body(self.owner, n) for n in names])


def asked(documents: Iterable[Marked], language: str) -> Iterator[Asked]:
    for document, marks in documents:
        if document.language != language:
            continue
        found = [(c, case) for c, case in walked(document) if case and _is_asked(case)]
        for mark in marks:
            if mark.truth in ("x", "h"):
                continue
            over = [
                case
                for c, case in found
                if c.phrase.start < mark.end
                and c.phrase.end > mark.start
                and (mark.truth == "?" or str(c.due) == mark.truth)
            ]
            for case in over[:1]:
                yield Asked(document.name, case, simplified(mark.owner))


def _is_asked(case: OwnerCandidates) -> bool:
    """Whether an act is learned from: nothing beside it names its owner, an English clause may."""
    return not case.told or (case.english and bool(_NAMED & set(case.said)))


class Model:
    """A regression on some acts."""

    def __init__(self, learnt: Sequence[Offered], cost: float) -> None:
        seen = {(f, one.document) for one in learnt for features in one.features for f in features}
        held = Counter(feature for feature, _ in seen)
        self._kept = {feature for feature, times in held.items() if times >= _SEEN_IN}
        self._names = DictVectorizer()
        rows = [row for one in learnt for row in self._rows(one)]
        matrix = self._names.fit_transform(rows)
        matrix.indices, matrix.indptr = (
            part.astype("int32") for part in (matrix.indices, matrix.indptr)
        )
        right = np.array([right for one in learnt for right in one.right])
        found = _among(matrix, right, [len(one.right) for one in learnt], cost)
        weights = zip(self._names.feature_names_, found, strict=True)
        self.weights = {name: round(float(w), 2) for name, w in weights if abs(w) >= _SMALLEST}
        self.weights.setdefault(START, 0.0)

    def _rows(self, one: Offered) -> list[dict[str, int]]:
        kept = (sorted({START} | (features & self._kept)) for features in one.features)
        return [dict.fromkeys(row, 1) for row in kept]

    def told(self, one: Offered) -> tuple[float, bool]:
        """The share of the likeliest, and whether it is right."""
        sums = [
            math.fsum(self.weights.get(f, 0.0) for f in (START, *features))
            for features in one.features
        ]
        if not sums:
            return 0.0, False
        best = int(np.argmax(sums))
        name = key_of(one.names[best])
        shares = [math.exp(total - sums[best]) for total in sums]
        others = zip(shares, map(key_of, one.names), strict=True)
        own = sum(share for share, other in others if other in name or name in other)
        return own / (sum(shares) + math.exp(-sums[best])), one.right[best]


def _among(matrix: Any, right: NDArray[np.bool_], sizes: Sequence[int], cost: float) -> Numbers:
    """The weights that make the right names of each act likeliest; nobody, where none is right."""
    of_act = np.repeat(np.arange(len(sizes)), sizes)
    some = np.bincount(of_act, right, len(sizes)) > 0

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        odds = np.exp(np.clip(matrix @ weights, -30, 30))
        everybody = 1 + np.bincount(of_act, odds, len(sizes))  # nobody weighs nothing
        told = np.where(some, np.bincount(of_act, odds * right, len(sizes)), 1)
        share = np.where(some[of_act], odds * right / told[of_act], 0)
        slope = matrix.T @ (odds / everybody[of_act] - share)
        square = cost / 2 * float(weights @ weights)
        return float(np.sum(np.log(everybody / told))) + square, slope + cost * weights

    start = np.zeros(matrix.shape[1])
    exact = {"maxiter": 2000, "ftol": 1e-12, "gtol": 1e-7}
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", options=exact).x)


def least_shares(acts: Sequence[Offered], kinds: Sequence[str], language: str) -> dict[str, float]:
    """From which share on a name is told, by kind, in documents held out; "" is not weighed."""
    told: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    groups = [one.document for one in acts]
    for turn in range(_TURNS):
        folds = GroupKFold(_FOLDS, shuffle=True, random_state=turn)
        for learn, hold in folds.split(acts, groups=groups):
            model = Model([acts[i] for i in learn], _COST[language])
            for i in hold:
                told[kinds[i]].append(model.told(acts[i]))
    return {kind: _least(of, WRONG) for kind, of in told.items() if kind}


def _least(told: Sequence[tuple[float, bool]], allowed: float) -> float:
    wrong, least = 0, 1.0
    for share, right in sorted(told, reverse=True):
        wrong += not right
        if wrong > allowed * len(told):
            break
        least = share
    return math.ceil(100 * least) / 100


def of_documents(acts: Sequence[Asked]) -> tuple[dict[str, float], list[Offered]]:
    """The weights of whose document it is, and the acts by weights that had not seen theirs."""
    unsaid = [one.document_of() for one in acts if not _NAMED & set(one.case.said)]
    groups = [one.document for one in acts]
    found = [Offered("", [], [], [])] * len(acts)
    for learn, hold in GroupKFold(_FOLDS).split(acts, groups=groups):
        seen = {groups[at] for at in learn}
        table = Model([one for one in unsaid if one.document in seen], _OF_DOCUMENT).weights
        for at in hold:
            found[at] = acts[at].offered(table)
    return Model(unsaid, _OF_DOCUMENT).weights, found


def trained(documents: Iterable[Marked], language: str) -> dict[str, dict[str, float]]:
    """The weights of who does it; in English those of whose document it is too."""
    found, every = {}, list(asked(documents, language))
    if language == "en":
        found["en from"], acts = of_documents(every)
    else:
        acts = [one.offered() for one in every]
    weighed = (not one.case.told and bool(one.owner or language == "zh") for one in every)
    kinds = [least_of(one.case) if so else "" for one, so in zip(every, weighed, strict=True)]
    who = Model(acts, _COST[language]).weights | least_shares(acts, kinds, language)
    found[f"{language} who"] = who
    return {key: dict(sorted(weights.items())) for key, weights in found.items()}
