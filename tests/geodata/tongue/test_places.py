"""What waters are called, and that scripts, which name none, are handed none."""

from __future__ import annotations

import pytest

from geodata.places.topology import load_waters
from geodata.tongue import LANGUAGES, place, speaking, water
from geodata.tongue.places import names_of_places

# As maps of the shipped records name them.
CAPITALS = {
    "Riyadh": "SA", "Abu Dhabi": "AE", "Muscat": "OM", "Kuwait City": "KW", "Baku": "AZ",
    "Yerevan": "AM", "Tehran": "IR", "Kabul": "AF", "Ashgabat": "TM", "Delhi": "IN",
    "Islamabad": "PK", "Baghdad": "IQ", "Damascus": "SY", "Dushanbe": "TJ", "Tashkent": "UZ",
}  # fmt: skip
OTHERS = [code for code in LANGUAGES if code != "en"]


@pytest.mark.parametrize("code", OTHERS)
def test_waters_around_the_records_are_named_in_each_language(code: str) -> None:
    with speaking(code):
        for name in ("Caspian Sea", "Arabian Sea", "Gulf of Oman", "Aral Sea", "Black Sea"):
            assert water(name)
            assert water(name) != name
        most = [one["name"] for one in load_waters() if water(one["name"])]
        assert len(most) > 0.6 * len(load_waters())


@pytest.mark.parametrize("code", [one for one in OTHERS if one != "fr"])
def test_capitals_around_the_records_are_named_in_each_language(code: str) -> None:
    with speaking(code):
        for name, country in CAPITALS.items():
            assert place(name, country) != name, name


def test_a_water_that_is_not_known_in_a_language_has_no_name() -> None:
    assert water("Laptev Sea") == "Laptev Sea"
    with speaking("tg"):
        assert water("Laptev Sea") == ""
    with speaking("ru"):
        assert water("Sea of Nowhere") == ""


@pytest.mark.parametrize("code", OTHERS)
def test_names_of_waters_are_no_places_of_records(code: str) -> None:
    assert not any(key.startswith("water|") for key in names_of_places(code))
    with speaking(code):
        assert place("Caspian Sea") == "Caspian Sea"
