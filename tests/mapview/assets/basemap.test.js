// Which borders the ground says are in view; the world is the one that is shipped.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";

import { Basemap } from "../../../mapview/assets/basemap.js";
import { latToUnit, lonToUnit } from "../../../mapview/assets/geometry.js";

const world = JSON.parse(gunzipSync(readFileSync(
  new URL("../../../geodata/data/basemap/world.topojson.gz", import.meta.url),
)));

const around = (lon, lat, zoom = 6) => {
  const scale = 256 * 2 ** zoom;
  const [width, height] = [800, 500];
  const [x, y] = [lonToUnit(lon) * scale, latToUnit(lat) * scale];
  return { zoom, scale, width, height, left: x - width / 2, top: y - height / 2 };
};

test("detail is asked for from the zoom that shows it, once, and drawn quietly", async () => {
  const asked = [];
  const arcs = [[[0, 0], [1, 1]], [[5, 5], [1, 0]]];
  const line = (arc) => ({ type: "GeometryCollection", geometries: [{ type: "LineString", arcs: [arc] }] });
  const detail = async () => {
    asked.push("detail");
    return { arcs, transform: { scale: [1, 1], translate: [60, 30] },
      objects: { rivers: line(0), district_lines: line(1) } };
  };
  const basemap = new Basemap({ world, provinces: world, labels: [], detail },
    { onChange() {}, onError: assert.fail });
  await new Promise((resolve) => setTimeout(resolve, 0));
  const strokes = [];
  const ctx = { strokeStyle: "", stroke: () => strokes.push(ctx.strokeStyle) };
  for (const name of [
    "fillRect", "beginPath", "moveTo", "lineTo", "closePath", "fill", "setLineDash"]) {
    ctx[name] = () => {};
  }
  const colors = new Proxy({}, { get: (_, name) => name });
  const drawn = async (zoom) => {
    strokes.length = 0;
    basemap.draw(ctx, { colors }, { ...around(61, 31, zoom), copies: [0] });
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  await drawn(3);
  assert.deepEqual(asked, []);
  await drawn(5);
  await drawn(5);
  assert.deepEqual([strokes.includes("river"), strokes.includes("district_line")], [true, false]);
  await drawn(8);
  assert.ok(strokes.includes("district_line"));
  assert.ok(strokes.indexOf("river") < strokes.indexOf("border"), "rivers lie under borders");
  assert.deepEqual(asked, ["detail"]);
  assert.deepEqual([basemap.rivers.length, basemap.districtLines.length], [1, 1]);
});

test("a disputed border is in view in Kashmir, on any copy of the world, and not in Balochistan", async () => {
  const hooks = { onChange() {}, onError: assert.fail };
  const basemap = new Basemap({ world, provinces: world, labels: [] }, hooks);
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.deepEqual([[76, 34.5], [436, 34.5], [65, 28.5], [58, 31]].map(
    ([lon, lat]) => basemap.showsDisputed(around(lon, lat)),
  ), [true, true, false, false]);
  basemap.hidden = true; // tiles of others have borders of their own
  assert.ok(!basemap.showsDisputed(around(76, 34.5)));
});

test("small scales take the outlook on provinces, larger ones and other provinces all of them", async () => {
  const asked = [];
  const arcs = [[[0, 0], [9, 0], [0, 9], [-9, -9]]];
  const shape = (code) => ({ type: "Polygon", arcs: [[0]], properties: { code } });
  const source = (name, codes) => async () => {
    asked.push(name);
    return { arcs, transform: { scale: [1, 1], translate: [60, 30] }, objects: {
      provinces: { type: "GeometryCollection", geometries: codes.map(shape) },
      province_lines: { type: "GeometryCollection", geometries: [{ type: "LineString", arcs: [0] }] } } };
  };
  const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
  const made = (sources) => {
    asked.length = 0;
    return new Basemap({ world, labels: [], provinces: source("all", ["AF.1", "CO.1"]), ...sources },
      { onChange() {}, onError: assert.fail });
  };
  const outlook = source("outlook", ["AF.1"]);
  const ctx = new Proxy({}, { get: () => () => {}, set: () => true });
  const draw = (basemap, zoom) => basemap.draw(
    ctx, { colors: {} }, { ...around(61, 31, zoom), copies: [0] });

  const one = made({ outlook });
  draw(one, 5);
  assert.equal(one.province("AF.1"), null);
  assert.ok(one.provincesPending);
  await settled();
  draw(one, 5);
  assert.ok(one.province("AF.1") && !one.provincesPending);
  assert.deepEqual(asked, ["outlook"]);
  assert.equal(one.province("CO.1"), null);
  assert.ok(one.provincesPending);
  await settled();
  assert.ok(one.province("CO.1"));
  assert.deepEqual(asked, ["outlook", "all"]);

  const near = made({ outlook });
  draw(near, 7);
  assert.equal(near.province("AF.1"), null);
  await settled();
  assert.ok(near.province("AF.1"));
  assert.deepEqual(asked, ["all"]);

  const page = made({});
  await settled();
  draw(page, 4);
  await settled();
  assert.deepEqual(asked, ["all"], "a page on disk has them all at hand");
});
