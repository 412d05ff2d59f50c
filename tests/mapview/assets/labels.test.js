// Which place names are shown at a zoom, where they stand, and what they must not touch.
import assert from "node:assert/strict";
import { test } from "node:test";
import { outline } from "../../../mapview/assets/geometry.js";
import { Occupied, inOrder, place, prepare, withUnplaced } from "../../../mapview/assets/labels.js";
import { pen } from "./pen.js";

const VIEW = { zoom: 6, scale: 1000, left: 0, top: 0, width: 1000, height: 1000, copies: [0] };

const town = (name, x, y, rank = 2) => ({ name, text: name, kind: "city", rank, x: x / 1000, y: y / 1000 });
const country = (name, x, y, rank = 0) => ({
  ...town(name, x, y, rank), text: name.toUpperCase(), kind: "country", country: "XX" });
const LANDS = new Map([["XX", outline([[0.2, 0.2, 0.8, 0.2, 0.8, 0.8, 0.2, 0.8, 0.2, 0.2]])]]);

function placed(labels, { view = VIEW, symbols = [] } = {}) {
  const [occupied, taken] = [new Occupied(), new Occupied()];
  for (const box of symbols) for (const boxes of [occupied, taken]) boxes.add(box);
  return place(pen(), labels, view, occupied, taken, LANDS);
}

test("boxes that only touch do not hit each other", () => {
  const boxes = new Occupied();
  boxes.add([0, 0, 100, 10]);
  assert.equal(boxes.hits([100, 0, 120, 10]), false);
  assert.equal(boxes.hits([0, 10, 100, 20]), false);
  assert.equal(boxes.hits([99, 9, 120, 20]), true);
  assert.equal(boxes.hits([40, 4, 41, 5]), true);
});

test("labels get their place on the map and the order of their rank", () => {
  const [first, second] = prepare([
    { name: "b", lon: 0, lat: 0, rank: 3, kind: "city" }, { name: "a", lon: 180, lat: 0, rank: 1, kind: "city" }]);
  assert.deepEqual([first.name, first.x, first.y, second.name], ["a", 1, 0.5, "b"]);
});

test("a zoom shows ranks up to two below it, and countries up to zoom 7", () => {
  const labels = [town("t1", 0, 0, 1), town("t3", 0, 0, 3), country("c0", 0, 0, 0), country("c3", 0, 0, 3)];
  const names = (zoom) => inOrder(labels, zoom).map(({ name }) => name);
  assert.deepEqual(names(2), ["c0"]);
  assert.deepEqual(names(3), ["c0", "t1"]);
  assert.deepEqual(names(5), ["t1", "c0", "t3", "c3"]);
  assert.deepEqual(names(8), ["t1", "t3"]);
});

test("a town is named beside its dot, a country in capitals in its middle", () => {
  const [kabul] = placed([town("Kabul", 500, 500)]);
  assert.deepEqual([kabul.text, kabul.dot, kabul.at], ["Kabul", [500, 500], [505, 500]]);
  const [land] = placed([country("Land", 500, 500)]);
  assert.deepEqual([land.text, land.dot, land.isCountry], ["LAND", null, true]);
  assert.ok(land.at[0] < 500);
});

test("where there is no room there is no name", () => {
  const names = (labels, options) => placed(labels, options).map(({ text }) => text);
  assert.deepEqual(names([town("One", 500, 500), town("Two", 501, 500)]), ["One"]);
  assert.deepEqual(names([town("One", 500, 500), town("Two", 500, 600)]), ["One", "Two"]);
  assert.deepEqual(names([town("Away", 1200, 500), town("North", 500, -50)]), []);
});

test("a town under a symbol is named farther off and without a dot, a small one not at all", () => {
  const symbols = [[490, 490, 510, 510]];
  const [kabul] = placed([town("Kabul", 500, 500)], { symbols });
  assert.deepEqual([kabul.dot, kabul.at], [null, [514, 500]]);
  assert.deepEqual(placed([town("Village", 500, 500, 3)], { symbols }), []);
  assert.equal(placed([town("Village", 500, 500, 3)], { symbols, view: { ...VIEW, zoom: 8 } }).length, 1);
  assert.deepEqual(placed([town("Kabul", 500, 500)], { symbols, view: { ...VIEW, zoom: 3 } }), []);
});

test("each copy of the world has its names", () => {
  const view = { ...VIEW, scale: 300, copies: [0, 1, 2] };
  assert.deepEqual(placed([town("Kabul", 500, 500)], { view }).map(({ dot }) => dot[0]), [150, 450, 750]);
});

test("what is not placed stands under the name of its country, in its middle, and nowhere else", () => {
  const labels = [
    country("Land", 500, 500, 5), { ...country("Other", 100, 100), country: "PK" },
    { ...town("Town", 300, 300), country: "XX" }];
  const counted = withUnplaced(labels, { XX: [21, 21], YY: [1, 1], "": [9, 9] });
  assert.deepEqual(counted.map(({ name, below }) => [name, below]), [["Land", "21 not placed"]]);
  const [land] = placed(counted);
  assert.deepEqual([land.text, land.below.text, land.dot], ["LAND", "21 not placed", null]);
  const middle = ({ text, at }) => at[0] + (text.length * 6) / 2;
  assert.ok(Math.abs(middle(land.below) - 500) < 1);
  assert.ok(land.below.at[1] - land.at[1] > 10 && land.below.at[1] - land.at[1] < 20);
  assert.deepEqual(withUnplaced(labels, {}), []);
});

test("a count takes room under its name, and has none without its name", () => {
  const counted = withUnplaced([country("Land", 500, 500)], { XX: [1, 3] });
  assert.deepEqual(placed(counted, { symbols: [[0, 0, 1000, 1000]] }), []);
  assert.deepEqual(placed([...counted, town("Under", 500, 510)]).map(({ text }) => text), ["LAND"]);
});

test("where symbols stand on its name, a count finds room in its country, the nearest first", () => {
  const counted = withUnplaced([country("Land", 500, 500)], { XX: [4, 4] });
  const inside = ({ below: { text, at } }) => {
    const x = at[0] + (text.length * 6) / 2;
    return x >= 200 && x <= 800 && at[1] >= 200 && at[1] <= 800;
  };
  const [free] = placed(counted);
  const [moved] = placed(counted, { symbols: [[450, 470, 550, 530]] });
  const [aside] = placed(counted, { symbols: [[400, 200, 600, 800]] });
  assert.ok(inside(free) && inside(moved) && inside(aside));
  assert.notDeepEqual(free.at, moved.at);
  assert.ok(aside.at[0] > 600 || aside.at[0] < 400);
  assert.deepEqual(placed(counted, { symbols: [[0, 0, 1000, 1000]] }), []);
});

test("a count stays in the part of its country that is seen", () => {
  const counted = withUnplaced([country("Land", 350, 450)], { XX: [4, 4] });
  const view = { ...VIEW, left: 500, top: 0 };
  const [seen] = placed(counted, { view });
  assert.ok(seen.at[0] >= 0 && seen.below.at[0] + 12 * 6 <= 300);
});
