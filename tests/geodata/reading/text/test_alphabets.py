"""Old encodings are known by the letters that stand in them, and Latin by there being few."""

from __future__ import annotations

import time

import pytest

from geodata.reading import open_file
from geodata.reading.source import Source
from geodata.reading.text import find_encoding
from geodata.reading.text.alphabets import alphabet_of, letters_of, note_of

WIDE = {
    "cp932": "日付,場所,緯度,経度,死者\n2024年1月3日,ケルマーン,30.28,57.08,94\n",
    "euc_jp": "日付,場所,緯度\n2024年1月3日,東京,3\n",
    "gb18030": "日期,地点,纬度,经度,死亡人数,事件类型\n2014-03-01,昆明,25.02,102.72,31,袭击\n",
    "big5": "日期,地點,緯度,經度\n2014-03-01,臺北,25.02,121.5\n",
    "cp949": "날짜,장소,위도\n2024년 1월 3일,서울,37.5\n",
    "cp1251": "дата;место;убито\n3.1.2020;Москва;3\n",
    "cp1256": "التاريخ,المكان\n2024,بغداد\n",
}
LATIN = (
    "date;lieu;tués\n12 février 2019;Évry;3\nattaque à l'école, blessés évacués\n",
    "fecha;lugar;muertos\n3/1/2020;Bogotá;3\n4/1/2020;Cañón, Peñón;1\n",
    "Größe;Tote\nKöln;3\nMünchen Straße;4\n",
    "lat;lon\n34°12'N;69°10'E\n",
    "data;município;mortos\n3/1/2020;São João;3\nGoiânia ação;2\n",
)


@pytest.mark.parametrize("codec", WIDE)
def test_letters_of_other_scripts_are_read(codec):
    assert alphabet_of(WIDE[codec].encode(codec))[0] == codec


@pytest.mark.parametrize("text", LATIN)
def test_latin_letters_are_taken_for_no_other(text):
    assert alphabet_of(text.encode("cp1252"))[0] == "cp1252"


def test_a_few_letters_beside_english_are_read():
    text = "id,title,lat,lon\n1,爆発事件,35.1,139\n2,銃撃,36,138\n"
    assert alphabet_of(text.encode("cp932"))[0] == "cp932"


def test_a_letter_that_is_cut_at_the_end_changes_nothing():
    assert alphabet_of(WIDE["cp932"].encode("cp932") * 3 + b"\x89")[0] == "cp932"


LATIN_OF_OTHERS = {
    "cp1250": (
        "Łódź: wybuch przy ulicy Świętej, źródło: Rzeczpospolita, gęślą jaźń\n",
        "Žďár: výbuch v budově, šest zraněných, nepřítel\n",
        "Győr: robbanás történt az épületnél, öt sebesült őr\n",
        "Timişoara: explozie lângă clădire, trei răniţi\n",
        "Šibenik: eksplozija, četvero ozlijeđenih, kuća\n",
    ),
    "cp1254": ("Diyarbakır, Şırnak: karakola saldırı, üç şehit, İstanbul\n",),
    "cp1257": ("Šiauliai: išpuolis prieš postą, sužeisti keturi žmonės Panevėžyje\n",),
    "iso8859-2": ("Łódź: wybuch przy ulicy Świętej, źródło, mąż\n",),
    "mac_roman": ("Orléans: explosion près du marché, blessés à l'école, Forêt\n",),
    "cp850": ("Orléans: explosion près du marché, blessés à l'école, Forêt\n",),
    "cp874": ("ยะลา,เกิดเหตุระเบิด\nปัตตานี,โจมตีด่านตรวจ\n",),
}


@pytest.mark.parametrize(
    ("codec", "text"), [(codec, one) for codec, texts in LATIN_OF_OTHERS.items() for one in texts]
)
def test_languages_that_windows_1252_does_not_write_are_known_by_their_letters(codec, text):
    assert alphabet_of(text.encode(codec))[0] == codec


def test_a_few_damaged_bytes_prove_no_other_encoding():
    for text in (b"They don\x90t know, it\x90s there", b"caf\xe9 \xbe, \xea;1", b"\xd2quoted\xd3"):
        assert alphabet_of(text * 3)[0] == "cp1252"


def test_what_is_in_doubt_is_told_as_it_reads_in_others():
    letters = letters_of("Ort;Timişoara\n".encode("cp1250"))
    assert (letters.codec, letters.is_sure) == ("cp1252", False)
    assert letters.readings[0] == ("cp1252", "Windows-1252", "“Timiºoara”")
    assert ("cp1250", "Windows-1250", "“Timişoara”") in letters.readings
    note = note_of(letters)
    assert "read as Windows-1252 and may be wrong: “Timiºoara”" in note
    assert "cp1250 for “Timişoara”" in note
    # No two read alike, and none has what is no letter.
    words = [one for _, _, one in letters.readings]
    assert len(words) == len(set(words))
    assert "\ufffd" not in "".join(words)


def test_german_is_in_no_doubt():
    letters = letters_of("München, Köln, Würzburg, Getötete\n".encode("cp1252"))
    assert letters.is_sure
    assert letters_of("Überfall, 50,55°N 9,68°O\n".encode("cp1252")).is_sure
    assert letters_of("34°12'N, “no”, it’s\n".encode("cp1252")).is_sure


def test_a_damaged_byte_in_utf_8_makes_no_other_encoding_of_it(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("date,place\n2024,Timişoara\n2024,Łódź\n".encode() + b"x,K\xf6ln\n")
    (sheet,) = open_file(path)
    assert (sheet.form, sheet.notes, sheet.letters) == ("CSV, commas, UTF-8, damaged", (), ())


def test_long_lines_of_ascii_cost_no_more_than_short_ones(tmp_path):
    path = tmp_path / "a.csv"
    line = b"2024-01-05,Berlin," + b"an ordinary description of what happened " * 90
    path.write_bytes(b"date,place,text\n" + (line + b"\n") * 300 + b"2024-01-05,K\xf6ln,x\n" * 9)
    start = time.process_time()
    assert find_encoding(Source(path)).codec == "cp1252"
    assert time.process_time() - start < 1
