// Helps tests of what is drawn: a pen that notes what it is told, and numbers that are near.
import assert from "node:assert/strict";

/** Fail unless two numbers are near each other. */
export function near(got, wanted, by) {
  assert.ok(Math.abs(got - wanted) <= by, `${got} must be within ${by} of ${wanted}`);
}

/** A canvas's context that notes its path, and measures text as six pixels a letter. */
export function pen() {
  const path = [];
  const note = (name) => (...at) => path.push([name, ...at]);
  return {
    path, moveTo: note("moveTo"), lineTo: note("lineTo"),
    measureText: (text) => ({ width: text.length * 6 }),
  };
}
