"""Which refusals are said in English alone: a list that gets shorter, and never longer.

What a program or an operator meets is not in it: settings, engines, the command, and faults of the
program itself.
"""

from __future__ import annotations

import ast
import errno
import gzip
import inspect
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from geodata.errors import FormatError
from geodata.reading import opening
from geodata.tongue import LANGUAGES, speaking
from geodata.tongue.catalogue import catalogue
from mapview.faults import told_fault
from mapview.refused import KNOWN, SYSTEM

ROOT = Path(__file__).parents[2]
LIST = Path(__file__).parent / "english_faults.txt"
# What says no to a user; the others are told to operators, to programs, or are faults.
_RAISED = {
    "RequestError", "FormatError", "FilterError", "Refused", "Malformed", "Busy", "NotFoundError",
    "HTTPException",
}  # fmt: skip
_LEFT_OUT = ("mapview/cli/", "geodata/engines/", "mapview/web/access/", "mapview/programs/")
_NAME = re.compile(r"\{\w+\}")
_LOCK = "{} is the lock file of a workbook that is open, not the workbook"
_UNLIKE = (
    "each incident must be like at least {} by all that is told of it, got {}; {} of {} are like "
    "no other: "
)
# Sentences that the code puts together, and what they are then.
_TOGETHER = {
    "{} is {}": [f"{{}} is {what}" for _, what in opening._KNOWN],
    f"{_LOCK}{{}}": [_LOCK, f"{_LOCK}, which is {{}}"],
    "{} is a web page{} without a table; save the file it links to": [
        "{} is a web page without a table; save the file it links to",
        "{} is a web page called {} without a table; save the file it links to",
    ],
    "{} is {}; its tables must be copied into a spreadsheet first": [
        f"{{}} is {what}; its tables must be copied into a spreadsheet first"
        for what in ("a text document", "slides")
    ],
    "{} is XML that cannot be read{}: {}": [
        "{} is XML that cannot be read: {}",
        "{} is XML that cannot be read, line {}, column {}: {}",
    ],
    f"{_UNLIKE}{{}}": [
        f"{_UNLIKE}try it with confidential",
        f"{_UNLIKE}round to the province, narrow what is told with drop, or leave incidents out",
    ],
    "a group page must be of {}, got {}{}": [
        "a group page must be of the id or a name of a group, got {}",
        "a group page must be of the id or a name of a group, got {}; near are {}",
        "a group page must be of one of several groups, got {}; near are {}",
    ],
    **{
        f"{one}{{}}": [one, f"{one}{more}"]
        for one, more in (
            ("{} is an archive without a table", ": {}"),
            ("{} is a workbook without a table", ": {}"),
            (
                "{} must have the columns id and event_date, got none named {}",
                "; its columns are {}",
            ),
        )
    },
}


def refusals() -> Iterator[str]:
    """Yield the module and each sentence that it refuses with, with {} for what varies."""
    for package in ("geodata", "mapview"):
        for path in sorted((ROOT / package).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if name.startswith(_LEFT_OUT):
                continue
            for text in sentences(ast.parse(path.read_text("utf-8"))):
                yield from (f"{name}: {one}" for one in _TOGETHER.get(text, [text]))


def sentences(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        call = node.exc if isinstance(node, ast.Raise) else getattr(node, "value", None)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in _RAISED:
            # An answer of HTTP has its status first.
            at = int(call.func.id == "HTTPException")  # type: ignore[attr-defined]
            text = sentence(call.args[at]) if len(call.args) > at else ""
            # What is put together elsewhere is no sentence here.
            yield from [text] if text.strip("{} ") else []
        if isinstance(node, ast.FunctionDef) and node.name == "_why_not":
            given = (one.value for one in ast.walk(node) if isinstance(one, ast.Return))
            yield from (sentence(one) for one in given if one is not None)


def sentence(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(sentence(one) for one in node.values)
    if isinstance(node, ast.BinOp):
        return sentence(node.left) + sentence(node.right)
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.JoinedStr):
        return sentence(node.value)
    return "{}"


def is_known(refusal: str) -> bool:
    text = refusal.partition(": ")[2].replace("{}", "x")
    with speaking("ru"):
        return told_fault(text) is not None


def test_no_refusal_is_new_in_english_alone() -> None:
    english = {one for one in refusals() if not is_known(one)}
    listed = set(LIST.read_text("utf-8").splitlines())
    new = sorted(english - listed)
    assert not new, f"mapview/refused.py must know these, so that a user reads them: {new}"
    gone = sorted(listed - english)
    assert not gone, f"{LIST.name} must no longer have {gone}"


def test_what_is_put_together_is_raised_so() -> None:
    raised = {
        text
        for package in ("geodata", "mapview")
        for path in (ROOT / package).rglob("*.py")
        for text in sentences(ast.parse(path.read_text("utf-8")))
    }
    assert not _TOGETHER.keys() - raised


@pytest.mark.parametrize("code", [one for one in LANGUAGES if one != "en"])
def test_each_is_said_by_its_own_words(code: str) -> None:
    """No message stands before one that says more and fits the same words."""
    texts = catalogue(code).texts
    with speaking(code):
        for message in KNOWN:
            told = told_fault(_NAME.sub("ع", message))
            assert told == _NAME.sub("ع", str(texts[message])), message


def test_what_the_system_says_is_what_it_says() -> None:
    """Linux and macOS say so; elsewhere it stays as it is."""
    known = {os.strerror(one) for one in errno.errorcode}
    python = " ".join(inspect.getsource(one) for one in (zipfile, gzip))
    python = re.sub(r'"\s+"', "", python)
    assert not [one for one in SYSTEM if one not in known and one not in python]


def test_why_a_damaged_file_is_not_read_is_said_in_the_language(tmp_path: Path) -> None:
    path = tmp_path / "own.xlsx"
    path.write_bytes(b"PK\3\4 and nothing else")
    with pytest.raises(FormatError) as refused:
        opening.open_file(path)
    with speaking("fr"):
        told = told_fault(str(refused.value))
    assert told == "l’archive own.xlsx est endommagée : ce n’est pas une archive zip"
