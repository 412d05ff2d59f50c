"""What a base area was to its group, and what says so: forms, so that hues are free.

An area has the pattern of its group where it is hatched; a line around it says that it was there,
a band inside that line that it was held, a flag or a tent what stood there, and a stroke through it
that it was lost or given up.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from geodata.records import AreaKind

__all__ = ["STANDINGS", "Standing", "standing_of", "standings_to_json"]

StandingName = Literal["headquarters", "camp", "control", "presence"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What some kinds of base areas have in common on a map.

    Attributes:
        id: Stable name, which is that of its form in legends.
        kinds: The kinds of areas.
        mark: Outline of what stands in the area; empty for nothing.
        has_band: Whether a band inside its line says that the area was held.
    """

    id: StandingName
    kinds: tuple[AreaKind, ...]
    mark: str = ""
    has_band: bool = False


STANDINGS: Final[tuple[Standing, ...]] = (
    Standing("headquarters", (AreaKind.HEADQUARTERS,), mark="flag"),
    Standing(
        "camp",
        (AreaKind.TRAINING_CAMP, AreaKind.CAMP, AreaKind.STAGING_AREA, AreaKind.LOGISTICS),
        mark="tent",
    ),
    Standing("control", (AreaKind.TERRITORIAL_CONTROL, AreaKind.STRONGHOLD), has_band=True),
    Standing(
        "presence",
        (AreaKind.REPORTED_PRESENCE, AreaKind.AREA_OF_OPERATION, AreaKind.RECRUITMENT_AREA),
    ),
)
_INDEX: Final = {kind: at for at, standing in enumerate(STANDINGS) for kind in standing.kinds}


def standing_of(kind: AreaKind | str) -> int:
    """Return an index into `STANDINGS` for a kind of base area.

    Example:
        >>> STANDINGS[standing_of("stronghold")].id
        'control'
    """
    return _INDEX[AreaKind(kind)]


def standings_to_json() -> list[dict[str, Any]]:
    """Return the standings as plain values."""
    return [asdict(one) | {"kinds": [str(kind) for kind in one.kinds]} for one in STANDINGS]
