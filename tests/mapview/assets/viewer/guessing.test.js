// Coordinates in a cell: how they are written, and cells that few letters would make long to read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { degrees } from "../../../../mapview/assets/viewer/guessing.js";

test("degrees have a point or a comma, a sign or a letter", () => {
  const cells = ["34.5", "-34,5", "34.5°N", " 34.5 ° s ", "69 W", "69.2 x", "1234", ""];
  assert.deepEqual(cells.map(degrees), [34.5, -34.5, 34.5, -34.5, -69, null, null, null]);
});

test("a number before a million blanks is read at once", () => {
  assert.equal(degrees(`34.5${" ".repeat(1e6)}x`), null);
  assert.equal(degrees(`34.5${" ".repeat(1e6)}N`), 34.5);
});
