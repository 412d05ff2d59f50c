// Where the figures of a toll stand on their axis.
import assert from "node:assert/strict";
import { test } from "node:test";
import { places } from "../../../../mapview/assets/page/strip.js";

const [WIDTH, APART] = [300, 44];

test("dots stand where their figures lie, at even steps from the lowest to the highest", () => {
  const at = places([0, 25, 100]).map(({ x }) => x);
  assert.equal((at[1] - at[0]) / (at[2] - at[0]), 0.25);
  assert.ok(at[0] > 0 && at[2] < WIDTH);
});

test("words are as far apart as they need, within the axis, in the order of the figures", () => {
  for (const figures of [[94, 96, 100], [1, 2, 3, 4, 5, 1000], [1, 996, 997, 998, 999, 1000], [5, 5.5]]) {
    const labels = places(figures).map(({ label }) => label);
    labels.slice(1).forEach((label, i) => assert.ok(label - labels[i] >= APART - 1e-9, String(figures)));
    assert.ok(labels[0] >= 0 && labels[labels.length - 1] <= WIDTH, `${figures}: ${labels}`);
  }
});
