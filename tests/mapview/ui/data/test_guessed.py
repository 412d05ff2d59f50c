"""What is guessed of a file and asked about it, in other languages: all of it is known there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from spoken import EVERYWHERE, NAMES, WORD

from geodata.importing import Looked, Settings, look_through
from geodata.tongue import speaking
from geodata.workspace import begin_file
from mapview.ui.data.cards import _answer
from mapview.ui.data.parts import (
    ANSWERS,
    GUESSED,
    NOTES,
    PROOFS,
    SKIPPED,
    TERMS,
    told_guess,
    told_note,
)

ROOT = Path(__file__).parents[4]
FILES = {
    "swapped.csv": "id,Report date,Latitude,Longitude,Country,Killed\n1,03/04/2020,95.1,34.5,AF,3\n"
    "2,05/06/2020,96.1,35.5,AF,4\n",
    "proved.csv": "Datum,Ort,Tote\n13.04.2020,Kabul,3\n14.04.2020,Paris,4\n",
    "ends.csv": "start date,end date,place\n05/04/2020,06/04/2020,a\n09/10/2020,10/09/2020,b\n"
    "03/02/2020,05/01/2020,c\n07/02/2020,08/01/2020,d\n",
    "calendar.csv": "event_id,date,place\n"
    + "".join(f"{n // 2},1402-05-03,Kabul\n" for n in range(8)),
    "solar.csv": "date,place\n1402-05-31,Kabul\n1402-06-31,Herat\n",
    "buddhist.csv": "date,place\n13/01/2567,a\n14/02/2567,b\n",
    "parts.csv": "year,month,country,events\n2020,1,AF,5\n2020,2,AF,6\n",
    "years.csv": "year,country,killed\n2020,AF,5\n2021,AF,6\n",
    "solar_years.csv": "year,month,place\n1402,5,Kabul\n1402,6,Herat\n",
    "flat.csv": "date,x,y\n2020-01-02,500000,4649776\n2020-01-03,500100,4649876\n",
    "pair.csv": 'when,loc,fatalities\n01/02/2020,"34.5, 69.2",4\n02/03/2020,"34.6, 69.3",5\n',
    "text.csv": "date,shape\n2020-01-02,POINT (69 34)\n2020-01-03,POINT (70 35)\n",
    "none.csv": "place,total\nKabul,3\n",
    "rivals.csv": "Beginn am,Anfang am,Ort\n2020-01-02,2020-01-05,a\n2020-02-02,2020-02-05,b\n",
    "victims.csv": "date,place,victim name,event_id\\n2020-01-02,a,x,1\\n2020-01-02,a,y,1\\n"
    "2020-01-03,b,z,2\\n",
    "units.csv": "date,unit,lat,lon\n2020-01-02,a,34.1,69.1\n2020-01-03,b,34.2,69.2\n",
}


@pytest.fixture(params=FILES)
def looked(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Looked, str]:
    path = tmp_path / request.param
    path.write_text(FILES[request.param], "utf-8")
    return look_through(begin_file(path, Settings(), "file"), most=1_000), FILES[request.param]


@pytest.mark.parametrize("code", ["ar", "fa", "ru", "tg"])
def test_all_that_is_guessed_is_said_in_the_language(looked: tuple[Looked, str], code: str) -> None:
    found, text = looked
    with speaking(code):
        said = [told_guess(one.evidence) for one in found.plan.guesses]
        said += [told_guess(one.text) for one in found.plan.questions]
        asked = [one for one in found.plan.questions if one.about != "dates"]
        said += [_answer(meaning.partition(";")[0]) for one in asked for _, meaning in one.answers]
    assert None not in said, (found.plan.guesses, found.plan.questions)
    own = {*WORD.findall(text), *EVERYWHERE, *NAMES, "UTM"}
    assert {word for one in said for word in WORD.findall(str(one))} <= own


def test_in_english_it_is_as_it_was(looked: tuple[Looked, str]) -> None:
    found, _ = looked
    for one in found.plan.guesses:
        assert told_guess(one.evidence) == one.evidence
    for one in found.plan.questions:
        assert told_guess(one.text) == one.text


def test_what_proves_an_order_stands_behind_why_a_column_holds_dates() -> None:
    text = "2 of 3 filled cells are dates; day before month: 2 of 3 fit only so"
    with speaking("ru"):
        assert told_guess(text) == (
            "даты в 2 из 3 заполненных ячеек; день перед месяцем: только так подходят 2 из 3"
        )
        assert told_guess("named so; 1 of 2 cells filled, such as 'a; b'") == (
            "так назван; заполнено ячеек 1 из 2, например 'a; b'"
        )
        assert told_guess("it felt right") is None
        assert told_note("no coordinate system is named in it")


def test_cells_and_names_are_quoted_as_the_file_has_them() -> None:
    """They may look like a day, also one that no calendar has, or like a number."""
    with speaking("fr"):
        said = [_answer(f"such as {one}") for one in ("2021-02-31", "2021-05-06", "1,500", "007")]
        assert said == ["comme 2021-02-31", "comme 2021-05-06", "comme 1,500", "comme 007"]
        assert "« 007 »" in str(told_guess("“007” names persons. Is each row an incident?"))
        assert str(told_note("007 (another table; “Sheet” below reads it)")).startswith("007 (")


def test_what_was_refused_in_a_file_is_told_in_the_language() -> None:
    with speaking("fr"):
        assert told_note("Old (no table)") == "Old (sans tableau)"
        assert told_note("a.rtf in b.zip is a picture") == (
            "a.rtf in b.zip est une image, pas des données"
        )


RAISED_IN = (
    *(f"geodata/importing/guesses/{one}.py" for one in ("columns", "what", "when", "where")),
    "geodata/importing/looking.py", "geodata/importing/looked.py", "geodata/reading/layers.py",
    "geodata/reading/xml/kml.py", "geodata/reading/text/alphabets.py",
)  # fmt: skip
# Names for what varies, and where the code puts a text together.
JOINT = re.compile(
    r"\{\w+\}|(?=latitude first)|(?=longitude first)|(?=, day before month)|(?=\? Cells)"
    r"|(?=Is each)"
    r"|(?=“Letters” below)|(?=“Sheet” below)|(?= reads them)|(?= reads it)|(?=not read)|(?=such as)"
    r"|“|”"
)


def test_what_is_known_of_guesses_stands_in_the_code() -> None:
    code = "".join((ROOT / name).read_text("utf-8") for name in RAISED_IN)
    code = re.sub(r'"\s*f?"', "", code)
    for message in (*GUESSED, *PROOFS, *TERMS, *NOTES, *ANSWERS):
        if message == "no column":  # which the code calls "none"
            continue
        for part in JOINT.split(message):
            assert part.strip(" ,?") in code or part in ("Letters", "Sheet", " below"), message


def test_what_is_skipped_is_called_so_by_readers() -> None:
    code = "".join(one.read_text("utf-8") for one in (ROOT / "geodata/reading").rglob("*.py"))
    assert all(re.search(rf'skipped\["{one}"\]|[(, ]{one}=', code) for one in SKIPPED)
