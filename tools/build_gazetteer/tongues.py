"""Writes `geodata/tongue/places.json`: what places are called in the languages of the program.

GeoNames' spellings do not say their language, so most names are kept by hand, in `tongues.txt`:
country, name here, and the name in Russian, Persian, Tajik, Arabic and French, empty where none is
sure. To these come, for towns that the basemap names, the only spelling in the letters of the
country's own language: Persian in Iran and Afghanistan, Tajik in Tajikistan, Arabic where it is
spoken.

Run as `python tools/build_gazetteer/tongues.py`; equal inputs give equal bytes.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "geodata" / "data"
LANGUAGES = ("ru", "fa", "tg", "ar", "fr")
_NEAR_DEGREES = 0.15
_PERSIAN = frozenset("آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئء \u200c-")
_ARABIC = frozenset("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأإؤئ -")
_TAJIK = frozenset("абвгдеёжзийклмнопрстуфхчшъэюяғӣқӯҳҷ -")
_TAJIK_ALONE = frozenset("ғӣқӯҳҷ")
# Country to language and its letters, of which some must be there if any are named.
OWN = {
    **dict.fromkeys(("IR", "AF"), ("fa", _PERSIAN, frozenset())),
    "TJ": ("tg", _TAJIK, _TAJIK_ALONE),
    **dict.fromkeys(
        ("AE", "BH", "EG", "IQ", "JO", "KW", "LB", "OM", "QA", "SA", "SY", "YE"),
        ("ar", _ARABIC, frozenset()),
    ),
}


def by_hand() -> dict[str, dict[str, str]]:
    """Return the names that are kept by hand, by country and name."""
    found = {}
    for line in (HERE / "tongues.txt").read_text("utf-8").splitlines():
        country, name, *called = line.split("|")
        pairs = zip(LANGUAGES, called, strict=True)
        found[f"{country}|{name}"] = {code: word for code, word in pairs if word}
    return found


def own_names() -> Iterator[tuple[str, str, str]]:
    """Yield key, language and name of towns that have one spelling in their country's letters."""
    places: dict[str, list[tuple[str, list[str], float, float]]] = defaultdict(list)
    for file in ("focus.tsv.gz", "world.tsv.gz"):
        with gzip.open(DATA / "gazetteer" / file, "rt", encoding="utf-8") as stream:
            for line in stream:
                cells = line.rstrip("\n").split("\t")
                if len(cells) > 7 and cells[3] in OWN:
                    place = (cells[1], cells[2].split("|"), float(cells[6]), float(cells[7]))
                    places[cells[3]].append(place)
    with gzip.open(DATA / "basemap" / "labels.json.gz", "rt", encoding="utf-8") as stream:
        labels = json.load(stream)
    for one in labels:
        country, name = one.get("country", ""), one["name"]
        if one["kind"] == "country" or country not in OWN:
            continue
        code, letters, some = OWN[country]
        spellings = {
            spelling
            for own, others, lon, lat in places[country]
            if abs(lon - one["lon"]) < _NEAR_DEGREES and abs(lat - one["lat"]) < _NEAR_DEGREES
            if name in (own, *others)
            for spelling in others
            if spelling and frozenset(spelling.lower()) <= letters
            if not some or frozenset(spelling.lower()) & some
        }
        if len(spellings) == 1:
            yield f"{country}|{name}", code, spellings.pop()


def main() -> None:
    """Write the file."""
    found = by_hand()
    for key, code, name in own_names():
        found.setdefault(key, {}).setdefault(code, name)
    text = json.dumps(dict(sorted(found.items())), ensure_ascii=False, indent=0, sort_keys=True)
    (DATA.parent / "tongue" / "places.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
