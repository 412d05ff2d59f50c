// What each part of a filter keeps, of incidents and of base areas.
import assert from "node:assert/strict";
import { test } from "node:test";
import { AREA, LISTED, ids, records } from "./made.js";

const three = (columns, others = {}) => records([["a", "2017"], ["b", "2017"], ["c", "2017"]], { columns, ...others });

test("any of the chosen countries, statuses, attributions", () => {
  const some = three({ country_codes: [[0], [1, 2], []], status: [0, 1, 2], attribution: [2, 1, 0] });
  assert.deepEqual([ids(some, "country=PK"), ids(some, "country=PK&country=AF")], [["b"], ["a", "b"]]);
  assert.deepEqual([ids(some, "status=foiled"), ids(some, "status=foiled&status=disputed")], [["b"], ["b", "c"]]);
  assert.deepEqual(ids(some, "attribution=claimed&attribution=unknown"), ["a", "c"]);
});

test("a type of a source is found as it is written, and one that none has finds none", () => {
  const some = three({ source_type: [0, -1, 1] });
  assert.deepEqual([ids(some, "source_type=Raid"), ids(some, "source_type=Raid&source_type=Grenade")], [
    ["c"], ["a", "c"]]);
  assert.deepEqual([ids(some, "source_type=Ambush"), ids(some, "source_type=Ambush&source_type=Raid")], [[], ["c"]]);
});

test("a place is known at least as exactly as is asked for", () => {
  const some = three({ precision: [0, 1, 3] });
  assert.deepEqual([ids(some, "precision=settlement"), ids(some, "precision=district")], [["a"], ["a", "b"]]);
});

test("the least is held against the highest figure, the most against the lowest", () => {
  const some = three({ least_killed: [5, 0, null], most_killed: [9, 0, null], most_injured: [null, 7, null] });
  assert.deepEqual([ids(some, "deaths_min=9"), ids(some, "deaths_min=10"), ids(some, "deaths_min=0")], [
    ["a"], [], ["a", "b"]]);
  assert.deepEqual([ids(some, "deaths_max=5"), ids(some, "deaths_max=4")], [["a", "b"], ["b"]]);
  assert.deepEqual([ids(some, "injured_min=7"), ids(some, "injured_min=8")], [["b"], []]);
});

test("every word occurs, in any writing", () => {
  const some = three({ search: ["kabul airport", "kabul", ""] });
  assert.deepEqual([ids(some, "q=KABUL"), ids(some, "q=airp+kab"), ids(some, "q=Кабул")], [["a", "b"], ["a"],
    ["a", "b"]]);
  assert.deepEqual([ids(some, "q=airport+kandahar"), ids(some, "q=서울")], [[], []]);
  assert.deepEqual(ids(some, "q=%27%60"), ["a", "b", "c"]);
});

test("a place may lie, or certainly lies, in a part of the map, also across 180°", () => {
  const circles = {
    of: [0, 1, 1, 2], lon: [10, 20, -179.5, 179], south: [9, 9, 0, 0], north: [11, 11, 1, 1], reach: [1, 1, 1, 0.5] };
  const some = three({}, { circles });
  assert.deepEqual(ids(some, "bounds=9,9,11,11"), ["a"]);
  assert.deepEqual([ids(some, "bounds=10.5,9,15,11"), ids(some, "bounds=10.5,9,15,11&when=certain")], [["a"], []]);
  assert.deepEqual([ids(some, "bounds=9,9.5,11,12"), ids(some, "bounds=9,9.5,11,12&when=certain")], [["a"], []]);
  // The circle around -179.5° reaches to 179.5° on the other side.
  assert.deepEqual([ids(some, "bounds=178,-1,180,2"), ids(some, "bounds=178,-1,180,2&when=certain")], [["b", "c"],
    ["c"]]);
  assert.deepEqual(ids(some, "bounds=178,-1,-178,2&when=certain"), ["b", "c"]);
  assert.deepEqual(ids(some, "bounds=-180,-90,180,90&when=certain"), ["a", "b", "c"]);
});

test("base areas by country, precision, words and part of the map", () => {
  const some = records([], {
    areas: [AREA, LISTED, { ...AREA, id: "c", country: "PK", precision: 3, box: [179, 0, 180, 1] }] });
  const found = (text) => some.areaList(text).map(({ id }) => id).join("");
  assert.deepEqual([found(""), found("country=AF"), found("country=IR")], ["abc", "ab", ""]);
  assert.deepEqual([found("precision=district"), found("precision=country")], ["ab", "abc"]);
  assert.deepEqual([found("q=Achin"), found("q=kerman")], ["abc", ""]);
  assert.deepEqual([found("bounds=60,30,66,31"), found("bounds=71,30,80,35"), found("bounds=60,36,66,40")],
    ["a", "", ""]);
  assert.deepEqual([found("bounds=170,-5,-170,5"), found("bounds=66,-40,-170,40")], ["c", "ac"]);
  // They say nothing of types, tolls and the like.
  assert.equal(found("type=type+01&deaths_min=3&status=foiled&attribution=claimed&injured_min=1"), "abc");
});

test("base areas of a group, certainly where that is asked for", () => {
  const far = [0, -99999, 99999];
  const some = records([], {
    areas: [AREA, LISTED], areaGroups: { a: [far], b: [far] }, areaGroupsCertain: { b: [far] } });
  const found = (text) => some.areaList(text).map(({ id }) => id).join("");
  assert.deepEqual([found("group=cell"), found("group=cell&when=certain"), found("group=is")], ["ab", "b", ""]);
});
