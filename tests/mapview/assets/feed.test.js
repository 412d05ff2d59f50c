// Answers from the program's routes and from data in the page, and the boxes that are asked for.
import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import {
  EmbeddedFeed, FeedError, ServerFeed, UNREACHABLE, padded, split,
} from "../../../mapview/assets/feed.js";

const WORLD = 2 ** 31;
const EVERYWHERE = [0, 0, WORLD, WORLD];

function pointsOf(n, change = {}) {
  const range = (make) => Array.from({ length: n }, (_, i) => make(i));
  return {
    id: range((i) => `p${i}`), x: range((i) => 1e9 + (i % 50) * 2e6), y: range((i) => 8e8 + i * 1e4),
    kind: range((i) => i % 3), status: range(() => 0), precision: range(() => 0),
    radius_km: range(() => null), province: range(() => null), title: range(String),
    date: range(String), day_start: range(Number), ...change,
  };
}

/** A feed whose filter is the first day that is kept; each fourth day is not certain. */
function embedded(points) {
  return new EmbeddedFeed(points, {
    kept: (filter) => ({
      isKept: (row) => points.day_start[row] >= Number(filter),
      isCertain: (row) => points.day_start[row] % 4 > 0,
    }),
    areas: (filter) => [{ id: `area of ${filter}` }],
  });
}

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

test("many points come as cells of 64 pixels, few as they are", async () => {
  const feed = embedded(pointsOf(2001));
  const all = await feed.view({ version: "1", zoom: 5, box: EVERYWHERE, filter: "0" });
  assert.deepEqual([all.mode, all.total, all.cell, all.version], ["clusters", 2001, 24, "1"]);
  assert.equal(sum(all.n), 2001);
  assert.equal(sum(all.kinds.flat()), 2001);
  assert.equal(sum(all.certain.flat()), 1500);
  assert.ok(all.n.length > 1 && all.n.length < 100);
  const fewer = await feed.view({ version: "1", zoom: 5, box: EVERYWHERE, filter: "1" });
  assert.deepEqual([fewer.mode, fewer.total, fewer.id[0]], ["points", 2000, "p1"]);
  assert.deepEqual(fewer.certain.slice(0, 5), [1, 1, 1, 0, 1]);
});

test("a cell is 64 pixels wide at its zoom, and stands in the middle of what it holds", async () => {
  const width = 2 ** 23; // 64 px of the 2 ** 31 at zoom 6, where the world is 2 ** 14 px wide
  const places = [[0, 0], [width - 1, 0], [width, 0], [width, width - 1], [width * 2, width]];
  const row = (i) => places[i % places.length];
  const n = 2005;
  const x = Array.from({ length: n }, (_, i) => row(i)[0]);
  const y = Array.from({ length: n }, (_, i) => row(i)[1]);
  const cells = await embedded(pointsOf(n, { x, y })).view({ version: "1", zoom: 6, box: EVERYWHERE, filter: "0" });
  assert.equal(cells.cell, 23);
  const found = cells.x.map((_, i) => [cells.x[i], cells.y[i], cells.n[i]]);
  assert.deepEqual(found.sort((a, b) => a[0] - b[0]), [
    [(width - 1 - 1) / 2, 0, 802], [width, (width - 2) / 2, 802], [width * 2, width, 401],
  ]);
});

test("incidents are counted once, whatever their places, in a view and in all", async () => {
  const points = pointsOf(5, {
    id: ["a", "a", "b", "c", "d"], x: [0, 9, 1, 2, 9], y: [0, 0, 0, 0, 0], day_start: [1, 1, 2, 4, 4] });
  const boxes = [[0, 0, 1, 0], [2, 0, 2, 0]];
  const counts = await embedded(points).count({ version: "1", boxes, filter: "0" });
  assert.deepEqual(counts, { inside: [2, 3], placed: [2, 4] });
});

test("a box holds its edges", async () => {
  const points = pointsOf(5, { x: [0, 1, 2, 3, 4], y: [0, 0, 0, 0, 9] });
  const answer = await embedded(points).view({ version: "1", zoom: 5, box: [1, 0, 3, 0], filter: "0" });
  assert.deepEqual(answer.id, ["p1", "p2", "p3"]);
});

test("an incident at several places counts once", async () => {
  const points = pointsOf(3, { id: ["a", "a", "b"] });
  const answer = await embedded(points).view({ version: "1", zoom: 5, box: EVERYWHERE, filter: "0" });
  assert.deepEqual([answer.id, answer.total], [["a", "a", "b"], 2]);
});

test("a list has each incident once, the newest first, and says how many are left out", async () => {
  const points = pointsOf(103, { id: Array.from({ length: 103 }, (_, i) => `p${Math.max(1, i)}`) });
  const list = await embedded(points).list({ box: EVERYWHERE, filter: "0" });
  assert.deepEqual([list.id.length, list.id[0], list.id[99], list.more], [100, "p102", "p3", [2, 2]]);
  assert.deepEqual(list.certain.slice(0, 4), [1, 1, 0, 1]);
  const equal = pointsOf(3, { day_start: [4, 4, 4], id: ["b", "a", "c"] });
  assert.deepEqual((await embedded(equal).list({ box: EVERYWHERE, filter: "0" })).id, ["c", "b", "a"]);
});

test("areas are those that the filter keeps", async () => {
  assert.deepEqual(await embedded(pointsOf(1)).areas({ filter: "7" }), [{ id: "area of 7" }]);
});

test("boxes over the date line are asked for as two", () => {
  const [eighth, quarter, half] = [WORLD / 8, WORLD / 4, WORLD / 2];
  assert.deepEqual(
    split([-0.125, 0.25, 0.125, 0.5]), [[7 * eighth, quarter, WORLD, half], [0, quarter, eighth, half]]);
  assert.deepEqual(split([1.25, 0, 1.5, 1]), [[quarter, 0, half, WORLD]]);
});

test("what is asked for is the view and 35 % around it, on a grid of 256 px", () => {
  assert.deepEqual(padded({ left: 0, top: 0, width: 1440, height: 900, scale: 1024 }, 2), [0, 0, 1, 1]);
  const view = { left: 2000, top: 3000, width: 1000, height: 500, scale: 2 ** 16 };
  assert.deepEqual(padded(view, 8), [6 / 256, 11 / 256, 14 / 256, 15 / 256]);
});

/** Answer the next requests with this. */
function reply(body, { status = 200, type = "application/json" } = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  mock.method(globalThis, "fetch", async () => new Response(text, { status, headers: { "content-type": type } }));
}

const request = { version: "1", zoom: 3, box: [1, 2, 3, 4], filter: "type=arson&q=a b" };

test("the whole filter travels in one parameter", async () => {
  reply({ areas: ["a"], id: [] });
  const feed = new ServerFeed("/api//");
  await feed.view(request);
  await feed.list(request);
  assert.deepEqual((await feed.areas(request)).areas, ["a"]);
  const asked = fetch.mock.calls.map((call) => new URL(call.arguments[0], "http://host"));
  assert.deepEqual(asked.map((url) => url.pathname), ["/api/view", "/api/list", "/api/areas"]);
  for (const url of asked) assert.equal(url.searchParams.get("f"), request.filter);
  assert.equal(asked[0].searchParams.get("b"), "1,2,3,4");
});

for (const [what, body, options, sentence, canRetry, lang] of [
  ["our sentence", { error: "f must be" }, { status: 422 }, "f must be", false, "en"],
  ["one in another language", { error: "нет", lang: "ru" }, { status: 422 }, "нет", false, "ru"],
  ["our sentence on a fault", { error: "no" }, { status: 500 }, "no", true, "en"],
  ["no sentence", { error: 7 }, { status: 404 }, UNREACHABLE, true, ""],
  ["a page", "<html>", { type: "text/html" }, UNREACHABLE, true, ""],
  ["half an answer", '{"a":', {}, UNREACHABLE, true, ""],
]) {
  test(`a refusal is a sentence: ${what}`, async () => {
    reply(body, options);
    const fault = await new ServerFeed("/api").view(request).catch((error) => error);
    assert.ok(fault instanceof FeedError);
    assert.deepEqual([fault.message, fault.canRetry, fault.lang], [sentence, canRetry, lang]);
  });
}

test("a request that was called off is no fault of the server's", async () => {
  mock.method(globalThis, "fetch", async () => { throw new DOMException("off", "AbortError"); });
  await assert.rejects(new ServerFeed("/api").view(request), { name: "AbortError" });
});

test("what the map is drawn from goes before counts, which do not wait for ever", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {Record<string, () => void>} */
  const answers = {};
  mock.method(globalThis, "fetch", (url) => new Promise((resolve) => {
    const body = new Response("{}", { headers: { "content-type": "application/json" } });
    answers[new URL(url, "http://host").pathname] = () => resolve(body);
  }));
  const passed = () => new Promise((resolve) => { setImmediate(resolve); });
  const feed = new ServerFeed("/api");
  const views = [feed.view(request), feed.areas(request)];
  const counted = feed.count({ ...request, boxes: [] });
  await passed();
  assert.deepEqual(Object.keys(answers), ["/api/view", "/api/areas"]);
  answers["/api/areas"]();
  await passed();
  assert.equal(answers["/api/within"], undefined);
  answers["/api/view"]();
  await Promise.all(views);
  await passed();
  answers["/api/within"]();
  assert.deepEqual(await counted, {});
  // Neither does a view that takes long keep anybody waiting,
  delete answers["/api/within"];
  feed.view(request);
  feed.count({ ...request, boxes: [] });
  await passed();
  assert.equal(answers["/api/within"], undefined);
  mock.timers.tick(500);
  await passed();
  assert.ok(answers["/api/within"]);
  // nor one that is called off.
  delete answers["/api/within"];
  mock.method(globalThis, "fetch", async (url) => {
    answers[new URL(url, "http://host").pathname] = () => {};
    throw new DOMException("off", "AbortError");
  });
  const other = new ServerFeed("/api");
  const off = [other.view(request), other.count({ ...request, boxes: [] })];
  for (const one of off) await assert.rejects(one, { name: "AbortError" });
  assert.ok(answers["/api/within"]);
  mock.timers.reset();
});

afterEach(() => mock.restoreAll());
