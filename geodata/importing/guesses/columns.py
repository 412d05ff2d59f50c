"""Which column plays which part, by its name and by what it holds, with the evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from geodata.errors import RequestError
from geodata.importing.guesses.headers import counted_part, header_words, name_score
from geodata.importing.guesses.plan import SETTINGS, Guess, Plan, Question, RowKind, Settings
from geodata.importing.guesses.sample import Column, Sample
from geodata.importing.guesses.what import kind_of_rows, question_of_rows
from geodata.importing.guesses.when import (
    guess_date,
    guess_parts,
    prove_order,
    prove_years,
    question_of_order,
    question_of_years,
)
from geodata.importing.guesses.where import guess_place
from geodata.importing.known import known_by
from geodata.importing.values import Order, country_code, edtf_of, figure_of, pair_of
from geodata.reading import Sheet
from geodata.records import GeoPrecision, Status

__all__ = ["make_plan", "plan_of_sample"]

_COUNTS = (
    "killed_low",
    "killed_high",
    "injured_low",
    "injured_high",
    "killed",
    "injured",
    "casualties",
)
_WORDS = ("title", "text")
_PERSON = frozenset({"age", "sex", "gender", "race", "dob", "date of birth", "victim age"})
_URL = ("http://", "https://", "www.")
_LONGEST_TITLE = 200
_MOSTLY = 0.8
_LEAST_SCORE = 30
_TYPE_OR_TITLE = frozenset({"event", "incident", "what"})
_SELDOM = 0.6


def make_plan(sheet: Sheet, settings: Settings | None = None) -> Plan:
    """Return how a sheet is to be read: from its first rows, and its dates from all.

    Raises:
        RequestError: If a column was named that is not there.
    """
    settings = settings or Settings()
    plan = plan_of_sample(Sample(sheet), settings)
    return _with_order(plan, sheet, settings)


def plan_of_sample(sample: Sample, settings: Settings) -> Plan:
    """Return how the first rows of a sheet are to be read."""
    sheet = sample.sheet
    known = known_by(sheet.columns)
    if known:
        names = {one.strip().casefold(): one for one in sheet.columns}
        guesses = [
            Guess(
                role,
                tuple(names[one] for one in columns if one in names),
                f"as {known.name} has it",
            )
            for role, given in known.mapping.items()
            for columns in [(given,) if isinstance(given, str) else given]
        ]
        plan = Plan(known, tuple(one for one in guesses if one.columns), ())
        return replace(plan, row=settings.row or RowKind.INCIDENT)
    place = guess_place(sample, settings.given.get("crs", ""))
    dates, date_questions = guess_date(sample)
    parts = guess_parts(sample)
    if parts and len(parts) > 1 and (not dates or dates[0].certainty < 50):  # noqa: PLR2004
        dates, date_questions = parts, []
    elif not dates:
        dates = parts
    guesses = [*dates, *place.guesses]
    taken = {name for guess in guesses for name in guess.columns}
    guesses += _others(sample, taken)
    guesses = _as_given(guesses, settings, sheet)
    found = {one.role for one in guesses}
    questions = [*place.questions, *date_questions]
    if (
        not {"date", "year"} & found
        and not questions
        and sample.rows
        and "date" not in settings.given
    ):
        questions.append(
            Question(
                "date",
                "No column says when it happened; which one does?",
                (*_dated(sample), ("date=", "none")),
            )
        )
    row = settings.row or kind_of_rows(sample, guesses)
    if settings.row is None:
        questions += question_of_rows(sample, guesses)
    open_questions = tuple(one for one in questions if one.about not in settings.given)
    return Plan(
        None,
        tuple(guesses),
        open_questions,
        row,
        settings.order,
        place.crs,
        place.is_lon_first,
        place.letter_o,
    )


def _dated(sample: Sample) -> Iterator[tuple[str, str]]:
    """Yield as answers the columns whose cells can be read as dates, whatever they are called."""
    for column in sample.columns:
        if column.filled and column.share(lambda text: bool(edtf_of(text))) >= _MOSTLY:
            yield f"date={column.name}", f"such as {column.filled[0][:40]}"


def _with_order(plan: Plan, sheet: Sheet, settings: Settings) -> Plan:
    if settings.order or (plan.known and plan.known.name == "GTD"):
        return replace(plan, order=settings.order)
    if plan.columns("year") and plan.known is None:
        return _with_calendar(plan, sheet)
    if not plan.columns("date") + plan.columns("end"):
        return plan
    proof = prove_order(sheet, plan.columns("date"), plan.columns("end"))
    if proof.is_open:
        column = (*plan.columns("date"), *plan.columns("end"))[0]
        question = question_of_order(proof, column)
        return replace(plan, questions=(*plan.questions, question))
    return _proved(plan, "date", proof.evidence, proof.order) if proof.order else plan


def _with_calendar(plan: Plan, sheet: Sheet) -> Plan:
    [year], month = plan.columns("year"), next(iter(plan.columns("month")), "")
    order, words, example = prove_years(sheet, year, month)
    if example[0]:
        question = question_of_years(example, year)
        return replace(plan, questions=(*plan.questions, question))
    return _proved(plan, "year", words, order)


def _proved(plan: Plan, role: str, evidence: str, order: Order | None) -> Plan:
    guesses = tuple(
        replace(one, evidence=f"{one.evidence}; {evidence}")
        if one.role == role and evidence else one
        for one in plan.guesses
    )  # fmt: skip
    return replace(plan, guesses=guesses, order=order)


def _as_given(guesses: list[Guess], settings: Settings, sheet: Sheet) -> list[Guess]:
    names = {one.casefold(): one for one in sheet.columns}
    kept = [one for one in guesses if one.role not in settings.given]
    for role, value in settings.given.items():
        if role in SETTINGS or not value:
            continue
        wanted = (
            [part.strip() for part in value.split("+")]
            if value.casefold() not in names
            else [value]
        )
        for one in wanted:
            if one.casefold() not in names:
                raise RequestError(
                    f"{role} must be a column of the file, got {one!r}; its columns are "
                    f"{', '.join(sheet.columns)[:400]}"
                )
        kept.append(Guess(role, tuple(names[one.casefold()] for one in wanted), "as you said"))
        if role in ("lat", "lon", "point"):
            others = {"point", "geometry"} if role != "point" else {"lat", "lon", "geometry"}
            kept = [one for one in kept if one.role not in others]
        if role == "date":
            kept = [one for one in kept if one.role not in ("year", "month", "day")]
    return kept


def _others(sample: Sample, taken: set[str]) -> Iterator[Guess]:
    is_of_persons = any(header_words(one.name) in _PERSON for one in sample.columns)
    checks: Iterable[tuple[str, Callable[[Column], float]]] = (
        ("id", _as_id),
        *((role, _as_count) for role in _COUNTS),
        ("precision", lambda column: _in_words(column, GeoPrecision)),
        ("radius", lambda column: column.numeric),
        ("status", lambda column: _in_words(column, Status)),
        ("country", lambda column: column.share(lambda text: bool(country_code(text)))),
        ("url", lambda column: column.share(lambda text: text.lower().startswith(_URL))),
        ("victim", _as_words),
        ("type", _as_type),
        ("text", _as_words),
        ("actor", _as_words),
        ("target", _as_words),
        ("admin1", _as_words),
        ("admin2", _as_words),
        ("title", _as_title),
        ("place", _as_place),
        ("source", _as_words),
    )
    for role, fit in checks:
        best = None
        for column in sample.columns:
            if column.name in taken or not column.filled:
                continue
            named = name_score(role, column.name)
            if role == "victim" and is_of_persons and header_words(column.name) == "name":
                named = 100
            score = (
                named * fit(column) * (1 + min(1.0, len(column.filled) / len(column.texts)) / 10)
            )
            if role == "text":
                score *= 1 + min(column.mean_length, 400) / 400
            if score >= _LEAST_SCORE and (best is None or score > best[0]):
                best = (score, column)
        if best:
            names = (best[1].name, *_other_parts(sample, role, best[1].name, taken))
            taken.update(names)
            yield Guess(role, names, _described(best[1]), min(100, round(best[0])))


def _other_parts(sample: Sample, role: str, name: str, taken: set[str]) -> Iterator[str]:
    """Yield the columns that count others than one which counts only some, such as women."""
    _, kind = counted_part(name)
    for column in sample.columns if kind and role in _COUNTS else ():
        is_other = column.name != name and column.name not in taken
        if is_other and counted_part(column.name)[1] == kind and name_score(role, column.name):
            yield column.name


def _described(column: Column) -> str:
    return (
        f"named so; {len(column.filled):,} of {len(column.texts):,} cells filled, such as "
        f"{column.filled[0][:40]!r}"
    )


def _as_id(column: Column) -> float:
    full = len(column.filled) / len(column.texts)
    if column.mean_length > 80 or full < 0.5:  # noqa: PLR2004
        return 0.0
    return full * len(column.distinct) / len(column.filled)


def _as_count(column: Column) -> float:
    share = column.share(lambda text: figure_of(text) is not None)
    return share**0.5 if share > 0.4 else 0.0  # noqa: PLR2004 - words may stand among them


def _in_words(column: Column, words: Iterable[str]) -> float:
    """Return whether each cell is one of our words, which mean nothing else then."""
    return float(column.distinct <= {str(one) for one in words})


def _as_words(column: Column) -> float:
    return 1.0 - column.numeric


def _as_place(column: Column) -> float:
    """Coordinates name no place."""
    return _as_words(column) - column.share(lambda text: pair_of(text) is not None)


def _as_title(column: Column) -> float:
    return _as_words(column) if column.mean_length <= _LONGEST_TITLE else 0.2


def _as_type(column: Column) -> float:
    if column.mean_length > 60:  # noqa: PLR2004
        return 0.0
    kinds = len(column.distinct)
    # What is called so is a type where it says the same of several rows, and else a title.
    if header_words(column.name) in _TYPE_OR_TITLE and kinds > len(column.filled) * _SELDOM:
        return 0.0
    is_few = kinds <= max(12, len(column.filled) * 0.4)
    return (1.0 - 0.5 * column.numeric) * (1.0 if is_few else 0.4)
