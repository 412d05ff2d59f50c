// Types that stand for themselves, in the words of their sources: in the legend, pressed, hidden, drawn.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cartography } from "../../../mapview/assets/cartography.js";
import { hiddenWords, sectionsOf } from "../../../mapview/assets/entries.js";
import { answerLeft, keyOf } from "../../../mapview/assets/hiding.js";
import { FIRST, NO_OWN, OTHER, drawnKinds, ownOf } from "../../../mapview/assets/own.js";
import { pressing } from "../../../mapview/assets/pressing.js";
import { look } from "../../../mapview/assets/symbols.js";

const OWN = { types: ["Theft", "", `Fraud ${"x".repeat(90)}`], others: ["Littering", "Rare"], kinds: new Set([0, OTHER]) };
const symbols = (present) => sectionsOf({ areas: [], ...present })
  .flatMap(([title, entries]) => entries.map((one) => ({ title, ...one }))).filter(({ form }) => form === "symbol");

test("without such types the legend and all looks are ours alone", () => {
  assert.deepEqual(drawnKinds(NO_OWN), cartography.kinds);
  assert.deepEqual(look("light").kinds, look("light", NO_OWN).kinds);
  const present = { kinds: new Set([0]), areas: [] };
  assert.deepEqual(sectionsOf(present), sectionsOf({ ...present, own: NO_OWN }));
});

test("kinds of ours that the data have are those with a type that is found", () => {
  const known = { kind_of_type: [0, 0, 3, 9], ownTypes: ["Theft"], otherTypes: [] };
  const { kinds, types } = ownOf(known, [[0, 0], [0, 1], [0, 0], [2, 2]]);
  assert.deepEqual([[...kinds], types], [[0, 9], ["Theft"]]);
});

test("each has the look of its place among all of the data", () => {
  const theme = look("dark", OWN);
  assert.equal(theme.kinds.length, FIRST + 3);
  const { label, letter, color } = theme.kinds[FIRST + 2];
  assert.deepEqual([letter, color], ["C", cartography.own[2].color.dark]);
  assert.ok(label.startsWith("Fraud") && label.length <= 60);
  assert.equal(theme.kinds[OTHER].label, "Other types");
});

test("they come first in the legend, and of ours only what the data have", () => {
  const entries = symbols({ kinds: new Set([FIRST, OTHER]), own: OWN });
  assert.deepEqual(entries.map(({ kind, absent }) => [kind, Boolean(absent)]), [
    [FIRST, false], [FIRST + 2, true], [OTHER, false], [0, true]]);
  assert.deepEqual(entries.map(({ words }) => words.slice(0, 11)), ["Theft", "Fraud xxxxx", "Other types", "Bombing"]);
  assert.equal(new Set(entries.slice(0, 3).map(({ title }) => title)).size, 1);
});

test("pressing one asks for its words, and pressing the others for theirs where that finds all", () => {
  const asked = [];
  const layer = (own, filter = "") => pressing(
    { state: { filter }, options: { own }, data: {}, point() {} }, (one) => asked.push(one));
  const [theft, , others, bombing] = symbols({ kinds: new Set(), own: OWN });
  for (const one of [theft, others, bombing]) layer(OWN).press(one);
  assert.deepEqual(asked, [
    { sourceTypes: ["Theft"] }, { sourceTypes: ["Littering", "Rare"] }, { types: cartography.kinds[0].types }]);
  assert.equal(layer({ ...OWN, others: [] }).canPress(others), false);
  const pressed = layer(OWN, "source_type=Theft&source_type=Rare&type=raid");
  assert.deepEqual([theft, others, bombing].map(pressed.isPressed), [true, true, false]);
});

test("one that is hidden leaves certain and possible counts of the others", () => {
  const [theft] = symbols({ kinds: new Set([FIRST]), own: OWN });
  const hidden = new Set([keyOf(theft)]);
  const zeros = Array.from({ length: FIRST }, () => 0);
  const cells = {
    mode: "clusters", version: "v", total: 5, cell: 4, x: [1, 2], y: [3, 4], n: [4, 1],
    kinds: [[...zeros, 3, 1], [...zeros, 1]], certain: [[...zeros, 2, 1], [...zeros, 0]] };
  const left = answerLeft(cells, hidden);
  assert.deepEqual([left.n, left.kinds, left.certain], [[1], [[...zeros, 0, 1]], [[...zeros, 0, 1]]]);
  assert.equal(hiddenWords({ kinds: new Set(), areas: [], hidden, own: OWN }), "Taken off the map: Theft.");
});
