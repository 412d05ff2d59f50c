"""Types of events in other people's words, where these mean one of ours and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from geodata.records import EventType

__all__ = ["type_of"]

_WORDS: Mapping[str, EventType] = {
    "air attack": EventType.AIRSTRIKE,
    "air raid": EventType.AIRSTRIKE,
    "air strike": EventType.AIRSTRIKE,
    "drone strike": EventType.AIRSTRIKE,
    "us drone strike": EventType.AIRSTRIKE,
    "airstrike": EventType.AIRSTRIKE,
    "artillery": EventType.SHELLING,
    "artillery fire": EventType.SHELLING,
    "mortar": EventType.SHELLING,
    "mortar fire": EventType.SHELLING,
    "bomb": EventType.BOMBING,
    "bomb attack": EventType.BOMBING,
    "car bomb": EventType.BOMBING,
    "ied": EventType.BOMBING,
    "ied attack": EventType.BOMBING,
    "suicide bomb": EventType.SUICIDE_BOMBING,
    "clash": EventType.BATTLE,
    "armed clash": EventType.BATTLE,
    "firefight": EventType.BATTLE,
    "combat": EventType.BATTLE,
    "abduction": EventType.HOSTAGE_TAKING,
    "hostage": EventType.HOSTAGE_TAKING,
    "kidnapping": EventType.HOSTAGE_TAKING,
    "hijacking": EventType.HOSTAGE_TAKING,
    "missile": EventType.ROCKET_ATTACK,
    "missile attack": EventType.ROCKET_ATTACK,
    "missile strike": EventType.ROCKET_ATTACK,
    "rocket": EventType.ROCKET_ATTACK,
    "rocket fire": EventType.ROCKET_ATTACK,
    "murder": EventType.KILLING,
    "homicide": EventType.KILLING,
    "stabbing": EventType.KNIFE_ATTACK,
    "vehicle ramming": EventType.VEHICLE_ATTACK,
    "vehicle ramming attack": EventType.VEHICLE_ATTACK,
    "armed attack": EventType.ARMED_ASSAULT,
    "detention": EventType.ARREST,
}
_OURS = {str(one): one for one in EventType}


@lru_cache(maxsize=10_000)
def type_of(text: str) -> EventType:
    """Return our type for a word of others, or `other`.

    Example:
        >>> [str(type_of(one)) for one in ("Air-strikes", "Suicide Bombing", "Peaceful protest")]
        ['airstrike', 'suicide bombing', 'other']
    """
    words = " ".join(re.findall(r"[a-z]+", text.casefold()))
    for one in (words, words.removesuffix("s"), words.removesuffix("es")):
        if one in _OURS or one in _WORDS:
            return _OURS.get(one) or _WORDS[one]
    return EventType.OTHER
