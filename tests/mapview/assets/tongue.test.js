// What is said in other languages: the cases of tests/corpus/tongue.json, which Python passes too.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { between, counted } from "../../../mapview/assets/counting.js";
import { parse, periodWords, words } from "../../../mapview/assets/page/days.js";
import { areaWords, scopeWords } from "../../../mapview/assets/page/scope.js";
import { digits, isEnglish, joined, number, say, sayMany, speak } from "../../../mapview/assets/tongue.js";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const corpus = read("../../corpus/tongue.json");
const handed = JSON.parse(readFileSync(process.env.MAPVIEW_TONGUES ?? "", "utf8"));

after(() => speak(null));

test("English says messages as they are", () => {
  speak({});
  assert.equal(isEnglish(), true);
  assert.equal(say("{n} of {all}", { n: 1200, all: 3000 }), "1,200 of 3,000");
  assert.equal(sayMany("{n} row", "{n} rows", 1), "1 row");
  assert.equal(sayMany("{n} row", "{n} rows", 0), "0 rows");
  assert.equal(counted([1, 1]), "1 incident");
  assert.equal(counted([1, 1200]), "1 to 1,200 incidents");
  assert.equal(joined(["raids", "arrests", "plots"]), "raids, arrests and plots");
});

test("what is put into a message is no pattern of its own", () => {
  speak({});
  assert.equal(say("{a} and {b}", { a: "{b}", b: "$&" }), "{b} and $&");
  assert.equal(say("{a} and {b}", { a: 1 }), "1 and {b}");
});

test("words of sources that every object knows are said as they are", () => {
  speak(handed.ru);
  for (const text of ["constructor", "toString", "__proto__"]) {
    assert.equal(say(text), text);
    assert.equal(sayMany(text, text, 1), text);
  }
});

for (const [code, cases] of Object.entries(corpus)) {
  test(`${code} says it as Python does`, () => {
    speak(handed[code]);
    for (const [n, text] of cases.numbers) assert.equal(number(n), text);
    for (const [one, many, n, text] of cases.many) assert.equal(sayMany(one, many, n), text);
    for (const [list, last, text] of cases.lists) assert.equal(joined(list, last), text);
    for (const [day, text] of cases.days) assert.equal(words(parse(day, true)), text);
    for (const [message, values, text] of cases.said) assert.equal(say(message, values), text);
    for (const [from, to, text] of cases.periods) {
      assert.equal(periodWords(from && parse(from, true), to && parse(to, false)), text);
    }
    for (const [totals, text] of cases.scopes) assert.equal(scopeWords(totals, ""), text);
    for (const [count, drawn, text] of cases.areas) assert.equal(areaWords(count, drawn), text);
    assert.equal(between(3, 3), number(3));
    assert.equal(digits("2024"), cases.digits);
  });
}
