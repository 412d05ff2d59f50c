// Cases that Python passes too: tests/corpus/ holds them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { shortNumber } from "../../../mapview/assets/dom.js";

const corpus = (name) => (
  JSON.parse(readFileSync(new URL(`../../corpus/${name}.json`, import.meta.url), "utf8")));

test("numbers are as short as in Python", () => {
  for (const { n, short } of corpus("numbers")) assert.equal(shortNumber(n), short);
});
