// What is taken off the map is named in words that other data and later versions know, or not at all.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cartography } from "../../../../mapview/assets/cartography.js";
import { keyOf, textOf } from "../../../../mapview/assets/page/eyes.js";

const own = { types: ["Theft", "a: b"], others: [], kinds: new Set() };
const groups = ["taliban"];
const first = cartography.kinds.length;

test("a name leads to the same key again", () => {
  const keys = [...cartography.kinds.map((_, i) => `kind:${i}`), `kind:${first}`, `kind:${first + 1}`,
    "group:taliban", "was:lost", ...cartography.standings.map(({ id }) => `was:${id}`)];
  for (const key of keys) assert.equal(keyOf(textOf(key, own), own, groups), key);
  assert.equal(textOf("kind:0", own), "kind:bombing");
  assert.equal(textOf(`kind:${first + 1}`, own), "type:a: b");
});

test("what there is not is no key", () => {
  const none = ["", ":", "kind:", "kind:0", "kind:Bombing", "type:", "type:theft", "group:", "group:nobody",
    "was:", "was:faded", "hatch", "toString", "kind:constructor", "bombing"];
  for (const text of none) assert.equal(keyOf(text, own, groups), "", text);
});
