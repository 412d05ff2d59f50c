# ruff: noqa: E501 - a table of patterns is read line by line
"""Names of columns: which part each may play, and how strongly its name says so."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from geodata.importing.guesses.languages import NAMES
from geodata.letters import to_latin

__all__ = ["ROLES", "counted_part", "header_words", "is_foreign_axis", "is_start", "name_score"]

_EVENT = "event|incident|attack|strike|occurrence|crime|accident|offen[cs]e|shooting|death|killing"
_DEAD = "killed|fatalit(?:y|ies)|deaths?|dead|died|nkill|kills|tote|getotete|muertos|muertes|morts|tues|mortes|mortos"
_HURT = "injured|injuries|wounded|nwound|verletzte?|heridos|blesses|feridos"
_START = r"start(?:ed)?(?: date)?|date (?:start|from|begin)|begin(?:ning)?(?: date)?|timespan begin|first day|from date|von"
_LOW = "min(?:imum)?|low(?:er|est)?(?: figure)?|at least|least"
_HIGH = "max(?:imum)?|high(?:er|est)?(?: figure)?|at most|most|upper"

# For each part what a name may be, and how strongly that speaks for it. Names are plain words.
ROLES: dict[str, tuple[tuple[int, str], ...]] = {
    "id": (
        (100, rf"(?:(?:{_EVENT}|case|record|unique|report|db|internal|civ|airwars) ?)?(?:id|code|number|no|nr|ref(?:erence)?|key)"),
        (100, r"id|uid|guid|uuid|fid|gid|objectid|eventid|event id cnty|dc key|globalid"),
        (60, r"(?:\w+ )?(?:id|key)|unnamed column|code"),
    ),
    "date": (
        (100, rf"(?:date|day|datum|fecha) (?:of )?(?:the )?(?:{_EVENT})|(?:{_EVENT})s? (?:start )?(?:date|day|datum)(?: start)?"),
        (95, rf"date (?:occurred|occurr?ence)|occurr?ed(?: on| at)?(?: date)?|observed(?: on)?|happened(?: on)?|dispatch date(?: time)?|(?:{_EVENT})(?: |)(?:datetime|date time|time)"),
        (95, _START),
        (90, r"date|datum|dates|fecha|data|дата|tarikh|when|tag der tat|tatzeit|jour|date time|datetime"),
        (60, r"(?:\w+ ){0,3}date(?: \w+)?|(?:\w+ )?datum"),
        (50, r"time|timestamp|zeit(?:raum|punkt)?|utc|local time|date local|date utc"),
        (40, r"year ?month|yyyymm|month ?year|period|month start"),
    ),
    "end": ((100, r"end(?:ed)?(?: date)?|date (?:end|to|until)|(?:event |incident )?end (?:date|day)|timespan end|last day|to date|until|finish(?:ed)?|bis"),),
    "year": ((100, r"i?year|yr|jahr|ano|annee|год|year of (?:incident|event|death|occurrence)|(?:event|incident) year"),),
    "month": ((100, r"i?month|monat|mes|mois|mon|(?:event|incident) month"),),
    "day": ((100, r"i?day|tag|dia|jour|dom|(?:event|incident) day|day of month"),),
    "lat": (
        (100, r"lat|latitude|lat(?:itude)? (?:dd|wgs ?84|decimal|deg(?:rees)?)|decimal ?latitude|geo ?lat|latitud|breite(?:ngrad)?|широта"),
        (95, r"(?:location|event|incident|place|geo|point|gps|attack|strike|coordinates?) lat(?:itude)?|lat(?:itude)? (?:location|event|incident)"),
        (90, r"ygcswgs ?84|y ?wgs ?84|wgs ?84 ?y|y ?coord(?:inate)?|coord ?y|point y|gps y"),
        (60, r"(?:\w+ )+lat(?:itude)?|lat(?:itude)? \w+|n|north(?:ing)?"),
        (50, r"y"),
        (45, r"linrefy|(?:x?y|\w+) ?(?:utm|etrs)\w*|utm ?y|y ?utm|northing"),
    ),
    "lon": (
        (100, r"lon|long|lng|longitude|(?:lon|long|longitude) (?:dd|wgs ?84|decimal|deg(?:rees)?)|decimal ?longitude|geo ?(?:lon|lng|long)|longitud|lange(?:ngrad)?|laenge|долгота"),
        (95, r"(?:location|event|incident|place|geo|point|gps|attack|strike|coordinates?) (?:lon|lng|long|longitude)|(?:lon|lng|long|longitude) (?:location|event|incident)"),
        (90, r"xgcswgs ?84|x ?wgs ?84|wgs ?84 ?x|x ?coord(?:inate)?|coord ?x|point x|gps x"),
        (60, r"(?:\w+ )+(?:lon|lng|long|longitude)|(?:lon|lng|long|longitude) \w+|e|east(?:ing)?"),
        (50, r"x"),
        (45, r"linrefx|utm ?x|x ?utm|easting"),
    ),
    "point": (
        (100, r"coordinates?|coords?|lat ?(?:lon|lng|long)|latlng|gps(?: coordinates?)?|geo ?(?:point|location|coordinates?)|koordinaten|latitude longitude|lat lon(?:g)?|position|geocode"),
        (60, r"(?:\w+ )*(?:location|coordinates?|position|point)|geom(?:etry)?|wkt|the geom"),
    ),
    "place": (
        (100, r"location(?: name)?|place(?: name)?|city|town|village|settlement|locality|ort|ortschaft|municipality|lugar|lieu|ciudad|ville|stadt"),
        (80, r"(?:event|incident|attack|strike) (?:location|place|city)|city(?: or county)?|site(?: name)?|where|area|neighbou?rhood|address|(?:\w+ )?(?:location|place|address)|near(?:est)? (?:town|city)|tatort|facility|base"),
        (50, r"(?:\w+ )?name(?: of (?:place|location))?|airport|port|block"),
    ),
    "admin1": (
        (100, r"adm(?:in)? ?1(?: name)?|province|governorate|oblast|provstate|department|departamento|admin1|state|bundesland|wilaya|state province"),
        (90, r"region"),
    ),
    "admin2": ((100, r"adm(?:in)? ?2(?: name)?|district|county|raion|rayon|admin2|zilla|lga|landkreis"),),
    "precision": ((100, r"(?:geo |place |location )?precision|place known to"),),
    "radius": ((100, r"radius ?(?:km)?|within km"),),
    "status": ((100, r"status"),),
    "country": (
        (100, r"country(?: name| txt)?|nation|land|pais|pays|staat|страна"),
        (80, r"(?:\w+ )?country(?: \w+)?|iso ?[23]|country (?:iso|code)(?: ?\d)?|iso(?: ?a[23])?"),
    ),
    "type": (
        (100, rf"(?:{_EVENT}|violence|weapon|attack) ?(?:types?|category|kind|class)(?: ?1| txt)*|type(?: of (?:\w+ ?)+)?|sub ?event ?type"),
        (90, r"categor(?:y|ies)|kategorie|art|kind|class(?:ification)?|tipo|categorie|crime|text general code|offen[cs]e|hostility(?: d)?|activity"),
        (80, r"event|incident|what"),
        (60, r"(?:\w+ )+(?:type|category)|method|folder|layer|group name|tags?|symbol|agency|law enforcement agency"),
    ),
    "killed": (
        (100, rf"(?:{_DEAD})(?: best| total| count| number| n)?|(?:total |number |number of |no of |n )?(?:of )?(?:people |persons |civilians )?(?:{_DEAD})|nkill|best(?: est(?:imate)?)?|killed figure most sources give"),
        (60, rf"(?:\w+ ){{0,3}}(?:{_DEAD})(?: \w+){{0,2}}"),
    ),
    "killed_low": ((100, rf"(?:\w+ )*(?:{_DEAD})(?: \w+)* (?:{_LOW})|(?:{_LOW})(?: \w+)* (?:{_DEAD})(?: \w+)*|low(?: est(?:imate)?)?|(?:total )?(?:{_DEAD}) (?:{_LOW})"),),
    "killed_high": ((100, rf"(?:\w+ )*(?:{_DEAD})(?: \w+)* (?:{_HIGH}|mix)|(?:{_HIGH})(?: \w+)* (?:{_DEAD})(?: \w+)*|high(?: est(?:imate)?)?"),),
    "injured": (
        (100, rf"(?:total |number of |no of |n )?(?:people |persons |civilians )?(?:{_HURT})(?: total| count| number)?|injured figure most sources give"),
        (60, rf"(?:\w+ ){{0,3}}(?:{_HURT})(?: \w+){{0,2}}"),
    ),
    "injured_low": ((100, rf"(?:\w+ )*(?:{_HURT})(?: \w+)* (?:{_LOW})|(?:{_LOW})(?: \w+)* (?:{_HURT})(?: \w+)*"),),
    "injured_high": ((100, rf"(?:\w+ )*(?:{_HURT})(?: \w+)* (?:{_HIGH})|(?:{_HIGH})(?: \w+)* (?:{_HURT})(?: \w+)*"),),
    "casualties": ((80, r"(?:total (?:number of )?)?(?:casualties|victims)(?: total| count)?|total number of victims|affected|killed or injured figure most sources give"),),
    "actor": (
        (100, r"(?:suspected |alleged )?(?:perpetrators?|attackers?|assailants?|actor(?: ?1)?|belligerent|responsib(?:le|ility)(?: party| group)?|perpetrator (?:group|name)|gname|armed group|tater)"),
        (70, r"group(?: name)?|organi[sz]ation|faction|party|claimed by|unit|operator|side a"),
    ),
    "target": ((90, r"targets?(?: \w+)?|victim type|(?:type of )?target(?: type)?|attacked|ziel"),),
    "title": (
        (100, r"title|headline|(?:event|incident|case) (?:name|title)|heading|titel|titulo|titre|schlagzeile|uberschrift"),
        (80, r"name|label|event|incident|short description"),
    ),
    "text": (
        (100, r"(?:\w+ )?(?:description|summary|narrative|synopsis)|notes?|details?|beschreibung|descripcion|resumen|what happened|incident details"),
        (70, r"comments?|remarks?|content|text|desc|cmt|report|bericht|story|body|info(?:rmation)?|additional (?:notes|information)"),
    ),
    "source": (
        (100, r"sources?(?: ?1| name| names)?|news source|quelle|fuente|publisher|references?|citation|media"),
        (60, r"(?:\w+ )?sources?(?: \w+)?"),
    ),
    "url": (
        (100, r"(?:source |news |article |incident |report |reference )?(?:url|link|href|hyperlink|website|web)s?(?: ?1)?|source ?(?:url|link)s?(?: ?1)?"),
    ),
    "victim": ((100, r"victims?(?: s)? names?|name of (?:the )?(?:victim|deceased|dead)|deceased|(?:first|last|full) name|names? of (?:victims?|dead)|civilian name"),),
}  # fmt: skip
# What is told of the record and not of what happened: never its date.
_OF_RECORD = re.compile(
    r"report|publi|updat|creat|modif|enter|entry|added|upload|access|record|post(?:ed|ing)|regist|"
    r"source|article|retriev|islamic|hijri|birth|dob|jalali|shamsi|edit|verif|submitted|as of|end\b"
)
_COMPILED = {
    role: tuple((score, re.compile(pattern)) for score, pattern in patterns)
    for role, patterns in ROLES.items()
}
_BEGINNING = re.compile(_START)
_SOME = {
    "sex": frozenset({"m", "f", "male", "males", "female", "females", "men", "women"}),
    "age": frozenset({"adult", "adults", "child", "children", "minors", "boys", "girls"}),
    "side": frozenset(
        {"civilian", "civilians", "combatant", "combatants", "military", "police", "soldiers"}
        | {"militants", "attackers", "perpetrators", "forces", "insurgents", "fighters"}
    ),
}
_SEXES = {"m": "male", "f": "female"}
_HARMED = re.compile(
    rf"{_DEAD}|{_HURT}|number|no|n|of|total|count|reported|figure|best|{_LOW}|{_HIGH}|at"
)
_RECORDING = 10
_COUNTED_APART = frozenset(
    {"killed", "killed_low", "killed_high", "injured", "injured_low", "injured_high"}
)
_BOUNDED = frozenset({"killed", "injured"})
_TOGETHER = re.compile(
    rf"\b(?:{_DEAD})\b(?: \w+)? ?(?:or|and|und|oder|et|ou|y|o|и|или|plus|amp)? ?\b(?:{_HURT})\b"
)
_FOREIGN_SCORE = 95


@lru_cache(maxsize=4096)
def header_words(name: str) -> str:
    """Return a column's name as plain words in small letters.

    Example:
        >>> header_words("eventDate"), header_words("Total_Killed (min.)"), header_words("# Killed")
        ('event date', 'total killed min', 'killed')
    """
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    latin = (
        to_latin(parted)
        if parted.isascii() or not re.search(r"[\u0400-\u04ff]", parted)
        else parted.casefold()
    )
    return " ".join(re.findall(r"[^\W_]+", latin))


@lru_cache(maxsize=16_384)
def name_score(role: str, name: str) -> int:
    """Return how strongly a column's name says that it plays a part, within 0 and 100.

    Example:
        >>> name_score("lat", "Latitude"), name_score("date", "Report date"), name_score("lat", "a")
        (100, 10, 0)
    """
    words = header_words(name)
    if role == "date" and _OF_RECORD.search(words):
        return _RECORDING
    if role in _COUNTED_APART and _TOGETHER.search(words):
        return 0  # Killed and injured together are neither.
    if role in _BOUNDED and any(name_score(f"{role}_{one}", name) for one in ("low", "high")):
        return 0  # The least or most of a figure is not the figure.
    named = (score for score, pattern in _COMPILED[role] if pattern.fullmatch(words))
    return max(next(named, 0), _FOREIGN_SCORE if words in _foreign()[role] else 0)


def is_start(name: str) -> bool:
    """Whether a column's name is that of a beginning beside which an end may stand."""
    return bool(_BEGINNING.fullmatch(header_words(name)))


@lru_cache(maxsize=4096)
def counted_part(name: str) -> tuple[str, str]:
    """Return whom a column counts where its name says that it is not everybody, and by what.

    Columns of one kind count different people; those of several kinds may count some twice.

    Example:
        >>> counted_part("killed_m"), counted_part("Children killed"), counted_part("People killed")
        (('male', 'sex'), ('children', 'age'), ('', ''))
    """
    words = [one for one in header_words(name).split() if not _HARMED.fullmatch(one)]
    kind = next((kind for kind, some in _SOME.items() if not some.isdisjoint(words)), "")
    return (" ".join(_SEXES.get(one, one) for one in words), kind) if kind else ("", "")


def is_foreign_axis(name: str) -> bool:
    """Whether a column's name is that of one axis in another language, and nothing more."""
    words = header_words(name)
    return words in _foreign()["lat"] or words in _foreign()["lon"]


@cache
def _foreign() -> dict[str, frozenset[str]]:
    """Return the names in other languages as `header_words` gives them."""
    found = {role: map(header_words, names.split(",")) for role, names in NAMES.items()}
    return {role: frozenset(found.get(role, ())) for role in ROLES}
