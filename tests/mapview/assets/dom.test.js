// Numbers and texts in words; elements need a page and are tested in one.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { clip, tell } from "../../../mapview/assets/dom.js";
import { FeedError } from "../../../mapview/assets/feed.js";
import { speak } from "../../../mapview/assets/tongue.js";

after(() => speak(null));

test("long text is cut by characters, not in the middle of one", () => {
  assert.equal(clip("abcdef", 6), "abcdef");
  assert.equal(clip("abcdefg", 6), "abcde…");
  assert.equal(clip("😀😀😀", 2), "😀…");
});

test("nothing is an empty text, and zero is none", () => {
  assert.deepEqual([null, undefined, 0].map((value) => clip(value, 9)), ["", "", "0"]);
});


test("what went wrong is marked where it is not in the language that is spoken", () => {
  const node = /** @type {HTMLElement} */ ({});
  const told = (what) => {
    tell(node, what);
    return [node.textContent, node.lang, node.dir];
  };
  assert.deepEqual(told(new FeedError("z must be small", false, "en")), ["z must be small", "en", ""]);
  speak({ code: "fa" });
  assert.deepEqual(told(new FeedError("z must be small", false, "en")), ["z must be small", "en", "ltr"]);
  assert.deepEqual(told(new FeedError("نه", true, "fa")), ["نه", "fa", ""]);
  assert.deepEqual(told("نه"), ["نه", "fa", ""]);
  assert.deepEqual(told(new Error("x".repeat(400))), [`${"x".repeat(299)}…`, "fa", ""]);
});
