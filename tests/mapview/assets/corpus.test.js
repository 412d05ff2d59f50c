// Cases that Python passes too: tests/corpus/ holds them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { shortCount, shortNumber, unplacedWords } from "../../../mapview/assets/dom.js";
import {
  LAST_LATITUDE, groundCircle, latToUnit, lonToUnit, unitToLat, unitToLon,
} from "../../../mapview/assets/geometry.js";
import { areaWords, scopeWords } from "../../../mapview/assets/page/scope.js";
import { stack } from "../../../mapview/assets/stack.js";
import { parse } from "../../../mapview/assets/view.js";

const corpus = (name) => (
  JSON.parse(readFileSync(new URL(`../../corpus/${name}.json`, import.meta.url), "utf8")));

test("numbers are as short as in Python", () => {
  for (const { n, short } of corpus("numbers")) assert.equal(shortNumber(n), short);
});

test("counts with bounds are as short as in Python", () => {
  for (const { certain, possible, short } of corpus("short_counts")) {
    assert.equal(shortCount([certain, possible]), short);
  }
});

test("what is not placed is said as in Python", () => {
  for (const { certain, possible, words } of corpus("unplaced")) {
    assert.equal(unplacedWords([certain, possible]), words);
  }
});

const near = (got, wanted, tolerance) => assert.ok(Math.abs(got - wanted) <= tolerance, `${got} is not ${wanted}`);

test("web mercator as PROJ has it", () => {
  for (const { lon, lat, x, y } of corpus("geodesy").mercator) {
    near(lonToUnit(lon), x, 1e-11);
    near(latToUnit(lat), y, 1e-11);
    near(unitToLat(y), Math.max(-LAST_LATITUDE, Math.min(LAST_LATITUDE, lat)), 1e-9);
  }
});

test("circles on the ground as PROJ has them", () => {
  for (const { lon, lat, radius_km: radius, north, south, half_width: half } of corpus("geodesy").circles) {
    const [west, top, east, bottom] = groundCircle(lon, lat, radius).box;
    near(unitToLat(top), north, 1e-8);
    near(unitToLat(bottom), south, 1e-8);
    near(unitToLon(west), lon - half, 1e-8);
    near(unitToLon(east), lon + half, 1e-8);
  }
});

test("what is found is told as in Python", () => {
  for (const { words, ...totals } of corpus("scope")) {
    assert.equal(scopeWords(totals, " in the record"), words);
  }
});

test("base areas are told as in Python", () => {
  for (const { count, drawn, words } of corpus("base_area_words")) {
    assert.equal(areaWords(count, drawn), words);
  }
});

test("an address tells the view as in Python", () => {
  for (const { text, view } of corpus("views")) {
    const found = parse(text);
    assert.deepEqual(found && [found.lon, found.lat, found.zoom], view, text);
  }
});

for (const { name, limit, radius: rule, places, ids, stacks } of corpus("stacks")) {
  test(`stacks: ${name}`, () => {
    const radius = (n) => (n === 1 ? rule.one : Math.min(rule.most, rule.per_root * Math.sqrt(n)));
    const found = stack(places.map(([x]) => x), places.map(([, y]) => y), { ids, limit, radius });
    assert.deepEqual(found.map(({ x, y, n, members }) => ({ x, y, n, members })), stacks);
  });
}
