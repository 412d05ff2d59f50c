"""Days of the lunar calendar of Islam as tables count them; by the moon they may differ by one."""

from __future__ import annotations

from datetime import date

__all__ = ["MONTHS", "YEARS", "day_of_lunar"]

YEARS = range(1250, 1500)
# Ordinal of the day before the first one.
_BEFORE = 227_014
_MONTHS = 12
MONTHS = (
    ("محرم", "muharram", "moharram"),
    ("صفر", "safar"),
    ("ربيع الأول", "ربیع الاول", "ربيع الاول", "rabi al-awwal", "rabi' al-awwal", "rabi i"),
    ("ربيع الثاني", "ربيع الآخر", "ربیع الثانی", "rabi al-thani", "rabi' al-thani", "rabi ii"),
    ("جمادى الأولى", "جمادی الاول", "جمادى الاولى", "jumada al-awwal", "jumada al-ula", "jumada i"),
    ("جمادى الآخرة", "جمادى الثانية", "جمادی الثانی", "jumada al-thani", "jumada al-akhirah",
     "jumada ii"),
    ("رجب", "rajab"),
    ("شعبان", "shaban", "sha'ban", "sha‘ban"),
    ("رمضان", "ramadan", "ramazan"),
    ("شوال", "shawwal", "shawal"),
    ("ذو القعدة", "ذي القعدة", "ذوالقعده", "dhu al-qadah", "dhu al-qa'dah", "dhul qadah", "zilqad"),
    ("ذو الحجة", "ذي الحجة", "ذوالحجه", "dhu al-hijjah", "dhul hijjah", "dhu al-hijja", "zilhaj"),
)  # fmt: skip


def day_of_lunar(year: int, month: int, day: int) -> date | None:
    """Return a day of this calendar in ours, which may be off by one; `None` if there is none.

    Example:
        >>> str(day_of_lunar(1445, 6, 21)), day_of_lunar(1445, 2, 30)
        ('2024-01-03', None)
    """
    if year not in YEARS or not 1 <= month <= _MONTHS or day < 1:
        return None
    begin, after = _begin(year, month), _begin(year + month // 12, month % 12 + 1)
    return date.fromordinal(begin + day) if begin + day <= after else None


def _begin(year: int, month: int) -> int:
    """Return the ordinal of the day before a month."""
    return _BEFORE + (year - 1) * 354 + (3 + 11 * year) // 30 + (59 * (month - 1) + 1) // 2
