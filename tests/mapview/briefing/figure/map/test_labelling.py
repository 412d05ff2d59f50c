from __future__ import annotations

import pytest
from figure_parts import FRAME, Pen, incident

from geodata.tongue import speaking
from mapview.briefing.figure.map.labelling import Labelling, obstacles_of
from mapview.briefing.figure.paper.rect import Rect
from mapview.briefing.figure.scene.places import IncidentPlace
from mapview.briefing.figure.scene.stacks import SYMBOL_MM, stack_symbols


def labelled(*placed: tuple[float, float, IncidentPlace], text: float = 1) -> Labelling:
    symbols, _ = stack_symbols(placed, SYMBOL_MM * text)
    return Labelling.of(symbols, obstacles_of(symbols, FRAME, text), text)


def test_a_label_is_the_place_in_bold_over_the_date() -> None:
    labelling = labelled((100, 80, incident(date="2020-05-01")))
    [((name, bold), (when, plain))] = labelling.lines
    assert (name, when) == ("Kabul", "1 May 2020")
    assert (bold.bold, plain.bold) == (True, False)
    assert labelling.said == {"Kabul", "1 May 2020"}


def test_a_date_alone_is_in_bold() -> None:
    [((when, face),)] = labelled((100, 80, incident(name=""))).lines
    assert (when, face.bold) == ("2020", True)


def test_all_of_a_place_is_in_bold_where_no_date_is_known() -> None:
    name = "A place with a long name"
    vague = [incident(id=one, name=name, date="XXXX") for one in "ab"]
    [lines] = labelled(*((100, 80, one) for one in vague)).lines
    assert len(lines) == 2
    assert all(face.bold for _, face in lines)


def test_a_long_name_has_lines_enough_and_is_not_cut() -> None:
    name = "граница Узбекистана с Афганистаном"
    [lines] = labelled((100, 80, incident(name=name, date="2022-04~"))).lines
    assert " ".join(words for words, face in lines if face.bold) == name
    assert not any("…" in words for words, _ in lines)


def test_no_line_ends_within_the_day_of_another_calendar() -> None:
    with speaking("fa"):
        [lines] = labelled((100, 80, incident(date="2022-04-24"))).lines
    _, ours, theirs = ["".join(words).replace("\u00a0", " ") for words, _ in lines]
    assert (ours, theirs) == ("۲۴ آوریل ۲۰۲۲", "(۴ اردیبهشت ۱۴۰۱)")


@pytest.mark.parametrize("language", ["en", "fa"])
def test_words_on_a_plate_begin_where_they_are_read_from(language: str) -> None:
    told = incident(says=("over 170 to at least 182 killed",))
    with speaking(language):
        labelling = labelled((100, 80, told))
        pen = Pen()
        labelling.draw(pen)
    [label] = labelling.placed
    xs = {x for _, (x, _) in pen.texts}
    assert len(xs) == 1
    [x] = xs
    assert (x - label.box.left < 2) is (language == "en")
    assert (label.box.right - x < 2) is (language == "fa")


def test_what_killed_most_is_labelled_first() -> None:
    placed = [(60.0 + 40 * i, 80.0, incident(id=f"i{i}", killed=i)) for i in range(4)]
    named = [(x, y, incident(id=one.id, killed=one.killed, name=one.id)) for x, y, one in placed]
    assert [lines[0][0] for lines in labelled(*named).lines] == ["i3", "i2", "i1", "i0"]


def test_a_symbol_without_words_has_no_label() -> None:
    nameless = [incident(id=one, name="") for one in "ab"]
    assert labelled(*((100, 80, one) for one in nameless)).lines == ()


def test_words_stand_in_their_boxes() -> None:
    crowd = [
        (60 + 16.0 * (i % 4), 60 + 9.0 * (i // 4), incident(id=f"i{i}", name=f"Town {i}"))
        for i in range(16)
    ]
    labelling = labelled(*crowd)
    pen = Pen()
    labelling.draw(pen)
    assert set(pen.words) == labelling.said
    boxes = [label.box for label in labelling.placed]
    assert len(boxes) >= 10
    assert all(any(box.has(at) for box in boxes) for _, at in pen.texts)


def test_where_there_is_no_room_for_a_date_a_mark_is_named_without_it() -> None:
    symbols, _ = stack_symbols([(100.0, 80.0, incident(date="2020-05-01"))], SYMBOL_MM)
    # A strip that is as high as one line and no higher.
    low = Rect(FRAME.left, 77, FRAME.right, 83)
    [one] = (labelling := Labelling.of(symbols, obstacles_of(symbols, low, 1), 1)).placed
    assert [words for words, _ in labelling.lines[one.index]] == ["Kabul"]


def test_a_label_that_stands_off_has_a_leader() -> None:
    symbols, _ = stack_symbols([(100.0, 80.0, incident())], SYMBOL_MM)
    obstacles = obstacles_of(symbols, FRAME, 1)
    obstacles.add(Rect.around((100, 80), 9, 9))
    labelling = Labelling.of(symbols, obstacles, 1)
    pen = Pen()
    labelling.draw_leaders(pen)
    assert len(pen.lines("ink_muted")) == len(labelling.placed) == 1
