// Owns opening the ground of the viewer, whose arcs come as one row of numbers: in_rows of briefing/page/basemap.py.

/**
 * @import { Topology } from "../topology.js"
 * @typedef {Omit<Topology, "arcs"> & { arcs: { lengths: number[], steps: number[] } }} InRows
 */

/** A topology whose arcs stand apart again. @param {InRows} packed @returns {Topology} */
function apart(packed) {
  const { lengths, steps } = packed.arcs;
  let [at, x, y] = [0, 0, 0];
  const arcs = lengths.map((length) => Array.from({ length }, (_, i) => {
    const [dx, dy] = [steps[at], steps[at + 1]];
    [at, x, y] = [at + 2, x + dx, y + dy];
    return i ? [dx, dy] : [x, y];
  }));
  return { ...packed, arcs };
}

export { apart };
