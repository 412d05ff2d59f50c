// Owns opening the ground of the viewer, whose arcs come as one row of letters: in_rows of briefing/page/basemap.py.

/**
 * @import { Topology } from "../topology.js"
 * @typedef {Omit<Topology, "arcs"> & { arcs: { lengths: string, steps: string } }} InRows
 */

const [LETTER, BACKSLASH] = [35, 92];
/** Numbers that are a letter each. @param {string} letters */
const numbers = (letters) => Array.from({ length: letters.length }, (_, i) => {
  const letter = letters.charCodeAt(i);
  const code = letter - LETTER - Number(letter > BACKSLASH);
  return code % 2 ? -(code + 1) / 2 : code / 2;
});

/** A topology whose arcs stand apart again. @param {InRows} packed @returns {Topology} */
function apart(packed) {
  const [lengths, steps] = [numbers(packed.arcs.lengths), numbers(packed.arcs.steps)];
  let [at, x, y] = [0, 0, 0];
  const arcs = lengths.map((length) => Array.from({ length }, (_, i) => {
    const [dx, dy] = [steps[at], steps[at + 1]];
    [at, x, y] = [at + 2, x + dx, y + dy];
    return i ? [dx, dy] : [x, y];
  }));
  return { ...packed, arcs };
}

export { apart };
