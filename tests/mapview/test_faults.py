"""Which refusals are said in English alone: a list that gets shorter, and never longer.

What a program or an operator meets is not in it: settings, engines, the command, and faults of the
program itself.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from geodata.tongue import speaking
from mapview.faults import told_fault

ROOT = Path(__file__).parents[2]
LIST = Path(__file__).parent / "english_faults.txt"
# What says no to a user; the others are told to operators, to programs, or are faults.
_RAISED = {"RequestError", "FormatError", "FilterError", "Refused", "Busy", "NotFoundError"}
_LEFT_OUT = ("mapview/cli/", "geodata/engines/", "mapview/web/access/", "mapview/programs/")


def refusals() -> Iterator[str]:
    """Yield the module and the sentence of each refusal, with {} for what varies."""
    for package in ("geodata", "mapview"):
        for path in sorted((ROOT / package).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if name.startswith(_LEFT_OUT):
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                call = node.exc if isinstance(node, ast.Raise) else None
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") in _RAISED:
                    text = sentence(call.args[0]) if call.args else ""
                    # What is put together elsewhere is no sentence here.
                    yield from [f"{name}: {text}"] if text.strip("{} ") else []


def sentence(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(sentence(one) for one in node.values)
    if isinstance(node, ast.BinOp):
        return sentence(node.left) + sentence(node.right)
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
