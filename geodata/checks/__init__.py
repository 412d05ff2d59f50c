"""What breaks a rule: across records, in the schema, in quotations."""

from geodata.checks.far import tell_far_dates
from geodata.checks.validation import validate, validate_apart, validate_together

__all__ = ["tell_far_dates", "validate", "validate_apart", "validate_together"]
