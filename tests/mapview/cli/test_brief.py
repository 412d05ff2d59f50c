"""`mapview brief`: a file and a sentence, or an error and no file at all."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from samples import hostile_records, many_records, write_records

from geodata import load
from geodata.errors import FormatError
from mapview.briefing import page
from mapview.briefing.progress import Progress
from mapview.cartography import KINDS, PALETTE
from mapview.cli.__main__ import main

Run = Callable[..., tuple[int, str, str]]
KERMAN = ("--q", "kerman", "--from", "2024-01", "--to", "2024-01", "--areas", "off")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    def brief(out: str, *arguments: str) -> tuple[int, str, str]:
        code = main(["brief", str(tmp_path / out), *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return brief


def test_briefing_is_written_and_counted(run: Run, tmp_path: Path) -> None:
    code, out, err = run("a.html", *KERMAN, "--title", "For the desk", "--note", "Read with care.")
    assert (code, err) == (0, "")
    events = sum(one.record_kind == "event" for one in load().incidents)
    assert out.startswith(f"2 of {events} events in the record, all on the map; 0 to 1 of ")
    text = (tmp_path / "a.html").read_text("utf-8")
    for part in ("For the desk", "Read with care.", load().version):
        assert part in text
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html"]


def test_words_of_ones_own_are_taken_and_false_ones_told(run: Run, tmp_path: Path) -> None:
    code, _, err = run(
        "a.html", *KERMAN, "--headline", "Kerman: 94 killed", "--message", "On 4 February 2024.",
        "--message", "It injured 284.",
    )  # fmt: skip
    assert code == 0
    assert err.startswith("message: “4 February 2024” is not in these records: ")
    assert err.count("\n") == 1
    text = (tmp_path / "a.html").read_text("utf-8")
    for part in ("<title>Kerman: 94 killed</title>", "On 4 February 2024.", ">284</a>."):
        assert part in text


@pytest.mark.parametrize("option", ["--headline", "--message", "--title", "--note"])
def test_strict_writes_nothing_with_a_false_figure(run: Run, tmp_path: Path, option: str) -> None:
    code, out, err = run("a.html", *KERMAN, "--strict", option, "87 people were killed in Kerman")
    assert (code, out) == (1, "")
    assert "--strict" in err
    assert "“87” is not in these records" in err
    assert not list(tmp_path.iterdir())
    assert run("a.html", *KERMAN, "--strict", option, "94 were killed in Kerman")[0] == 0


def svg(tmp_path: Path, name: str) -> str:
    """The words of a figure, in order."""
    return " ".join(re.findall(r">([^<>\n]+)</text>", (tmp_path / name).read_text("utf-8")))


def test_figures_show_base_areas_where_they_are_asked_for(run: Run, tmp_path: Path) -> None:
    only = ("--country", "TJ")
    assert run("a.svg", *only)[0] == 0
    assert "base area" not in svg(tmp_path, "a.svg")
    assert run("b.svg", *only, "--areas", "on")[0] == 0
    assert "4 base areas, 1 of them on the map" in svg(tmp_path, "b.svg")
    assert run("c.svg", *only, "--areas", "only")[0] == 0
    assert "Base areas, all dates, in Tajikistan" in svg(tmp_path, "c.svg")
    assert " events" not in svg(tmp_path, "c.svg")
    assert run("d.svg", "--country", "AF", "--areas", "iskp")[0] == 0
    assert "base areas of IS-KP alone" in svg(tmp_path, "d.svg")
    for arguments in (("--areas", "nobody"), ("--areas", "only", "--type", "arrest")):
        code, _, err = run("e.svg", *arguments)
        assert (code, err.count("\n")) == (1, 1)


KERMAN_ID = "kerman-2024-01-03"


def test_one_incident_is_chosen_focused_and_called_out(run: Run, tmp_path: Path) -> None:
    assert run("a.svg", "--id", KERMAN_ID, "--callout", KERMAN_ID)[0] == 0
    words = svg(tmp_path, "a.svg")
    assert "1 of 82 events in the record, on the map" in words
    assert "killed: 94 to nearly 100" in words
    assert "nearly 100 (The Diplomat)" in words
    assert run("b.svg", "--country", "IR", "--focus", KERMAN_ID)[0] == 0
    text = (tmp_path / "b.svg").read_text("utf-8")
    assert PALETTE["alert"].light in text
    assert not [one.label for one in KINDS if one.color.light in text]
    assert "size by their number, rim" not in svg(tmp_path, "b.svg")


@pytest.mark.parametrize("option", ["--id", "--focus", "--callout"])
def test_an_incident_that_is_not_found_is_refused(run: Run, tmp_path: Path, option: str) -> None:
    code, out, err = run("a.svg", *KERMAN, option, "nobody")
    assert (code, out) == (1, "")
    assert f"{option.strip('-')} must be the id of an incident" in err
    assert not list(tmp_path.iterdir())


def test_small_maps_and_films_are_made_by_period(run: Run, tmp_path: Path) -> None:
    years = ("--country", "AF", "--from", "2019", "--to", "2021")
    assert run("a.svg", *years, "--multiples", "year")[0] == 0
    words = svg(tmp_path, "a.svg")
    for text in ("2019", "2020", "2021", "Each map is of one year."):
        assert text in words
    code, out, err = run("a.gif", *years, "--step", "year", "--size", "640x360px", "--tlp", "amber")
    assert (code, err) == (0, "")
    assert out.rstrip().endswith("a-TLP-AMBER.gif")
    with Image.open(tmp_path / "a-TLP-AMBER.gif") as film:
        assert (film.size, film.n_frames) == ((640, 360), 3)  # type: ignore[attr-defined]


def test_focus_is_for_figures(run: Run) -> None:
    code, _, err = run("a.docx", *KERMAN, "--focus", KERMAN_ID)
    assert code == 1
    assert "a focus must be given for .png or .svg or .pdf" in err


def test_as_of_and_extent_are_taken(run: Run, tmp_path: Path) -> None:
    assert run("a.html", *KERMAN)[0] == 0
    assert run("b.html", *KERMAN, "--as-of", "2024-06", "--extent=-10,20,70,50")[0] == 0
    one, two = ((tmp_path / name).read_text("utf-8") for name in ("a.html", "b.html"))
    assert "As of June 2024" in two
    assert "As of June 2024" not in one


def test_figure_takes_a_size(run: Run, tmp_path: Path) -> None:
    code, _, err = run("a.png", *KERMAN, "--size", "640x480px")
    assert (code, err) == (0, "")
    head = (tmp_path / "a.png").read_bytes()[16:24]
    assert (int.from_bytes(head[:4]), int.from_bytes(head[4:])) == (640, 480)


def test_figure_takes_a_layout(run: Run, tmp_path: Path) -> None:
    code, _, err = run("a.png", "--id", "kerman-2024-01-03", "--layout", "square")
    assert (code, err) == (0, "")
    head = (tmp_path / "a.png").read_bytes()[16:24]
    assert (int.from_bytes(head[:4]), int.from_bytes(head[4:])) == (1080, 1080)


def test_a_poster_is_drawn_in_lines(run: Run, tmp_path: Path) -> None:
    assert run("a.svg", *KERMAN, "--layout", "a0")[0] == 0
    said = (tmp_path / "a.svg").read_text("utf-8")
    assert 'width="3370' in said
    assert run("b.png", *KERMAN, "--layout", "a0")[0] == 1


def test_changes_for_publication_are_told(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("a.html", "--q", "danghara", "--coarsen", "province", "--drop", "related")
    assert code == 0
    assert "Places are rounded to the province" in out
    assert "Places are rounded to the province" in (tmp_path / "a.html").read_text("utf-8")


def test_own_records_are_taken(run: Run, tmp_path: Path) -> None:
    file = write_records(tmp_path / "mine.geojson", many_records(7))
    code, out, _ = run("a.html", "--data", str(file))
    assert (code, out.split(";")[0]) == (0, "7 events, all on the map")


def test_nothing_found_is_still_a_briefing(run: Run) -> None:
    code, out, _ = run("a.html", "--q", "zzzz", "--areas", "off")
    assert code == 0
    assert out.startswith("None of the ")


@pytest.mark.parametrize(
    ("out", "arguments", "message"),
    [
        ("a.exe", (), "OUT must end in .html or .png"),
        ("a", (), "OUT must end in .html"),
        ("a.png", ("--size", "huge"), "size of a figure must be"),
        ("a.png", ("--layout", "poster"), "layout must be one of a4, a4-portrait, brief, "),
        ("a.png", ("--layout", "a0"), "a PNG must have at most 100,000,000 pixels"),
        ("a.png", ("--layout", "a4", "--size", "1x1mm"), "--layout must not be given with --size"),
        ("a.docx", ("--layout", "card"), "a size or layout must be given for .png or .svg or .pdf"),
        (
            "a.html",
            ("--size", "297x210mm"),
            "a size or layout must be given for .png or .svg or .pdf",
        ),
        ("a.html", ("--multiples", "year"), "small maps by period must be given for .png or .svg"),
        ("a.png", ("--multiples", "year", "--layout", "card"), "laid out as a figure"),
        ("a.png", ("--step", "year"), "a step must be given for .gif or .webp or .mp4"),
        ("a.gif", ("--size", "4000x2000px"), "pictures of a film must have at most 2,073,600"),
        ("a.gif", ("--q", "zzzz"), "maps by period must be of events with a date"),
        ("a.pptx", ("--template", "missing.pptx"), "missing.pptx"),
        ("a.html", ("--extent", "1,2,3"), "--extent must be west,south,east,north"),
        ("a.html", ("--drop", "everything"), "drop must be one of"),
        ("a.html", ("--as-of", "soon"), "as-of must be an EDTF date"),
        ("a.html", ("--type", "party"), "type must be one of"),
        ("a.html", ("--title", "x" * 201), "title must have at most 200 characters"),
        ("no/such/folder/a.html", KERMAN, "must be writable"),
    ],
)
def test_what_cannot_be_is_said_and_leaves_no_file(
    out: str, arguments: tuple[str, ...], message: str, run: Run, tmp_path: Path
) -> None:
    code, printed, err = run(out, *arguments)
    assert (code, printed) == (1, "")
    assert err.startswith("mapview: ")
    assert message in err
    assert list(tmp_path.iterdir()) == []


def stop(error: BaseException) -> Callable[..., bytes]:
    def write(*_: object, progress: Progress, **__: object) -> bytes:
        progress.step(0.5, "Half way")
        raise error

    return write


@pytest.mark.parametrize(
    ("error", "wanted"),
    [
        (KeyboardInterrupt(), (130, "cancelled; nothing was written")),
        (FormatError("a page must hold at most 2 incidents"), (1, "at most 2 incidents")),
    ],
)
def test_stopped_work_leaves_what_was_there(
    error: BaseException,
    wanted: tuple[int, str],
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "a.html").write_text("as it was", "utf-8")
    monkeypatch.setattr(page, "write_page", stop(error))
    code, _, err = run("a.html", *KERMAN)
    assert code == wanted[0]
    assert wanted[1] in err
    assert (tmp_path / "a.html").read_text("utf-8") == "as it was"
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]


def test_terminal_is_told_how_far_it_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    code, _, err = run("a.html", *KERMAN)
    assert code == 0
    assert "% Gathering the records" in err
    # The line is taken away at the end.
    assert err.endswith("\x1b[K")


def test_hostile_records_are_briefed_as_text(run: Run, tmp_path: Path) -> None:
    text = "<script>alert(1)</script>"
    file = write_records(tmp_path / "mine.geojson", hostile_records(text))
    assert run("a.html", "--data", str(file), "--title", text, "--note", text)[0] == 0
    assert text not in (tmp_path / "a.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("ending", "where", "words"),
    [
        ("html", "mapview.briefing.page.MOST_INCIDENTS", "a page must have at most 3 incidents"),
        ("png", "mapview.briefing.writers.MOST_GATHERED", "a briefing must have at most 3 inc"),
    ],
)
def test_too_many_incidents_are_refused_before_any_is_gathered(
    run: Run, monkeypatch: pytest.MonkeyPatch, ending: str, where: str, words: str
) -> None:
    monkeypatch.setattr(where, 3)
    monkeypatch.setattr("mapview.cli.brief.compose", None)
    code, _, err = run(f"a.{ending}")
    assert code == 1
    assert words in err


def test_a_marking_stands_in_the_name_of_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["brief", str(tmp_path / "a.html"), "--id", "kerman-2024-01-03", "--tlp"]
    assert main([*arguments, "TLP:Amber"]) == 0
    assert [one.name for one in tmp_path.iterdir()] == ["a-TLP-AMBER.html"]
    assert capsys.readouterr().out.endswith("a-TLP-AMBER.html\n")
    arguments[1] = str(tmp_path / "a-TLP-AMBER.html")
    assert main([*arguments, "amber"]) == 0
    assert len(list(tmp_path.iterdir())) == 1
    assert main([*arguments, "purple"]) == 1
    assert "TLP must be one of clear, green, amber, amber+strict, red" in capsys.readouterr().err


def test_what_changed_since_a_pack_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--id", "kerman-2024-01-03")
    pack = tmp_path / "a.zip"
    assert main(["brief", str(pack), *asked]) == 0
    capsys.readouterr()
    assert main(["brief", str(tmp_path / "b.html"), *asked, "--since", str(pack)]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[-1].startswith("Changed since data version ")
    assert out[-1].endswith(": No incident has changed.")
    assert main(["brief", str(tmp_path / "b.svg"), *asked, "--since", str(pack)]) == 1
    said = "an earlier pack must be given for .html or .pptx or .docx or .zip, got .svg"
    assert said in capsys.readouterr().err
    assert not (tmp_path / "b.svg").exists()
