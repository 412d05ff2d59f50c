"""A helper ends without a word when who began it has ended."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

WHOLE = pickle.dumps((str, ""), pickle.HIGHEST_PROTOCOL)


@pytest.mark.parametrize("sent", [b"", WHOLE[:-3], WHOLE, WHOLE + WHOLE[:-3]])
def test_it_ends_wherever_the_one_who_asks_ended(sent: bytes) -> None:
    begin = "import sys; sys.path[:] = sys.argv[1:]; from geodata.helpers import serve; serve()"
    ended = subprocess.run(
        [sys.executable, "-c", begin, *sys.path], input=sent, capture_output=True, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")
