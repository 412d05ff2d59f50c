"""`mapview geocode`: proposals for a place."""

from __future__ import annotations

import pytest

from mapview.cli.__main__ import main


class TestGeocode:
    def test_known_place(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["geocode", "Kabul", "--country", "AF", "--limit", "2"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert len(lines) == 2
        score, lat, lon = lines[0].split()[:3]
        assert float(score) == pytest.approx(1, abs=0.1)
        assert (float(lat), float(lon)) == pytest.approx((34.5, 69.2), abs=0.2)
        assert "Kabul" in lines[0]

    def test_other_script(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["geocode", "کابل", "--limit", "1"]) == 0
        assert ", AF [" in capsys.readouterr().out

    def test_unknown_place(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["geocode", "Qqxzzy", "--country", "AF"]) == 1
        output = capsys.readouterr()
        assert (output.out, output.err) == ("", "no proposal for 'Qqxzzy'\n")

    @pytest.mark.parametrize("arguments", [[""], ["Kabul", "--limit", "0"]])
    def test_what_cannot_be_asked(
        self, arguments: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["geocode", *arguments]) == 1
        assert " must " in capsys.readouterr().err
