// Blocks of Snappy: what they unpack to, and those that reach beyond themselves.
import assert from "node:assert/strict";
import { test } from "node:test";
import { unpackSnappy } from "../../../../../mapview/assets/viewer/formats/snappy.js";

const letters = (/** @type {string} */ text) => [...text].map((one) => one.charCodeAt(0));
const text = (/** @type {Uint8Array} */ bytes) => String.fromCharCode(...bytes);
const LONG = "x".repeat(70);

/** @type {[name: string, block: number[], unpacked: string][]} */
const WHOLE = [
  ["nothing", [0], ""],
  ["letters", [3, 8, ...letters("abc")], "abc"],
  ["letters whose number is a byte of its own", [70, 240, 69, ...letters(LONG)], LONG],
  ["a copy that reaches into itself", [8, 4, ...letters("ab"), 9, 2], "abababab".slice(0, 8)],
  ["a copy of three bytes", [6, 8, ...letters("abc"), 10, 3, 0], "abcabc"],
  ["a copy of five bytes", [6, 8, ...letters("abc"), 11, 3, 0, 0, 0], "abcabc"],
];
/** @type {[name: string, block: number[], size: number][]} */
const BENT = [
  ["no length", [], 0],
  ["a length without an end", [128, 128, 128, 128, 128, 1], 1],
  ["another length", [3, 8, ...letters("abc")], 4],
  ["fewer letters than are said", [3, 8, ...letters("ab")], 3],
  ["more than its length", [2, 8, ...letters("abc")], 2],
  ["less than its length", [4, 8, ...letters("abc")], 4],
  ["a copy from before its beginning", [8, 4, ...letters("ab"), 9, 3], 8],
  ["a copy from nowhere", [8, 4, ...letters("ab"), 9, 0], 8],
  ["a copy that is cut off", [8, 4, ...letters("ab"), 11], 8],
];

for (const [name, block, unpacked] of WHOLE) {
  test(name, () => assert.equal(text(unpackSnappy(Uint8Array.from(block), unpacked.length)), unpacked));
}
for (const [name, block, size] of BENT) {
  test(name, () => assert.throws(() => unpackSnappy(Uint8Array.from(block), size), RangeError));
}
