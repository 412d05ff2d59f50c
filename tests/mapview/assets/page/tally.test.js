// How many each choice of a facet would show, which its own choice does not change.
import assert from "node:assert/strict";
import { test } from "node:test";
import { tally } from "../../../../mapview/assets/page/tally.js";
import { JOINED, PARTIES, TYPES, VALUES, last, records } from "./made.js";

/** Counts of a facet that are not nothing, by value: certainly and possibly. */
const counts = (some, text, name, values) => Object.fromEntries(
  some.facet(text, name).map((count, i) => [values[i], count]).filter(([, [, n]]) => n));
const once = [1, 1];

test("counts by type follow the period, not the chosen types", () => {
  const some = records([["a", "2017", [3]], ["b", "2018", [3, 4]]]);
  const of = (text) => counts(some, text, "type", TYPES);
  assert.deepEqual(of("from=2018&type=type+09"), { "type 03": once, "type 04": once });
  assert.deepEqual(of("type=type+03"), { "type 03": [2, 2], "type 04": once });
  assert.deepEqual(of("from=2018-07"), { "type 03": [0, 1], "type 04": [0, 1] });
});

const MIXED = {
  country_codes: [[0], [0, 1], [2]], status: [0, 1, 0], attribution: [0, 0, 1], precision: [0, 1, 3],
  source_type: [0, -1, 1],
};
const FACETS = [
  ["country", "countries", "country=IR", { Afghanistan: 1 }],
  ["source_type", "sourceTypes", "source_type=Grenade", { Grenade: 1 }],
  ["status", "statuses", "status=foiled", {}],
  ["attribution", "attributions", "attribution=claimed", {}],
  ["precision", "precisions", "precision=settlement", {}],
];

for (const [name, values, text] of FACETS) {
  test(`counts by ${name} feel all filters but their own`, () => {
    const some = records([["a", "2017", [1]], ["b", "2017", [2]], ["c", "2017", [2]]], { columns: MIXED });
    const of = (asked) => counts(some, asked, name, VALUES[values]);
    assert.deepEqual(of(text), of(""));
    assert.notDeepEqual(of("type=type+02"), of(""));
    assert.deepEqual(of(`type=type+02&${text}`), of("type=type+02"));
    const other = FACETS[(FACETS.findIndex(([one]) => one === name) + 1) % FACETS.length][2];
    assert.notDeepEqual(of(other), of(""));
  });
}

test("what two parts leave out counts for neither", () => {
  const some = records([["a", "2017", [1]], ["b", "2017", [2]], ["c", "2017", [2]]], { columns: MIXED });
  const text = "type=type+01&status=foiled";
  assert.deepEqual(counts(some, text, "type", TYPES), { "type 02": once });
  assert.deepEqual(counts(some, text, "status", VALUES.statuses), { "carried out": once });
  assert.deepEqual(counts(some, text, "country", VALUES.countries), {});
});

test("parts without a facet hold for all of them", () => {
  const some = records([["a", "2017", [1], 1, 5], ["b", "2017", [2], 1, 9]]);
  for (const text of ["deaths_min=6", "deaths_max=6", "q=word", "bounds=0,0,1,1", "injured_min=1"]) {
    const found = Object.keys(counts(some, text, "type", TYPES));
    assert.deepEqual(found, { "deaths_min=6": ["type 02"], "deaths_max=6": ["type 01"] }[text] ?? []);
  }
});

test("counts of groups and roles say what choosing one would show", () => {
  const some = records([["by", "2017"], ["at", "2017"], ["blamed", "2017"]], JOINED);
  const counted = (name, text) => some.facet(text, name).map(([, n]) => n);
  assert.deepEqual(counted("group", "group=is"), [2, 1, 1]);
  assert.deepEqual(some.facet("group=is", "group"), [[2, 2], once, [0, 1]]);
  assert.deepEqual(counted("group", "group=is&when=certain"), [2, 1, 0]);
  assert.deepEqual(counted("group", "group=is&role=accused"), [1, 1, 0]);
  assert.deepEqual(counted("role", "group=is"), [1, 1, 0, 0, 0]);
  assert.deepEqual(counted("role", "role=other"), [1, 1, 0, 1, 0]);
  assert.deepEqual(counts(some, "group=is", "type", TYPES), { "type 00": once });
});

test("one that is in two roles, or two groups, counts once for each", () => {
  const some = records([["both", "2017"]], { found: { both: ["actor is", "target is", "actor cell"] } });
  assert.deepEqual(some.facet("", "group").map(([, n]) => n), [1, 1, 0]);
  assert.deepEqual(some.facet("", "role").map(([, n]) => n), [1, 0, 0, 1, 0]);
});

test("groups that may have been joined count in their days alone", () => {
  const some = records([["by", "2015"]], JOINED);
  some.incidents.end[0] = last("2018");
  const group = (text) => some.facet(text, "group")[2];
  assert.deepEqual([group(""), group("to=2015"), group("from=2016&to=2016")], [[0, 1], [0, 0], [0, 1]]);
});

/** Whole numbers below another, the same in every run. */
function chances() {
  let state = 7;
  return (below) => {
    state = (state * 48271) % (2 ** 31 - 1);
    return state % below;
  };
}

/** Incidents of every kind of date, of which some are found by groups at times only. */
function any(chance, n) {
  const dates = ["..", "2015", "2016-03", "2017-05-06", "2016/2018", "../2016", "2017-02/.."];
  const some = Array.from({ length: n }, (_, i) => (
    [`i${i}`, dates[chance(dates.length)], [chance(3), 3 + chance(2)], chance(2), null, chance(2)]));
  const party = () => `${PARTIES.roles[chance(5)]} ${PARTIES.groups[chance(3)]}`;
  const of = (make) => Object.fromEntries(some.flatMap(([id]) => (chance(3) ? [] : [[id, make()]])));
  const code = (values) => some.map(() => chance(values.length));
  return records(some, {
    found: of(() => [party(), party()]),
    foundAt: of(() => [[party(), "2015", "2016"], [party(), "2016-06", "2018"]]),
    columns: {
      status: code(VALUES.statuses), precision: code(VALUES.precisions),
      country_codes: code(VALUES.countries).map((one) => [one]) } });
}

test("counts that follow a period are those of all records counted anew", () => {
  const chance = chances();
  const rests = ["", "group=is", "role=actor&type=type+01", "country=IR&status=foiled", "group=cell&when=certain"];
  for (let round = 0; round < 20; round += 1) {
    const some = any(chance, 60);
    for (const rest of rests) {
      for (let frame = 0; frame < 12; frame += 1) {
        const day = () => `201${4 + chance(5)}-0${1 + chance(9)}`;
        const [from, to] = [day(), day()].sort();
        const period = ["", `from=${from}`, `to=${to}`, `from=${from}&to=${to}`][chance(4)];
        const text = [period, rest].filter(Boolean).join("&");
        const { filter, possible, certain } = some.kept(text);
        assert.deepEqual(possible, tally(some, filter), text);
        assert.deepEqual(certain, tally(some, { ...filter, certain: true }), text);
      }
    }
  }
});

test("counts that were given stay as they were", () => {
  const some = records([["a", "2017", [1]], ["b", "2018", [1]]]);
  const { possible } = some.kept("from=2018");
  some.kept("to=2017");
  assert.deepEqual([[...possible.flags], possible.facets.type[1], possible.shown], [[0, 1], 1, 1]);
});
