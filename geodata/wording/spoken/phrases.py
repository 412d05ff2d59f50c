"""Which words behind a number are its own, as in "two Dutch citizens", in any of the languages."""

from __future__ import annotations

import re

from geodata.wording.spoken.tables import plain

__all__ = ["joined", "phrases"]

_TOLL = (
    "(?:kill|dead|death|die[ds]?|dying|perish|slain|murder|massacr|fatal|injur|wound|hurt|detain"
    "|captur|displac|fled|casualt|victim|toll|lost)\\w*"
)
# Words with which something else begins: where, when, by whom, among whom.
_BREAKS = plain(
    "after|against|along|alongside|among|amongst|amid|and|around|as|at|because|before|behind"
    "|beside|besides|between|but|by|close|during|except|excluding|for|in|includ\\w+|inside|near"
    "|next|most|mostly|mainly|largely|on|opposite|or|outside|over|plus|said|says?|than|that|through|to|under|when|where"
    "|which|while|who|whom|with|within|according"
    "|а|близ|в|вблизи|включая|вместе|во|возле|где|для|до|за|и|из-за|или|как|когда|котор\\w+|кроме"
    "|между|на|над|наряду|но|о|об|около|от|перед|по|под|пока|помимо|после|при|против|рядом|с|со"
    "|среди|у|через|что|большинств\\w+|преимущественно"
    "|alors|après|au|aux|avant|avec|car|chez|comme|contre|dans|depuis|devant|dont|durant|en|entre"
    "|et|hors|lors|lorsqu\\w+|mais|notamment|où|ou|par|parmi|pendant|pour|près|quand|qui|selon"
    "|sous|sur|surtout|vers|y compris|à|plupart|majorit\\w+|principalement"
    "|از (?:جمله|سوی|طرف|میان|بین)|اطراف|با|بر|به|بیرون|بین|توسط|تا|جلوی?|چون|حوالی|داخل|در|درون"
    "|شامل|طی|که|کنار|مقابل|میان|نزدیکی?|نزد|وقتی|و|هنگام|همراه|هنگامی|یا|پس|پیش|گفت\\w*|روی|بیشتر\\w*|عمدتا|اکثر\\w*"
    "|аз (?:ҷумла|ҷониби|тарафи|байни|миёни)|байни|барои|баъди?|бо|ба|берун\\w*|ва|вақте|дар"
    "|дохил\\w*|ё|канори|ки|миёни|назд\\w*|наздик\\w*|пас|пеш\\w*|то|ҳамроҳ\\w*|ҳангом\\w*|якҷоя|аксар\\w*|бештар\\w*"
    "|و?(?:أثناء|إثر|إلى|التي|الذي\\w*|الذين|أمام|أو|بجانب|بجوار|بما|بمن|بعد|بغارة|بقصف|بنيران"
    "|برصاص|بهجوم|بيد|بين|بينما|بينهم|بالقرب|تجاه|جراء|حول|حين|خارج|خلال|داخل|ضد|ضمن\\w*|على|عن"
    "|عند|عندما|في|قبل|قرب|كما|لدى|مع|منهم|معظم\\w*|أغلب\\w*|نتيجة|فيما|لل\\w+|و)"
)
_BREAK = re.compile(rf"[,;:()«»\"“”—–]|(?<!\w)(?:{_TOLL}|{_BREAKS})(?!\w)", re.IGNORECASE)
# "Four of the killed were", "2 killed Americans".
_LEADING = re.compile(
    plain(
        "\\s*(?:(?:of|из|аз|از|من|parmi|d'entre) (?:the |those |ها )?(?:them|whom|них|онҳо|آنها"
        "|ایشان|eux|them all)?\\s*[—–]?\\s*)?"
    )
    + f"(?:{_TOLL})?",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?:(?:\s*(?:,|\b(?:and|et|и|ва|و)\b)\s*)+[^\W\d_]+){1,5}", re.IGNORECASE)
# "Four were killed, all US citizens".
_ALL = re.compile(
    plain(
        "(?<!\\w)(?<!in )(?:all|both|все|всех|оба|обе|tous|toutes|همه|همگی|كلهم|جميعهم|جميعا|ҳама)"
        "(?: (?:were|of them|они|d'entre eux|آنها|از آنها|منهم|онҳо))?\\s*[—–]?(?!\\w)"
    ),
    re.IGNORECASE,
)


def phrases(behind: str) -> tuple[tuple[int, int], ...]:
    """Return where the words of a number's own phrase begin and end in the words behind it.

    What is said of all whom it counts is its own, too.

    Args:
        behind: The words behind it, in which tolls are in English; in a plain form of letters.

    Example:
        >>> phrases(" were killed near the Russian embassy")[0]
        (0, 6)
    """
    found = [(0, _end(behind, 0))]
    for one in _ALL.finditer(behind):
        if one.start() >= found[-1][1]:
            found.append((one.end(), _end(behind, one.end())))
    return tuple(found)


def joined(behind: str, end: int) -> tuple[int, int]:
    """Return where words begin and end that are joined to a phrase: "Swiss, Dutch and others"."""
    found = _JOINED.match(behind, end)
    return (end, found.end() if found else end)


def _end(text: str, start: int) -> int:
    leading = _LEADING.match(text, start)
    stop = _BREAK.search(text, leading.end() if leading else start)
    return stop.start() if stop else len(text)
