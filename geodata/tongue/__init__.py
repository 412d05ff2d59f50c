"""In which language is something said? Catalogue, numbers, days and names of countries."""

from geodata.tongue.asked import language_asked
from geodata.tongue.catalogue import (
    ENGLISH,
    LANGUAGES,
    comma,
    country,
    digits,
    in_brackets,
    is_english,
    is_from_right,
    joined,
    labelled,
    language,
    messages_of,
    number,
    parted,
    quoted,
    say,
    say_many,
    speaking,
)
from geodata.tongue.dated import describe_date, describe_days, describe_month, describe_term
from geodata.tongue.days import (
    day_words,
    month_words,
    season_words,
    short_day,
    span_words,
    year_words,
)
from geodata.tongue.places import place, water
from geodata.tongue.sent import handed

__all__ = [
    "ENGLISH", "LANGUAGES", "comma", "country", "day_words", "describe_date", "describe_days",
    "describe_month", "describe_term", "digits", "handed", "in_brackets", "is_english",
    "is_from_right", "joined", "labelled", "language", "language_asked", "messages_of",
    "month_words", "number", "parted", "place", "quoted",
    "say", "say_many", "season_words", "short_day", "span_words", "speaking", "water", "year_words",
]  # fmt: skip
