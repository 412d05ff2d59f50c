"""Which columns hold the date, and in which order it has day and month: proved, or asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from geodata.importing.guesses.headers import header_words, is_start, name_score
from geodata.importing.guesses.plan import Guess, Question
from geodata.importing.guesses.sample import Column, Sample
from geodata.importing.values import Order, edtf_of, number_of, order_of, text_of
from geodata.reading import Row, Sheet

__all__ = ["Proof", "guess_date", "guess_parts", "prove_order", "question_of_order"]

_GOOD = 0.8
_LEAST = 20
_OF_RECORD = 10
_CONTENT_ALONE = 40
_PARTS = {"year": (1000, 2199), "month": (0, 12), "day": (0, 31)}
_NOT_KNOWN = 99


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
        shown = "; ".join(f"“{one.name}” has {one.filled[0]!r}" for one in names[:4])
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
        return role == "month" and edtf_of(f"{text} 2000") is not None
    least, most = _PARTS[role]
    return least <= value <= most or value == _NOT_KNOWN


@dataclass(frozen=True)
class Proof:
    """What a column proves of the order of day and month.

    Attributes:
        counts: How many cells fit one order only, or either.
        example: A cell that fits either.
    """

    counts: Counter[str]
    example: str = ""

    @property
    def order(self) -> Order | None:
        """The order, if only one is there."""
        has_day, has_month = self.counts["dmy"] > 0, self.counts["mdy"] > 0
        if self.counts["solar"] and not has_day and not has_month and not self.counts["either"]:
            return Order.SOLAR
        if has_day == has_month:
            return None
        return Order.DMY if has_day else Order.MDY

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
        if self.order is Order.SOLAR:
            return f"solar calendar (Hijri): {only:,} cells have its digits or months"
        words = "day before month" if self.order is Order.DMY else "month before day"
        return f"{words}: {only:,} of {self.counts.total():,} fit only so"


def prove_order(sheet: Sheet, columns: Sequence[str]) -> Proof:
    """Return what the whole columns of dates prove."""
    places = [sheet.columns.index(one) for one in columns]
    return _proof(
        text_of(row.cells[place])
        for row in sheet.rows()
        if isinstance(row, Row)
        for place in places
        if isinstance(row.cells[place], str)
    )


def _proof(texts: Iterable[str]) -> Proof:
    counts: Counter[str] = Counter()
    example = ""
    for text in texts:
        found = order_of(text)
        if found is not None:
            counts[str(found)] += 1
            if found in ("either", "calendar") and not example:
                example = text
    return Proof(counts, example)


def question_of_order(proof: Proof, column: str) -> Question:
    """Return what must be asked where a column proves nothing."""
    if order_of(proof.example) == "calendar":
        solar = edtf_of(proof.example, Order.SOLAR)
        return Question(
            "dates",
            f"Which calendar has {proof.example!r} in “{column}”?",
            (("dates=solar", str(solar)), ("dates=ymd", str(edtf_of(proof.example, Order.YMD)))),
        )
    day_first, month_first = (edtf_of(proof.example, one) for one in (Order.DMY, Order.MDY))
    both = " Cells prove both orders." if proof.counts["dmy"] else ""
    return Question(
        "dates",
        f"What is {proof.example!r} in “{column}”?{both}",
        (("dates=dmy", str(day_first)), ("dates=mdy", str(month_first))),
    )
