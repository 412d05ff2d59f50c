"""Tests of mutated files: rows or a refusal, whatever the bytes (`tools/fuzz_reading.py`)."""

from __future__ import annotations

import random

import fuzz_reading
import pytest

SAMPLES = fuzz_reading.samples()


@pytest.mark.parametrize("kind", SAMPLES)
def test_mutated_files_give_rows_or_a_refusal(tmp_path, kind):
    assert fuzz_reading.read(SAMPLES[kind], tmp_path / "x") == "rows"
    for seed in range(40):
        raw = fuzz_reading.mutated(SAMPLES[kind], random.Random(f"{kind} {seed}"))
        assert fuzz_reading.read(raw, tmp_path / "x") in ("rows", "no rows", "refused"), seed
