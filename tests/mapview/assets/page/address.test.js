// The state of the stage and its text: which columns a table has.
import assert from "node:assert/strict";
import { test } from "node:test";
import { State } from "../../../../mapview/assets/page/address.js";
import { PARTIES, VALUES } from "./made.js";

/** A state whose address is `text`, and what is written there. */
function stateOf(text) {
  const place = { text, read: () => place.text, write: (to) => { place.text = to; }, onChange: () => {} };
  return { place, state: new State({ ...PARTIES, ...VALUES, types: ["type 00"] }, place) };
}

const USUAL = ["date", "title", "place", "type", "killed", "injured", "who"];

test("columns are named in the address where they are not the usual ones", () => {
  const { state, place } = stateOf("panel=table");
  assert.deepEqual([...state.columns], USUAL);
  state.choose(["date", "status"]);
  assert.deepEqual(state.columns, ["date", "title", "status"]);
  assert.equal(place.text, "panel=table&columns=date,title,status");
  assert.deepEqual(stateOf(place.text).state.columns, ["date", "title", "status"]);
  state.choose(USUAL);
  assert.equal(place.text, "panel=table");
});

test("columns that there are not are left aside, and the title is always there", () => {
  assert.deepEqual(stateOf("columns=").state.columns, ["title"]);
  assert.deepEqual(stateOf("columns=id,nothing,<b>").state.columns, ["title", "id"]);
});
