"""What breaks a rule: across records, in the schema, in quotations."""

from geodata.checks.far import tell_far_dates
from geodata.checks.validation import validate

__all__ = ["tell_far_dates", "validate"]
