// What a value of an export comes to, whoever saved it again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readExport, recordOf } from "../../../../mapview/assets/viewer/exported.js";

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

/** @param {Record<string, string[]>} links by id, whom each says to share its toll with */
function linked(links) {
  const features = Object.entries(links).map(([id, others]) => ({
    type: "Feature", id, geometry: null, properties: { record_kind: "event", casualties_combined: others } }));
  const { incidents, notes } = readExport({ features });
  return { notes, links: Object.fromEntries(incidents.map((one) => [one.id, one.casualties_combined])) };
}

test("a toll that one side says is shared is that of both", () => {
  assert.deepEqual(linked({ a: ["b"], b: [], c: ["b"] }), {
    links: { a: ["b"], b: ["a", "c"], c: ["b"] },
    notes: ["The toll of “b” is read as shared with others, since these say so."] });
  assert.deepEqual(linked({ a: ["b", "x"], b: ["a"], c: ["c"] }), {
    links: { a: ["b", "x"], b: ["a"], c: ["c"] }, notes: [] });
  assert.match(linked({ a: ["b", "c"], b: [], c: [] }).notes[0], /^The toll of “b” and 1 more is read/);
});
