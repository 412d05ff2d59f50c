"""The questions as tools for language models: asked in one process, and of the command itself."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import anyio
import pytest
from jsonschema import validate
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from samples import HOSTILE, all_hostile_records
from versioned import BEFORE, THEN, two_versions

from geodata import Store, load
from geodata.errors import FormatError
from geodata.queries import Filter
from geodata.workspace import Workspace
from mapview.programs import OPERATIONS, mcp_server
from mapview.programs.mcp_server import make_server


def with_client(server: Any, *calls: tuple[str, dict[str, Any]]) -> tuple[list[Any], list[Any]]:
    """Return the tools of a server, and what it answers to calls."""

    async def talk() -> tuple[list[Any], list[Any]]:
        async with Client(server) as client:
            tools = (await client.list_tools()).tools
            return tools, [await client.call_tool(name, given) for name, given in calls]

    return anyio.run(talk)


def only(store: Store) -> Callable[[date | None], Store]:
    """One store, whatever day is asked."""
    return lambda _: store


def test_every_question_is_a_tool_that_changes_nothing() -> None:
    tools, _ = with_client(make_server(only(Store.of(load())), "1"))
    assert [one.name for one in tools] == list(OPERATIONS)
    for one in tools:
        assert one.annotations.read_only_hint
        assert one.description
        assert one.input_schema["additionalProperties"] is False


def test_an_answer_has_figures_bounds_and_paragraphs() -> None:
    given = {"id": "kerman-2024-01-03"}
    tools, (answer,) = with_client(
        make_server(only(Store.of(load())), "1"), ("get_incident", given)
    )
    validate(given, next(one for one in tools if one.name == "get_incident").input_schema)
    assert not answer.is_error
    told = json.loads(answer.content[0].text)
    assert told == answer.structured_content
    assert told["tolls"]["killed"]["words"] == "94 to nearly 100"
    figures = {
        (claim["figure"], claim["source"], claim["locator"])
        for group in told["claims"] for claim in group["claims"] if claim.get("figure")
    }  # fmt: skip
    assert {figure for figure, _, _ in figures} >= {94, 96, 100}
    assert all(locator for _, _, locator in figures)


def test_tolls_that_overlap_are_refused_in_a_sentence() -> None:
    given = {"record": ["hazara-attacks-2021-08--2022-09-06", "kerman-2024-01-03"]}
    _, (answer,) = with_client(make_server(only(Store.of(load())), "1"), ("add_up_tolls", given))
    assert answer.is_error
    assert "tolls may only be added up of single events" in answer.content[0].text


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("drop_all", {}, "a tool must be one of find_incidents"),
        ("get_incident", {"id": "nope"}, "id must be that of an incident, got 'nope'"),
        ("find_incidents", {"from": "yesterday"}, "from"),
    ],
)
def test_what_is_wrong_is_a_sentence(name: str, given: dict[str, Any], words: str) -> None:
    _, (answer,) = with_client(make_server(only(Store.of(load())), "1"), (name, given))
    assert answer.is_error
    assert words in answer.content[0].text
    assert "Traceback" not in answer.content[0].text


def test_hostile_text_stays_text() -> None:
    store = Store.of(all_hostile_records())
    calls = [("get_incident", {"id": one}) for one in sorted(store.ids(Filter()))[:1]]
    _, (answer,) = with_client(make_server(only(store), "1"), *calls)
    texts = (json.dumps(one, ensure_ascii=False)[1:-1] for one in HOSTILE.values())
    told = json.dumps(answer.structured_content, ensure_ascii=False)
    assert any(text in told for text in texts)


def test_the_command_answers_over_its_standard_streams() -> None:
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "mapview.cli", "mcp"], env=dict(os.environ)
    )
    tools, (answer,) = with_client(server, ("find_incidents", {"deaths_min": 90, "limit": 1}))
    assert len(tools) == len(OPERATIONS)
    assert answer.structured_content["incidents_found"] == {"certain": 6, "possible": 6}


def test_the_command_answers_as_known_on_a_day_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPVIEW_WORKSPACE", str(tmp_path / "workspace"))
    two_versions(Workspace(), monkeypatch)
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "mapview.cli", "mcp", "--data", "own"],
        env=dict(os.environ),
    )
    then = {"known": THEN}
    tools, (toll, toll_then, one_then, gone, areas, never, bad) = with_client(
        server,
        ("add_up_tolls", {}),
        ("add_up_tolls", then),
        ("get_incident", {"id": "own:1", **then}),
        ("get_incident", {"id": "own:2"}),
        ("find_base_areas", then),
        ("about", {"known": BEFORE}),
        ("about", {"known": "yesterday"}),
    )
    assert all("known" in one.input_schema["properties"] for one in tools)
    figures = [(one.structured_content["low"], one.structured_content["high"])
               for one in (toll, toll_then)]  # fmt: skip
    assert figures == [(8, 8), (4, 4)]
    assert "as_known_on" not in toll.structured_content
    for one in (toll_then, one_then, areas):
        assert one.structured_content["as_known_on"] == THEN
    assert "as known on 4 November 2021" in toll_then.structured_content["filter"]
    assert one_then.structured_content["tolls"]["killed"]["words"] == "3"
    # What that day knew of is not known now, and nothing is kept of the days before.
    assert [one.is_error for one in (gone, never, bad)] == [True] * 3
    assert BEFORE in never.content[0].text
    assert "known" in bad.content[0].text
    versions = {one.structured_content["data_version"] for one in (toll, toll_then, one_then)}
    assert len(versions) == 2


def test_without_the_library_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server.lowlevel", None)
    with pytest.raises(FormatError, match=r"pip install '\.\[mcp\]'"):
        mcp_server.make_server(only(Store.of(load())), "1")
