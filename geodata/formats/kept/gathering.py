"""What many features name and where they lie, gathered while they come by."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["Gathered"]

# How far around the world, in degrees, and how finely places are told apart for the box.
_AROUND = 359
_PARTS_A_DEGREE = 100


@dataclass
class Gathered:
    """What features name and where they lie.

    Attributes:
        values: The values of their claims, groups among them.
        sources: What the claims were read in, and what these cite.
        lats: The ends of where they lie, in degrees.
        numbers: How many places a feature has, as far as a file tells them apart: one, or two for
            any more.
    """

    values: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    lats: set[float] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)
    _lons: list[Any] = field(default_factory=list)

    def take(self, features: pa.Table) -> None:
        """Take some features, with the columns of the kept file but text and line."""
        for name, kept in (("values", self.values), ("sources", self.sources)):
            kept.update(pc.unique(pc.list_flatten(features[name])).to_pylist())
        lons = features["lons"]
        self._lons.append(pc.list_flatten(lons).to_numpy())
        ends = pc.min_max(pc.list_flatten(features["lats"])).as_py()
        self.lats |= {one for one in ends.values() if one is not None}
        most = pc.unique(pc.min_element_wise(pc.list_value_length(lons), 2)).to_pylist()
        self.numbers.update(one for one in most if one)

    @property
    def lons(self) -> set[float]:
        """Longitudes that tell the same box as all of them do."""
        return _thinned(self._lons)


def _thinned(some: list[Any]) -> set[float]:
    """Return longitudes with the same ends and, but for those below a hundredth, the same gaps."""
    lons = np.unique(np.concatenate(some)) if some else np.empty(0)
    # Nearly around the world, the least gap may decide where a box begins.
    if len(lons) > 1 and lons[-1] - lons[0] < _AROUND:
        parts = np.floor(lons * _PARTS_A_DEGREE)
        is_last = np.append(parts[1:] != parts[:-1], True)
        is_first = np.append(True, is_last[:-1])
        lons = lons[is_first | is_last]
    return set(lons.tolist())
