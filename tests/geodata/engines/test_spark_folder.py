"""What a folder for Spark holds is read as whoever may write to it left it; no cluster is asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geodata.engines.spark import folder as folder_of
from geodata.engines.spark.sessions import _is_loopback
from geodata.errors import GeodataError

TOLD = {"layout": 1, "state": 2, "incidents": 1, "rows": 1, "version": "v"}


def test_a_push_removes_no_folder_but_that_of_a_state(tmp_path: Path) -> None:
    shown, kept = tmp_path / "maps" / "mine", tmp_path / "kept"
    for one in (shown, kept, shown / "state_1", shown / "state_x"):
        one.mkdir(parents=True)
    for before in ("x/../../../kept", 1):
        text = json.dumps({**TOLD, "state_before": before})
        (shown / "dataset.json").write_text(text, encoding="utf-8")
        folder_of._show(shown, "w", (1, 1, 3))
    assert kept.is_dir()
    assert not (shown / "state_1").exists()


@pytest.mark.parametrize("content", [b"[]", b"{}", b'{"groups": 1}', b"\xff", b"{", b"null"])
def test_a_damaged_context_is_told_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "context.json"
    path.write_bytes(content)
    with pytest.raises(GeodataError, match=r"context\.json"):
        folder_of._read_context(path)


@pytest.mark.parametrize("content", [b"\xff", b"[]", b'{"state": "1/../.."}'])
def test_a_damaged_dataset_is_told_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "dataset.json").write_bytes(content)
    with pytest.raises(GeodataError, match=r"dataset\.json"):
        folder_of._shown(tmp_path)


@pytest.mark.parametrize(
    ("host", "is_here"), [("127.0.0.1", True), ("[::1]", True), ("192.0.2.1", False)]
)
def test_a_master_at_loopback_is_known_by_either_address(host: str, is_here: bool) -> None:  # noqa: FBT001
    assert _is_loopback(host) == is_here
