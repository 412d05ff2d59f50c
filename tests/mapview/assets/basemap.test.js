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
