// TopoJSON to outlines and lines: two squares that share an edge, quantised and plain.
import assert from "node:assert/strict";
import { test } from "node:test";
import { latToUnit, lonToUnit } from "../../../mapview/assets/geometry.js";
import { coast, decodeArcs, lines, polygons } from "../../../mapview/assets/topology.js";

const at = (...places) => places.flatMap(([lon, lat]) => [lonToUnit(lon), latToUnit(lat)]);

const SHARED = [[10, 0], [10, 10]];
const WEST = [[10, 10], [0, 10], [0, 0], [10, 0]];
const EAST = [[10, 10], [20, 10], [20, 0], [10, 0]];
const TOPOLOGY = {
  type: "Topology",
  objects: {
    countries: { type: "GeometryCollection", geometries: [
      { type: "Polygon", arcs: [[0, 1]], properties: { name: "West" } },
      { type: "MultiPolygon", arcs: [[[0, 2]]] },
      { type: null },
    ] },
    borders: { type: "LineString", arcs: [0], properties: { disputed: 1 } },
    rivers: { type: "MultiLineString", arcs: [[0], [-1]] },
  },
  arcs: [SHARED, WEST, EAST],
};

test("plain arcs become units", () => {
  const [shared] = decodeArcs(TOPOLOGY);
  assert.deepEqual([...shared], at(...SHARED));
});

test("quantised arcs are sums of steps", () => {
  const transform = { scale: [0.5, 2], translate: [1, -1] };
  const [arc] = decodeArcs({ type: "Topology", objects: {}, arcs: [[[2, 1], [4, 3], [-2, 0]]], transform });
  assert.deepEqual([...arc], at([2, 1], [4, 7], [3, 7]));
});

test("rings are joined of arcs, shared ends once, geometries without arcs left out", () => {
  const [west, east, ...others] = polygons(TOPOLOGY, decodeArcs(TOPOLOGY), "countries");
  assert.deepEqual(others, []);
  assert.deepEqual([west.properties, east.properties], [{ name: "West" }, {}]);
  assert.deepEqual([...west.shape.parts[0].coords], at([10, 0], [10, 10], [0, 10], [0, 0], [10, 0]));
  assert.deepEqual(west.shape.box, [lonToUnit(0), latToUnit(10), lonToUnit(10), latToUnit(0)]);
});

test("lines may run backwards along an arc", () => {
  const arcs = decodeArcs(TOPOLOGY);
  const [border] = lines(TOPOLOGY, arcs, "borders");
  const [there, back] = lines(TOPOLOGY, arcs, "rivers");
  assert.deepEqual([border.properties, there.properties], [{ disputed: 1 }, {}]);
  assert.deepEqual([...there.coords], at(...SHARED));
  assert.deepEqual([...back.coords], at([10, 10], [10, 0]));
  assert.deepEqual(there.box, back.box);
});

test("what is not there has nothing", () => {
  assert.deepEqual(polygons(TOPOLOGY, decodeArcs(TOPOLOGY), "lakes"), []);
});

test("the coast is what bounds one country only", () => {
  const runs = coast(TOPOLOGY, decodeArcs(TOPOLOGY), "countries");
  assert.deepEqual(runs.map(({ coords }) => [...coords]), [at(...WEST), at(...EAST)]);
});

test("the cut that opens the world is no coast", () => {
  const arcs = [[[170, 10], [180, 10], [180, -10], [170, -10]]];
  const objects = { countries: { type: "Polygon", arcs: [[0]] } };
  const runs = coast({ objects, arcs }, decodeArcs({ arcs }), "countries");
  assert.deepEqual(
    runs.map(({ coords }) => [...coords]), [at([170, 10], [180, 10]), at([180, -10], [170, -10])]);
});
