"""Modules are joined into one classic script, each after what it imports, and none is left out."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from check_scripts import FOLDER, left_out

from mapview.assets import DROP_ENTRY, FRAME_ENTRY, PAGE_ENTRY
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


SAME_WORDS = """
import { readFileSync } from "node:fs";
import { tokenize } from "espree";
const words = (file) => tokenize(readFileSync(file, "utf-8"), { ecmaVersion: "latest", loc: true })
  .map(({ type, value, loc }) => `${loc.start.line} ${type} ${value}`);
const [whole, sent] = process.argv.slice(-2).map(words);
if (whole.length < 1000) throw new Error(`only ${whole.length} words`);
for (const [i, word] of whole.entries()) {
  if (word !== sent[i]) throw new Error(`${word}, not ${sent[i]}`);
}
if (whole.length !== sent.length) throw new Error("more words than before");
"""


@pytest.mark.parametrize("entry", [FRAME_ENTRY, PAGE_ENTRY, DROP_ENTRY])
def test_without_comments_each_word_stands_in_its_line(
    entry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = bundle(entry)
    monkeypatch.setattr(joining, "_COMMENT", re.compile(r"(?!)"))
    whole = bundle(entry)
    assert len(sent) < 0.9 * len(whole)
    (tmp_path / "sent.js").write_text(sent, "utf-8")
    (tmp_path / "whole.js").write_text(whole, "utf-8")
    node = shutil.which("node", path=str(Path(sys.executable).parent))
    assert node, "Node must be installed beside Python (make test), got none"
    files = (tmp_path / "whole.js", tmp_path / "sent.js")
    ran = subprocess.run(
        [node, "--input-type=module", "-e", SAME_WORDS, *files],
        cwd=FOLDER.parents[1], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr


def test_every_script_and_style_is_safe_to_inline() -> None:
    for path in [*FOLDER.rglob("*.js"), *FOLDER.rglob("*.css")]:
        # Name spaces look like addresses and are never asked for.
        source = re.sub(r"http://www\.w3\.org/(2000/svg|1999/xhtml)", "", path.read_text("utf-8"))
        assert not any(word in source for word in ("</script", "innerHTML", "http://", "https://"))
        assert "bindPopup" not in source
        assert "bindTooltip" not in source
