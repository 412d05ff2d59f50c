// What is left on the map when entries of the legend are hidden, and how that is said.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hiddenWords, sectionsOf } from "../../../mapview/assets/entries.js";
import { answerLeft, areasLeft, keyOf } from "../../../mapview/assets/hiding.js";

const POINTS = {
  mode: "points", version: "v", total: 3, id: ["a", "b", "c"], kind: [0, 3, 0], x: [1, 2, 3], certain: [1, 0, 1] };
const CELLS = {
  mode: "clusters", version: "v", total: 6, cell: 4, x: [1, 2], y: [3, 4], n: [5, 1],
  kinds: [[2, 3], [1, 0]], certain: [[1, 3], [0, 0]] };
const AREAS = [
  { id: "x", group: "g", group_name: "G", hatch: 0, standing: 2, faded: false, ended: false },
  { id: "y", group: "h", group_name: "H", hatch: 1, standing: 2, faded: false, ended: true },
  { id: "z", group: "g", group_name: "G", hatch: 0, standing: 3, faded: false, ended: false }];
const ids = (...hidden) => areasLeft(AREAS, new Set(hidden)).map(({ id }) => id).join("");

test("where nothing is hidden an answer stays the same one", () => {
  assert.equal(answerLeft(POINTS, new Set(["group:g"])), POINTS);
});

test("a hidden kind is gone from points and from the counts of cells", () => {
  assert.deepEqual(answerLeft(POINTS, new Set(["kind:0"])), {
    ...POINTS, id: ["b"], kind: [3], x: [2], certain: [0] });
  assert.deepEqual(answerLeft(CELLS, new Set(["kind:0"])), {
    ...CELLS, x: [1], y: [3], n: [3], kinds: [[0, 3]], certain: [[0, 3]] });
});

test("areas go by their group and by what they were; lost ones by that alone", () => {
  assert.deepEqual([ids(), ids("group:g"), ids("was:control"), ids("was:lost")], ["xyz", "y", "yz", "xz"]);
});

test("what can be hidden has a key of its own, and what explains the map has none", () => {
  const can = [{ form: "symbol", kind: 4 }, { form: "hatch", group: "g" }, { form: "camp" }, { form: "lost" }];
  const keys = can.map(keyOf);
  assert.deepEqual(keys, ["kind:4", "group:g", "was:camp", "was:lost"]);
  assert.deepEqual([{ form: "ring" }, { form: "faded" }, { form: "hatch" }].map(keyOf), ["", "", ""]);
});

test("hidden entries stay in the legend, and are named where nobody can show them again", () => {
  const present = { kinds: new Set([1]), areas: AREAS, hidden: new Set(["kind:0", "group:g", "was:lost"]) };
  const entries = sectionsOf(present).flatMap(([, some]) => some);
  const hidden = entries.filter((one) => one.hidden);
  assert.deepEqual(hidden.map(keyOf), ["kind:0", "group:g", "was:lost"]);
  assert.ok(hidden.every((one) => !one.absent));
  assert.equal(hiddenWords(present), `Taken off the map: ${hidden.map(({ words }) => words).join("; ")}.`);
  assert.equal(hiddenWords({ kinds: new Set(), areas: [] }), "");
});
