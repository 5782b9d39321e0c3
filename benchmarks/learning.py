"""A multinomial logistic regression over answers that are not the same for every question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.evidence import Choice

__all__ = ["Case", "Weights", "learn", "weigh"]

Case = tuple[Choice, Sequence[bool], float]
"""A question, which of its answers are right, and how much it counts."""

Weights = Mapping[str, float]
Values = NDArray[np.float64]

_STEPS, _RATE = 300, 0.05
_RARE = 4


def weigh(weights: Weights, choice: Choice) -> dict[str, float]:
    """Return how likely each answer is: the exponential of what speaks for it, as shares of one."""
    sums = [sum(weights.get(name, 0.0) * value for name, value in one.items()) for one in choice.evidence]
    powers = np.exp(np.array(sums) - max(sums))
    return dict(zip(choice.options, (powers / powers.sum()).tolist(), strict=True))


def learn(cases: Sequence[Case], *, penalty: float) -> dict[str, float]:
    """Learn weights by multinomial logistic regression with a squared penalty.

    Parameters
    ----------
    cases
        Questions, which of the answers are right (several may be, those with none are passed over),
        and how much each question counts.
    penalty
        Half of it times the sum of the squared weights is added to the loss.

    Returns
    -------
    dict
        Evidence to weight; evidence seen fewer than four times has none.
    """
    cases = [case for case in cases if any(case[1])]
    seen = Counter(name for choice, _, _ in cases for one in choice.evidence for name in one)
    names = sorted(name for name, number in seen.items() if number >= _RARE)
    width = max(len(choice.options) for choice, _, _ in cases)
    values = np.zeros((len(cases), width, len(names)))
    given, right = np.zeros((2, len(cases), width), dtype=bool)
    place = {name: number for number, name in enumerate(names)}
    for row, (choice, answers, _) in enumerate(cases):
        given[row, : len(answers)], right[row, : len(answers)] = True, answers
        for column, one in enumerate(choice.evidence):
            for name in one.keys() & place.keys():
                values[row, column, place[name]] = one[name]
    counts = np.array([weight for _, _, weight in cases])
    return dict(zip(names, _descend(values, given, right, counts, penalty).tolist(), strict=True))


def _descend(
    values: Values, given: NDArray[np.bool_], right: NDArray[np.bool_], counts: Values, penalty: float
) -> Values:
    """Follow the gradient for a fixed number of steps (Adam, Kingma and Ba 2015): the same on every run."""
    weights, mean, square = np.zeros((3, values.shape[2]))
    for step in range(1, _STEPS + 1):
        shares = _shares(np.where(given, values @ weights, -np.inf))
        wanted = np.where(right, shares, 0.0)
        wanted /= wanted.sum(axis=1, keepdims=True)
        slope = penalty * weights + np.einsum("co,cof->f", (shares - wanted) * counts[:, None], values)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights = weights - _RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def _shares(sums: Values) -> Values:
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    shares: Values = powers / powers.sum(axis=1, keepdims=True)
    return shares
