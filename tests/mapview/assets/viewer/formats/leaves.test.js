// Values of a Parquet: decimals with all their digits, and those of more digits than any has.
import assert from "node:assert/strict";
import { test } from "node:test";
import { UnknownWay, plainValues } from "../../../../../mapview/assets/viewer/formats/leaves.js";

const INT32 = 1;
const read = (/** @type {number} */ scale) => plainValues(Uint8Array.of(125, 0, 0, 0), {
  path: [], type: INT32, length: 0, isText: false, isDay: false, isClock: false, isUnsigned: false, ticks: 0, scale,
  isRaw: false }, 1)[0];

test("a decimal has its digits", () => {
  assert.deepEqual([2, 4, 0, -2].map(read), ["1.25", "0.0125", 125, 12500]);
  assert.equal(String(read(154)).length, 156);
});

for (const scale of [155, -155, 1e8, 2 ** 31, NaN]) {
  test(`a decimal of ${scale} digits is not read`, () => assert.throws(() => read(scale), UnknownWay));
}
