// Owns reading TopoJSON: arcs to web-mercator units, features to outlines and lines.
import { lonToUnit, latToUnit, outline, boxOf } from "./geometry.js";

/**
 * @import { Coords } from "./geometry.js"
 * @typedef {Record<string, string | number>} Properties
 * @typedef {{
 *   type: string | null, arcs?: any[], geometries?: Geometry[], properties?: Properties,
 * }} Geometry arcs are nested as deep as the type says
 * @typedef {{
 *   objects: Record<string, Geometry>, arcs: number[][][],
 *   transform?: { scale: number[], translate: number[] },
 * }} Topology
 */

/** Decode the shared arcs, quantised (delta-coded) or plain. @param {Topology} topology */
function decodeArcs(topology) {
  const { transform } = topology;
  const [kx, ky] = transform ? transform.scale : [1, 1];
  const [dx, dy] = transform ? transform.translate : [0, 0];
  return topology.arcs.map((arc) => {
    const coords = new Float64Array(arc.length * 2);
    let x = 0;
    let y = 0;
    arc.forEach((position, i) => {
      x = transform ? x + position[0] : position[0];
      y = transform ? y + position[1] : position[1];
      coords[i * 2] = lonToUnit(x * kx + dx);
      coords[i * 2 + 1] = latToUnit(y * ky + dy);
    });
    return coords;
  });
}

/** The geometries of an object that have a place. @param {Topology} topology @param {string} name */
function geometriesOf(topology, name) {
  const object = topology.objects[name];
  if (!object) return [];
  const all = object.type === "GeometryCollection" ? object.geometries ?? [] : [object];
  return all.flatMap(({ arcs, type, properties = {} }) => (arcs ? [{ arcs, type, properties }] : []));
}

/** The arc that an index means: -1 is arc 0 backwards. @param {number} index */
const arcOf = (index) => (index < 0 ? -1 - index : index);

/**
 * Join arcs (negative index: backwards) into one run, shared ends once.
 * @param {Coords[]} arcs @param {number[]} indexes
 */
function join(arcs, indexes) {
  /** @type {number[]} */
  const out = [];
  for (const index of indexes) {
    const arc = arcs[arcOf(index)];
    const points = arc.length / 2;
    for (let i = out.length ? 1 : 0; i < points; i += 1) {
      const at = (index < 0 ? points - 1 - i : i) * 2;
      out.push(arc[at], arc[at + 1]);
    }
  }
  return Float64Array.from(out);
}

/** Polygons of an object. @param {Topology} topology @param {Coords[]} arcs @param {string} name */
function polygons(topology, arcs, name) {
  return geometriesOf(topology, name).map((geometry) => {
    const all = geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs;
    const shape = outline(all.flat().map((ring) => join(arcs, ring)));
    return { properties: geometry.properties, shape };
  });
}

/** @typedef {ReturnType<typeof lineOf>} Line */
const lineOf = (/** @type {Coords} */ coords, /** @type {Properties} */ properties = {}) => ({
  properties, coords, box: boxOf(coords) });

/**
 * Lines of an object, one entry a part.
 * @param {Topology} topology @param {Coords[]} arcs @param {string} name
 */
function lines(topology, arcs, name) {
  return geometriesOf(topology, name).flatMap((geometry) => {
    const parts = geometry.type === "LineString" ? [geometry.arcs] : geometry.arcs;
    return parts.map((part) => lineOf(join(arcs, part), geometry.properties));
  });
}

/** Leave out the straight edges that only come from cutting the world open. @param {Coords} coords */
function splitAtEdge(coords) {
  const onEdge = (/** @type {number} */ i) => coords[i] < 1e-5 || coords[i] > 1 - 1e-5 || coords[i + 1] > 1 - 1e-5;
  const runs = [];
  let run = [coords[0], coords[1]];
  for (let i = 2; i < coords.length; i += 2) {
    if (onEdge(i) && onEdge(i - 2)) {
      if (run.length > 2) runs.push(run);
      run = [];
    }
    run.push(coords[i], coords[i + 1]);
  }
  if (run.length > 2) runs.push(run);
  return runs.map((r) => Float64Array.from(r));
}

/**
 * Arcs that bound only one polygon of an object: its coast.
 * @param {Topology} topology @param {Coords[]} arcs @param {string} name
 */
function coast(topology, arcs, name) {
  const uses = new Uint16Array(arcs.length);
  for (const geometry of geometriesOf(topology, name)) {
    for (const index of geometry.arcs.flat(3)) uses[arcOf(index)] += 1;
  }
  return arcs
    .filter((arc, i) => uses[i] === 1)
    .flatMap(splitAtEdge)
    .map((coords) => lineOf(coords));
}

export { decodeArcs, polygons, lines, coast };
