// What lies still while a view does is drawn once, and put down as it was; pixels are compared in a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Pen, drawStill, writePassing, writeText } from "../../../mapview/assets/sprites.js";

/** A canvas's context that notes what is drawn on it, and under which transform. */
function context(scale = 1) {
  const drawn = [];
  let at = { a: scale, e: 0, f: 0 };
  return {
    drawn, strokeText() {}, fillText() {},
    measureText: (text) => ({
      width: 6 * text.length, actualBoundingBoxLeft: 0, actualBoundingBoxRight: 6 * text.length,
      actualBoundingBoxAscent: 6, actualBoundingBoxDescent: 2 }),
    getTransform: () => at, setTransform: (a, b, c, d, e, f) => { at = { a, e, f }; },
    drawImage: (sheet, ...where) => drawn.push({ sheet, where }),
  };
}

/** Canvases that are made, each with its context. */
function canvases() {
  const made = [];
  globalThis.document = {
    createElement: () => {
      const ctx = context();
      const canvas = { ctx, setAttribute() {}, append() {}, getContext: () => ctx };
      made.push(canvas);
      return canvas;
    },
  };
  return made;
}

const item = (x, y, size = 10, copy = 0) => ({ shape: {}, copy, box: [x, y, x + size, y + size] });
const draw = (ctx, one) => ctx.drawn.push({ one, at: ctx.getTransform() });
const some = (count) => Array.from({ length: count }, (_, i) => item(i * 7.3, i * 3.1, 5 + (i % 9)));
const THEME = {};

/** @returns {"drawn" | "put"} for each item how it came upon the canvas */
const ways = (ctx) => ctx.drawn.map((one) => (one.sheet ? "put" : "drawn"));

test("what is drawn once in a view is drawn as it is, and is a picture from then on", () => {
  const made = canvases();
  const [view, items] = [{}, some(3)];
  const frames = [1, 2, 3].map(() => {
    const ctx = context();
    drawStill(ctx, THEME, view, "ring", items, draw);
    return ways(ctx);
  });
  assert.deepEqual(frames, [Array(3).fill("drawn"), Array(3).fill("put"), Array(3).fill("put")]);
  assert.deepEqual(made.map(({ ctx }) => ctx.drawn.length).filter(Boolean), [3]);
});

test("another view, look or theme is drawn anew", () => {
  canvases();
  const [view, items] = [{}, some(2)];
  const way = (theme, inView, look) => {
    const ctx = context();
    drawStill(ctx, theme, inView, look, items, draw);
    return ways(ctx)[0];
  };
  way(THEME, view, "ring");
  assert.equal(way(THEME, view, "ring"), "put");
  assert.equal(way(THEME, view, "assumed"), "drawn");
  assert.equal(way({}, view, "ring"), "drawn");
  assert.equal(way(THEME, {}, "ring"), "drawn");
});

for (const scale of [1, 1.5, 2]) {
  test(`pictures lie where they were drawn, apart from each other, at ${scale} pixels in one`, () => {
    canvases();
    const [view, items] = [{}, some(300)];
    drawStill(context(scale), THEME, view, "ring", [], draw);
    const ctx = context(scale);
    drawStill(ctx, THEME, view, "ring", items, draw);
    assert.equal(ctx.drawn.length, items.length);
    const [{ sheet }] = ctx.drawn;
    const taken = new Set();
    ctx.drawn.forEach(({ where: [x, y, width, height, left, top, across, down] }, i) => {
      assert.deepEqual([across * scale, down * scale], [width, height]);
      assert.ok(x >= 0 && y >= 0 && x + width <= sheet.width && y + height <= sheet.height);
      // By whole pixels from the sheet to the canvas, so that its edges are as smooth as before.
      const { at: { a, e, f }, one } = sheet.ctx.drawn[i];
      assert.deepEqual([one, a], [items[i], scale]);
      assert.ok(Math.abs(e - x + left * scale) < 1e-9 && Math.abs(f - y + top * scale) < 1e-9);
      const [px, py] = [left * scale, top * scale].map(Math.round);
      const [west, north, east, south] = one.box.map((edge) => edge * scale);
      assert.ok(px <= west - 4 && py <= north - 4 && px + width >= east + 4 && py + height >= south + 4);
      for (let row = y; row < y + height; row += 1) {
        for (let column = x; column < x + width; column += 1) {
          const key = row * sheet.width + column;
          assert.ok(!taken.has(key), "two pictures lie over each other");
          taken.add(key);
        }
      }
    });
  });
}

test("what is new in a frame joins, and what is large is never kept", () => {
  canvases();
  const [view, first, large, later] = [{}, item(1, 1), item(5, 5, 400), item(9, 9)];
  drawStill(context(), THEME, view, "ring", [], draw);
  const frames = [[first, large], [first, large, later, { ...later, copy: 1 }]].map((items) => {
    const ctx = context();
    drawStill(ctx, THEME, view, "ring", items, draw);
    return { ways: ways(ctx), sheets: new Set(ctx.drawn.map(({ sheet }) => sheet)) };
  });
  assert.deepEqual(frames.map((one) => one.ways), [["put", "drawn"], ["put", "drawn", "put", "put"]]);
  // The first sheet is not drawn on again: a third is "none", of what is large.
  assert.equal(frames[1].sheets.size, 3);
});

test("what is too much for one sheet is drawn as it is, and kept in the next frames", () => {
  const made = canvases();
  const [view, items] = [{}, Array.from({ length: 500 }, (_, i) => item(i, i, 140))];
  drawStill(context(), THEME, view, "ring", [], draw);
  const frames = [1, 2].map(() => {
    const ctx = context();
    drawStill(ctx, THEME, view, "ring", items, draw);
    assert.equal(ctx.drawn.length, items.length);
    return ways(ctx).filter((way) => way === "put").length;
  });
  assert.ok(frames[0] > 100 && frames[0] < frames[1]);
  const heights = made.map(({ height }) => height ?? 0);
  assert.ok(Math.max(...heights) > 3_000 && Math.max(...heights) <= 4_096);
});

test("a text has a picture of its own for each of its looks, and keeps it", () => {
  const made = canvases();
  const plain = { text: "Kabul", font: "11px sans", color: "#111", halo: "#fff" };
  const looks = [
    plain, { ...plain, text: "Herat" }, { ...plain, font: "12px sans" }, { ...plain, color: "#222" },
    { ...plain, halo: "#eee" }, { ...plain, spacing: 1 }, { ...plain, align: "center" }];
  const pictures = (scale) => looks.map((one) => {
    const ctx = context(scale);
    writeText(ctx, 10, 20, one);
    return ctx.drawn[0].sheet;
  });
  const [first, sharp] = [pictures(1), pictures(2)];
  assert.equal(new Set([...first, ...sharp]).size, 2 * looks.length);
  assert.deepEqual([pictures(1), pictures(2)], [first, sharp]);
  assert.equal(made.length, 2 * looks.length);
  // Halo and letters of a passing text are apart, and neither is that of a whole one.
  const ctx = context();
  writePassing(ctx, 0, 0, { ...plain, text: "7" });
  const own = context();
  writeText(own, 0, 0, { ...plain, text: "7" });
  assert.equal(new Set([...ctx.drawn, ...own.drawn].map(({ sheet }) => sheet)).size, 3);
});

test("what a pen stamps but once is drawn where it stands, and no picture is made of it", () => {
  const made = canvases();
  const ctx = context(2);
  const moves = [];
  Object.assign(ctx, {
    save: () => moves.push("save"), restore: () => moves.push("restore"), translate: (...to) => moves.push(to) });
  const stamp = (key, x) => new Pen(ctx, {}, x, 4).stamp(key, 3, (on) => moves.push(on === ctx));
  stamp("one", 4.1);
  stamp("another", 8.3);
  assert.deepEqual(moves, ["save", [4, 4], true, "restore", "save", [8.25, 4], true, "restore"]);
  assert.deepEqual([made.length, ctx.drawn.length], [0, 0]);
});

test("what a pen stamps is kept by theme, scale and where in a pixel its spot lies", () => {
  canvases();
  const stamped = (theme, scale, x, y) => {
    const ctx = Object.assign(context(scale), { save() {}, restore() {}, translate() {} });
    const stamp = () => new Pen(ctx, theme, x, y).stamp("dot", 3, () => {});
    stamp();
    stamp();
    return ctx.drawn[0].sheet;
  };
  const dark = {};
  const first = stamped(THEME, 1, 4, 4);
  assert.equal(stamped(THEME, 1, 9.1, 7.2), first);
  const others = [
    stamped(dark, 1, 4, 4), stamped(THEME, 2, 4, 4), stamped(THEME, 1, 4.5, 4), stamped(THEME, 1, 4, 4.5)];
  assert.equal(new Set([first, ...others]).size, 5);
});
