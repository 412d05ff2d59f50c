"""What the source gets wrong or leaves open, as plain tables: codes, names, disputed areas."""

from __future__ import annotations

from typing import Any

FOCUS = frozenset({"AF", "PK", "IR", "TJ", "UZ", "TM", "KG", "KZ"})
"""Countries whose lines are kept finest and whose GeoNames codes in the source are right."""

NEAR = frozenset(
    {
        "AE", "AM", "AZ", "BH", "BY", "CN", "CY", "EG", "GE", "IL", "IN", "IQ", "JO", "KW", "LB",
        "MD", "MN", "OM", "PS", "QA", "RU", "SA", "SY", "TR", "UA", "YE",
    }
)  # fmt: skip
"""Countries around them, kept finer than the rest of the world."""

UNIT_CODES = {
    "PAK-1112": "PK.03",  # F.A.T.A., merged into Khyber Pakhtunkhwa in 2018
    "TJK-5491": "TJ.04",  # Dushanbe; the source gives a number that GeoNames dropped
    "KAB+00?": "KZ.14",  # Baikonur, leased, lies in Kyzylorda
    "KAS+00?": "IN.41",  # Siachen, held by India, is counted with Ladakh
    "SYR-5261": "SY.03",  # UN buffer zone in Quneitra
    "USG+00?": "CU.10",  # Guantanamo
    "SAH+00?": "EH.00",
    "MAR-3469": "EH.00",
    "SOL+00?": "SO.SL",  # one unit for five GeoNames regions: a code of our own
    "CLP+00?": "FR.CLP",
    "UKR-4826": "UA.12",
}
"""`adm1_code` of the source -> GeoNames `CC.admin1` where voting or the source go wrong."""

UNIT_COUNTRIES = {
    "BVT+00?": "BV",
    "CLP+00?": "FR",
    "CSI+00?": "AU",
    "CYN+00?": "CY",
    "ESB-5132": "CY",
    "IOA-1928": "CC",
    "IOA-2652": "CX",
    "KAB+00?": "KZ",
    "KAS+00?": "IN",
    "MAR-3469": "EH",
    "SOL+00?": "SO",
    "USG+00?": "CU",
    "WSB-5133": "CY",
}
"""`adm1_code` -> ISO 3166-1 alpha-2 for units the source gives to no or another country."""

GEOUNIT_COUNTRIES = {
    "French Guiana": "GF",
    "Guadeloupe": "GP",
    "Martinique": "MQ",
    "Reunion": "RE",
    "Mayotte": "YT",
    "Svalbard": "SJ",
    "Bouvet Island": "BV",
    "Tokelau": "TK",
}
"""`geonunit` -> ISO code of territories that have their own."""

ADMIN_COUNTRIES = {"Caribbean Netherlands": "BQ"}

ISO_3166_2_COUNTRIES = {"UA-40": "UA", "UA-43": "UA"}
"""Crimea and Sevastopol: Ukraine, as in UN General Assembly resolution 68/262."""

DROPPED = frozenset({"PGA+00?"})
"""Spratly Islands: claimed by six states, and smaller than a pixel."""

WESTERN_SAHARA_NORTH = 27.0 + 2.0 / 3.0
"""Latitude of the northern line of Western Sahara."""

CUT_AT_WESTERN_SAHARA = {"MA-14": "MA.10", "MA-15": "MA.10"}
"""Moroccan regions of the source that the line cuts -> code of what lies north of it."""

VATICAN_BOX = (12.447, 41.898, 12.461, 41.908)
"""Stands for the Vatican, which is smaller than a cell of the quantised grid."""

PARTS = {
    "UA-40": "crimea",
    "UA-43": "crimea",
    "GE-AB": "abkhazia",
    "IN-AR": "arunachal",
    "IN-JK": "kashmir-in",
    "IN-LA": "kashmir-in",
    "PK-GB": "kashmir-pk",
    "PK-JK": "kashmir-pk",
    "-99-X04~": "north-cyprus",
    "-99-X06~": "siachen",
    "-99-X11~": "somaliland",
}
"""`iso_3166_2` of the source -> part of a country whose status or line is disputed."""

DISPUTED = (
    ("CN", "arunachal"),
    ("CN", "kashmir-in"),
    ("CN", "siachen"),
    ("CY", "north-cyprus"),
    ("EH", "MA"),
    ("GE", "abkhazia"),
    ("IL", "PS"),
    ("IL", "SY"),
    ("PK", "kashmir-in"),
    ("RS", "XK"),
    ("SO", "somaliland"),
    ("UA", "crimea"),
    ("kashmir-in", "kashmir-pk"),
    ("kashmir-pk", "siachen"),
)
"""Pairs of countries or parts between which the line is drawn dashed."""

PROVINCE_NAMES = {
    "AF.09": "Ghor",
    "AF.31": "Jowzjan",
    "AF.39": "Uruzgan",
    "AF.41": "Daykundi",
    "AF.42": "Panjshir",
    "AR.07": "Buenos Aires City",
    "BE.BRU": "Brussels",
    "BE.VLG": "Flanders",
    "BE.WAL": "Wallonia",
    "BG.42": "Sofia City",
    "CY.01": "Famagusta",
    "EH.00": "Western Sahara",
    "GE.02": "Abkhazia",
    "IE.C": "Connacht",
    "IE.L": "Leinster",
    "IE.M": "Munster",
    "IE.U": "Ulster",
    "IN.41": "Ladakh",
    "KG.01": "Bishkek City",
    "KZ.01": "Almaty Region",
    "KZ.02": "Almaty City",
    "KZ.05": "Astana City",
    "KZ.10": "Turkistan",
    "KZ.14": "Kyzylorda",
    "KZ.15": "East Kazakhstan",
    "KZ.17": "Zhambyl",
    "MA.01": "Tangier-Tetouan-Al Hoceima",
    "MA.03": "Fez-Meknes",
    "MA.04": "Rabat-Sale-Kenitra",
    "MA.05": "Beni Mellal-Khenifra",
    "MA.06": "Casablanca-Settat",
    "MA.07": "Marrakesh-Safi",
    "MA.08": "Draa-Tafilalet",
    "MA.09": "Souss-Massa",
    "MA.10": "Guelmim-Oued Noun",
    "MZ.11": "Maputo City",
    "NO.21": "Trøndelag",
    "NO.34": "Innlandet",
    "NO.42": "Agder",
    "NO.46": "Vestland",
    "PK.03": "Khyber Pakhtunkhwa",
    "PK.08": "Islamabad",
    "RU.03": "Altai Republic",
    "RU.04": "Altai Krai",
    "RU.42": "Leningrad Oblast",
    "RU.47": "Moscow Oblast",
    "RU.48": "Moscow City",
    "RU.89": "Jewish Autonomous Oblast",
    "SO.SL": "Somaliland",
    "SY.03": "Quneitra",
    "TJ.02": "Khatlon",
    "TJ.03": "Sughd",
    "TJ.04": "Dushanbe City",
    "TJ.RR": "Districts of Republican Subordination",
    "TM.03": "Dashoguz",
    "UA.11": "Crimea",
    "UA.12": "Kyiv City",
    "UA.13": "Kyiv Oblast",
    "US.DC": "District of Columbia",
    "UZ.05": "Khorezm",
    "UZ.07": "Navoi",
    "UZ.08": "Kashkadarya",
    "UZ.10": "Samarkand",
    "UZ.12": "Surkhandarya",
    "UZ.13": "Tashkent City",
    "UZ.14": "Tashkent Region",
    "XK.10096138": "Ferizaj",
    "XK.10096859": "Gjakova",
    "XK.10097357": "Gjilan",
    "XK.10097358": "Mitrovica",
    "XK.10097359": "Peja",
    "XK.10097360": "Pristina",
    "XK.10097361": "Prizren",
    "YE.26": "Sanaa City",
}
"""English names where the source's are old, wrong, ambiguous or hard to search for."""

COUNTRY_NAMES = {
    "CD": "DR Congo",
    "CG": "Congo",
    "CZ": "Czechia",
    "GB": "United Kingdom",
    "KP": "North Korea",
    "KR": "South Korea",
    "MK": "North Macedonia",
    "PS": "Palestine",
    "SZ": "Eswatini",
    "TR": "Türkiye",
    "US": "United States",
}
"""Short English names that differ from the GeoNames country table."""


def unit_country(properties: dict[str, Any]) -> str:
    """Return the ISO 3166-1 alpha-2 code under which a unit of the source is drawn."""
    key = properties["adm1_code"]
    return str(
        UNIT_COUNTRIES.get(key)
        or ISO_3166_2_COUNTRIES.get(properties["iso_3166_2"])
        or GEOUNIT_COUNTRIES.get(properties["geonunit"])
        or ADMIN_COUNTRIES.get(properties["admin"])
        or properties["iso_a2"]
    )


def level_of_detail(country: str) -> int:
    """Return 0 for the focus region, 1 around it, 2 for the rest, 3 for Antarctica."""
    return 0 if country in FOCUS else 1 if country in NEAR else 3 if country == "AQ" else 2
