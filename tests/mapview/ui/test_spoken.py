"""Pages and dialogs of the app in other languages: no English is left but what records say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from data_page import OWN
from page_parts import html_of, message
from spoken import left_on
from streamlit.testing.v1 import AppTest

from geodata.tongue import say, speaking
from mapview import data
from mapview.faults import KNOWN, TERMS, told_fault
from mapview.ui import map_page, markup
from mapview.web.handing import incoming, refusal_of_files

PAGE = data.__file__.replace("data.py", "ui/main.py")
ROOT = Path(data.__file__).parents[1]
CODES = ["fa", "ru", "fr"]


@pytest.fixture(autouse=True)
def own_component(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stands in for the map's component is taken away at the end."""
    monkeypatch.setattr(map_page, "st_folium", map_page.st_folium)


def opened(code: str, wish: str, **others: object) -> AppTest:
    """Open a page from the map, in a language."""
    told: Any = message(f"country=TJ&lang={code}", wish, **others)
    map_page.st_folium = lambda *_, **__: told
    page = AppTest.from_file(PAGE, default_timeout=60)
    page.query_params["lang"] = code
    page.run()
    assert not page.exception
    return page


def run(page: AppTest, code: str) -> None:
    # Without a browser, a dialog is drawn with the whole page only.
    page.session_state["briefing_again"] = True
    # The names of choices are asked for where the test runs, as well.
    with speaking(code):
        page.run()
    assert not page.exception


def links(page: AppTest) -> list[str]:
    return [one.proto.query_string for one in page.get("page_link")]


@pytest.mark.parametrize("code", CODES)
def test_the_dialog_of_briefings(code: str) -> None:
    page = opened(code, "briefing")
    assert left_on(page, code) == set()
    for ending in ("gif", "svg"):
        page.selectbox(key="briefing_format").select(ending)
        run(page, code)
        page.selectbox(key="briefing_coarsen").select("province")
        run(page, code)
        assert left_on(page, code) == set()
    # The briefing speaks what the page does, if nothing else is said.
    assert page.selectbox(key="briefing_language").value == code
    # What rounding changes, and why it is refused, is told there too.
    page.number_input(key="briefing_min_k").set_value(500)
    run(page, code)
    [warning] = page.warning
    assert "500" in warning.value.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))
    assert left_on(page, code) == set()


@pytest.mark.parametrize(
    ("code", "text", "wrong"),
    [
        ("ru", "В Кермане погибли восемьдесят семь человек.", "восемьдесят семь"),
        ("fa", "در کرمان هشتاد و هفت نفر کشته شدند.", "هشتاد و هفت"),
        ("fr", "À Kerman, quatre-vingt-sept morts.", "quatre-vingt-sept"),
    ],
)
def test_words_of_a_user_are_checked_and_those_of_the_program_are_not(
    code: str, text: str, wrong: str
) -> None:
    told: Any = message(f"q=kerman&areas=off&lang={code}", "briefing")
    map_page.st_folium = lambda *_, **__: told
    page = AppTest.from_file(PAGE, default_timeout=60)
    page.query_params["lang"] = code
    page.run()
    drafted = page.text_area(key="briefing_messages").value
    page.text_area(key="briefing_messages").input(f"{drafted}\n{text}")
    run(page, code)
    marked = "".join(re.findall(r"<u [^>]*>(.*?)</u>", html_of(page)))
    assert marked == wrong


@pytest.mark.parametrize("code", CODES)
def test_the_list_of_groups_and_a_page_of_one(code: str) -> None:
    page = opened(code, "groups")
    assert f'lang="{code}"' in html_of(page)
    assert left_on(page, code) == set()
    assert set(links(page)) == {f"lang={code}"}
    assert all(f"&amp;lang={code}" in one for one in re.findall(r'\./groups[^"]*', html_of(page)))
    for group in ("jamaat-ansarullah", "iskp"):
        page.query_params["of"] = group
        page.run()
        assert not page.exception
        # French has the word "Attribution", too.
        assert left_on(page, code, "Attribution", has_claims=True) == set()


@pytest.mark.parametrize("code", CODES)
def test_the_page_of_data_with_a_file(code: str, own_use: Path) -> None:
    page = opened(code, "data")
    own = "Mapview mapview import serve data FILE NAME"
    assert left_on(page, code, own) == set()
    token, path = incoming().make("own.csv")
    path.write_text(OWN, "utf-8")
    page.query_params["of"] = token
    page.run()
    assert not page.exception
    # Names of the file and of its columns are its own.
    assert left_on(page, code, own, OWN, "own csv") == set()
    assert "own.csv" in html_of(page)


def test_a_file_is_let_go_in_the_language_of_the_page(own_use: Path) -> None:
    page = opened("fa", "data")
    token, path = incoming().make("own.csv")
    path.write_text(OWN, "utf-8")
    page.query_params["of"] = token
    page.run()
    page.button(key="data_let_go").click()
    run(page, "fa")
    assert page.query_params == {"lang": "fa"}
    with speaking("fa"):
        assert f"<h1>{say('Data')}</h1>" in html_of(page)


@pytest.mark.parametrize("code", CODES)
def test_the_page_on_the_record(code: str) -> None:
    page = opened(code, "about")
    assert f'<article class="mv-about" lang="{code}">' in html_of(page)
    # Two files of the source code; titles of relations, and the words "Sources" and the like.
    files = "CONTRIBUTING.md LICENSE-DATA"
    assert left_on(page, code, files, has_claims=True) == set()


def test_another_language_is_chosen_beside_the_map_and_english_again() -> None:
    page = opened("fa", "groups")
    page.selectbox(key="language_fa").select("ru")
    page.run()
    assert "Группы" in html_of(page)
    assert page.query_params["lang"] in ("ru", ["ru"])
    page.selectbox(key="language_ru").select("en")
    page.run()
    assert "<h1>Groups</h1>" in html_of(page)
    # The stage was left in another language, so that English is said to it.
    assert set(links(page)) == {"lang=en"}


def test_what_is_known_of_a_fault_is_said_and_the_rest_marked() -> None:
    text = "a page must have at most 50,000 incidents, got 60,000: narrow the filter (a period, a "
    text += "country, a type), or export them as GeoJSON or CSV"
    assert told_fault(text) == text
    with speaking("ru"):
        assert str(told_fault(text)).startswith("на странице может быть не более 50\xa0000 ")
        assert told_fault("z must be small") is None
    with speaking("fa"):
        assert re.findall("[0-9]", str(told_fault(text))) == []
    marked = markup.render("english.html", text="<b>")
    assert marked.strip() == '<p class="mv-english" lang="en" dir="ltr"><bdi>&lt;b&gt;</bdi></p>'


RAISED_IN = (
    "geodata/publication/prepare.py", "mapview/briefing/writers.py",
    "mapview/briefing/page/__init__.py", "mapview/web/handing/own_use.py",
    "mapview/web/handing/routes.py", "mapview/web/access/sign_in.py", "mapview/ui/data/work.py",
    "geodata/workspace/folder.py", "geodata/workspace/opening.py", "mapview/data.py",
    "geodata/queries/parts.py", "mapview/groups/describe.py",
    "mapview/briefing/figure/sheet/layouts.py", "mapview/briefing/figure/sheet/brief.py",
    "mapview/briefing/figure/periods/parts.py", "mapview/briefing/figure/periods/panels.py",
    "mapview/briefing/figure/sizes.py", "mapview/briefing/figure/film.py",
    "mapview/briefing/office/packages.py", "geodata/engines/connections.py",
    "geodata/errors.py", "mapview/web/middleware/refusals.py", "mapview/workers/queues.py",
    "geodata/queries/filters.py", "mapview/briefing/compose.py", "mapview/briefing/figure/draw.py",
    "geodata/reading/opening.py", "geodata/reading/archive.py", "geodata/reading/text/delimited.py",
    "geodata/importing/looking.py", "geodata/workspace/details.py", "geodata/reading/layers.py",
    "geodata/reading/workbook.py", "geodata/reading/source.py", "geodata/reading/text/encoding.py",
    "geodata/reading/xml/gpx.py", "geodata/reading/xml/kml.py", "geodata/reading/xml/tables.py",
    "geodata/shapes.py", "geodata/formats/excel/sheets.py", "mapview/web/addresses.py",
    "geodata/reading/json/objects.py", "geodata/reading/parquet.py", "geodata/reading/shapes.py",
    "geodata/reading/xml/markup.py", "geodata/files.py", "geodata/formats/csv.py",
    "geodata/formats/excel/reading.py", "geodata/formats/gdal.py", "geodata/formats/geojson.py",
    "geodata/formats/kept/keeping.py", "geodata/formats/registry.py", "geodata/intake/tables.py",
    "geodata/importing/guesses/columns.py", "geodata/importing/guesses/fixes.py",
    "geodata/importing/guesses/plan.py", "geodata/workspace/linking.py",
    "geodata/workspace/recipes.py", "geodata/queries/store.py", "mapview/briefing/since.py",
    "mapview/briefing/figure/sheet/maps.py", "mapview/web/cards.py", "mapview/web/embed.py",
    "mapview/web/asking.py", "mapview/web/routes.py", "mapview/web/stage.py",
    "mapview/web/ogc/asked.py", "mapview/web/ogc/routes.py",
    "mapview/web/ogc/conditions.py",
)  # fmt: skip
# Names for what varies, and where the code puts a sentence together.
JOINT = re.compile(
    r"\{\w+\}|(?=try it with)|(?=round to)|(?=one that )|(?=a reader$)|(?=nobody who)|(?=the id or)"
    r"|(?=one of several)|(?=, which is )|(?=incidents, got)|(?=; near)|(?=, got )|(?<= is )"
    r"|(?=; its columns are )|(?= called )|(?= without a table)|(?<= without a table)|(?=, line )"
    r"|(?<=be read)"
)


def test_what_is_known_of_a_fault_stands_in_the_code() -> None:
    code = "".join((ROOT / name).read_text("utf-8") for name in RAISED_IN)
    # Texts that are too long for a line are parted.
    code = re.sub(r'"\s*f?"', "", code)
    for message_ in KNOWN:
        for part in JOINT.split(message_):
            assert part.strip() in code, message_
    assert all(f'"{one}"' in code for one in TERMS)


FAULTS = {
    "key": ("to must be on or off, got 'x'", "to может быть on или off, введено: 'x'"),
    "empty": ("“1,000.csv” is an empty file", "файл “1,000.csv” пуст"),
    "order": (
        "to must not be before from, got 2024-03-01 to 2024-02-01",
        "«to» не может быть раньше «from», введено: 1 марта 2024 и 1 февраля 2024",
    ),
    "find_group": (
        "a group page must be of the id or a name of a group, got 'iskb'; near are iskp",
        "нет группы с таким идентификатором или названием: 'iskb'; похожие: iskp",
    ),
    "bare": (
        "a group page must be of the id or a name of a group, got 'x'",
        "нет группы с таким идентификатором или названием: 'x'",
    ),
    "day": (
        "known must not be a day to come, got 2030-01-02 on 2026-11-28",
        "в known нельзя указать будущий день, введено: 2 января 2030, сегодня 28 ноября 2026",
    ),
    "term": (
        "a template must be a Word file (.docx or .dotx), got something else (a.docx)",
        "шаблоном должен быть файл Word (.docx или .dotx), а это нечто другое (a.docx)",
    ),
    "name": (
        "a dataset must be named that is there (2021-02-31), got '1,000'",
        "такого набора данных нет: '1,000' (есть: 2021-02-31)",
    ),
    "nested": (
        "a.zip is an archive without a table: b.csv in a.zip is an empty file",
        "в архиве a.zip нет таблицы: файл b.csv in a.zip пуст",
    ),
    "sheets": (
        "a.xlsx is a workbook without a table: One (no table), Two (hidden, or no table)",
        "в книге a.xlsx нет таблицы: One (таблицы нет), Two (скрыт, или таблицы нет)",
    ),
    "system": (
        "/data/a.csv must be a readable file, got: Permission denied",
        "не удалось прочитать файл /data/a.csv: нет прав доступа",
    ),
    "either": (
        "a record file must end in .csv, .kml or .xlsx, got a.txt",
        "имя файла записей должно оканчиваться на .csv, .kml или .xlsx, получено: a.txt",
    ),
    "format": (
        "a template must be given for .pptx, .docx or .zip, got .svg",
        "только для .pptx, .docx или .zip можно указать: шаблон; введено: .svg",
    ),
    "format of a language": (
        "a language must be given for .pptx or .docx, got .csv",
        "язык можно выбрать только для .pptx или .docx, введено: .csv",
    ),
    "side": (
        "width of a figure must be within 20 and 2000 mm (76 and 7559 px on a screen), got 2.0 mm",
        (
            "размер рисунка (ширина) должен быть от 20 до 2000 мм (на экране от 76 до 7559 px), "
            "введено: 2.0 мм"
        ),
    ),
    "parameter": ("width must be given, got nothing", "не указано width"),
    "damaged": (
        "“a.xlsx” is a damaged workbook: Cannot find 'x'",
        "книга “a.xlsx” повреждена: Cannot find 'x'",
    ),
    "number": (
        "at least one row must be a record, got none of 12,345",
        "ни одна строка не может стать записью, всего строк: 12\xa0345",
    ),
}


@pytest.mark.parametrize(("english", "russian"), FAULTS.values(), ids=FAULTS)
def test_faults_are_said_with_what_varies_in_them(english: str, russian: str) -> None:
    with speaking("ru"):
        assert told_fault(english) == russian


@pytest.mark.parametrize("code", CODES)
def test_a_server_that_takes_no_files_says_so_in_the_language(code: str) -> None:
    page = opened(code, "data")  # of which nobody knows where it listens
    command = "mapview import FILE serve --data NAME --address"
    assert left_on(page, code, command) == set()
    with speaking(code):
        told = str(told_fault(refusal_of_files()))
    assert told[1:] in html_of(page)


@pytest.mark.parametrize("code", CODES)
def test_a_group_that_is_none_is_told_of_in_the_language(code: str) -> None:
    page = opened(code, "groups")
    page.query_params["of"] = "iskpp"
    page.run()
    assert len(page.warning) == 1
    assert left_on(page, code, "iskpp iskp") == set()


@pytest.mark.parametrize("code", CODES)
def test_a_day_of_which_nothing_is_known_is_told_of_in_the_language(code: str) -> None:
    page = AppTest.from_file(PAGE, default_timeout=60)
    page.query_params |= {"lang": code, "known": "1990-01-01"}
    page.run()
    assert len(page.error) == 1
    assert left_on(page, code, "known") == set()
