"""What a file holds, told from all of its rows or from the first of them."""

from __future__ import annotations

from importing_sheets import table_of

from geodata.importing import Settings, begin, look

HEAD = "id | date       | city  | lat   | lon\n"
ROWS = "".join(f"{one}  | 2024-01-{one:02} | Kabul | 34.5  | 69.2\n" for one in range(1, 21))


def test_a_part_is_counted_and_said_to_be_one() -> None:
    sheet = table_of(HEAD + ROWS)
    part, whole = look([sheet], most=7), look([sheet], most=21)
    assert (part.account.rows, part.is_part) == (7, True)
    assert (whole.account.rows, whole.is_part) == (20, False)
    assert look([sheet]).account == whole.account


def test_the_order_of_dates_is_proved_by_all_rows_of_which_a_part_is_counted() -> None:
    rows = "".join(f"{one} | 01/0{one}/2024 | Kabul | 34.5 | 69.2\n" for one in range(2, 9))
    sheet = table_of(HEAD + rows + "9 | 25/03/2024 | Kabul | 34.5 | 69.2\n")
    looked = look([sheet], most=3)
    assert looked.plan.questions == ()
    assert str(looked.account.first_day) == "2024-02-01"


def test_rows_come_through_what_counts_them() -> None:
    importing = begin([table_of(HEAD + ROWS)], Settings(), "mine", "a.csv")
    seen = []

    def count(rows):
        for row in rows:
            seen.append(row.number)
            yield row

    importing.through(count)
    assert len(list(importing.records())) == len(seen) == 20
