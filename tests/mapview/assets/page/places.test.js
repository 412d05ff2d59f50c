// Where the state is written: what is a step to go back over, and what others do to the address.
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Around, Hash, Told } from "../../../../mapview/assets/page/places.js";

/** A page with a history, as far as the address needs one. */
function page(address = "/map") {
  const url = new URL(address, "http://localhost");
  const listeners = {};
  const done = [];
  const go = (kind) => (_, __, to) => {
    done.push([kind, to]);
    const next = new URL(to, url);
    Object.assign(one.location, { pathname: next.pathname, search: next.search, hash: next.hash });
  };
  const one = {
    location: { pathname: url.pathname, search: url.search, hash: url.hash, origin: url.origin },
    history: { state: null, pushState: go("push"), replaceState: go("replace") },
    addEventListener: (name, listener) => { listeners[name] = listener; },
    removeEventListener: (name) => { delete listeners[name]; },
    tell: (name) => listeners[name]?.(),
    done,
  };
  return one;
}

let clock = 0;
let repair = null;
let left = [];
let later = null;
beforeEach(() => {
  clock = 10_000;
  left = [];
  later = null;
  mock.method(performance, "now", () => clock);
  globalThis.window = {
    setInterval: (listener) => { repair = listener; },
    setTimeout: (listener) => { later = listener; return 1; },
    clearTimeout: () => { later = null; },
    addEventListener: (name, listener) => { if (name === "pagehide") left.push(listener); },
  };
});
afterEach(() => {
  mock.restoreAll();
  delete globalThis.window;
  delete globalThis.document;
});

test("a choice is a step to go back over, a moved map and the first state are none", () => {
  const around = page("/map?country=IR#top");
  const place = new Around(around, "one");
  assert.equal(place.read(), "country=IR");
  place.write("country=IR", true);
  place.write("country=IR&view=1,2,3", false);
  clock += 5_000;
  place.write("country=TJ", true);
  assert.deepEqual(around.done, [["replace", "/map?country=IR&view=1,2,3#top"], ["push", "/map?country=TJ#top"]]);
});

test("what follows quickly, as in a drag, is one step", () => {
  const around = page();
  const place = new Around(around, "one");
  place.write("", false);
  for (const text of ["from=2001", "from=2002", "from=2003"]) {
    clock += 100;
    place.write(text, true);
  }
  assert.deepEqual(around.done.map(([kind]) => kind), ["push", "replace", "replace"]);
});

/** Change the period as a drag does: so many frames from a year on. */
function drag(place, year, frames) {
  for (let i = 0; i < frames; i += 1) {
    place.write(`from=${year + i}`, true);
    clock += 16;
  }
}

test("in a drag the last is written, a moment later", () => {
  const around = page();
  const place = new Around(around, "one");
  place.write("", false);
  clock += 5_000;
  drag(place, 2001, 6);
  assert.deepEqual(around.done, [
    ["push", "/map?from=2001"], ["replace", "/map?from=2002"], ["replace", "/map?from=2003"]]);
  later();
  assert.deepEqual(around.done.slice(3), [["replace", "/map?from=2006"]]);
  assert.equal(later, null);
});

test("a drag that goes on is written once a second, and others do not make it more", () => {
  const around = page();
  const place = new Around(around, "one");
  place.write("", false);
  clock += 5_000;
  for (let i = 0; i < 130; i += 1) {
    place.write(`from=${2001 + i}`, true);
    if (i > 3) repair();
    clock += 16;
  }
  assert.deepEqual(around.done.map(([, to]) => to), [2001, 2002, 2003, 2066, 2129].map((one) => `/map?from=${one}`));
  later();
  assert.deepEqual(around.done.at(-1), ["replace", "/map?from=2130"]);
});

test("what waits is written before a step, and when the page is left", () => {
  const around = page();
  const place = new Around(around, "one");
  place.write("", false);
  clock += 5_000;
  for (const n of [1, 2, 3, 4, 5]) place.write(`view=${n}`, false);
  place.write("view=5&country=IR", true);
  place.write("view=6&country=IR", false);
  left.forEach((listener) => listener());
  assert.deepEqual(around.done.slice(3), [
    ["replace", "/map?view=5"], ["push", "/map?view=5&country=IR"], ["replace", "/map?view=6&country=IR"]]);
});

test("what waits is forgotten where somebody went elsewhere, or came back to what stands there", () => {
  const around = page();
  const place = new Around(around, "one");
  place.onChange(() => {});
  place.write("", false);
  clock += 5_000;
  drag(place, 2001, 4);
  assert.notEqual(later, null);
  place.write("from=2003", true);
  assert.equal(later, null);
  place.write("from=2004", true);
  around.location.search = "?country=TJ";
  around.tell("popstate");
  assert.equal(later, null);
  assert.deepEqual(around.done.at(-1), ["replace", "/map?from=2003"]);
});

test("Back is told, and its state is not written over", () => {
  const around = page("/map?country=IR");
  const place = new Around(around, "one");
  place.write("country=IR", false);
  let told = 0;
  place.onChange(() => { told += 1; });
  around.location.search = "?country=TJ";
  around.tell("popstate");
  repair();
  assert.deepEqual([told, place.read(), around.done], [1, "country=TJ", []]);
});

test("what others write into the address is put right, but on another page", () => {
  const around = page("/map");
  const place = new Around(around, "one");
  place.write("country=IR", false);
  around.location.search = "";
  repair();
  assert.equal(around.location.search, "?country=IR");
  around.location.pathname = "/about";
  around.location.search = "";
  repair();
  place.write("country=TJ", true);
  assert.equal(around.location.search, "");
});

test("who comes back from another page finds what was chosen, once", () => {
  const around = page("/map");
  const before = new Around(around, "one");
  before.write("country=IR", false);
  left.forEach((listener) => listener());
  around.location.search = "";
  assert.equal(new Around(around, "one").read(), "country=IR");
  assert.equal(new Around(around, "one").read(), "");
  // A link to something else is followed.
  before.page.mapviewLeft = { text: "country=IR", version: "one" };
  around.location.search = "?country=TJ";
  assert.equal(new Around(around, "one").read(), "country=TJ");
});

test("what was chosen of other data is not found again", () => {
  const around = page("/map");
  new Around(around, "one").write("view=1,2,3", false);
  left.forEach((listener) => listener());
  around.location.search = "";
  assert.equal(new Around(around, "two").read(), "");
});

test("a browser that forbids it is left alone, other faults are not hidden", () => {
  const around = page();
  const place = new Around(around, "one");
  place.write("", false);
  around.history.replaceState = () => { throw new DOMException("no", "SecurityError"); };
  place.write("country=IR", false);
  clock += 5_000;
  around.history.replaceState = () => { throw new TypeError("no"); };
  assert.throws(() => place.write("country=TJ", false), TypeError);
});

test("a page on disk has its state after #, and an anchor in it leaves the state as it is", () => {
  const own = page("/page.html?view=1,2,3#country=IR");
  Object.assign(globalThis.window, own);
  globalThis.document = { getElementById: (id) => (id === "group-iskp" ? {} : null) };
  const place = new Hash(false);
  assert.equal(place.read(), "country=IR&view=1%2C2%2C3");
  place.write("country=TJ", true);
  let told = 0;
  place.onChange(() => { told += 1; });
  window.location.hash = "#group-iskp";
  own.tell("hashchange");
  assert.deepEqual([told, window.location.hash], [0, "#country=TJ"]);
  window.location.hash = "#country=AF";
  own.tell("hashchange");
  assert.equal(told, 1);
});

test("a page on disk has steps to go back over, a frame none, for the page around would go back", () => {
  for (const [hasSteps, kind] of [[true, "push"], [false, "replace"]]) {
    const own = page("/page.html");
    Object.assign(globalThis.window, own);
    const place = new Hash(hasSteps);
    place.write("view=1,2,3", false);
    clock += 5_000;
    place.write("country=TJ&view=1,2,3", true);
    assert.deepEqual(own.done.map(([how]) => how), ["replace", kind]);
    let told = 0;
    place.onChange(() => { told += 1; });
    window.location.hash = "#view=1,2,3";
    own.tell("hashchange");
    assert.equal(told, 1);
  }
});

/** What a frame is told and tells. */
function framed(name) {
  const told = [];
  const parent = { postMessage: (message, to) => told.push([message, to]) };
  const listeners = [];
  const addEventListener = (_, listener) => listeners.push(listener);
  globalThis.window = { ...globalThis.window, name, parent, addEventListener };
  return { told, hear: (source, data) => listeners.forEach((listener) => listener({ source, data })), parent };
}

test("a frame in a notebook begins where its name says, and tells what changes", () => {
  const { told } = framed("country=TJ");
  const place = new Told();
  assert.equal(place.read(), "country=TJ");
  place.write("country=TJ", false);
  assert.deepEqual(told, []);
  place.write("country=IR", true);
  assert.deepEqual(told, [[{ mapviewState: "country=IR" }, "*"]]);
});

test("it goes where the page around it says, and listens to nobody else", () => {
  const { told, hear, parent } = framed("");
  const place = new Told();
  const read = [];
  place.onChange(() => read.push(place.read()));
  hear(parent, { mapviewState: "country=IR" });
  hear({}, { mapviewState: "country=AF" });
  hear(parent, { mapviewState: 7 });
  hear(parent, null);
  hear(parent, { mapviewState: "country=IR" });
  assert.deepEqual(read, ["country=IR"]);
  place.write("country=IR", false);
  assert.deepEqual(told, []);
});

test("who leaves for other data, or goes back to them, is told of once, and nothing is written any more", () => {
  const around = page("/map?country=IR&known=2026-11-01");
  const place = new Around(around, "one");
  const gone = [];
  place.onLeft = (text) => gone.push(text);
  assert.equal(place.read(), "country=IR&known=2026-11-01");
  place.onChange(() => assert.fail("the stage has no such data"));
  place.write("country=TJ&known=2026-11-01", true);
  around.done.length = 0;
  place.leave("country=TJ");
  place.write("country=TJ&known=2026-11-01", false);
  repair();
  assert.deepEqual([gone, around.done], [["country=TJ"], []]);

  const other = page("/map?known=2026-11-01");
  const back = new Around(other, "one");
  back.onLeft = (text) => gone.push(text);
  back.read();
  back.onChange(() => assert.fail("the stage has no such data"));
  other.location.search = "?country=AF";
  other.tell("popstate");
  assert.equal(gone.at(-1), "country=AF");
});
