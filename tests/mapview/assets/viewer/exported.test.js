// What a value of an export comes to, whoever saved it again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { recordOf } from "../../../../mapview/assets/viewer/exported.js";

/** @param {unknown} value */
function isBeyond(value) {
  return recordOf("one", { record_kind: "event", shares_toll_beyond: value }, null).shares_toll_beyond;
}

test("a toll is also that of others wherever the program reads it so", () => {
  for (const so of [true, 1, 2, "true", "TRUE", "Yes", "1", "1.0", "1,0", "t", "y", "on"]) {
    assert.equal(isBeyond(so), true, JSON.stringify(so));
  }
  for (const not of [false, 0, null, undefined, "", "false", "no", "0", "0.0", "10", "1.5", "[true]"]) {
    assert.equal(isBeyond(not), false, JSON.stringify(not));
  }
});
