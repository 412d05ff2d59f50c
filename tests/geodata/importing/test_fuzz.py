"""Tables of all kinds with random damage: an account that adds up, or a refusal in a sentence."""

from __future__ import annotations

import csv
import io
import random
import time

import fuzz_reading
import pytest
from importing_rows import COLUMNS, row

from geodata.errors import GeodataError
from geodata.importing import look
from geodata.reading import open_file

PLAIN = """Ref;Date;Lat;Lon;Coordinates;Killed;Injured;Type;Country;Notes
1;14/01/2024;34,5;69°12'E;34.5, 69.2;3;4-6;Raid;AF;Something.
2;۱۴۰۲/۱۰/۱۳;36°12'30"N;69.2;42SWD 12 34;at least 4;;Raid;AF;Other
3;Sep-2017;-34.5;690930E;N 34 E 69;;12;Fire;PK;Words
"""


def table_of(database: str) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([COLUMNS[database], *(row(database) for _ in range(4))])
    return text.getvalue().encode()


TABLES = {"plain": PLAIN.encode(), **{one: table_of(one) for one in ("ACLED", "UCDP", "GTD")}}


@pytest.mark.parametrize("kind", TABLES)
@pytest.mark.parametrize("seed", range(60))
def test_damaged_tables_are_counted_or_refused(kind, seed, tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(fuzz_reading.mutated(TABLES[kind], random.Random(f"{kind} {seed}")))
    try:
        account = look(open_file(path)).account
    except GeodataError:
        return
    assert account.rows == account.accepted + account.rejected


@pytest.mark.parametrize("kind", TABLES)
def test_a_heading_alone_has_no_rows(kind, tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(TABLES[kind].splitlines(keepends=True)[0])
    assert look(open_file(path)).account.rows == 0


@pytest.mark.parametrize("year", ["iyear", "-4.42", "1o3", "9" * 400, "²"])
def test_a_year_that_is_no_number_costs_its_row(year, tmp_path):
    path = tmp_path / "x.csv"
    lines = TABLES["GTD"].decode().splitlines()
    cells = next(csv.reader([lines[1]]))
    cells[COLUMNS["GTD"].index("iyear")] = year
    text = io.StringIO(newline="")
    csv.writer(text).writerow(cells)
    path.write_text("\n".join([lines[0], lines[1], text.getvalue()]), encoding="utf-8")
    account = look(open_file(path)).account
    assert (account.rows, account.accepted + account.rejected) == (2, 2)


@pytest.mark.parametrize("letter", ["1", "1 ", ",", "1-", "34.5,", "x", "۱/", "12 N ", "42SWD "])
def test_long_cells_take_no_longer_than_they_are(letter, tmp_path):
    path = tmp_path / "x.csv"
    long = letter.replace(",", ";") * (300_000 // len(letter))
    rows = "".join(f"{one},2024-01-0{one},{long},{long},{long}\n" for one in range(1, 4))
    path.write_text(f"id,date,lat,coordinates,killed\n{rows}", encoding="utf-8")
    begin = time.monotonic()
    assert look(open_file(path)).account.rows == 3
    assert time.monotonic() - begin < 10
