// Owns the map's arithmetic: web-mercator positions, ground circles, tracing on a canvas.
// Positions inside the layer are "units": x and y in 0..1 across the world, y down.
import { cartography } from "./cartography.js";

const { radius_km: EARTH_RADIUS_KM, last_latitude: LAST_LATITUDE, world_bits: WORLD_BITS } = cartography.earth;
/** Width of the world in the integers that the feeds speak. */
const WORLD = 2 ** WORLD_BITS;
const MARK_PX = cartography.sizes.symbol;
const RAD = Math.PI / 180;

/**
 * Flat x, y pairs; a box [x0, y0, x1, y1]; what provinces, countries and ground circles all are.
 * @typedef {Float64Array | number[]} Coords
 * @typedef {[number, number, number, number]} Box
 * @typedef {{ parts: { coords: Coords, box: Box }[], box: Box }} Shape
 *
 * The part of the world that is shown, in world pixels; what a canvas shows, in whole worlds too,
 * and which part of the canvas is seen, clear of its edge, where it has a margin.
 * @typedef {{ left: number, top: number, width: number, height: number, scale: number }} Frame
 * @typedef {Frame & { zoom: number }} Viewport
 * @typedef {Viewport & { copies: number[], dpr: number, seen?: Box }} View
 *
 * @typedef {Pick<CanvasRenderingContext2D, "moveTo" | "lineTo">} Pen
 */

/** @param {number} lon */
const lonToUnit = (lon) => (lon + 180) / 360;

/** @param {number} lat */
function latToUnit(lat) {
  const phi = Math.max(-LAST_LATITUDE, Math.min(LAST_LATITUDE, lat)) * RAD;
  return (1 - Math.log(Math.tan(phi) + 1 / Math.cos(phi)) / Math.PI) / 2;
}

/** @param {number} x */
const unitToLon = (x) => x * 360 - 180;
/** @param {number} y */
const unitToLat = (y) => Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) / RAD;

/** Smallest box around positions. @param {Coords} coords */
function boxOf(coords) {
  /** @type {Box} */
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < coords.length; i += 2) {
    if (coords[i] < box[0]) box[0] = coords[i];
    if (coords[i] > box[2]) box[2] = coords[i];
    if (coords[i + 1] < box[1]) box[1] = coords[i + 1];
    if (coords[i + 1] > box[3]) box[3] = coords[i + 1];
  }
  return box;
}

/** Outline of rings. @param {Coords[]} rings @returns {Shape} */
function outline(rings) {
  const parts = rings.map((coords) => ({ coords, box: boxOf(coords) }));
  /** @type {Box} */
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const part of parts) {
    box[0] = Math.min(box[0], part.box[0]);
    box[1] = Math.min(box[1], part.box[1]);
    box[2] = Math.max(box[2], part.box[2]);
    box[3] = Math.max(box[3], part.box[3]);
  }
  return { parts, box };
}

/**
 * Circle of true ground distance around a place (great-circle destination formula).
 * @param {number} lon @param {number} lat degrees
 * @param {number} radiusKm
 * @returns an outline in units
 */
function groundCircle(lon, lat, radiusKm) {
  const steps = 96;
  const coords = new Float64Array(steps * 2);
  const angle = radiusKm / EARTH_RADIUS_KM;
  const sinLat = Math.sin(lat * RAD);
  const cosLat = Math.cos(lat * RAD);
  // Around the south pole it begins behind that, as around the north pole.
  const start = lat < 0 ? Math.PI : 0;
  for (let i = 0; i < steps; i += 1) {
    const bearing = start + (i / steps) * 2 * Math.PI;
    const sin = sinLat * Math.cos(angle) + cosLat * Math.sin(angle) * Math.cos(bearing);
    const turn = Math.atan2(
      Math.sin(bearing) * Math.sin(angle) * cosLat,
      Math.cos(angle) - sinLat * sin,
    );
    coords[i * 2] = lonToUnit(lon + turn / RAD);
    coords[i * 2 + 1] = latToUnit(Math.asin(sin) / RAD);
  }
  if (Math.abs(lat) * RAD + angle < Math.PI / 2) return outline([coords]);
  // A circle that holds a pole reaches around the world and up to the map's edge.
  const [east, west, edge] = [lonToUnit(lon + 180), lonToUnit(lon - 180), lat < 0 ? 1 : 0];
  const turns = Array.from({ length: steps - 1 }, (_, i) => [coords[i * 2 + 2], coords[i * 2 + 3]]);
  turns.sort(([x1], [x2]) => x2 - x1);
  const line = [[east, coords[1]], ...turns, [west, coords[1]]];
  return outline([[...line, [west, edge], [east, edge]].flat()]);
}

/**
 * Ground distance in units at a latitude, for small distances.
 * @param {number} km @param {number} lat
 */
const kmToUnit = (km, lat) => km / (2 * Math.PI * EARTH_RADIUS_KM * Math.cos(lat * RAD));

/** @param {Coords} coords @param {number} x @param {number} y */
function ringContains(coords, x, y) {
  let inside = false;
  for (let i = 0, j = coords.length - 2; i < coords.length; j = i, i += 2) {
    const yi = coords[i + 1];
    const yj = coords[j + 1];
    const crosses = yi > y !== yj > y;
    if (crosses && x < ((coords[j] - coords[i]) * (y - yi)) / (yj - yi) + coords[i]) {
      inside = !inside;
    }
  }
  return inside;
}

/**
 * Whether an outline covers a position, holes respected.
 * @param {Shape} shape @param {number} x @param {number} y
 */
function covers(shape, x, y) {
  let inside = false;
  for (const { coords, box } of shape.parts) {
    if (x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]) {
      if (ringContains(coords, x, y)) inside = !inside;
    }
  }
  return inside;
}

/**
 * Whether a box, moved by whole worlds, touches what the view shows.
 * @param {Box} box @param {Frame} view @param {number} copy
 */
function inView(box, view, copy) {
  const { scale, left, top, width, height } = view;
  return (
    (box[2] + copy) * scale >= left &&
    (box[0] + copy) * scale <= left + width &&
    box[3] * scale >= top &&
    box[1] * scale <= top + height
  );
}

/**
 * Add closed rings to the current path, leaving out what is finer than the screen.
 * @param {Pen} ctx @param {Shape} shape @param {Frame} view @param {number} copy
 */
function traceFill(ctx, shape, view, copy) {
  const { scale, left, top } = view;
  for (const { coords, box } of shape.parts) {
    if (!inView(box, view, copy)) continue;
    let lastX = NaN;
    let lastY = NaN;
    for (let i = 0; i < coords.length; i += 2) {
      const x = (coords[i] + copy) * scale - left;
      const y = coords[i + 1] * scale - top;
      if (i === 0) ctx.moveTo(x, y);
      else if (Math.abs(x - lastX) + Math.abs(y - lastY) < 0.7) continue;
      else ctx.lineTo(x, y);
      lastX = x;
      lastY = y;
    }
    // closePath() measures the whole path so far, which costs 0.2 s for the coasts of the world.
    ctx.lineTo((coords[0] + copy) * scale - left, coords[1] * scale - top);
  }
}

/**
 * Add a line to the current path, only where it crosses the view: dashing a line that
 * runs far outside the canvas costs seconds.
 * @param {Pen} ctx @param {Coords} coords @param {Frame} view @param {number} copy
 * @param {boolean} closed
 */
function traceLine(ctx, coords, view, copy, closed) {
  const { scale, left, top, width, height } = view;
  const margin = 4;
  const count = coords.length + (closed ? 2 : 0);
  let pen = false;
  let lastX = 0;
  let lastY = 0;
  for (let i = 0; i < count; i += 2) {
    const at = i % coords.length;
    const x = (coords[at] + copy) * scale - left;
    const y = coords[at + 1] * scale - top;
    if (i > 0) {
      const last = i + 2 >= count;
      if (!last && Math.abs(x - lastX) + Math.abs(y - lastY) < 0.8) continue;
      const outside =
        (x < -margin && lastX < -margin) || (x > width + margin && lastX > width + margin) ||
        (y < -margin && lastY < -margin) || (y > height + margin && lastY > height + margin);
      if (outside) pen = false;
      else {
        if (!pen) ctx.moveTo(lastX, lastY);
        ctx.lineTo(x, y);
        pen = true;
      }
    }
    lastX = x;
    lastY = y;
  }
}

/**
 * Outline of a shape as a line, for stroking.
 * @param {Pen} ctx @param {Shape} shape @param {Frame} view @param {number} copy
 */
function traceOutline(ctx, shape, view, copy) {
  for (const { coords, box } of shape.parts) {
    if (inView(box, view, copy)) traceLine(ctx, coords, view, copy, true);
  }
}

/** The copies of the world, counted from Greenwich's, that a view shows. @param {Frame} view */
function copiesIn(view) {
  const copies = [];
  const last = Math.floor((view.left + view.width) / view.scale);
  for (let k = Math.floor(view.left / view.scale); k <= last; k += 1) copies.push(k);
  return copies;
}

/**
 * What a view shows, in units that may lie outside 0..1 across the date line. Marks at the edge of
 * the world are drawn whole within it, so they are seen a little before the edge is.
 * @param {Frame} view @returns {Box}
 */
function visible({ left, top, width, height, scale }) {
  const bottom = top + height;
  const [y0, y1] = [top < MARK_PX ? 0 : top / scale, bottom > scale - MARK_PX ? 1 : bottom / scale];
  return width >= scale ? [0, y0, 1, y1] : [left / scale, y0, (left + width) / scale, y1];
}

export {
  EARTH_RADIUS_KM, RAD,
  WORLD, LAST_LATITUDE, lonToUnit, latToUnit, unitToLon, unitToLat, boxOf, outline, groundCircle, kmToUnit,
  covers, inView, traceFill, traceLine, traceOutline, copiesIn, visible,
};
