"""Tests of symbols as pictures: their colours, on no ground, the same twice."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from geodata.records import BASE_AREA
from mapview.cartography import DRAWN, PALETTE, STATUSES, drawn_symbol
from mapview.exports import _picture
from mapview.pictures import SIDE, picture_of


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    assert (image.format, image.mode, image.size) == ("PNG", "RGBA", (SIDE, SIDE))
    return image


def share(image: Image.Image, color: str) -> float:
    """How much of a picture has a colour and is opaque."""
    wanted = (*bytes.fromhex(color[1:]), 255)
    return sum(one == wanted for one in image.get_flattened_data()) / SIDE**2


@pytest.mark.parametrize("kind", range(len(DRAWN)), ids=[one.id for one in DRAWN])
def test_a_symbol_is_filled_where_it_was_carried_out_and_else_hollow(kind: int) -> None:
    color, paper = DRAWN[kind].color.light, PALETTE["paper"].light
    sure, foiled = (opened(picture_of(drawn_symbol(kind, status))) for status in (0, 1))
    assert STATUSES[1].hollow
    # Edges are soft, so of a thin line hardly a pixel has its colour alone.
    assert share(sure, color) > 2 * share(foiled, color)
    assert share(foiled, paper) > share(sure, paper)
    assert share(sure, color) > 0.03
    # Nothing is cut off, and nothing lies around it.
    for image in (sure, foiled):
        left, top, right, bottom = image.getchannel("A").getbbox()
        assert 0 < left < SIDE / 2 < right < SIDE
        assert 0 < top < SIDE / 2 < bottom < SIDE
        assert image.getpixel((0, 0))[3] == 0


def test_a_mark_says_what_is_in_doubt() -> None:
    marked = [one.mark for one in STATUSES]
    pictures = [picture_of(drawn_symbol(0, status)) for status in range(len(STATUSES))]
    assert len(set(pictures)) == len(
        set(zip(marked, [one.hollow for one in STATUSES], strict=True))
    )
    assert picture_of(drawn_symbol(0, 2)) == pictures[2]


def test_base_areas_have_the_mark_of_their_kind_or_a_dot() -> None:
    kinds = ("headquarters", "training camp", "reported presence")
    assert len({_picture({}, BASE_AREA, kind) for kind in kinds}) == 3
    opened(_picture({}, BASE_AREA, kinds[2]))


def test_a_type_in_the_words_of_a_source_has_its_letter() -> None:
    found = [_picture({"own:Theft": at}, "own:Theft", "carried out") for at in (10, 11)]
    assert found[0] != found[1]
    assert found[0] == picture_of(drawn_symbol(10, 0))
