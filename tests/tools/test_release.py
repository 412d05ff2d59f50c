"""Tests of the release: in a repository of its own, and on this project's own files."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest
from release import release, with_section, with_version

ROOT = Path(__file__).parents[2]
DAY = date(2026, 12, 1)
CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A map. (#2)\n"


def git(root: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@b.example", *arguments]
    return subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "A")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@b.example")
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "0.1.0"\n', "utf-8")
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, "utf-8")
    (tmp_path / "CITATION.cff").write_text("title: Mapview\nversion: 0.1.0\n", "utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message=Start")
    return tmp_path


def test_a_release_is_a_version_a_section_a_commit_and_a_tag(checkout):
    release(checkout, "0.2.0", DAY)
    assert 'version = "0.2.0"' in (checkout / "pyproject.toml").read_text("utf-8")
    text = (checkout / "CHANGELOG.md").read_text("utf-8")
    assert text.index("[Unreleased]") < text.index("## [0.2.0] - 2026-12-01") < text.index("A map")
    assert git(checkout, "tag").split() == ["v0.2.0"]
    told = (checkout / "CITATION.cff").read_text("utf-8")
    assert told == "title: Mapview\nversion: 0.2.0\ndate-released: 2026-12-01\n"
    assert git(checkout, "status", "--porcelain") == ""
    assert git(checkout, "log", "-1", "--format=%s").strip() == "Release 0.2.0"


def test_an_unclean_checkout_is_refused(checkout):
    (checkout / "new.txt").write_text("x", "utf-8")
    with pytest.raises(SystemExit, match="must be committed"):
        release(checkout, "0.2.0", DAY)


@pytest.mark.parametrize("version", ["0.1.0", "0.0.9", "1.0", "v2.0.0"])
def test_a_version_must_be_above_the_last(checkout, version):
    with pytest.raises(SystemExit, match=r"must be above 0\.1\.0"):
        release(checkout, version, DAY)
    assert git(checkout, "status", "--porcelain") == ""
    assert git(checkout, "tag") == ""


def test_a_release_without_news_is_refused():
    with pytest.raises(SystemExit, match="what is new"):
        with_section(
            "# Changelog\n\n## [Unreleased]\n\n## [0.1.0] - 2026-01-01\n\n- A map.\n", "1.0.0", DAY
        )


def test_the_files_of_this_project_can_be_released():
    version = "999.0.0"
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f"## [{version}] - {DAY}" in with_section(changelog, version, DAY)
    assert version in with_version((ROOT / "pyproject.toml").read_text("utf-8"), version)
