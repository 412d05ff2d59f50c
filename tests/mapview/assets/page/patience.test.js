// A question without an answer is asked again until there is one, and all others wait for it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FeedError } from "../../../../mapview/assets/feed.js";
import { LATE, Latest, Patience } from "../../../../mapview/assets/page/patience.js";

/** Wait, however busy the machine is. @param {() => boolean} isSo */
async function until(isSo) {
  while (!isSo()) await new Promise((resolve) => { setTimeout(resolve, 1); });
}

/** A patience that notes when it begins and ends to wait. */
function noted() {
  const patience = new Patience(1);
  /** @type {boolean[]} */
  const changes = [];
  patience.onChange = (told) => changes.push(told !== "");
  return { patience, changes };
}

test("an answer that is there is given at once", async () => {
  const { patience, changes } = noted();
  assert.equal(await patience.ask(async () => 7), 7);
  assert.deepEqual(changes, []);
});

test("questions are answered once somebody answers, and only one is asked meanwhile", async () => {
  const { patience, changes } = noted();
  let isAway = true;
  /** @type {number[]} */
  const asked = [];
  const question = (/** @type {number} */ n) => async () => {
    asked.push(n);
    if (isAway) throw new FeedError("not now", true);
    return n;
  };
  const answers = Promise.all([1, 2, 3].map((n) => patience.ask(question(n))));
  await until(() => asked.length > 4);
  assert.deepEqual(asked.slice(0, 3), [1, 2, 3]);
  assert.deepEqual(new Set(asked.slice(3)), new Set([1]));
  assert.deepEqual(changes, [true]);
  isAway = false;
  assert.deepEqual(await answers, [1, 2, 3]);
  assert.deepEqual(changes, [true, false]);
  assert.equal(await patience.ask(question(4)), 4);
});

test("what will never be answered is said at once, also to those who wait", async () => {
  const { patience, changes } = noted();
  const other = new FeedError("the data have changed", false);
  await assert.rejects(patience.ask(async () => { throw other; }), other);
  const errors = [new FeedError("not now", true), other, other];
  await assert.rejects(patience.ask(async () => { throw errors.shift(); }), other);
  assert.deepEqual(changes, [true, false]);
});

test("an answer that takes longer is said to, until all that do are there", async () => {
  const patience = new Patience(1, 5);
  /** @type {string[]} */
  const told = [];
  patience.onChange = (one) => told.push(one);
  /** @type {(() => void)[]} */
  const answer = [];
  const question = () => new Promise((resolve) => { answer.push(() => resolve(7)); });
  const answers = [patience.ask(question)];
  await until(() => told.length > 0);
  // What is shown by now may be of another question, so that it is told of each.
  answers.push(patience.ask(question));
  await until(() => told.length > 1);
  answer[0]();
  assert.equal(await answers[0], 7);
  assert.deepEqual(told, [LATE, LATE]);
  answer[1]();
  await answers[1];
  assert.deepEqual(told, [LATE, LATE, ""]);
});

/** A program that answers when it is told to, and notes what it is asked. */
function slow() {
  /** @type {string[]} */
  const asked = [];
  /** @type {{ resolve: (text: string) => void, reject: (error: Error) => void }[]} */
  const waiting = [];
  const latest = new Latest((/** @type {string} */ text) => {
    asked.push(text);
    return new Promise((resolve, reject) => { waiting.push({ resolve, reject }); });
  });
  return { latest, asked, waiting };
}

const soon = () => new Promise((resolve) => { setTimeout(resolve, 1); });

test("one question is asked at a time, the same once, and of those that wait the last alone", async () => {
  const { latest, asked, waiting } = slow();
  /** @type {string[]} */
  const told = [];
  for (const text of ["a", "a", "b", "c"]) latest.ask(text).then((answer) => told.push(answer));
  await soon();
  assert.deepEqual(asked, ["a"]);
  waiting[0].resolve("of a");
  await soon();
  assert.deepEqual([asked, told], [["a", "c"], ["of a", "of a"]]);
  waiting[1].resolve("of c");
  await soon();
  latest.ask("d").then((answer) => told.push(answer));
  waiting[2].resolve("of d");
  await soon();
  assert.deepEqual([asked, told], [["a", "c", "d"], ["of a", "of a", "of c", "of d"]]);
});

test("after a question that fails the next is asked", async () => {
  const { latest, asked, waiting } = slow();
  const failed = assert.rejects(latest.ask("a"), /gone/);
  const next = latest.ask("b");
  waiting[0].reject(new Error("gone"));
  await failed;
  await soon();
  waiting[1].resolve("of b");
  assert.deepEqual([await next, asked], ["of b", ["a", "b"]]);
});
