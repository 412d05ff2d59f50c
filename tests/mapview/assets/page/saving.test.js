// Names of files that a browser makes, lines of text on a picture, and one record as data.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lines } from "../../../../mapview/assets/page/lettering.js";
import { claimWords, recordData } from "../../../../mapview/assets/page/record.js";
import { fileName } from "../../../../mapview/assets/page/saving.js";

test("a file's name says what is in it, in plain letters", () => {
  assert.equal(fileName("map", "", "", "png"), "map.png");
  const name = fileName("map", "from=2018-01-01&country=TJ", "3c72", "png");
  assert.equal(name, "map-from-2018-01-01-country-TJ-data-3c72.png");
  assert.equal(fileName("record", "../../etc/passwd\u202e", "a", "json"), "record-etc-passwd-data-a.json");
  assert.ok(fileName("map", "q=".padEnd(500, "x"), "a", "png").length < 110);
});

test("lines are no wider than there is room, and nothing is lost", () => {
  const widthOf = (text) => text.length;
  assert.deepEqual(lines(widthOf, "one two three", 7), ["one two", "three"]);
  assert.deepEqual(lines(widthOf, "abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
  assert.deepEqual(lines(widthOf, "  ", 3), []);
});

const SOURCES = [["A book, 2021", "https://example.org/"], ["A paper"], ["Not asked for"]];
const CLAIM = {
  by: "A speaker", stance: "denied", value: "it", note: "twice", source: 1, cites: [0], locator: "page 3", differs: 1,
};

test("a claim in words has its sources by number, in the order in which they are named", () => {
  const order = [];
  assert.equal(claimWords(CLAIM, order), "A speaker denied: it (twice) [1] page 3 citing [2]");
  assert.equal(claimWords({ value: "94", source: 0 }, order), "94 [2]");
  assert.deepEqual(order, [1, 0]);
});

test("a record as data stands alone, and holds no source that it does not name", () => {
  const detail = {
    id: "a", when: "2021", tolls: [["Killed", "94"]],
    claims: [{ heading: "Killed", summary: "1 source", leads: 1, claims: [CLAIM] }] };
  const data = recordData({ detail, sources: SOURCES }, "v1");
  assert.deepEqual(data, {
    id: "a", when: "2021", tolls: [["Killed", "94"]], data_version: "v1",
    claims: [{
      heading: "Killed", summary: "1 source",
      claims: [{
        by: "A speaker", stance: "denied", value: "it", note: "twice", locator: "page 3", differs: true,
        source: { cited: "A paper" }, cites: [{ cited: "A book, 2021", address: "https://example.org/" }] }],
    }],
  });
  assert.ok(!JSON.stringify(data).includes("Not asked for"));
});
