// What somebody who types may want to go to.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EmbeddedAnswers } from "../../../../mapview/assets/page/answers.js";
import { EVERYTHING } from "../../../../mapview/assets/page/filter.js";
import { find } from "../../../../mapview/assets/page/finding.js";
import { records } from "./made.js";

const LABELS = [
  { name: "Solomon Islands", kind: "country", rank: 2, lon: 160, lat: -9, country: "SB" },
  { name: "Iran", kind: "country", rank: 0, lon: 54, lat: 32, country: "IR" },
  { name: "Islamabad", kind: "city", rank: 1, lon: 73, lat: 33, country: "PK" },
  { name: "Kerman", kind: "city", rank: 4, lon: 57, lat: 30, country: "IR" },
];

const EMPTY = new Proxy([], { get: () => "" });
const OTHERS = { what: EMPTY, known: EMPTY, together: EMPTY, injured: EMPTY, responsibility: EMPTY };

/** Answers for incidents [id, year, title, place, what is searched], the newest last. */
function answersOf(incidents, telling = {}) {
  const column = (at) => incidents.map((one) => one[at]);
  const { data } = records(incidents.map(([id, year]) => [id, year]), {
    columns: { title: column(2), place: column(3), search: column(4), ...OTHERS } });
  return new EmbeddedAnswers(data, telling);
}

const INCIDENTS = [
  ["called", "2015", "Attack in Kerman", "Kerman, Iran", "attack in kerman kerman iran"],
  ["there", "2016", "An arrest", "Kerman, Iran", "an arrest kerman iran"],
  ["told", "2017", "A letter", "Tehran, Iran", "a letter tehran iran names kerman"],
  ["else", "2018", "Elsewhere", "Herat", "elsewhere herat"],
];
const idsOf = (found) => found.incidents.map(({ id }) => id);

test("what is called so comes before what is there, and that before what only says so", async () => {
  const found = await find("kerman", answersOf(INCIDENTS), LABELS, EVERYTHING);
  assert.deepEqual(idsOf(found), ["called", "there", "told"]);
});

test("what the filter leaves out is found, and says so", async () => {
  const filter = { ...EVERYTHING, from: Date.UTC(2017, 0, 1) / 86_400_000 };
  const { incidents } = await find("KERMAN", answersOf(INCIDENTS), LABELS, filter);
  const isOut = (id) => incidents.find((one) => one.id === id).note.endsWith("outside the filters");
  assert.deepEqual(["called", "there", "told"].map(isOut), [true, true, false]);
});

test("groups are found by any name and any word of one", async () => {
  const answers = answersOf(INCIDENTS);
  const groups = async (typed) => (await find(typed, answers, LABELS, EVERYTHING)).groups.map(({ id }) => id);
  assert.deepEqual(await groups("state"), ["state"]);
  assert.deepEqual(await groups("a st"), ["state"]);
  assert.deepEqual(await groups("Islamic St"), ["is"]); // only a spelling
  assert.deepEqual(await groups("both"), ["cell", "is"]);
});

test("a page finds the names of its map, a country by any word, after those that begin so", async () => {
  const answers = answersOf(INCIDENTS);
  const { countries, places } = await find("isl", answers, LABELS, EVERYTHING);
  assert.deepEqual(countries.map(({ iso }) => iso), ["SB"]);
  assert.deepEqual(places.map(({ words }) => words), ["Islamabad"]);
  const town = (await find("KERM", answers, LABELS, EVERYTHING)).places[0];
  assert.deepEqual([town.words, town.note, town.lon], ["Kerman", "town, Iran", 57]);
});

test("a server finds places, in letters too that scripts cannot read", async () => {
  const asked = [];
  const spot = {
    name: "Tokyo", matched: "東京", country: "Japan", precision: "settlement", lon: 139.7, lat: 35.7, radius_km: 30 };
  const places = async (typed) => {
    asked.push(typed);
    return [spot];
  };
  const found = await find(" 東京 ", answersOf(INCIDENTS, { places }), LABELS, EVERYTHING);
  assert.deepEqual(asked, ["東京"]);
  assert.deepEqual(found.places, [{
    words: "Tokyo", note: "東京 · town or village, Japan", lon: 139.7, lat: 35.7, km: 30 }]);
  assert.deepEqual([found.groups, found.countries, found.incidents], [[], [], []]);
});

test("nothing and one letter find nothing", async () => {
  for (const typed of ["", "  ", "k", "…"]) {
    const found = await find(typed, answersOf(INCIDENTS), LABELS, EVERYTHING);
    assert.deepEqual(Object.values(found).flat(), [], typed);
  }
});
