// Places as well-known text: those of maps are read, and nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromText } from "../../../../../mapview/assets/viewer/formats/wkt.js";

const CASES = [
  ["POINT (69.25 34.5)", { type: "Point", coordinates: [69.25, 34.5] }],
  ["MULTIPOINT (1 2, 3 -4)", { type: "MultiPoint", coordinates: [[1, 2], [3, -4]] }],
  ["MULTIPOINT ((1 2), (3 4))", { type: "MultiPoint", coordinates: [[1, 2], [3, 4]] }],
  ["POLYGON ((0 0, 1 0, 1 1, 0 0))", { type: "Polygon", coordinates: [[[0, 0], [1, 0], [1, 1], [0, 0]]] }],
  ["MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))", {
    type: "MultiPolygon",
    coordinates: [[[[0, 0], [1, 0], [1, 1], [0, 0]]], [[[5, 5], [6, 5], [6, 6], [5, 5]]]],
  }],
  ["POINT EMPTY", null],
  ["LINESTRING (1 2, 3 4)", null],
  ["POINT (1 2", null],
  ["<script>", null],
];

for (const [text, place] of CASES) test(text, () => assert.deepEqual(fromText(text), place));
