// Owns reading TopoJSON: arcs to web-mercator units, features to outlines and lines.
import { lonToUnit, latToUnit, outline, boxOf } from "./geometry.js";

/** Decode the shared arcs, quantised (delta-coded) or plain. */
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

const geometriesOf = (topology, name) => {
  const object = topology.objects[name];
  if (!object) return [];
  return object.type === "GeometryCollection" ? object.geometries : [object];
};

/** The arc that an index means: -1 is arc 0 backwards. */
const arcOf = (index) => (index < 0 ? -1 - index : index);

/** Join arcs (negative index: backwards) into one run, shared ends once. */
function join(arcs, indexes) {
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

/** Polygons of an object: [{properties, shape}]. */
function polygons(topology, arcs, name) {
  return geometriesOf(topology, name).filter((g) => g.arcs).map((geometry) => {
    const all = geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs;
    const shape = outline(all.flat().map((ring) => join(arcs, ring)));
    return { properties: geometry.properties || {}, shape };
  });
}

/** Lines of an object: [{properties, coords, box}], one entry a part. */
function lines(topology, arcs, name) {
  return geometriesOf(topology, name).filter((g) => g.arcs).flatMap((geometry) => {
    const parts = geometry.type === "LineString" ? [geometry.arcs] : geometry.arcs;
    return parts.map((part) => {
      const coords = join(arcs, part);
      return { properties: geometry.properties || {}, coords, box: boxOf(coords) };
    });
  });
}

/** Leave out the straight edges that only come from cutting the world open. */
function splitAtEdge(coords) {
  const onEdge = (i) => coords[i] < 1e-5 || coords[i] > 1 - 1e-5 || coords[i + 1] > 1 - 1e-5;
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

/** Arcs that bound only one polygon of an object: its coast. */
function coast(topology, arcs, name) {
  const uses = new Uint16Array(arcs.length);
  for (const geometry of geometriesOf(topology, name)) {
    for (const index of (geometry.arcs || []).flat(3)) uses[arcOf(index)] += 1;
  }
  return arcs
    .filter((arc, i) => uses[i] === 1)
    .flatMap(splitAtEdge)
    .map((coords) => ({ properties: {}, coords, box: boxOf(coords) }));
}

export { decodeArcs, polygons, lines, coast };
