"""Tests of what the package offers by name, and of its errors."""

from __future__ import annotations

import geodata
from geodata import errors
from geodata.errors import GeodataError, RecordError


def test_what_is_offered_is_there_and_in_order():
    assert geodata.__all__ == sorted(geodata.__all__)
    assert all(hasattr(geodata, name) for name in geodata.__all__)


def test_every_error_is_caught_by_the_base_class():
    names = [name for name in errors.__all__ if name.endswith("Error")]
    assert names
    for name in names:
        assert issubclass(getattr(errors, name), GeodataError)


def test_a_filter_that_makes_no_sense_is_a_request_that_makes_none():
    assert issubclass(errors.FilterError, errors.RequestError)
    assert not issubclass(errors.SettingError, errors.RequestError)


def test_an_error_says_where():
    error = RecordError("title must not be empty, got ''", path="features[3].title")
    assert str(error) == "title must not be empty, got '' (features[3].title)"
    assert error.path == "features[3].title"
    assert str(RecordError("a day must exist")) == "a day must exist"
