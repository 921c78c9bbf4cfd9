"""`make train`: the weights of the verdict from the marked documents, the same bytes each time.

Each language is a logistic regression, which keeps few features in Chinese. Its probabilities are
held against documents that it was not trained on, a sixth at a time, and stretched to mean what
they say.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from tests.extract import whom
from tests.extract.corpus import WRITTEN, Marked, lines, training
from tracker.extract.candidates import walked
from tracker.extract.verdict import START, Weights, features
from tracker.extract.verdict import weights as read_weights

Numbers = NDArray[np.float64]

WEIGHTS = Path(__file__).parents[2] / "tracker" / "extract" / "weights.json"
_KEPT = {"en": (0.3, 0), "zh": (1, 1)}
"""How much a feature may cost, and whether most weigh nothing: in English many say a little."""
_SMALLEST = {"en": 0.1, "zh": 0.01}
_SEEN_IN = {"en": 3, "zh": 4}
"""In how many documents a feature must stand."""
_FOLDS = 6


class Example(NamedTuple):
    """One date: its features, whether it is a promise, its document."""

    features: frozenset[str]
    promise: bool
    document: str
    english: bool


def examples(documents: Iterator[Marked]) -> Iterator[Example]:
    """Every date to come on which readers agree; without a mark it is no promise."""
    for document, marks in documents:
        for found, _ in walked(document):
            made_on = document.made_on
            past = made_on is not None and found.due is not None and found.due < made_on
            if found.scene is None or past:
                continue
            over = [
                m.truth for m in marks if m.start < found.phrase.end and m.end > found.phrase.start
            ]
            promised = any(truth not in ("x", "h") for truth in over)
            if promised or "h" not in over:
                known = frozenset(features(found.scene))
                yield Example(known, promised, document.name, found.scene.english)


class Model:
    """A regression on some examples."""

    def __init__(self, learnt: Sequence[Example]) -> None:
        held = Counter(name for name, _ in {(f, e.document) for e in learnt for f in e.features})
        language = "en" if learnt[0].english else "zh"
        self._kept = {name for name, times in held.items() if times >= _SEEN_IN[language]}
        self._names = DictVectorizer()
        cost, few = _KEPT[language]
        self._fit = LogisticRegression(
            C=cost, l1_ratio=few, solver="liblinear", max_iter=1000, random_state=0
        )
        matrix = self._names.fit_transform(self._rows(learnt))
        matrix.indices, matrix.indptr = (
            part.astype("int32") for part in (matrix.indices, matrix.indptr)
        )
        self._fit.fit(matrix, [e.promise for e in learnt])

    def _rows(self, of: Sequence[Example]) -> list[dict[str, int]]:
        return [dict.fromkeys(sorted({START} | (e.features & self._kept)), 1) for e in of]

    def sums(self, of: Sequence[Example]) -> Numbers:
        """The logarithms of the odds."""
        matrix = self._names.transform(self._rows(of))
        return np.asarray(matrix @ self._fit.coef_[0])

    def weights(self) -> dict[str, float]:
        return dict(zip(self._names.feature_names_, self._fit.coef_[0], strict=True))


def unseen(of: Sequence[Example]) -> Numbers:
    """The sums of each example by a model that has not seen its document."""
    told = np.zeros(len(of))
    groups = [e.document for e in of]
    for learn, hold in GroupKFold(_FOLDS).split(of, groups=groups):
        told[hold] = Model([of[i] for i in learn]).sums([of[i] for i in hold])
    return told


def stretch(sums: Numbers, of: Sequence[Example]) -> tuple[float, float]:
    """By how much to multiply and then to shift the sums, so that 7 of 10 at 0.7 are promises."""
    fit = LogisticRegression(C=1e6).fit(sums.reshape(-1, 1), [e.promise for e in of])
    return float(fit.coef_[0][0]), float(fit.intercept_[0])


def trained(of: Sequence[Example]) -> dict[str, float]:
    by, shift = stretch(unseen(of), of)
    weights = {name: round(by * weight, 2) for name, weight in Model(of).weights().items()}
    weights[START] = round(weights.get(START, 0) + shift, 2)
    least = _SMALLEST["en" if of[0].english else "zh"]
    return {n: w for n, w in sorted(weights.items()) if abs(w) >= least or n == START}


def main() -> None:
    every = list(examples(training()))
    found = {
        "en": trained([e for e in every if e.english]),
        "zh": trained([e for e in every if not e.english]),
    }
    _write(found)
    written = [m for path in sorted(WRITTEN.glob("*.jsonl")) for m in lines(path)]
    for language in ("en", "zh"):
        found |= whom.trained(written, language)
    _write(found)
    for language, weights in found.items():
        sys.stdout.write(f"{language}: {len(weights)} weights\n")


def _write(found: Weights) -> None:
    WEIGHTS.write_text(json.dumps(found, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    read_weights.cache_clear()


if __name__ == "__main__":
    main()
