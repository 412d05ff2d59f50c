// Days as whole numbers: reading them, wording them, the steps of the time slider.
import assert from "node:assert/strict";
import { test } from "node:test";
import { STEPS, endOf, iso, parse, periodWords, words } from "../../../../mapview/assets/page/days.js";

const day = (text) => parse(text, true);
const step = (id) => STEPS.find((one) => one.id === id);

test("a date is its first or its last day", () => {
  for (const [text, first, last] of [
    ["2018-07-29", "2018-07-29", "2018-07-29"], ["2018-07", "2018-07-01", "2018-07-31"],
    ["2018", "2018-01-01", "2018-12-31"], ["2020-02", "2020-02-01", "2020-02-29"],
    ["1900-02", "1900-02-01", "1900-02-28"], ["0099", "0099-01-01", "0099-12-31"],
    ["9999-12", "9999-12-01", "9999-12-31"], [" 2018 ", "2018-01-01", "2018-12-31"],
  ]) assert.deepEqual([iso(parse(text, true)), iso(parse(text, false))], [first, last], text);
});

test("days are counted from 1970", () => {
  assert.deepEqual([day("1970-01-01"), day("1969-12-31"), day("2000-03-01")], [0, -1, 11017]);
});

test("what is no date is none", () => {
  for (const text of [
    "", "soon", "2018-7", "18", "2018-13", "2018-00", "2018-02-30", "2019-02-29", "2018-04-31", "0000",
    "2018-07-29T00", "2018/07/29", "02018", "-2018",
  ]) assert.equal(parse(text, true), null, text);
});

test("days and periods have words", () => {
  assert.equal(words(day("2018-07-29")), "29 July 2018");
  for (const [from, to, said] of [
    [null, null, "All dates"], [null, "2018-07-29", "Until 29 July 2018"],
    ["2018-07-29", null, "From 29 July 2018 on"], ["2018-07-29", "2018-07-29", "29 July 2018"],
    ["2018-07-01", "2018-07-31", "July 2018"], ["2018-07-01", "2018-09-30", "July – September 2018"],
    ["2018-01-01", "2018-12-31", "2018"], ["2010-01-01", "2019-12-31", "2010 – 2019"],
    ["2018-07-02", "2018-07-31", "2 July 2018 – 31 July 2018"],
  ]) assert.equal(periodWords(from && day(from), to && day(to)), said);
});

test("each step ends where the next begins, also before 1970", () => {
  for (const one of STEPS) {
    for (const text of ["1969-12-31", "1970-01-01", "2019-12-31", "2020-02-29"]) {
      const index = one.index(day(text));
      assert.ok(one.start(index) <= day(text) && day(text) <= endOf(one, index), `${one.id} ${text}`);
      assert.equal(one.index(endOf(one, index)), index);
      assert.equal(one.index(endOf(one, index) + 1), index + 1);
    }
  }
  assert.equal(iso(step("decade").start(step("decade").index(day("2019-06")))), "2010-01-01");
});

test("steps stay within the calendar", () => {
  for (const one of STEPS) {
    const [first, last] = [parse("0001", true), parse("9999", false)];
    assert.equal(iso(one.start(one.index(first))), "0001-01-01", one.id);
    assert.equal(iso(endOf(one, one.index(last))), "9999-12-31", one.id);
  }
  const [decade, century] = [step("decade"), step("century")];
  assert.equal(decade.wording(decade.start(0)), "1 – 9");
  assert.equal(century.wording(century.start(20)), "2000 – 2099");
});
