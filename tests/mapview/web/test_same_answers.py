"""A stage is answered the same from columns in the browser and by the server, whatever is asked."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from corpora import CORPUS, corpus
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from samples import typed_records
from strategies import filters

from geodata import Filter, Records, Store, load
from geodata.formats.geojson import read_geojson
from geodata.queries.filters import PARTS
from geodata.records import Role
from mapview.cartography import DRAWN, KINDS
from mapview.web import stage

SCRIPT = Path(__file__).parents[1] / "assets" / "page" / "embedded.js"
# Words and names that some of the records have, and one that none has.
WORDS = ("kerman", "attack", "Данғара", "mosque school", "no such word")
ORDERS = ("-start", "start", "-killed", "killed", "-injured", "injured")
TEXT_ORDERS = ("title", "-place", "what")
SHIPPED = load()
# What may be asked: a stage tells of other groups and countries that they are not in its lists.
# What a map asks beside: a part of the world from the Atlantic to the Pamirs, and two strips of it.
MAP = {
    "box": [900_000_000, 500_000_000, 1_500_000_000, 1_000_000_000],
    "zoom": 4,
    "boxes": [[1_400_000_000, 0, 1_490_000_000, 2**30], [0, 0, 1_100_000_000, 2**30]],
}
KNOWN = stage.known_data(Store.of(SHIPPED))
GROUPS, COUNTRIES = KNOWN["groups"], KNOWN["countries"]


def ask(records: Records, questions: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a page with all columns answers."""
    node = shutil.which("node", path=str(Path(sys.executable).parent))
    assert node, "Node must be installed beside Python (make test), got none"
    request = {"data": stage.stage_data(Store.of(records)), "questions": questions}
    ran = subprocess.run(
        [node, SCRIPT], input=json.dumps(request), capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    answers: list[dict[str, Any]] = json.loads(ran.stdout)
    return answers


class Server:
    """What the routes answer for the records that are open."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def get(self, name: str, **values: object) -> dict[str, Any]:
        answer = self.client.get(f"/api/{name}", params=values)
        assert answer.status_code == 200, answer.text
        payload: dict[str, Any] = answer.json()
        return payload

    def question(self, text: str, sort: str, which: str) -> dict[str, Any]:
        order = {"column": sort.removeprefix("-"), "down": sort.startswith("-"), "which": which}
        spreads = self.get("spreads", f=text)["spreads"]
        return {"text": text, "order": order, "sort": sort, "spreads": spreads, "map": MAP}

    def compare(self, question: dict[str, Any], answer: dict[str, Any]) -> None:
        text, which = question["text"], question["order"]["which"]
        asked = {"f": text, "sort": question["sort"], "which": which}
        summary = self.get("summary", f=text)
        for part, said in summary.items():
            assert answer["summary"][part] == said, (text, part)
        found, rows = self.get("rows", **asked, offset=0, limit=5_000), answer["rows"]
        assert found["total"] == rows["total"]
        if question["sort"] in TEXT_ORDERS:
            # A browser sorts letters as people do, the table as its engine does.
            found["rows"], rows["rows"] = (
                sorted(one["rows"], key=lambda row: row["id"]) for one in (found, rows)
            )
        else:
            assert self.get("rows", **asked, offset=1, limit=2) == answer["part"]
        assert found["rows"] == rows["rows"], asked
        areas = self.get("area-rows", f=text)["areas"]
        assert [{**one, "detail": 0} for one in areas] == [
            {**one, "detail": 0} for one in answer["areas"]
        ], text
        self.compare_map(text, answer["map"])
        for step, (own, of_server) in answer["bars"].items():
            assert own == of_server, (text, step)

    def compare_map(self, text: str, answer: dict[str, Any]) -> None:
        box, zoom = ",".join(map(str, MAP["box"])), MAP["zoom"]
        view = self.get("view", f=text, b=box, z=zoom)
        # Neither promises an order of the places of one incident.
        assert places(answer["view"]) == places(view), text
        boxes = [",".join(map(str, one)) for one in MAP["boxes"]]
        assert answer["within"] == self.get("within", f=text, b=boxes), text
        assert answer["list"] == self.get("list", f=text, b=box), text


def places(view: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The places of a view, how each is drawn and whether it certainly fits; or cells by both."""
    if view["mode"] == "points":
        return sorted(
            zip(*(view[name] for name in ("id", "x", "y", "kind", "certain")), strict=True)
        )
    columns = (view[name] for name in ("x", "y", "n", "kinds", "certain"))
    return sorted(
        (x, y, n, *(tuple(one + [0] * (len(DRAWN) - len(one))) for one in counts))
        for x, y, n, *counts in zip(*columns, strict=True)
    )


def check(server: Server, records: Records, asked: Sequence[tuple[str, str, str]]) -> None:
    questions = [server.question(*one) for one in asked]
    for question, answer in zip(questions, ask(records, questions), strict=True):
        server.compare(question, answer)


@pytest.fixture
def server(client: Any) -> Server:
    return Server(client)


def test_what_may_be_chosen_is_the_same() -> None:
    data, known = stage.stage_data(Store.of(SHIPPED)), KNOWN
    apart = {"incidents", "area_rows", "span", "shortest_step"}
    assert {name: data[name] for name in known.keys() - apart} == {
        name: known[name] for name in known.keys() - apart
    }
    assert [one["id"] for one in data["area_rows"]] == [one["id"] for one in known["area_rows"]]


def test_all_cases_of_the_corpus(server: Server, use_files: Callable[..., None]) -> None:
    path = CORPUS / "filters_records.geojson"
    use_files(path)
    records = read_geojson(path).records
    known = {group.id for group in records.groups}
    texts = [case["filter"] for case in corpus("filters")]
    texts = [one for one in texts if known.issuperset(Filter.from_query(one).groups)]
    orders = [*ORDERS, *TEXT_ORDERS]
    whiches = ("all", "placed", "unplaced")
    check(
        server,
        records,
        [(one, orders[i % 9], whiches[i % 3]) for i, one in enumerate(texts)],
    )


@st.composite
def questions(draw: st.DrawFn) -> tuple[str, str, str]:
    """A filter of up to three parts, an order, and which rows."""
    chosen = draw(filters(st.sampled_from(GROUPS), st.sampled_from(WORDS)))
    kept = draw(st.sets(st.sampled_from(sorted(PARTS)), min_size=1, max_size=3))
    # A period, and what is certain of it, are asked for more often than all else.
    kept |= draw(st.sampled_from([set(), {"start"}, {"end", "start"}, {"start", "date_match"}]))
    chosen = replace(chosen, countries=tuple(one for one in chosen.countries if one in COUNTRIES))
    text = chosen.without(*(PARTS.keys() - kept)).to_query()
    sort = draw(st.sampled_from((*ORDERS, *TEXT_ORDERS)))
    return text, sort, draw(st.sampled_from(("all", "all", "placed", "unplaced")))


@given(st.lists(questions(), min_size=20, max_size=20))
@settings(max_examples=3, phases=[Phase.generate])
def test_whatever_is_asked(client: Any, asked: list[tuple[str, str, str]]) -> None:
    check(Server(client), SHIPPED, asked)


@pytest.mark.parametrize("count", [160, 2_400])
def test_types_in_the_words_of_sources_are_the_same(
    count: int, server: Server, use_records: Callable[[Records], None]
) -> None:
    """Told one by one and in cells, whatever is asked of them."""
    records = typed_records(count)
    use_records(records)
    store = Store.of(records)
    data, known = stage.stage_data(store), stage.known_data(store)
    named = ("sourceTypes", "kind_of_source_type", "ownTypes", "otherTypes")
    assert [data[name] for name in named] == [known[name] for name in named]
    assert known["ownTypes"] == ["Theft", "Fraud x"]
    assert len(KINDS) in known["kind_of_source_type"]
    texts = ["", "source_type=Theft", "source_type=Fraud x&source_type=Rare", "type=other"]
    texts += ["type=bombing&source_type=Theft", "from=2003-01-01&to=2009-12-31&source_type=Theft"]
    check(server, records, [(one, ORDERS[i % 6], "all") for i, one in enumerate(texts)])


def test_the_questions_find_something(server: Server) -> None:
    """Most groups in most roles, each word and each order, so that nothing above is empty alone."""
    roles = list(Role)
    texts = [f"group={one}&role={roles[i % len(roles)]}" for i, one in enumerate(GROUPS[:18])]
    texts += [f"group={GROUPS[0]}&role={one}" for one in roles]
    texts += [f"q={word}" for word in WORDS] + ["bounds=60,25,75,40", "bounds=170,-60,-170,70"]
    check(server, SHIPPED, [(one, ORDERS[i % 6], "all") for i, one in enumerate(texts)])
    found = [server.get("summary", f=one)["totals"]["events"] for one in texts]
    assert sum(map(bool, found)) > 5


def test_what_only_may_fit_is_the_same_on_the_map(server: Server) -> None:
    """Under a period, a part of the map and a group that has members at times only."""
    texts = ["from=2015-03-10&to=2018-07", "bounds=66,33.6,70.2,36", "group=iskp&to=2015-02"]
    check(server, SHIPPED, [(one, "-start", "all") for one in texts])
    box = ",".join(map(str, MAP["box"]))
    for text in texts:
        certain = server.get("view", f=text, b=box, z=4)["certain"]
        assert 0 < sum(certain) < len(certain), text
    certainly = server.get("view", f=f"{texts[0]}&when=certain", b=box, z=4)
    assert set(certainly["certain"]) == {1}
