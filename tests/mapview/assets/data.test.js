// Asking for what the view needs, once, and keeping the last good answer.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Data, contains, merge } from "../../../mapview/assets/data.js";
import { FeedError, UNREACHABLE } from "../../../mapview/assets/feed.js";

const VIEW = { left: 400, top: 400, width: 200, height: 200, zoom: 2, scale: 1000 };
const BOX = [0.4, 0.4, 0.6, 0.6];
const STATE = { filter: "", version: "1" };

test("a box contains the view up to each of its edges", () => {
  assert.equal(contains(BOX, VIEW), true);
  for (const edge of [{ left: 399 }, { left: 401 }, { top: 399 }, { top: 401 }]) {
    assert.equal(contains(BOX, { ...VIEW, ...edge }), false, JSON.stringify(edge));
  }
});

test("beyond the north and south of the map there is nothing to ask for", () => {
  assert.equal(contains([0, 0, 1, 0.2], { ...VIEW, top: -50 }), true);
  assert.equal(contains([0, 0.9, 1, 1], { ...VIEW, top: 900 }), true);
});

test("the same part of another world is contained too", () => {
  for (const worlds of [-2, -1, 1, 2]) {
    assert.equal(contains(BOX, { ...VIEW, left: 410 + worlds * 1000, width: 180 }), true);
  }
  assert.equal(contains([0, 0.4, 1, 0.6], { ...VIEW, left: 12345 }), true);
});

function points(...ids) {
  const column = (value) => ids.map(() => value);
  return {
    mode: "points", version: "1", total: ids.length, id: ids, x: column(1), y: column(2), kind: column(2),
    status: column(0), precision: column(0), radius_km: column(null), province: column(null),
    title: column(""), date: column(""), certain: ids.map((id) => Number(id !== "b")),
  };
}

const CLUSTERS = {
  mode: "clusters", version: "1", total: 5, x: [7], y: [8], n: [5], kinds: [[1, 4]], certain: [[0, 3]], cell: 20,
};

test("both sides of the date line become one answer", () => {
  const both = merge([points("a"), points("b", "c")]);
  assert.deepEqual([both.mode, both.total, both.id, both.kind], ["points", 3, ["a", "b", "c"], [2, 2, 2]]);
  assert.deepEqual(both.certain, [1, 0, 1]);
  assert.equal(merge([CLUSTERS]), CLUSTERS);
});

test("points beside clusters become clusters of one", () => {
  const both = merge([points("a", "b"), CLUSTERS]);
  assert.deepEqual([both.mode, both.total, both.n, both.cell], ["clusters", 7, [1, 1, 5], 20]);
  assert.deepEqual(both.kinds, [[0, 0, 1], [0, 0, 1], [1, 4]]);
  assert.deepEqual(both.certain, [[0, 0, 1], [], [0, 3]]);
});

/** A feed whose answers come when the test says so. */
function slowFeed() {
  const asked = [];
  const ask = (what) => (request, signal) => new Promise((resolve, reject) => {
    asked.push({ what, request, signal, resolve, reject });
    if (signal) signal.addEventListener("abort", () => reject(new DOMException("off", "AbortError")));
  });
  return { asked, view: ask("view"), areas: ask("areas"), list: ask("list") };
}

function watched(feed) {
  const seen = { data: 0, errors: [] };
  const data = new Data(feed, { onData: () => { seen.data += 1; }, onError: (error) => seen.errors.push(error) });
  return { data, seen };
}

const settled = () => new Promise((done) => { setTimeout(done, 0); });

async function answered(feed, data, view = VIEW, state = STATE) {
  const before = feed.asked.length;
  data.want(view, state);
  for (const { what, resolve } of feed.asked.slice(before)) {
    resolve(what === "view" ? points("a") : { areas: [{ id: "area" }], unplaced: { AF: [1, 2] } });
  }
  await settled();
  return feed.asked.slice(before).map(({ what }) => what);
}

test("what is here is not asked for again", async () => {
  const feed = slowFeed();
  const { data, seen } = watched(feed);
  assert.deepEqual(await answered(feed, data), ["view", "areas"]);
  assert.deepEqual([data.answer.id, data.areas, seen], [["a"], [{ id: "area" }], { data: 1, errors: [null] }]);
  assert.deepEqual(data.beside.unplaced, { AF: [1, 2] });
  assert.deepEqual(await answered(feed, data), []);
  assert.deepEqual(await answered(feed, data, { ...VIEW, left: 410 }), []);
  assert.deepEqual(await answered(feed, data, { ...VIEW, zoom: 3, scale: 2000 }), ["view"]);
  assert.deepEqual(await answered(feed, data, VIEW, { ...STATE, filter: "type=arson" }), ["view", "areas"]);
  assert.deepEqual(await answered(feed, data, VIEW, { filter: "type=arson", version: "2" }), ["view", "areas"]);
});

test("what is on its way is not asked for again, and what came too late is dropped", async () => {
  const feed = slowFeed();
  const { data, seen } = watched(feed);
  data.want(VIEW, STATE);
  data.want(VIEW, STATE);
  assert.equal(feed.asked.length, 2);
  data.want(VIEW, { ...STATE, filter: "type=arson" });
  assert.equal(feed.asked[0].signal.aborted, true);
  const none = { areas: [], unplaced: {} };
  for (const { what, resolve } of feed.asked.slice(2)) resolve(what === "view" ? points("b") : none);
  await settled();
  assert.deepEqual([data.answer.id, seen.data, seen.errors], [["b"], 1, [null]]);
});

test("coming back to what is here calls off what is on its way", async () => {
  const feed = slowFeed();
  const { data } = watched(feed);
  await answered(feed, data);
  data.want({ ...VIEW, zoom: 3, scale: 2000 }, STATE);
  data.want(VIEW, STATE);
  await settled();
  assert.equal(feed.asked.at(-1).signal.aborted, true);
  assert.deepEqual([data.pending, data.answer.id], [null, ["a"]]);
});

test("a fault is told and the last good answer stays", async () => {
  const feed = slowFeed();
  const { data, seen } = watched(feed);
  await answered(feed, data);
  for (const [fault, sentence] of [
    [new FeedError("no such type", false), "no such type"], [new TypeError("x"), UNREACHABLE],
  ]) {
    data.want(VIEW, { ...STATE, filter: sentence });
    feed.asked.at(-1).reject(fault);
    await settled();
    assert.deepEqual([seen.errors.at(-1).message, data.answer.id, seen.data], [sentence, ["a"], 1]);
  }
});

test("the list of a cluster is that of its cells", async () => {
  const feed = slowFeed();
  const { data } = watched(feed);
  data.answer = { ...CLUSTERS, x: [5, 6, 2 ** 20 + 1], y: [5, 6, 3] };
  data.shown = { state: STATE };
  const list = data.list([0, 1, 2]);
  const size = 2 ** 20;
  assert.deepEqual(feed.asked.map(({ request }) => request.box), [[0, 0, size, size], [size, 0, 2 * size, size]]);
  feed.asked.forEach(({ resolve }, i) => resolve({
    id: [`i${i}`], title: ["t"], date: ["d"], kind: [1], status: [0], certain: [i], more: [2 * i, 3 * i] }));
  assert.deepEqual(await list, {
    entries: ["i0", "i1"].map((id) => ({
      id, title: "t", date: "d", kind: 1, status: 0, certain: id === "i1" })),
    more: [2, 3] });
});
