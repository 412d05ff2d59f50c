"""Modules are joined into one classic script, each after what it imports, and none is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from check_scripts import FOLDER, left_out

from mapview.assets import bundle as joining
from mapview.assets.bundle import bundle, in_order


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of modules made up for a test."""
    monkeypatch.setattr(joining, "_FOLDER", tmp_path)
    joining._source.cache_clear()
    yield tmp_path
    joining._source.cache_clear()


def test_every_module_is_part_of_a_script() -> None:
    assert left_out() == []


def test_each_module_stands_once_after_what_it_imports(write: Path) -> None:
    (write / "page").mkdir()
    (write / "a.js").write_text("const x = 1;\n\nexport { x };\n")
    (write / "b.js").write_text('import { x } from "./a.js";\nexport { x as y };\n')
    (write / "page/c.js").write_text(
        'import * as a from "../a.js";\nimport {\n  y as z,\n} from "../b.js";\nexport { z };\n'
    )
    assert in_order("page/c.js") == in_order("page/c.js", "a.js") == ("a.js", "b.js", "page/c.js")
    script = bundle("page/c.js")
    assert 'const { x } = modules["a.js"];\nreturn { y: x };' in script
    assert 'const a = modules["a.js"];\nconst {\n  y: z,\n} = modules["b.js"];' in script
    assert script.index('modules["a.js"] =') < script.index('modules["b.js"] =')
    assert '"use strict"' in script


def test_a_circle_is_refused(write: Path) -> None:
    (write / "a.js").write_text('import { y } from "./b.js";\nexport { y as x };\n')
    (write / "b.js").write_text('import { x } from "./a.js";\nexport { x as y };\n')
    with pytest.raises(ValueError, match=r"in a circle, got a\.js > b\.js > a\.js"):
        bundle("a.js")


@pytest.mark.parametrize(
    "line",
    [
        "export const x = 1;",
        "export default 1;",
        'export * from "./b.js";',
        'import x from "./b.js";',
        'import "./b.js";',
        'import { x } from "leaflet";',
        "export { x };\nconst x = 1;",
        '  import("./b.js");',
    ],
)
def test_other_forms_are_refused(write: Path, line: str) -> None:
    (write / "a.js").write_text(f"{line}\n")
    with pytest.raises(ValueError, match="a form that is joined"):
        bundle("a.js")


def test_every_script_and_style_is_safe_to_inline() -> None:
    for path in [*FOLDER.rglob("*.js"), *FOLDER.rglob("*.css")]:
        # Name spaces look like addresses and are never asked for.
        source = re.sub(r"http://www\.w3\.org/(2000/svg|1999/xhtml)", "", path.read_text("utf-8"))
        assert not any(word in source for word in ("</script", "innerHTML", "http://", "https://"))
        assert "bindPopup" not in source
        assert "bindTooltip" not in source
