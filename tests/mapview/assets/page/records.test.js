// Which records a filter keeps, by the store's rule, and counts of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { STEPS, endOf } from "../../../../mapview/assets/page/days.js";
import { EVERYTHING, toText } from "../../../../mapview/assets/page/filter.js";
import { feedOf } from "../../../../mapview/assets/page/records.js";
import { scopeWords } from "../../../../mapview/assets/page/scope.js";
import { AREA, JOINED, LISTED, TYPES, corpus, first, ids, last, records } from "./made.js";

const scopeOf = (some, text) => scopeWords(some.totals(text), "");

test("events and counts are told apart, and of which the filter keeps all", () => {
  const some = records([
    ["placed", "2018"], ["nowhere", "2018", [0], 0], ["count", "2019", [0], 0, null, 0]]);
  assert.deepEqual(some.totals(""), {
    events: 2, placed: 1, aggregates: 1, uncertain_events: 0,
    uncertain_placed: 0, uncertain_aggregates: 0,
    all_events: 2, all_aggregates: 1 });
  assert.equal(scopeOf(some, ""), (
    "2 events: 1 on the map, 1 without a known place; 1 campaign or count, listed"));
  assert.equal(scopeOf(some, "from=2019"), "None of the 2 events; 1 campaign or count, listed");
  assert.equal(scopeOf(some, "to=1990"), "None of the 2 events and 1 campaign or count");
});

test("a month may lie in a period that begins or ends within it, and certainly lies in a wider one", () => {
  const some = records([["july", "2018-07"]]);
  for (const [period, possible, certain] of [
    ["from=2018-07-31", 1, 0], ["from=2018-08-01", 0, 0], ["from=2018-07-01", 1, 1], ["from=2018-07-02", 1, 0],
    ["to=2018-07-01", 1, 0], ["to=2018-06-30", 0, 0], ["to=2018-07-31", 1, 1], ["to=2018-07-30", 1, 0],
    ["from=2018-07-10&to=2018-07-20", 1, 0], ["from=2018-07-01&to=2018-07-31", 1, 1],
  ]) {
    assert.equal(ids(some, period).length, possible, period);
    assert.equal(ids(some, `${period}&when=certain`).length, certain, `${period}, certain`);
  }
});

test("types from the 33rd on are not taken for one another", () => {
  const some = records([["low", "2018", [0]], ["high", "2018", [32]], ["both", "2018", [1, 39]]]);
  assert.deepEqual(ids(some, "type=type+00"), ["low"]);
  assert.deepEqual(ids(some, "type=type+32"), ["high"]);
  assert.deepEqual(ids(some, "type=type+39"), ["both"]);
  assert.deepEqual(ids(some, "type=type+01&type=type+32"), ["both", "high"]);
  const counts = some.facet("", "type");
  assert.deepEqual(counts.flatMap(([, n], type) => (n ? [[type, n]] : [])), [[0, 1], [1, 1], [32, 1], [39, 1]]);
});

test("the list is by date, then by id, and counts what is not on the map", () => {
  const some = records([["b", "2018"], ["a", "2018"], ["c", "2017", [0], 0]]);
  assert.deepEqual(ids(some, ""), ["c", "a", "b"]);
  const { shown, placed } = some.kept("").possible;
  assert.deepEqual([shown, placed], [3, 2]);
  assert.deepEqual([some.kept("from=2018").possible.shown, some.kept("from=2018")], [2, some.kept("from=2018")]);
});

test("dates that nobody knows are no part of the span or the bars", () => {
  const some = records([["unknown", ".."], ["a", "2017-03"], ["b", "2018-05-06"]]);
  const year = STEPS.find(({ id }) => id === "year");
  const sure = { certain: 1, possible: 1 };
  assert.deepEqual(some.bins(EVERYTHING, year, 2017, 2018), [sure, sure]);
});

test("what lies outside the slider has no bar, and the first and last year of the calendar are years", () => {
  const some = records([["one", "0001"], ["far", "0202-10"], ["a", "2017-03"], ["last", "9999-12-31"]]);
  const [year, century] = ["year", "century"].map((id) => STEPS.find((step) => step.id === id));
  assert.deepEqual(some.bins(EVERYTHING, year, 2017, 2018).map(({ certain }) => certain), [1, 0]);
  assert.deepEqual(some.bins(EVERYTHING, century, 0, 99).filter(({ certain }) => certain).length, 4);
  assert.equal(ids(some, "to=0001").join(), "one");
  assert.equal(ids(some, "from=9999").join(), "last");
  assert.equal(ids(some, "from=9999&when=certain").join(), "last");
  assert.deepEqual(some.list("").map((i) => some.incidents.id[i]), ["one", "far", "a", "last"]);
});

test("a bar tells what certainly lies in it from what may", () => {
  const some = records([["a", "2017-03", [1]], ["b", "2017", [2]], ["c", "2017-03-04", [2]]]);
  const month = STEPS.find(({ id }) => id === "month");
  const index = month.index(first("2017-01"));
  const bars = some.bins(EVERYTHING, month, index, index + 11);
  const [maybe, most] = [{ certain: 0, possible: 1 }, { certain: 2, possible: 3 }];
  assert.deepEqual([bars[0], bars[2], bars[11]], [maybe, most, maybe]);
  const ofOne = { ...EVERYTHING, types: [TYPES[1]] };
  assert.deepEqual(some.bins(ofOne, month, index, index + 2)[2], { certain: 1, possible: 1 });
});

test("an open beginning counts in the bar of its known end, an open end in all that follow", () => {
  const some = records([["until", "../2017"], ["since", "2016/.."], ["a", "2018"]]);
  const year = STEPS.find(({ id }) => id === "year");
  const bars = some.bins(EVERYTHING, year, 2016, 2018).map(({ certain, possible }) => [certain, possible]);
  assert.deepEqual(bars, [[0, 1], [0, 2], [1, 2]]);
});

test("what may have been one of a group counts in the bars of these days, and never for certain", () => {
  const some = records([["by", "2015"], ["a", "2018"]], JOINED);
  some.incidents.end[0] = last("2018");
  const year = STEPS.find(({ id }) => id === "year");
  const bars = some.bins({ ...EVERYTHING, groups: ["state"] }, year, 2015, 2018);
  assert.deepEqual(bars.map(({ certain, possible }) => [certain, possible]), [[0, 0], [0, 1], [0, 1], [0, 0]]);
});

test("a bar has what a filter on its days finds, also of a group that it was one of at times", () => {
  for (const { why, others, date, joined, left, step: id, bars } of corpus("bars")) {
    const found = { one: ["actor cell"], other0: ["actor state"], other1: ["actor state"] };
    const some = records(
      [["one", date], ...others.map((day, i) => [`other${i}`, day])],
      { found, foundAt: { one: [["actor state", joined, left]] } });
    const step = STEPS.find((one) => one.id === id);
    const [from, to] = others.map((day) => step.index(first(day)));
    const counts = some.bins({ ...EVERYTHING, groups: ["state"] }, step, from, to);
    const filled = counts.flatMap(({ certain, possible }, i) => (possible ? [[from + i, certain, possible]] : []));
    assert.deepEqual(filled, bars.map(([day, ...n]) => [step.index(first(day)), ...n]), why);
    counts.forEach(({ possible }, i) => {
      const days = { from: step.start(from + i), to: endOf(step, from + i) };
      const period = toText({ ...EVERYTHING, ...days, groups: ["state"] });
      assert.equal(ids(some, period).length, possible, `${why}: ${period}`);
    });
  }
});

test("a filter may ask for a number of killed, which those with no figure do not have", () => {
  const some = records([["none", "2017"], ["nil", "2018", [1], 1, 0], ["ten", "2019", [2], 1, 10]]);
  assert.deepEqual(ids(some, "deaths_min=0"), ["nil", "ten"]);
  assert.deepEqual(ids(some, "deaths_min=10"), ["ten"]);
  assert.deepEqual(ids(some, "deaths_min=11"), []);
  assert.deepEqual([ids(some, "deaths_max=0"), ids(some, "deaths_max=10")], [["nil"], ["nil", "ten"]]);
  const year = STEPS.find(({ id }) => id === "year");
  const bars = some.bins({ ...EVERYTHING, killed: 10 }, year, 2017, 2019);
  assert.deepEqual(bars.map(({ certain }) => certain), [0, 0, 1]);
});

// Without a period nothing is left out, also where no beginning is stated.
const certainly = { pale: "none", undated: "pale" };
for (const { name, possible, certain, periods } of corpus("validity")) {
  test(`base areas: ${name}`, () => {
    const some = records([], { areas: [{ ...AREA, possible, certain }] });
    const state = (text) => some.areaList(text).map(({ faded }) => (faded ? "pale" : "full"))[0] ?? "none";
    for (const [period, wanted] of Object.entries(periods)) {
      assert.equal(state(period), wanted === "undated" ? "pale" : wanted, period);
      assert.equal(state(`${period}&when=certain`), certainly[wanted] ?? wanted, period);
    }
  });
}

test("what no map can draw is in the list alone, and none of them with areas off", () => {
  const some = records([], { areas: [AREA, LISTED] });
  assert.deepEqual(some.areaList("from=2015").map(({ id, faded }) => [id, faded]), [["a", false], ["b", false]]);
  assert.deepEqual(some.areas("from=2017").map(({ id, faded }) => [id, faded]), [["a", true]]);
  assert.deepEqual([some.areas("areas=off"), some.areaList("areas=off")], [[], []]);
});

test("an area has ended where the period, or that of the page, goes on after its last day", () => {
  const ended = (text, day = "2016-12-31", period = [null, null]) => records([], {
    areas: [{ ...AREA, last_day: day && last(day) }], period }).areaList(text).map((area) => area.ended);
  assert.deepEqual([ended("from=2015"), ended("to=2016"), ended("to=2017-01-01")], [[true], [false], [true]]);
  assert.deepEqual([ended("from=2015", null), ended("", "2016-12-31", [null, last("2016")])], [[false], [false]]);
});

test("a briefing's own period fades areas where the page asks for none", () => {
  const faded = (period, text) => records([], { areas: [AREA], period }).areaList(text).map((area) => area.faded);
  const since = [first("2017"), null];
  assert.deepEqual([faded(since, ""), faded(since, "from=2016-01"), faded(since, "from=2018")], [[true], [false], []]);
  const until = [null, last("2015-06")];
  assert.deepEqual([faded(until, ""), faded(until, "from=2015-01")], [[true], [true]]);
});

test("what has no date is in no period, and what has no beginning counts from its end on", () => {
  const some = records([["unknown", ".."], ["until", "../2017-02"], ["since", "2016/.."]]);
  const found = (text) => ids(some, text).sort().join();
  assert.equal(found(""), "since,unknown,until");
  assert.equal(found("from=1990&to=1990"), "");
  assert.equal(found("from=2017&to=2017"), "since,until");
  assert.equal(found("to=2017-02-27"), "since");
  assert.equal(found("from=2015"), "since,until");
  assert.equal(found("from=2017-03"), "since");
  assert.equal(found("to=2017&when=certain"), "until");
  assert.equal(found("from=2016&when=certain"), "since");
});

test("a period has at least what certainly lies in it, and at most what may", () => {
  const some = records([["day", "2018-07-01"], ["year", "2018"], ["long", "2017/2019"], ["unknown", ".."]]);
  const bounds = (text) => [some.kept(text).certain.shown, some.kept(text).possible.shown];
  assert.deepEqual(bounds("from=2018&to=2018"), [2, 3]);
  assert.deepEqual(bounds("from=2018&to=2018&when=certain"), [2, 2]);
  assert.deepEqual(bounds("from=1990&to=1990"), [0, 0]);
  assert.deepEqual(bounds(""), [4, 4]);
});

test("a group is found as actor or target, in other roles only when they are asked for", () => {
  const some = records([["by", "2017"], ["at", "2017"], ["blamed", "2017"], ["none", "2017"]], JOINED);
  assert.deepEqual(ids(some, "group=cell"), ["at", "by"]);
  assert.deepEqual(ids(some, "group=is"), ["by"]);
  assert.deepEqual(ids(some, "group=cell&role=accused"), ["blamed"]);
  assert.deepEqual(ids(some, "group=cell&role=accused&role=target"), ["at", "blamed"]);
  assert.deepEqual(ids(some, "group=cell&role=any"), ["at", "blamed", "by"]);
  assert.deepEqual(ids(some, "role=target"), ["at"]);
  assert.deepEqual(ids(some, "group=cell&group=is&role=cleared"), []);
});

test("what a group may have joined on some days is found in a period with one of them", () => {
  const some = records([["by", "2015"]], JOINED);
  some.incidents.end[0] = last("2018");
  assert.deepEqual([ids(some, "group=state"), ids(some, "group=state&when=certain")], [["by"], []]);
  assert.deepEqual([ids(some, "group=state&to=2015"), ids(some, "group=state&to=2016-01")], [[], ["by"]]);
  assert.deepEqual([ids(some, "group=state&from=2018"), ids(some, "group=state&from=2017-12-31")], [[], ["by"]]);
  assert.deepEqual(ids(some, "group=is&from=2018"), ["by"]);
});

test("areas of a group are found while it belonged to what is asked for, whatever the role", () => {
  const areaGroups = { a: [[0, first("2015"), last("2017")], [1, first("2016"), last("2017")]] };
  const some = records([], { areas: [AREA], areaGroups });
  const found = (text) => some.areaList(text).length + some.areas(text).length;
  assert.deepEqual([found("group=cell"), found("group=is"), found("group=state")], [2, 2, 0]);
  assert.deepEqual([found("group=is&to=2015"), found("group=cell&to=2015&role=accused")], [0, 2]);
});

test("events that no map can show are counted by country, at least and at most", () => {
  const off = (id, dates, country) => [id, dates, [0], 0, null, country];
  const some = records([
    off("a", "2018-07-01", "AF"), off("b", "2018/2019", "AF"), off("c", "2018", "PK"), off("d", "2018", ""),
    ["placed", "2018"], off("unknown", "..", "AF")]);
  assert.deepEqual(some.unplaced("from=2018&to=2018"), { AF: [1, 2], PK: [1, 1] });
  assert.deepEqual(some.unplaced("from=2018&to=2018&when=certain"), { AF: [1, 1], PK: [1, 1] });
  assert.deepEqual(some.unplaced("from=2019&to=2019"), { AF: [0, 1] });
  assert.deepEqual(some.unplaced(""), { AF: [3, 3], PK: [1, 1] });
  assert.deepEqual(some.unplaced("type=type+01"), {});
});

test("columns are sorted as people read them, equal ones by date", () => {
  const some = records([
    ["a", "2017", [0], 1, 1200], ["b", "2018", [0], 1, 12],
    ["c", "2019", [0], 1, null], ["d", "2020", [0], 1, 12],
  ]);
  const order = (column, down) => some.sorted(some.list(""), column, down).map((i) => some.incidents.id[i]).join("");
  assert.deepEqual([order("start", false), order("start", true)], ["abcd", "dcba"]);
  assert.deepEqual([order("killed", true), order("killed", false)], ["abdc", "cbda"]);
  assert.deepEqual([order("title", false), order("title", true)], ["abcd", "dcba"]);
});

test("the map is given what the filter keeps", async () => {
  const some = records([["a", "2017"], ["b", "2018"]], { areas: [AREA] });
  const feed = feedOf(some);
  const all = { version: "", zoom: 3, box: [0, 0, 9, 9] };
  assert.deepEqual((await feed.view({ ...all, filter: "from=2018" })).id, ["b"]);
  assert.deepEqual((await feed.view({ ...all, filter: "" })).date, ["2017", "2018"]);
  assert.deepEqual((await feed.view({ ...all, filter: "from=2017-06" })).certain, [0, 1]);
  assert.deepEqual((await feed.view({ ...all, filter: "from=2017-06&when=certain" })).id, ["b"]);
  assert.deepEqual(await feed.areas({ filter: "from=2018" }), { areas: [], unplaced: {} });
});
