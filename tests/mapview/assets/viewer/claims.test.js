// Who says what of a record, also where a file has more sources than anybody would write.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Telling } from "../../../../mapview/assets/viewer/claims.js";

const TERMS = {
  abouts: [["fatalities", "Killed"]], figures: [], people: {}, naming: [], stances: {}, before_party: {} };
const MANY = 60_000;

/** @param {any[]} sources */
function agreementOf(sources) {
  const collected = /** @type {any} */ ({ incidents: [], areas: [], groups: [], relations: [], sources });
  const telling = new Telling(collected, /** @type {any} */ (TERMS));
  const claims = sources.map(({ id }) => ({ about: "fatalities", value: 3, source: id }));
  return telling.groupsOf(claims, () => 0, false)[0].summary;
}

test("texts that copy one another are of one family, and others of none", () => {
  const [a, b, c] = [{ id: "a", derived_from: ["b"] }, { id: "b", derived_from: ["a"] }, { id: "c" }];
  assert.equal(agreementOf([a, b, c]), "2 independent sources (3 texts, some copied from one another)");
});

test("texts that copy one another in a long line are of one family", () => {
  const name = (/** @type {number} */ i) => `s${String(MANY - i).padStart(9, "0")}`;
  const sources = Array.from({ length: MANY }, (_, i) => ({ id: name(i), derived_from: [name(i + 1)] }));
  assert.equal(agreementOf(sources), `1 independent source (${MANY} texts, some copied from one another)`);
});
