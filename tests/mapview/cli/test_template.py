"""`mapview viewer` writes the page whole, or says why not and writes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from mapview.briefing.page import write_viewer
from mapview.cli.__main__ import main


def test_page_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "viewer.html"
    assert main(["viewer", str(out)]) == 0
    assert out.read_bytes() == write_viewer()
    assert str(out) in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("viewer.pdf", "OUT must end in .html"),
        ("viewer", "OUT must end in .html"),
        ("no folder/viewer.html", "no folder"),
    ],
)
def test_bad_path_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, sentence: str
) -> None:
    assert main(["viewer", str(tmp_path / name)]) == 1
    assert sentence in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
