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

test("each change of the filter is taken back, a drag as one, and what is selected stays", (t) => {
  let clock = 0;
  t.mock.method(performance, "now", () => clock);
  const { state, place } = stateOf("country=AF");
  const told = [];
  state.onChange((what) => told.push(what));
  const step = (part, ms = 5_000) => {
    clock += ms;
    state.change(part);
  };
  step({ countries: ["IR"] });
  for (const from of [0, 1, 2, 3]) step({ from }, 100);
  step({ types: ["type 00"] }, 10);
  step({ types: [] }, 10); // at once, and of the same part
  state.select("a");
  step({ types: ["type 00"] });
  const back = () => [state.undo(), place.text];
  assert.deepEqual(back(), [true, "from=1970-01-04&country=IR&id=a"]);
  assert.deepEqual(back(), [true, "from=1970-01-04&country=IR&id=a"]);
  assert.deepEqual(back(), [true, "country=IR&id=a"]);
  assert.deepEqual(back(), [true, "country=AF&id=a"]);
  assert.deepEqual(back(), [false, "country=AF&id=a"]);
  assert.ok(told.every((what) => what.filter || what.selected));
});

test("no more is kept than somebody goes back over", () => {
  const { state } = stateOf("");
  for (let i = 0; i < 200; i += 1) state.change(i % 2 ? { killed: i } : { injured: i });
  assert.equal(state.past.length, 50);
});

test("charts and what is compared stand in the address, and filters can change places", () => {
  const { state, place } = stateOf("country=AF");
  state.showCharts(true);
  state.compare("before");
  assert.equal(place.text, "country=AF&charts=on&compare=before");
  state.compare("country=PK&type=type+00");
  const again = stateOf(place.text).state;
  assert.deepEqual([again.charts, again.compared, again.faults], [true, "type=type+00&country=PK", []]);
  again.swap({ ...again.filter, countries: ["PK"] });
  assert.deepEqual([again.text, again.compared], ["country=PK", "country=AF"]);
  assert.match(stateOf("compare=soon").state.faults[0], /^compare must be/);
});
