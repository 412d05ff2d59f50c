// Numbers and texts in words; elements need a page and are tested in one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { clip } from "../../../mapview/assets/dom.js";

test("long text is cut by characters, not in the middle of one", () => {
  assert.equal(clip("abcdef", 6), "abcdef");
  assert.equal(clip("abcdefg", 6), "abcde…");
  assert.equal(clip("😀😀😀", 2), "😀…");
});

test("nothing is an empty text, and zero is none", () => {
  assert.deepEqual([null, undefined, 0].map((value) => clip(value, 9)), ["", "", "0"]);
});

