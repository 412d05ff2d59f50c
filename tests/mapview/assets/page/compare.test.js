// What a filter is compared with, and how far both differ: never more exactly than is known.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axisEnd } from "../../../../mapview/assets/page/charts.js";
import {
  difference, differenceWords, otherOf, readComparison, sumsDiffer,
} from "../../../../mapview/assets/page/compare.js";
import { earlier, iso, parse } from "../../../../mapview/assets/page/days.js";
import { EVERYTHING, toText } from "../../../../mapview/assets/page/filter.js";
import { PARTIES, VALUES } from "./made.js";

const KNOWN = { ...PARTIES, ...VALUES, types: ["type 00"] };

for (const [from, to, way, first, last] of [
  ["2018", "2018", "before", "2017-01-01", "2017-12-31"],
  ["2018-03", "2018-03", "before", "2018-02-01", "2018-02-28"],
  ["2018-01", "2018-03", "before", "2017-10-01", "2017-12-31"],
  ["2018-03-10", "2018-03-16", "before", "2018-03-03", "2018-03-09"],
  ["2018-03", "2018-05", "year", "2017-03-01", "2017-05-31"],
  ["2020-02", "2020-02", "year", "2019-02-01", "2019-02-28"],
  ["2021-02", "2021-02", "year", "2020-02-01", "2020-02-29"],
  ["2020-02-03", "2020-02-29", "year", "2019-02-03", "2019-02-28"],
]) {
  test(`${from} to ${to}, ${way}: ${first} to ${last}`, () => {
    assert.deepEqual(earlier(parse(from, true), parse(to, false), way).map(iso), [first, last]);
  });
}

test("before the calendar there is no period", () => {
  assert.equal(earlier(parse("0001", true), parse("0001", false), "before"), null);
});

test("a difference of bounds has bounds, which hold whatever is true within them", () => {
  for (const [one, other] of [[[5, 6], [6, 7]], [[4, 4], [3, 3]], [[1, 9], [0, 5]], [[0, 0], [0, 0]]]) {
    const [low, high] = difference(one, other);
    for (let a = one[0]; a <= one[1]; a += 1) {
      for (let b = other[0]; b <= other[1]; b += 1) assert.ok(low <= a - b && a - b <= high);
    }
  }
});

for (const [bounds, words] of [
  [[0, 0], "as many"], [[1, 1], "1 more"], [[-2, -2], "2 fewer"], [[0, 2], "0 to 2 more"], [[-2, 0], "0 to 2 fewer"],
  [[81, 1093], "81 to 1,093 more"], [[-9, -3], "3 to 9 fewer"], [[-4, 9], "4 fewer to 9 more"],
]) {
  test(`${bounds}: ${words}`, () => assert.equal(differenceWords(bounds), words));
}

/** @param {number} low @param {number} high @param {string} marks of open, low and high, each in its place or "-" */
const sumOf = (low, high, marks = "---") => ({
  low, high, high_is_open: marks[0] === "o", low_is_about: marks[1] === "l", high_is_about: marks[2] === "h",
  incidents: { certain: 1, possible: 1 } });

for (const [one, other, words] of [
  [sumOf(50, 60), sumOf(10, 20), "30 to 50 more"], [sumOf(50, 60, "o--"), sumOf(10, 20), "at least 30 more"],
  [sumOf(10, 20), sumOf(50, 60, "o--"), "at least 30 fewer"],
  [sumOf(50, 60), sumOf(10, 20, "o--"), "at most 50 more, as many or fewer"],
  [sumOf(10, 20, "o--"), sumOf(50, 60), "at most 50 fewer, as many or more"],
  [sumOf(10, 20, "o--"), sumOf(50, 60, "o--"), "as many, more or fewer"],
  [sumOf(94, 94, "o--"), sumOf(94, 94, "o--"), "as many, more or fewer"],
  [sumOf(94, 94, "o--"), sumOf(94, 94), "as many or more"], [sumOf(94, 94), sumOf(94, 94, "o--"), "as many or fewer"],
  [sumOf(10, 20, "-l-"), sumOf(5, 9), "at most 15 more, as many or fewer"],
  [sumOf(10, 20, "--h"), sumOf(5, 9), "at least 1 more"], [sumOf(10, 20, "-lh"), sumOf(5, 9), "as many, more or fewer"],
]) {
  test(`sums of figures that may be exceeded differ by what is sure: ${words}`, () => {
    assert.equal(sumsDiffer(one, other), words);
  });
}

test("what moves along keeps the other parts, and needs a period to go back from", () => {
  const filter = { ...EVERYTHING, from: parse("2018", true), to: parse("2018", false), countries: ["AF"] };
  assert.equal(toText(otherOf("year", filter, KNOWN)), "from=2017-01-01&to=2017-12-31&country=AF");
  assert.equal(otherOf("before", { ...filter, to: null }, KNOWN), null);
  assert.equal(otherOf(null, filter, KNOWN), null);
  assert.equal(toText(otherOf("all", filter, KNOWN)), "");
  assert.equal(toText(otherOf("country=PK", filter, KNOWN)), "country=PK");
});

test("an address that names nothing to compare with is told", () => {
  assert.deepEqual(readComparison("", KNOWN), { compared: null, faults: [] });
  assert.deepEqual(readComparison("before", KNOWN), { compared: "before", faults: [] });
  assert.match(readComparison("later", KNOWN).faults[0], /^compare must be one of before, year, all or a filter/);
  const { compared, faults } = readComparison("country=PK&from=soon", KNOWN);
  assert.equal(compared, "country=PK");
  assert.match(faults[0], /^within compare, from must be a date/);
});

test("an axis ends at a round number that has a half", () => {
  assert.deepEqual([0, 1, 3, 7, 27, 100, 101, 999].map(axisEnd), [2, 2, 4, 8, 30, 100, 200, 1000]);
});
