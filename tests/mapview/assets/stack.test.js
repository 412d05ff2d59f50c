// Symbols that would overlap become one stack, and none is lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { stack } from "../../../mapview/assets/stack.js";
import { discRadius } from "../../../mapview/assets/symbols.js";

const RULE = { limit: 20, radius: (n) => discRadius(n) };

/** Places of 1,500 symbols, half of them in a crowd; the same for the same seed. */
function crowd(seed) {
  let state = seed;
  const random = () => (state = (state * 16807) % 2147483647) / 2147483647;
  const [xs, ys] = [[], []];
  for (let i = 0; i < 1500; i += 1) {
    const crowded = random() < 0.5;
    xs.push(crowded ? 300 + Math.floor(random() * 4) * 11 : random() * 1400);
    ys.push(crowded ? 300 : random() * 900);
  }
  return [xs, ys];
}

for (const seed of [1, 77, 4242]) {
  test(`stacks never touch and lose no incident (${seed})`, () => {
    const stacks = stack(...crowd(seed), RULE);
    const members = stacks.flatMap((one) => one.members).sort((a, b) => a - b);
    assert.deepEqual(members, Array.from({ length: 1500 }, (_, i) => i));
    assert.ok(stacks.every(({ n, members: own }) => n === own.length));
    stacks.forEach((one, i) => stacks.slice(0, i).forEach((other) => {
      const gap = Math.hypot(one.x - other.x, one.y - other.y);
      assert.ok(gap >= Math.max(20, RULE.radius(one.n) + RULE.radius(other.n)) - 1e-6);
    }));
  });
}

test("a stack stands at its heaviest place and counts what each entry stands for", () => {
  const [one, ...others] = stack([0, 5, 0], [0, 0, 0], { ...RULE, weights: [2, 40, 3] });
  assert.deepEqual(others, []);
  assert.deepEqual([one.x, one.y, one.n], [5, 0, 45]);
  assert.deepEqual(one.members, [1, 0, 2]);
});

test("the same place is one stack, whatever the order", () => {
  const xs = [7, 100, 7, 7];
  const forwards = stack(xs, [3, 3, 3, 3], RULE);
  assert.deepEqual(forwards.map(({ x, n }) => [x, n]), [[7, 3], [100, 1]]);
  assert.deepEqual(stack([...xs].reverse(), [3, 3, 3, 3], RULE).map(({ x, n }) => [x, n]), [[7, 3], [100, 1]]);
});

test("nothing makes no stack", () => assert.deepEqual(stack([], [], RULE), []));
