"""Tests of the list of slow tests: what it names is there, and how it is made."""

from __future__ import annotations

import re
from pathlib import Path

import find_slow
import pytest
from find_slow import LIST, ROOT, main, slow_tests

REPORT = """<testsuites><testsuite>
<testcase classname="tests.tools.test_find_slow" name="test_one[a]" time="3"/>
<testcase classname="tests.tools.test_find_slow" name="test_one[b]" time="3"/>
<testcase classname="tests.tools.test_find_slow.TestMany" name="test_two" time="4"/>
<testcase classname="tests.tools.test_find_slow" name="test_three" time="0.001"/>
<testcase classname="" name="collecting" time="5"/>
</testsuite></testsuites>"""


def test_what_is_listed_is_there() -> None:
    lines = [one for one in LIST.read_text("utf-8").splitlines() if not one.startswith("#")]
    assert lines == sorted(lines)
    assert lines
    for line in lines:
        path, *_, function = line.split("::")
        text = (ROOT / path).read_text("utf-8")
        assert re.search(rf"^ *(async )?def {function}\(", text, re.MULTILINE), line


def test_cases_of_one_test_are_added_up(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT, "utf-8")
    own = "tests/tools/test_find_slow.py"
    assert slow_tests(report) == [f"{own}::TestMany::test_two", f"{own}::test_one"]


def test_the_list_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report, out = tmp_path / "report.xml", ROOT / "slow-tests.tmp"
    report.write_text(REPORT, "utf-8")
    monkeypatch.setattr(find_slow, "LIST", out)
    try:
        assert main([str(report)]) == 0
        assert out.read_text("utf-8").count("\n") == 3
    finally:
        out.unlink(missing_ok=True)
    assert capsys.readouterr().out == "2 slow tests in slow-tests.tmp\n"
    assert main([]) == main([str(tmp_path / "none.xml")]) == 2
    assert "must be named" in capsys.readouterr().err


def test_marks_follow_the_list(request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("slow") is None
