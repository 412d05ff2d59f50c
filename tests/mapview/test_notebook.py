"""Records in a notebook: what is shown, and what of it comes back to Python."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from html import unescape
from typing import Any

import nbformat
import pytest
from fixed_records import base_area, claim, incident
from nbclient import NotebookClient
from samples import many_records

import geodata
from geodata import Filter, FilterError, GeodataError, Records, Source, Store
from mapview import notebook
from mapview.notebook import Exploration

CELLS = (
    "import geodata\nshown = geodata.load().explore('country=TJ')\nshown",
    "print(shown.chosen.to_query(), shown.ids, shown.areas, shown.selected)",
    "shown.chosen = geodata.Filter.from_query('country=IR')",
    "len(geodata.Store.of(shown.records).explore().ids)",
)
KERMAN = "kerman-2024-01-03"


@pytest.fixture(scope="module")
def shown() -> Iterator[Exploration]:
    return geodata.load().explore("country=TJ")


class Running:
    """A notebook that runs, with a kernel of its own, in place of a browser."""

    def __init__(self, client: NotebookClient) -> None:
        self.client = client

    def run(self, at: int) -> dict[str, Any]:
        """What a cell gives."""
        cell = self.client.execute_cell(self.client.nb.cells[at], at)
        return cell["outputs"][0] if cell["outputs"] else {}

    def choose(self, model: str, state: str) -> None:
        """Say what was chosen, as a browser does."""
        update = {"method": "update", "state": {"state": state}, "buffer_paths": []}
        kernel = self.client.kc
        content = {"comm_id": model, "data": update}
        kernel.shell_channel.send(kernel.session.msg("comm_msg", content))

    def told(self, model: str) -> str:
        """What a browser would be told."""
        return self.client.widget_state[model]["state"]


def test_a_notebook_is_told_what_was_chosen() -> None:
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in CELLS])
    client = NotebookClient(book, timeout=120, kernel_name="python3")
    with client.setup_kernel():
        running = Running(client)
        shown = running.run(0)["data"]["application/vnd.jupyter.widget-view+json"]
        model = shown["model_id"]
        begun = geodata.Store.of(geodata.load()).ids(Filter(countries=("TJ",)))
        assert running.run(1)["text"].startswith(f"country=TJ {sorted(begun)!r} [")
        running.choose(model, f"country=IR&q=kerman&areas=off&id={KERMAN}&view=1%2C2%2C3")
        kerman = Filter(countries=("IR",), text="kerman", base_areas=False)
        found = sorted(geodata.Store.of(geodata.load()).ids(kerman))
        told = running.run(1)["text"]
        assert told == f"country=IR&q=kerman&areas=off {found!r} [] {KERMAN}\n"
        running.run(2)
        assert running.told(model) == f"country=IR&id={KERMAN}&view=1%2C2%2C3"
        iran = geodata.Store.of(geodata.load()).ids(Filter(countries=("IR",)))
        assert running.run(3)["data"]["text/plain"] == str(len(iran))


def test_what_is_chosen_is_what_the_store_finds(shown: Exploration) -> None:
    store = Store.of(geodata.load())
    for text in ("country=TJ", "type=bombing&from=2018&areas=off", "", "q=zzzz"):
        shown.chosen = text
        chosen = Filter.from_query(text)
        assert shown.chosen == chosen
        assert shown.ids == sorted(store.ids(chosen))
        assert shown.areas == sorted(view.area.id for view in store.areas(chosen))
        assert shown.records == store.select(chosen)


def test_the_page_holds_all_so_that_a_filter_can_be_taken_back(shown: Exploration) -> None:
    assert len(shown._incidents) == len(geodata.load().incidents)
    assert b'"tells":true' in shown._page.replace(b" ", b"")


def test_what_no_page_can_hold_is_narrowed_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebook, "MOST_INCIDENTS", 20)
    store = Store.of(many_records(30))
    some = sorted(store.ids(Filter()))[:3]
    exploration = store.explore(Filter(ids=tuple(some)))
    assert exploration.ids == some
    exploration.chosen = Filter()
    assert exploration.ids == some  # the page has no others
    assert [one.id for one in exploration.records.incidents] == some


def test_what_a_licence_forbids_is_in_no_notebook_unless_somebody_holds_it() -> None:
    closed = Source(id="closed", title="Closed", may_publish=False)
    records = Records(
        incidents=(incident("a"), incident("b", claims=(claim("fatalities", 4, source="closed"),))),
        base_areas=(base_area("x"),),
        sources=(Source(id="s", title="Open"), closed),
    )
    assert records.explore().ids == ["a"]
    assert records.explore(licensed=True).ids == ["a", "b"]


def test_a_text_that_is_no_filter_is_refused() -> None:
    with pytest.raises(FilterError, match="a filter key must be one of"):
        Records().explore("colour=red")


def test_without_anywidget_the_map_is_shown_and_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    notebook._kind.cache_clear()
    monkeypatch.setitem(sys.modules, "anywidget", None)
    exploration = Records(incidents=(incident("a"),)).explore("q=a&areas=off")
    html = exploration._repr_mimebundle_()["text/html"]
    assert 'sandbox="allow-scripts ' in html
    assert "allow-same-origin" not in html
    assert 'name="q=a&amp;areas=off"' in html
    page = html.partition('srcdoc="')[2].partition('"')[0]
    assert unescape(page).encode() == exploration._page
    assert "pip install &#x27;mapview-incidents[notebook]&#x27;" in html
    with pytest.raises(GeodataError, match=r"needs anywidget: pip install 'mapview-incidents\["):
        _ = exploration.ids
    assert repr(exploration) == "<1 incident on a map>"


def test_without_mapview_records_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mapview.notebook", None)
    with pytest.raises(GeodataError, match="need the package mapview, which is not installed"):
        Records().explore()
