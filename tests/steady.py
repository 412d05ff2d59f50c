"""How Hypothesis explores: the same examples in every run and for every selection of tests.

Hypothesis puts in constants that it reads from whatever modules of ours are loaded. What a test
tries would then hang on which other tests were collected beside it, so the constants are a list.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture.providers import HypothesisProvider
from hypothesis.internal.constants_ast import Constants

__all__ = ["CONSTANTS", "use_steady_examples"]

# Where rules of ours change: last latitude and longitude, half the Earth's girth in kilometres,
# the largest count; and texts that are words of an address, a date or a spreadsheet. In order,
# since a set of texts has another order in each process.
CONSTANTS = Constants(
    integers=(180, 2_000, 20_038, 999_600, 10**9),
    floats=(90.0, 180.0, 85.0511287798066, 20_037.5),
    strings=("=1", "@", "＝", "'", ";", "|", "&", "from=2019", "q=", "XXXX", "2016-23", "nan"),
)
_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}


def use_steady_examples() -> None:
    """Make it so for all tests; `--hypothesis-profile=explore` looks for new examples."""
    # There is no setting for it, and a back end of our own would not be asked for first examples.
    HypothesisProvider._local_constants = CONSTANTS
    settings.register_profile("steady", max_examples=40, derandomize=True, **_COMMON)
    settings.register_profile("explore", max_examples=1_000, **_COMMON)
    settings.load_profile("steady")
