"""The empty viewer reads and words dates as Python does."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

from geodata.errors import RecordError
from geodata.records import describe_date, describe_term, parse_date

MODULE = Path(__file__).parents[4] / "mapview" / "assets" / "viewer" / "edtf.js"
EPOCH = date(1970, 1, 1).toordinal()
PLAIN = (
    *("2024-01-03", "2024-02-29", "2023-02-29", "2022-10", "2022-13", "2022-00", "2016-21"),
    *("2016-24", "2016-33", "2016-41", "2015~", "?2021-05~", "2015%", "2015?", "XXXX", "0000"),
    *("201X", "2021-XX", "2021-05-XX", "2021-XX-XX", "2021-1X", "XXXX-05", "0001", "9999-12-31"),
    *("2021-05-04T23:30:00+04:30", "2021-05-32", "21", "May 2021", "", "2021-5", "2021-05-1X"),
)
SEVERAL = (
    *("2022-04-17/2022-05-03", "2018/..", "../2014", "/2014", "2014/", "2015/2014", "../.."),
    *("[..2016]", "[2016..]", "[2016]", "[2016, 2018-05]", "{2016..2018}", "[..2020-03, 2021]"),
    *("2016-23/2017", "1990/1996", "2015~/2016?", "[2016, x]", "2011/2014/2015"),
)
TERMS = (
    *(
        ("2015", "2016-23"),
        ("2011/2014", ""),
        ("", "../2007"),
        ("", "2007"),
        ("", ""),
        ("XXXX", ""),
    ),
    *(
        ("2015/..", "[2016, 2017]"),
        ("../2015", "2016"),
        ("201X", "2018"),
        ("2014-06-29", "2017-07"),
    ),
)
SCRIPT = """
import {{ dateWords, precisionOf, spanOf, termWords }} from {module};
import {{ readFileSync }} from "node:fs";
const {{ dates, terms }} = JSON.parse(readFileSync(0, "utf8"));
const told = (text) => {{
  const span = spanOf(text);
  return span && [span.first, span.last, precisionOf(span), dateWords(text)];
}};
const words = terms.map((one) => termWords(...one));
console.log(JSON.stringify({{ dates: dates.map(told), terms: words }}));
"""


def said(text: str) -> list[object] | None:
    try:
        span = parse_date(text)
    except RecordError:
        return None
    days = (span.known_start, span.known_end)
    numbers = [None if day is None else day.toordinal() - EPOCH for day in days]
    return [*numbers, str(span.precision), describe_date(text)]


def test_dates_are_read_and_worded_alike() -> None:
    node = shutil.which("node", path=str(Path(sys.executable).parent))
    assert node, "Node must be installed beside Python (make test), got none"
    script = SCRIPT.format(module=json.dumps(MODULE.as_uri()))
    asked = {"dates": [*PLAIN, *SEVERAL], "terms": TERMS}
    command = [node, "--input-type=module", "-e", script]
    ran = subprocess.run(
        command, input=json.dumps(asked), capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert dict(zip(asked["dates"], found["dates"], strict=True)) == {
        text: said(text) for text in asked["dates"] if isinstance(text, str)
    }
    assert found["terms"] == [describe_term(*one) for one in TERMS]
