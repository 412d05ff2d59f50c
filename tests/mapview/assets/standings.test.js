// What the areas of one shape show, and how it is said; what is seen of it is seen in a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cartography } from "../../../mapview/assets/cartography.js";
import { markSpots, paintMark, paintStanding, stateOf, toldOf } from "../../../mapview/assets/standings.js";
import { look } from "../../../mapview/assets/symbols.js";

const [HEADQUARTERS, CAMP, CONTROL, PRESENCE] = cartography.standings.keys();
const area = (standing, more) => ({ standing, hatch: 0, faded: false, ended: false, undated: false, ...more });
const told = (...areas) => {
  const { band, struck, marked } = toldOf(areas);
  return { band, struck, marked: marked.map((one) => one.standing) };
};

test("control has a band, headquarters and camps a mark, presence its line alone", () => {
  assert.deepEqual(told(area(PRESENCE)), { band: false, struck: false, marked: [] });
  assert.deepEqual(told(area(CONTROL)), { band: true, struck: false, marked: [] });
  const all = told(area(CAMP), area(HEADQUARTERS), area(CAMP), area(CONTROL));
  assert.deepEqual(all, { band: true, struck: false, marked: [HEADQUARTERS, CAMP] });
});

test("what goes on comes before what was lost, and only what all lost is struck through", () => {
  const lost = area(CONTROL, { ended: true });
  assert.deepEqual(told(lost), { band: true, struck: true, marked: [] });
  assert.deepEqual(told(lost, area(PRESENCE)), { band: false, struck: false, marked: [] });
});

test("marks of one shape stand side by side around its place", () => {
  const spots = markSpots(toldOf([area(HEADQUARTERS), area(CAMP)]), 100, 50);
  assert.deepEqual(spots.map(({ x, y }) => [x, y]), [[93, 50], [107, 50]]);
});

test("a loss is told only for a period that goes on after it", () => {
  assert.equal(stateOf(area(CONTROL, { status: "lost" })), "lost later");
  assert.equal(stateOf(area(CONTROL, { status: "lost", ended: true })), "lost by then");
  assert.equal(stateOf(area(CONTROL, { status: "reported", ended: true })), "reported · ended by then");
  const undated = area(PRESENCE, { status: "reported", faded: true, undated: true });
  assert.equal(stateOf(undated), "reported · beginning not stated");
});

/** What is stroked or filled, in order. */
function painted(paint) {
  const calls = [];
  const ctx = { lineWidth: 0, globalAlpha: 1 };
  for (const name of ["save", "restore", "beginPath", "clip", "moveTo", "lineTo", "setLineDash", "translate",
    "closePath"]) ctx[name] = () => {};
  ctx.stroke = () => calls.push(`stroke ${ctx.lineWidth}`);
  ctx.fill = () => calls.push("fill");
  paint(ctx);
  return calls;
}

test("band, stroke and mark are drawn where there is one", () => {
  const theme = look("light");
  const parts = (...areas) => painted((ctx) => (
    paintStanding(ctx, theme, toldOf(areas), () => {}, [0, 0, 40, 40])));
  assert.deepEqual(parts(area(PRESENCE)), []);
  assert.deepEqual(parts(area(CONTROL)), ["stroke 8"]);
  assert.deepEqual(parts(area(CONTROL, { ended: true })), ["stroke 8", "stroke 1.8"]);
  const mark = (standing) => painted((ctx) => paintMark(ctx, theme, { area: area(standing), x: 0, y: 0 }));
  assert.deepEqual([mark(HEADQUARTERS).length, mark(PRESENCE).length], [2, 0]);
});
