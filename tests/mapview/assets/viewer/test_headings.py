"""In other languages a column plays the part in the empty viewer that an import gives it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from geodata.importing.guesses import name_score

MODULE = Path(__file__).parents[4] / "mapview" / "assets" / "viewer" / "headings.js"
# As it is called there, where more than what the viewer reads is told apart.
PARTS = {"summary": "text"}


def test_names_of_other_languages_are_those_of_imports() -> None:
    script = (
        f"import {{ OTHERS, columnsOf }} from {json.dumps(MODULE.as_uri())};"
        "console.log(JSON.stringify(Object.entries(OTHERS).map(([part, names]) => "
        "[part, names, names.map((one) => columnsOf([one.toUpperCase()])[part])])));"
    )
    node = shutil.which("node", path=str(Path(sys.executable).parent))
    assert node, "Node must be installed beside Python (make test), got none"
    done = subprocess.run(
        [node, "--input-type=module", "-e", script], check=True, capture_output=True, text=True
    )
    parts = json.loads(done.stdout)
    assert len(parts) > 10
    for part, names, found in parts:
        assert found == [0] * len(names), part
        unknown = [one for one in names if not name_score(PARTS.get(part, part), one)]
        assert not unknown, part
