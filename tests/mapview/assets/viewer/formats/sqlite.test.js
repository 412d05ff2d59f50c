// Columns of a table of SQLite, by the words that it was made with.
import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsOf } from "../../../../../mapview/assets/viewer/formats/sqlite.js";

const CASES = [
  ["CREATE TABLE a (b, c TEXT)", ["b", "c"], -1],
  ["CREATE TABLE \"a\" ( \"fid\" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, \"geom\" POINT)", ["fid", "geom"], 0],
  ["create table a ([x, y] text, `b` decimal(3, 4), \"q\"\"q\" text default 'a,b')", ["x, y", "b", "q\"q"], -1],
  ["CREATE TABLE a (b INT, \"id\" integer primary key, CONSTRAINT c UNIQUE (b, id))", ["b", "id"], 1],
  ["CREATE TABLE a (b TEXT, PRIMARY KEY (b))", ["b"], -1],
];

for (const [sql, columns, alias] of CASES) {
  test(sql, () => assert.deepEqual(columnsOf(sql), { columns, alias }));
}

test("a table without numbers of rows is refused", () => {
  assert.throws(() => columnsOf("CREATE TABLE a (b PRIMARY KEY) WITHOUT ROWID"));
});
