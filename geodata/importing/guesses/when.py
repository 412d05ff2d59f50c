"""Which columns hold the date, and in which order it has day and month: proved, or asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from geodata.importing.guesses.headers import header_words, is_start, name_score
from geodata.importing.guesses.plan import Guess, Question
from geodata.importing.guesses.sample import Column, Sample
from geodata.importing.values import (
    Order,
    date_of_parts,
    edtf_of,
    era_of_parts,
    month_of_era,
    number_of,
    order_of,
    text_of,
)
from geodata.reading import Row, Sheet

__all__ = [
    "Proof", "guess_date", "guess_parts", "prove_order", "prove_years", "question_of_order",
    "question_of_years",
]  # fmt: skip

_GOOD = 0.8
_LEAST = 20
_OF_RECORD = 10
_CONTENT_ALONE = 40
_PARTS = {"year": (1000, 2199), "month": (0, 12), "day": (0, 31)}
_NOT_KNOWN = 99
# Calendars other than ours, and those that have years such as 1402.
_ERAS = {
    Order.SOLAR: "solar calendar (Hijri)",
    Order.LUNAR: "lunar calendar (Hijri), a day may be off by one",
    Order.BUDDHIST: "Buddhist era",
}
_SHARED = (Order.SOLAR, Order.LUNAR)
_MOST = 0.5
_LONG_AGO = 1900
_FEW_REVERSED = 2
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def guess_date(sample: Sample) -> tuple[list[Guess], list[Question]]:
    """Return which column holds the date of what happened, and what must be asked about it."""
    scored = sorted(((_score(one), one) for one in sample.columns), key=lambda pair: -pair[0])
    good = [(score, one) for score, one in scored if score >= _LEAST]
    if not good:
        recorded = [one for one in sample.columns if name_score("date", one.name) == _OF_RECORD]
        recorded = [one for one in recorded if _readable(one) >= _GOOD]
        if not recorded:
            return [], []
        column = recorded[0]
        question = Question(
            "date",
            f"“{column.name}” seems to say when it was recorded; is it also when it happened?",
            ((f"date={column.name}", "yes"), ("date=", "no, the date is not known")),
        )
        return [Guess("date", (column.name,), "the only column of dates", _OF_RECORD)], [question]
    score, best = good[0]
    others = tuple(one.name for _, one in good[1:] if _completes(best, one))
    guess = Guess("date", (best.name, *others[:1]), _evidence(best), min(100, round(score)))
    rivals = [
        one for rival, one in good[1:]
        if rival >= score - 5 and name_score("end", one.name) == 0 and _differs(best, one)
    ]  # fmt: skip
    questions = []
    if rivals and score >= _CONTENT_ALONE:
        names = [best, *rivals]
        shown = "; ".join(f"“{one.name}”: {one.filled[0]!r}" for one in names[:4])
        answers = tuple((f"date={one.name}", f"such as {one.filled[0]}") for one in names[:4])
        questions = [Question("date", f"Which column says when it happened? {shown}", answers)]
    return [guess, *_ends(sample, guess.columns)], questions


def _ends(sample: Sample, starts: Sequence[str]) -> Iterator[Guess]:
    others = [one for one in sample.columns if one.name not in starts]
    if any(is_start(one.name) and _readable(one) >= _GOOD for one in others):
        return  # The end is that of another beginning, such as of when a form was filled in.
    for column in others:
        if name_score("end", column.name) and _readable(column) >= _GOOD:
            yield Guess("end", (column.name,), _evidence(column))
            return


def _completes(one: Column, other: Column) -> bool:
    """Whether a column has dates just where another has none, as moments and periods of KML do."""
    has_more = any(b and not a for a, b in zip(one.texts, other.texts, strict=True))
    return has_more and not any(a and b for a, b in zip(one.texts, other.texts, strict=True))


def _differs(one: Column, other: Column) -> bool:
    pairs = [(a, b) for a, b in zip(one.texts, other.texts, strict=True) if a and b]
    return any(edtf_of(a) != edtf_of(b) for a, b in pairs[:300])


def _score(column: Column) -> float:
    named = name_score("date", column.name)
    if not column.filled or named == _OF_RECORD or name_score("end", column.name):
        return 0.0
    share = _readable(column)
    if named:
        full = len(_told(column)) / max(1, len(column.texts))
        # A name that says so outweighs cells that cannot be read; these are told one by one.
        return named * (0.4 + 0.6 * share) * (0.7 + 0.3 * full) if share > 0.1 else 0.0  # noqa: PLR2004
    has_words = header_words(column.name) and name_score("id", column.name) == 0
    return _CONTENT_ALONE * share if share >= _GOOD and has_words and not _is_plain(column) else 0.0


def _is_plain(column: Column) -> bool:
    """Whether a column has numbers of few digits, which are dates only if its name says so."""
    return column.share(lambda text: number_of(text) is not None) > 0.5  # noqa: PLR2004


def _told(column: Column) -> list[str]:
    """Return its cells that say a date or something else, not that no date is known, as 0 does."""
    return [one for one in column.filled if edtf_of(one) != ""]


def _readable(column: Column) -> float:
    told = _told(column)
    return sum(edtf_of(one) is not None for one in told) / len(told) if told else 0.0


def _evidence(column: Column) -> str:
    told = len(_told(column))
    return f"{round(_readable(column) * told):,} of {told:,} filled cells are dates"


def guess_parts(sample: Sample) -> list[Guess]:
    """Return the columns of year, month and day, where a date is parted so."""
    found: dict[str, str] = {}
    for role in ("year", "month", "day"):
        named = (one for one in sample.columns if name_score(role, one.name))
        fit = next((one for one in named if one.share(partial(_is_part, role)) >= _GOOD), None)
        if fit:
            found[role] = fit.name
    if "year" not in found:
        return []
    if "month" not in found:
        found.pop("day", None)
    return [
        Guess(role, (name,), "a number of that kind in each row") for role, name in found.items()
    ]


def _is_part(role: str, text: str) -> bool:
    value = number_of(text)
    if value is None:
        is_month = edtf_of(f"{text} 2000") is not None or month_of_era(text) is not None
        return role == "month" and is_month
    if role == "year" and era_of_parts(text, "") == "buddhist":
        return True
    least, most = _PARTS[role]
    return least <= value <= most or value == _NOT_KNOWN


@dataclass(frozen=True)
class Proof:
    """What a column proves of the order of day and month, or of its calendar.

    Attributes:
        counts: How many cells fit one order only, or either.
        example: A cell that fits either.
        filled: How many cells say something.
        reversed_: How many rows end before they start if dates that fit either are of an order.
    """

    counts: Counter[str]
    example: str = ""
    filled: int = 0
    reversed_: Mapping[Order, int] = field(default_factory=dict)

    @property
    def order(self) -> Order | None:
        """The order, if only one is there."""
        if self.counts["buddhist"] > self.filled * _MOST:
            return Order.BUDDHIST
        others = [one for one in _SHARED if self.counts[one]]
        has_day, has_month = self.counts["dmy"] > 0, self.counts["mdy"] > 0
        if others and not has_day and not has_month and not self.counts["either"]:
            return others[0] if len(others) == 1 else None
        if has_day == has_month:
            return self._by_ends if not has_day else None
        return Order.DMY if has_day else Order.MDY

    @property
    def _by_ends(self) -> Order | None:
        good = [one for one, count in self.reversed_.items() if count < _FEW_REVERSED]
        return good[0] if len(good) == 1 and not self.reversed_[good[0]] else None

    @property
    def is_open(self) -> bool:
        """Whether some dates could be either."""
        return self.order is None and self.counts["either"] + self.counts["calendar"] > 0

    @property
    def evidence(self) -> str:
        """Why, in a few words."""
        if self.order is None:
            return ""
        only = self.counts[str(self.order)]
        if self.order in _ERAS:
            order = ", day before month" if self.order is Order.BUDDHIST else ""
            return (
                f"{_ERAS[self.order]}{order}: by digits, months or years of {only:,} of "
                f"{self.filled:,} cells"
            )
        words = "day before month" if self.order is Order.DMY else "month before day"
        if not only:
            return f"{words}: {max(self.reversed_.values()):,} rows would end before they start"
        return f"{words}: {only:,} of {self.counts.total():,} fit only so"


def prove_order(sheet: Sheet, columns: Sequence[str], ends: Sequence[str] = ()) -> Proof:
    """Return what the whole columns of dates prove.

    Args:
        sheet: The sheet.
        columns: Those of the beginning, or of all there is.
        ends: Those of the end.
    """
    starts, stops = ([sheet.columns.index(one) for one in names] for names in (columns, ends))
    counts: Counter[str] = Counter()
    turned: Counter[Order] = Counter()
    example, filled = "", 0
    for row in sheet.rows():
        if not isinstance(row, Row):
            continue
        found = []
        for place in (*starts, *stops):
            cell = row.cells[place]
            if not isinstance(cell, str) or not (text := text_of(cell)):
                continue
            filled += 1
            kind = order_of(text)
            found.append(kind)
            if kind is not None:
                counts[str(kind)] += 1
                if kind in ("either", "calendar") and not example:
                    example = text
        if starts and stops and "either" in found:
            begin, end = (text_of(row.cells[one[0]]) for one in (starts, stops))
            turned.update(one for one in (Order.DMY, Order.MDY) if _is_reversed(begin, end, one))
    return Proof(counts, example, filled, {one: turned[one] for one in (Order.DMY, Order.MDY)})


def _is_reversed(begin: str, end: str, order: Order) -> bool:
    first, last = edtf_of(begin, order), edtf_of(end, order)
    return bool(first and last and _DAY.fullmatch(first) and _DAY.fullmatch(last) and last < first)


def prove_years(sheet: Sheet, year: str, month: str) -> tuple[Order | None, str, tuple[str, str]]:
    """Return which calendar columns of years and months are of, why, and cells that leave it open.

    Args:
        sheet: The sheet.
        year: The column of the year.
        month: The column of the month; empty if there is none.
    """
    at = [sheet.columns.index(one) for one in (year, month) if one]
    kinds: Counter[str] = Counter()
    example, is_long_ago = ("", ""), False
    for row in sheet.rows():
        if not isinstance(row, Row) or not text_of(row.cells[at[0]]):
            continue
        texts = [*(text_of(row.cells[one]) for one in at), ""][:2]
        kind = era_of_parts(*texts)
        kinds[kind] += 1
        if kind == "calendar" and not example[0]:
            example = (texts[0], texts[1])
        is_long_ago = is_long_ago or (kind == "ours" and (number_of(texts[0]) or 0) < _LONG_AGO)
    if kinds["buddhist"] > kinds.total() * _MOST:
        return Order.BUDDHIST, _ERAS[Order.BUDDHIST], ("", "")
    told = [one for one in (Order.SOLAR, Order.LUNAR) if kinds[one]]
    if is_long_ago:
        return Order.YMD, "", ("", "")
    return (told[0], _ERAS[told[0]], ("", "")) if len(told) == 1 else (None, "", example)


def question_of_years(example: tuple[str, str], column: str) -> Question:
    """Return what must be asked where years may be of several calendars."""
    read = {one: date_of_parts(*example, "", one) for one in (*_SHARED, Order.YMD)}
    return Question(
        "dates", f"Of which calendar is the year {example[0]} in “{column}”?", _answers(read)
    )


def _answers(read: Mapping[Order, str | None]) -> tuple[tuple[str, str], ...]:
    today = date.today().isoformat()
    return tuple(
        (f"dates={one}", text) for one, text in read.items() if text and text[:10] <= today
    )


def question_of_order(proof: Proof, column: str) -> Question:
    """Return what must be asked where a column proves nothing."""
    if order_of(proof.example) == "calendar":
        read = {one: edtf_of(proof.example, one) for one in (*_SHARED, Order.YMD)}
        text = f"Which calendar has {proof.example!r} in “{column}”?"
        return Question("dates", text, _answers(read))
    day_first, month_first = (edtf_of(proof.example, one) for one in (Order.DMY, Order.MDY))
    both = " Cells prove both orders." if proof.counts["dmy"] else ""
    return Question(
        "dates",
        f"What is {proof.example!r} in “{column}”?{both}",
        (("dates=dmy", str(day_first)), ("dates=mdy", str(month_first))),
    )
