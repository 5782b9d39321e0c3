"""How the sources of each province stand, counted as the maps count them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from geo import aggregate
from geo.render import style

__all__ = ["ProvinceState", "find_states"]


@dataclass(frozen=True, slots=True)
class ProvinceState:
    """One province: its state on the map and the numbers of `geo.aggregate.COUNT_COLUMNS`."""

    state: str
    counts: dict[str, int]

    @property
    def disputed(self) -> bool:
        """Whether some source affirms and some source denies it, by name."""
        return self.counts["sources"] > 0 and self.counts["denied"] > 0


def find_states(claims: pd.DataFrame) -> dict[str, ProvinceState]:
    """Count the sources of every province that a claim concerns.

    Parameters
    ----------
    claims
        Those of the report.

    Returns
    -------
    dict
        By province id; provinces without a claim are absent.
    """
    states = {}
    for row in aggregate.count_claims(claims).to_dict("records"):
        counts = {name: int(row[name]) for name in aggregate.COUNT_COLUMNS}
        state = style.choose_state(
            sources=counts["sources"],
            uncertain=counts["uncertain"],
            sources_region=counts["sources_region"],
            denied=counts["denied"] + counts["denied_region"],
            has_documents=True,
        )
        states[str(row["province_id"])] = ProvinceState(state, counts)
    return states
