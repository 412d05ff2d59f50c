// What is typed is found in all writings of the corpus that Python passes too, but those of letters that
// stand for words and syllables: there are too many of them to hand over.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hasWords, normalise } from "../../../../mapview/assets/page/search.js";
import { corpus } from "./made.js";

const NOT_HANDED = /[\p{Script=Hangul}\p{Script=Han}]/u;

for (const { name, written, typed } of corpus("search")) {
  const is = NOT_HANDED.test(written) ? "not found, and nothing else is for it" : "found";
  test(`${name}: ${is}`, () => {
    const searched = normalise(written);
    assert.equal(searched === null, NOT_HANDED.test(written));
    for (const text of typed) assert.equal(hasWords(text)(searched ?? "anything"), searched !== null, text);
  });
}

test("all words must occur, in any order", () => {
  const searched = normalise("Attack near Jalālābād, Nangarhar");
  for (const text of ["", "  ", "jalalabad attack", "Нангар", "nangar", "'"]) assert.ok(hasWords(text)(searched), text);
  for (const text of ["jalalabad kabul", "attack서"]) assert.ok(!hasWords(text)(searched), text);
});
