"""Numbers in words as other languages write them, by Unicode's rules; of Tajik by our own."""

from __future__ import annotations

from functools import cache

from unicode_rbnf import RbnfEngine

__all__ = ["SETS", "spell"]

_CASES = ("", "-genitive", "-dative", "-accusative", "-locative", "-ablative")
# The rules that hold for cardinal numbers, in all genders and cases.
SETS = {
    "ru": [
        f"spellout-cardinal-{gender}{case}"
        for gender in ("masculine", "feminine", "neuter")
        for case in _CASES
    ],
    "fa": ["spellout-cardinal"],
    "tg": [""],
    "ar": ["spellout-cardinal-masculine", "spellout-cardinal-feminine"],
    "fr": ["spellout-cardinal-masculine", "spellout-cardinal-feminine"],
}
_TAJIK = [
    "сифр", "як", "ду", "се", "чор", "панҷ", "шаш", "ҳафт", "ҳашт", "нуҳ", "даҳ", "ёздаҳ",
    "дувоздаҳ", "сездаҳ", "чордаҳ", "понздаҳ", "шонздаҳ", "ҳабдаҳ", "ҳаждаҳ", "нуздаҳ",
]  # fmt: skip
_TAJIK_TENS = [
    "", "", "бист", "сӣ", "чил", "панҷоҳ", "шаст", "ҳафтод", "ҳаштод", "навад",
]  # fmt: skip


def spell(n: int, code: str, rules: str = "") -> str:
    """Return a number in words.

    Args:
        n: The number, below a thousand million.
        code: The language.
        rules: One of `SETS`; the first if none is given.
    """
    if code == "tg":
        return _tajik(n)
    rules = rules or SETS[code][0]
    return str(_engine(code).format_number(n, ruleset_names=[rules]).text_by_ruleset[rules])


@cache
def _engine(code: str) -> RbnfEngine:
    return RbnfEngine.for_language(code)


def _tajik(n: int) -> str:
    parts = []
    for size, name in ((10**6, "миллион"), (1_000, "ҳазор")):
        if n >= size:
            parts.append(f"{_tajik(n // size)} {name}")
            n %= size
    if n >= 100:
        parts.append("сад" if n < 200 else f"{_TAJIK[n // 100]}сад")
        n %= 100
    if n >= 20:
        parts.append(_TAJIK_TENS[n // 10])
        n %= 10
    if n or not parts:
        parts.append(_TAJIK[n])
    return " ".join([*map(_joined, parts[:-1]), parts[-1]])


def _joined(part: str) -> str:
    """Return a part of a number that goes on."""
    return f"{part}ю" if part.endswith(("ӣ", "и", "е")) else f"{part}у"
