// Marks and rings are made once; how they look is seen in a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Drawing } from "../../../mapview/assets/drawing.js";
import { look } from "../../../mapview/assets/symbols.js";

const THEME = look("light");
const province = THEME.precisions.findIndex(({ id }) => id === "province");
const ANSWER = {
  mode: "points", version: "1", total: 1, id: ["a"], x: [2 ** 30], y: [2 ** 30], kind: [0], status: [0],
  precision: [province], radius_km: [80], province: ["AF.31"], title: ["A"], date: ["2020"], certain: [1],
};

test("marks are made anew for another answer or scale, and not for the same", () => {
  const data = { answer: null };
  const drawing = new Drawing({}, data);
  assert.deepEqual(drawing.marks(THEME, 1024), []);
  data.answer = ANSWER;
  const marks = drawing.marks(THEME, 1024);
  assert.equal(marks.length, 1);
  assert.equal(drawing.marks(THEME, 1024), marks);
  assert.notEqual(drawing.marks(THEME, 2048), marks);
  data.answer = { ...ANSWER };
  assert.notEqual(drawing.marks(THEME, 2048), marks);
});

test("provinces are asked for again until they are there", () => {
  const outline = { parts: [], box: [0, 0, 1, 1] };
  const basemap = { provincesPending: true, province: () => null };
  const drawing = new Drawing(basemap, { answer: ANSWER });
  drawing.marks(THEME, 1024);
  assert.deepEqual(drawing.shapes(THEME, ANSWER).tints, []);
  Object.assign(basemap, { provincesPending: false, province: () => outline });
  const there = drawing.shapes(THEME, ANSWER);
  assert.deepEqual(there.tints, [outline]);
  assert.equal(drawing.shapes(THEME, ANSWER), there);
});
