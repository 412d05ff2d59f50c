// A filter in words: chips, and what paper says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EVERYTHING, fromText, toText } from "../../../../mapview/assets/page/filter.js";
import { narrowedWords, said } from "../../../../mapview/assets/page/words.js";
import { PARTIES, TYPES, VALUES } from "./made.js";

const KNOWN = { ...PARTIES, ...VALUES, types: TYPES };
const read = (text) => fromText(text, KNOWN).filter;

// What is asked for, and how it is said.
const CASES = [
  ["from=2018-01-01&to=2018-12-31", "2018"],
  ["from=2018-01-01&to=2018-12-31&when=certain", "2018, certainly"],
  ["when=certain", "Only what certainly fits"],
  ["type=type+01&type=type+02", "Type 01, type 02"],
  ["type=type+01&type=type+02&type=type+03&type=type+04&type=type+05", "Type 01, type 02, type 03 and 2 more"],
  ["type=type+01&type=type+02&type=type+03&type=type+04", "Type 01, type 02, type 03, type 04"],
  ["group=is", "IS as actor or target"],
  ["group=is&role=accused", "IS as accused"],
  ["role=accused", "Anybody as accused"],
  ["group=cell&group=is&role=accused&role=actor&role=cleared&role=other&role=target", "A cell, IS in any role"],
  ["source_type=Raid", "Raid"],
  ["country=AF&country=IR", "Afghanistan, Iran"],
  ["status=foiled", "Foiled"],
  ["attribution=claimed&attribution=disputed", "Attribution claimed or disputed"],
  ["record=a", "1 chosen record"],
  ["record=a&record=b", "2 chosen records"],
  ["precision=district", "Place known at least to: district"],
  ["deaths_min=1000", "At least 1,000 killed"],
  ["deaths_max=5", "At most 5 killed"],
  ["deaths_min=1&deaths_max=5", "1 to 5 killed"],
  ["injured_min=3", "At least 3 injured"],
  ["q=kabul", "“kabul”"],
  ["bounds=1,2,3,4", "Within a part of the map"],
  ["when=certain&bounds=1,2,3,4", "Certainly within a part of the map"],
  ["within=circle:69.2,34.5,1000", "Within 1,000 km of 34.5, 69.2"],
  ["when=certain&within=polygon:1,2;3,4;5,2", "Certainly within a drawn area of 3 corners"],
  ["areas=off", "Without base areas"],
];

for (const [text, words] of CASES) {
  test(`${text}: ${words}`, () => {
    const parts = said(read(text), KNOWN);
    assert.deepEqual(parts[0].words, words);
    // Without all of its chips a filter asks for nothing but, at most, certainty, which has then its own.
    let filter = read(text);
    for (const { without } of parts) filter = { ...filter, ...without };
    for (const { without } of said(filter, KNOWN)) filter = { ...filter, ...without };
    assert.equal(toText(filter), "");
  });
}

test("each key of a filter's text is said", () => {
  const keys = new Set(CASES.flatMap(([text]) => [...new URLSearchParams(text).keys()]));
  const whole = Object.keys(EVERYTHING).length;
  assert.equal(keys.size, whole);
});

test("a chip takes away its own part alone", () => {
  const text = "from=2018-01-01&type=type+01&country=IR&deaths_min=3&q=kabul&areas=off";
  const parts = said(read(text), KNOWN);
  assert.equal(parts.length, 6);
  for (const { words, without } of parts) {
    const rest = said({ ...read(text), ...without }, KNOWN).map((one) => one.words);
    assert.deepEqual(rest, parts.map((one) => one.words).filter((one) => one !== words));
  }
});

test("paper says how far the page was narrowed", () => {
  assert.equal(narrowedWords(read("from=2018&to=2018&type=type+01&injured_min=1000"), KNOWN), (
    "2018. Type 01. At least 1,000 injured."));
  assert.equal(narrowedWords(EVERYTHING, KNOWN), "");
});
