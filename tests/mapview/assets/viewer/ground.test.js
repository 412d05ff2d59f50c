// Arcs come in one row of numbers, and stand apart again as the topology had them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { apart } from "../../../../mapview/assets/viewer/ground.js";

test("each arc begins where it is and goes on by steps", () => {
  const arcs = { lengths: "')%", steps: "--%####'(%77" };
  const { arcs: found, objects } = apart({ objects: {}, arcs });
  assert.deepEqual(found, [[[5, 5], [1, 0]], [[6, 5], [0, 2], [-3, 1]], [[13, 18]]]);
  assert.deepEqual(objects, {});
});
