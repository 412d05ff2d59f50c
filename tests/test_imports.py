"""Who may import whom, and what a plain `import geodata` costs."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_layers_hold() -> None:
    command = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"
    answer = run("-c", command)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    contracts = (
        (ROOT / "pyproject.toml").read_text("utf-8").count("[[tool.importlinter.contracts]]")
    )
    assert contracts > 1
    assert f"{contracts} kept, 0 broken" in answer.stdout


HEAVY = {"streamlit", "streamlit_folium", "geopandas", "altair"}


@pytest.mark.parametrize(
    ("imported", "unwanted"),
    [
        ("geodata", {*HEAVY, "folium", "mapview", "geodata.records", "shapely", "ibis"}),
        # None of the three may load them, so all three together load them neither.
        ("mapview.cli.__main__, mapview.web.routes, mapview.web.embed", {*HEAVY, "folium"}),
        ("mapview.layer.frame", HEAVY),
    ],
)
def test_import_leaves_the_heavy_ones_alone(imported: str, unwanted: set[str]) -> None:
    answer = run("-c", f"import json, sys, {imported}; print(json.dumps(sorted(sys.modules)))")
    assert answer.returncode == 0, answer.stderr
    loaded = set(json.loads(answer.stdout))
    assert set(imported.split(", ")) <= loaded
    assert unwanted & loaded == set()


def test_page_files_leave_standard_names_alone() -> None:
    """The script's folder comes first on the path: an `html.py` there would hide Python's own."""
    names = {path.stem for path in (ROOT / "mapview" / "ui").glob("*.py")} - {"__init__"}
    assert "main" in names
    assert names & sys.stdlib_module_names == set()


def test_public_names_are_sorted_and_exist() -> None:
    import geodata

    assert geodata.__all__ == sorted(geodata.__all__)
    assert all(hasattr(geodata, name) for name in geodata.__all__)
    assert set(geodata.__all__) <= set(dir(geodata))
    assert not hasattr(geodata, "nothing")


def test_rooms_stand_behind_a_plain_import() -> None:
    said = "import geodata; print(geodata.queries.Engine.__name__, geodata.errors.__name__)"
    assert run("-c", said).stdout.split() == ["Engine", "geodata.errors"]


def test_a_room_says_itself_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    import geodata

    def load(name: str) -> None:
        raise ModuleNotFoundError(f"No module named 'duckdb' ({name})", name="duckdb")

    monkeypatch.setattr(geodata, "import_module", load)
    with pytest.raises(ModuleNotFoundError, match="duckdb"):
        _ = geodata.nothing


@pytest.mark.parametrize("package", ["geodata", "mapview"])
def test_every_module_says_what_it_owns(package: str) -> None:
    for path in (ROOT / package).rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not text or ast.get_docstring(ast.parse(text)), path
