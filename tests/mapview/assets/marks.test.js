// An answer as marks on the map: what stands alone, what is a stack, which rings are drawn.
import assert from "node:assert/strict";
import { test } from "node:test";
import { WORLD, groundCircle, latToUnit, lonToUnit } from "../../../mapview/assets/geometry.js";
import { build, entriesOf, extentOf, markAt, occupy, precisionShapes } from "../../../mapview/assets/marks.js";
import { look, numberOf } from "../../../mapview/assets/symbols.js";

const SCALE = 256 * 2 ** 5;
const THEME = look("light");
const VIEW = { scale: SCALE, left: 0, top: 0, width: SCALE, height: SCALE, copies: [0] };

/** An answer with these points; each has a place of its own unless it says where it is. */
function points(...rows) {
  const whole = rows.map((row, i) => ({
    id: `i${i}`, lon: 60 + i, lat: 30, kind: 0, status: 0, precision: 0, radius_km: null, province: null,
    title: `Title ${i}`, date: "2020", certain: 1, ...row,
  }));
  const columns = Object.keys(whole[0]).map((name) => [name, whole.map((row) => row[name])]);
  const { lon, lat, ...plain } = Object.fromEntries(columns);
  const [x, y] = [lon.map((one) => lonToUnit(one) * WORLD), lat.map((one) => latToUnit(one) * WORLD)];
  return { mode: "points", total: rows.length, ...plain, x, y };
}

function basemap(known = {}, pending = false) {
  return { provincesPending: pending, province: (code) => known[code] || null };
}

test("one incident stands alone, several at a place are a stack with their kinds", () => {
  const answer = points({ kind: 2, lat: 0 }, { lon: 10 }, { lon: 10, kind: 2 }, { lon: 10, kind: 2 });
  const [heavy, single] = build(answer, SCALE, THEME);
  assert.deepEqual([heavy.n, heavy.single, heavy.kinds, heavy.members], [3, false, [1, 0, 2], [1, 2, 3]]);
  assert.deepEqual([single.n, single.single, [...single.ids]], [1, true, ["i0"]]);
  assert.ok(Math.abs(heavy.x - lonToUnit(10)) < 1e-9);
});

test("a stack knows how many of it certainly fit, each incident once", () => {
  const rows = [{ kind: 2 }, { kind: 2, certain: 0 }, { id: "a" }, { id: "a" }, { certain: 0 }];
  const [mark] = build(points(...rows.map((row) => ({ lon: 10, ...row }))), SCALE, THEME);
  assert.deepEqual([mark.certain, mark.n, mark.certainKinds, mark.kinds], [2, 4, [1, 0, 1], [2, 0, 2]]);
  const [alone] = build(points({ certain: 0 }), SCALE, THEME);
  assert.deepEqual([alone.certain, alone.n, alone.single], [0, 1, true]);
});

test("a number is never too small to be read, and takes more room than its disc where it is wide", () => {
  const few = numberOf({ r: 13, n: 2, certain: 2 });
  const many = numberOf({ r: 14, n: 19, certain: 15 });
  assert.deepEqual([few.text, few.size, many.text, many.size], ["2", 14, "15–19", 9.5]);
  assert.ok(few.width < 26 && many.width > 28);
  const boxes = [];
  const [mark] = build(points(...Array.from({ length: 19 }, (_, i) => ({ lon: 10, certain: Number(i < 15) }))),
    SCALE, THEME);
  occupy([mark], VIEW, [{ add: (box) => boxes.push(box) }]);
  const [[west, , east]] = boxes;
  assert.ok(east - west > many.width);
});

test("names keep clear of the ring of what is selected, too", () => {
  const [mark] = build(points({}), SCALE, THEME);
  const reach = (selected) => {
    const boxes = [];
    occupy([mark], VIEW, [{ add: (box) => boxes.push(box) }], selected);
    return (boxes[0][2] - boxes[0][0]) / 2;
  };
  assert.deepEqual([null, "another", "i0"].map(reach).map((half) => half - mark.r), [1, 1, 8]);
});

test("names keep clear of the sign at the corner of a symbol", () => {
  const east = (status) => {
    const boxes = [];
    const [mark] = build(points({ status }), SCALE, THEME);
    occupy([mark], VIEW, [{ add: (box) => boxes.push(box) }]);
    return Math.max(...boxes.map((box) => box[2] - mark.x * SCALE));
  };
  const status = (id) => THEME.statuses.findIndex((one) => one.id === id);
  assert.deepEqual(["carried out", "foiled", "disputed", "claimed only"].map(status).map(east).map(Math.round),
    [10, 10, 18, 18]);
});

test("an incident at several places of one stack counts once", () => {
  const [mark] = build(points({ id: "a", lon: 10 }, { id: "a", lon: 10.01 }), SCALE, THEME);
  assert.deepEqual([mark.n, mark.single, mark.kinds], [1, true, [1]]);
});

test("a mark at the edge of the map is whole, and has no ring around a place that is not there", () => {
  const answer = points({ lat: 89.9, precision: 3 }, { lat: -90, lon: 0, precision: 3 }, { lon: 0, precision: 3 });
  for (const mark of build(answer, SCALE, THEME)) {
    assert.ok(mark.y * SCALE >= mark.r && mark.y * SCALE <= SCALE - mark.r);
  }
  const { rings } = precisionShapes(answer, THEME, basemap());
  assert.equal(rings.length, 1);
});

test("clusters keep their numbers and kinds", () => {
  const cells = { mode: "clusters", total: 12, x: [WORLD / 2], y: [WORLD / 2], n: [12], kinds: [[0, 12]], cell: 24,
    certain: [[0, 9]] };
  const [mark] = build(cells, SCALE, THEME);
  assert.deepEqual([mark.n, mark.cluster, mark.kinds, mark.x], [12, true, [0, 12], 0.5]);
  assert.deepEqual([mark.certain, mark.certainKinds], [9, [0, 9]]);
});

test("only what is known to no place is marked as an area", () => {
  const areaOf = (...rows) => build(points(...rows.map((row) => ({ lon: 10, ...row }))), SCALE, THEME)[0];
  assert.equal(areaOf({ precision: 4 }).area, true);
  assert.equal(areaOf({ precision: 3 }).area, false);
  assert.equal(areaOf({ precision: 3 }).ring, true);
  assert.equal(areaOf({ precision: 4 }, { precision: 3 }).area, true);
  assert.equal(areaOf({ precision: 4 }, { precision: 0 }).area, false);
  const open = THEME.precisions.findIndex((one) => one.id === "not stated");
  assert.equal(areaOf({ precision: open }).assumed, true);
  assert.equal(areaOf({ precision: open }, { precision: open }).area, false);
});

test("each ring is drawn once, and another radius is another ring", () => {
  const here = { lon: 10, lat: 30, precision: 3 };
  const shapes = (...rows) => precisionShapes(points(...rows), THEME, basemap());
  const ring = (radius_km) => ({ ...here, radius_km });
  assert.equal(shapes(ring(30), ring(30), ring(30)).rings.length, 1);
  assert.equal(shapes(ring(30), ring(40)).rings.length, 2);
  assert.equal(shapes(ring(30), { ...ring(30), lon: 11 }).rings.length, 2);
  assert.equal(shapes({ precision: 0 }, { precision: 7 }).rings.length, 0);
});

/** Widths of the rings of one place that is known so well, in units. */
function widths(id, radius_km) {
  const precision = THEME.precisions.findIndex((one) => one.id === id);
  const { rings } = precisionShapes(points({ precision, radius_km }), THEME, basemap());
  return rings.map(({ box }) => (box[2] - box[0]).toFixed(9));
}

test("a ring has the record's radius, a usual one where it gives none, and none at 0 km", () => {
  const across = (radius) => {
    const { box } = groundCircle(60, 30, radius);
    return (box[2] - box[0]).toFixed(9);
  };
  assert.deepEqual(widths("district", 60), [across(60)]);
  assert.deepEqual(widths("near settlement", null), [across(10)]);
  assert.deepEqual(widths("province", null), [across(80)]);
  assert.deepEqual(widths("near settlement", 0), []);
  assert.deepEqual(widths("site", 3), []);
});

test("a ring around a point that nobody says how exact it is bounds nothing", () => {
  const precision = THEME.precisions.findIndex((one) => one.id === "not stated");
  const { rings, assumed } = precisionShapes(points({ precision, radius_km: null }), THEME, basemap());
  assert.equal(rings.length, 0);
  assert.equal(assumed.length, 1);
  assert.deepEqual(assumed[0].box, groundCircle(60, 30, 15).box);
});

test("a province is shaded once; one without an outline is a ring, unless outlines may still come", () => {
  const row = { precision: 4, province: "AF.31", radius_km: 80 };
  const answer = points(row, row, { ...row, province: "XX.00" });
  const outline = { parts: [], box: [] };
  assert.deepEqual(precisionShapes(answer, THEME, basemap({ "AF.31": outline })).tints, [outline]);
  assert.equal(precisionShapes(answer, THEME, basemap({ "AF.31": outline })).rings.length, 1);
  const early = precisionShapes(answer, THEME, basemap({}, true));
  assert.deepEqual(early, { rings: [], assumed: [], tints: [], unmet: true });
});

test("clusters have no rings", () => {
  const none = { rings: [], assumed: [], tints: [], unmet: false };
  assert.deepEqual(precisionShapes({ mode: "clusters" }, THEME, basemap()), none);
});

test("the nearest mark under the pointer is found", () => {
  const marks = build(points({ lon: 10 }, { lon: 11 }), SCALE, THEME);
  const [x, y] = [lonToUnit(10) * SCALE, latToUnit(30) * SCALE];
  assert.deepEqual([...markAt(marks, VIEW, x + 8, y, 3).ids], ["i0"]);
  assert.deepEqual([...markAt(marks, VIEW, x + 14, y, 3).ids], ["i1"]);
  assert.equal(markAt(marks, VIEW, x, y + 13, 3), null);
});

test("the list of a stack names each incident once, in the answer's order", () => {
  const answer = points({ lon: 10 }, { lon: 10, id: "a" }, { lon: 10.001, id: "a" }, { lon: 10 });
  const [mark] = build(answer, SCALE, THEME);
  assert.deepEqual(entriesOf(mark, answer).map(({ id }) => id), ["i0", "a", "i3"]);
  assert.deepEqual(Object.keys(entriesOf(mark, answer)[0]), ["id", "title", "date", "kind", "status", "certain"]);
  const [west, , east] = extentOf(mark, answer);
  assert.deepEqual([west, east].map((unit) => Math.round(unit * 360e3 - 180e3)), [10000, 10001]);
});
