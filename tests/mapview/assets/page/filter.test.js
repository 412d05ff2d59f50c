// The text of the page's filter, and what is told of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  EVERYTHING, asKnown, fromText, parseNumber, settleWords, toText,
} from "../../../../mapview/assets/page/filter.js";
import { PARTIES, TYPES, VALUES } from "./made.js";

const KNOWN = { ...PARTIES, ...VALUES, types: TYPES };

test("what is no key and no number is told", () => {
  const faults = (text) => fromText(text, KNOWN).faults;
  assert.deepEqual(faults("id=one&area=a&view=1,2,3&deaths_min=3&incidents="), []);
  assert.match(faults("colour=red").join(), /must be one of from, to, .*, got “colour”/);
  assert.match(faults("injured_min=many").join(), /injured_min must be a whole number from 0 on, got “many”/);
});

test("a filter has one text", () => {
  const text = "from=2018-01-01&to=2018-12-31&when=certain&type=type+01&type=type+02"
    + "&group=cell&group=is&role=accused&role=actor&role=cleared&role=other"
    + "&role=target&deaths_min=3&areas=off";
  const read = (one) => fromText(one, KNOWN);
  assert.equal(toText(read(text).filter), text);
  const other = "to=2018&areas=off&type=type+02&type=type+01&type=type+02&from=2018&when=certain"
    + "&role=any&deaths_min=3&group=is&group=cell";
  assert.equal(toText(read(other).filter), text);
  assert.equal(toText(EVERYTHING), "");
  assert.deepEqual(read("").filter, { ...EVERYTHING });
});

test("what cannot be understood is left out and told", () => {
  const faults = (text) => fromText(text, KNOWN).faults;
  assert.deepEqual(faults(""), []);
  assert.match(faults("from=soon").join(), /^from must be a date such as .*, got “soon”$/);
  for (const key of ["type", "group", "role"]) {
    assert.deepEqual(faults(`${key}=none`), [`${key} must be one of those in the list`]);
  }
  const turned = fromText("from=2019&to=2018&when=certain", KNOWN);
  assert.deepEqual(turned, { filter: { ...EVERYTHING, certain: true }, faults: ["to must not be before from"] });
});

test("every part has a text that reads back", () => {
  const text = "from=2018-01-01&source_type=Grenade&country=AF&country=IR&status=foiled"
    + "&attribution=claimed&record=a&record=b%26c&precision=district&deaths_min=1&deaths_max=5"
    + "&injured_min=2&q=a+b&bounds=170%2C-5.12345%2C-170%2C5"
    + "&within=circle%3A69.2%2C34.5%2C100";
  const { filter, faults } = fromText(text, KNOWN);
  assert.deepEqual(faults, []);
  assert.equal(toText(filter), text);
  assert.deepEqual(Object.entries(EVERYTHING).filter(([name, value]) => filter[name] === value), [
    ["to", null], ["certain", false], ["areas", true]]);
});

test("no more records are chosen than an address holds", () => {
  const text = Array.from({ length: 101 }, (_, i) => `record=r${i}`).join("&");
  const { filter, faults } = fromText(text, KNOWN);
  assert.deepEqual(faults, ["record must be given at most 100 times"]);
  assert.equal(filter.ids.length, 100);
});

test("figures the wrong way around and parts of no map are told", () => {
  const read = (text) => fromText(text, KNOWN);
  const turned = read("deaths_min=5&deaths_max=4");
  assert.deepEqual(turned.faults, ["deaths_max must not be below deaths_min"]);
  assert.deepEqual([turned.filter.killed, turned.filter.mostKilled], [5, null]);
  for (const bounds of ["1,2,3", "1,2,3,x", "1,2,3,", "1,9,3,4", "-181,0,0,1", "0,-91,1,1", "0,0,1,91", "a"]) {
    assert.match(read(`bounds=${bounds}`).faults.join(), /^bounds must be west,south,east,north in degrees/, bounds);
    assert.equal(read(`bounds=${bounds}`).filter.bounds, null);
  }
  for (const key of ["country", "status", "attribution"]) {
    assert.deepEqual(read(`${key}=none`).faults, [`${key} must be one of those in the list`]);
  }
  assert.match(read("precision=none").faults.join(), /^precision must be one of settlement, district, province/);
});

test("a group may be named in any way that is known, and one name may stand for several", () => {
  const read = (text) => fromText(text, KNOWN);
  assert.deepEqual(read("group=Islamic-STATE").filter.groups, ["is"]);
  assert.deepEqual(read("group=ｉｓｌａｍｉｃ+ｓｔａｔｅ").filter.groups, ["is"]);
  assert.deepEqual(read("group=both"), read("group=cell&group=is"));
  for (const name of ["nobody", "서울", "constructor"]) {
    assert.deepEqual(read(`group=${encodeURIComponent(name)}`).faults, ["group must be one of those in the list"]);
  }
});

test("an emptied field asks for no number", () => {
  for (const text of ["", " ", "-1", "1.5", "1234567890"]) assert.equal(parseNumber(text), null, text);
  assert.deepEqual(["0", " 12 "].map(parseNumber), [0, 12]);
});

test("words have one form", () => {
  assert.equal(settleWords("  Ka\tbul\n  x "), "Ka bul x");
  assert.equal(Array.from(settleWords("😀".repeat(300))).length, 200);
});

test("which day the data are is said in every text, and is no choice of the stage", () => {
  const then = { ...KNOWN, known_on: "2026-11-30" };
  assert.equal(asKnown("", "2026-11-30"), "known=2026-11-30");
  assert.equal(asKnown("type=a", "2026-11-30"), "type=a&known=2026-11-30");
  assert.equal(asKnown("known=2026-11-30", "2026-11-30"), "known=2026-11-30");
  assert.equal(asKnown("type=a", ""), "type=a");
  assert.equal(asKnown("type=a"), "type=a");
  assert.deepEqual(fromText("known=2026-11", then).faults, []); // a month is known at its end
  assert.deepEqual(fromText("known=2026-11-30", then).filter, { ...EVERYTHING });
  for (const known of [then, KNOWN]) {
    assert.deepEqual(fromText("known=2026-11-29", known).faults, ["known must be the day of the data that are shown"]);
  }
  assert.match(fromText("known=soon", then).faults.join(), /^known must be a date such as 2018-07-29/);
});
