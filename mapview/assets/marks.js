// Owns turning an answer into marks on the map, painting them and finding them again.
import { drawLeastRing } from "./areas.js";
import { cartography } from "./cartography.js";
import { addedUp, countEach } from "./feed.js";
import { WORLD, boxOf, groundCircle, kmToUnit, unitToLat, unitToLon } from "./geometry.js";
import { transformOf } from "./sprites.js";
import { stack } from "./stack.js";
import { discRadius, drawSymbol, drawDisc, drawHighlight, numberOf } from "./symbols.js";

const { sizes: SIZES } = cartography;
const MOST_CIRCLES = 5000;
const RING_PX = 8; // beyond a symbol, with the halo of the ring
const SIGN_PX = 18; // from the middle of a symbol to the end of the sign at its corner

/**
 * @import { Basemap } from "./basemap.js"
 * @import { Answer, CellsAnswer, PointsAnswer } from "./feed.js"
 * @import { Shape, View } from "./geometry.js"
 * @import { Occupied } from "./labels.js"
 * @import { Group } from "./stack.js"
 * @import { Theme } from "./symbols.js"
 * @typedef {CanvasRenderingContext2D} Ctx
 * @typedef {{
 *   id: string, title: string, date: string, kind: number, status: number, certain: boolean,
 * }} Entry `certain` where it certainly fits the filter
 *
 * A symbol or disc on the map, in units: how many incidents it stands for, which rows of the
 * answer, how many of each kind, and how many of these certainly fit the filter; whether it is one
 * incident, cells of many, of no known place.
 * @typedef {{
 *   x: number, y: number, n: number, members: number[], ids: Set<string>, kinds: number[],
 *   certain: number, certainKinds: number[],
 *   r: number, single: boolean, cluster: boolean, area: boolean, ring: boolean, assumed: boolean,
 *   signed?: boolean,
 * }} Mark
 */

/** @param {PointsAnswer} answer @param {number} i @param {Theme} theme */
const precisionOf = (answer, i, theme) => theme.precisions[answer.precision[i]];

/** @param {PointsAnswer} answer @param {number} i @param {Theme} theme */
const formOf = (answer, i, theme) => precisionOf(answer, i, theme).form;

// A point is given, whether or not its source says how exact it is.
const PLACED = ["point", "assumed"];
// The second bounds nothing: nobody says how far off its point may be.
const RINGS = ["ring", "assumed"];

/**
 * Radius in km of an incident's ring: that of its record, even 0, or else a usual one.
 * @param {PointsAnswer} answer @param {number} i @param {Theme} theme
 */
const radiusOf = (answer, i, theme) => answer.radius_km[i] ?? precisionOf(answer, i, theme).radius_km;

/** How many there are in all. @param {number[]} kinds by kind */
const sumOf = (kinds) => kinds.reduce((sum, n) => sum + n, 0);

/**
 * Where a group is drawn, in units: whole, also where it lies at the last latitude of the map or
 * beyond. @param {Group} group @param {number} scale @param {number} r
 */
const spotOf = (group, scale, r) => ({
  x: group.x / scale, y: Math.max(r, Math.min(scale - r, group.y)) / scale });

/**
 * @param {PointsAnswer} answer @param {Group} group @param {Theme} theme @param {number} scale
 * @param {number} most @returns {Mark}
 */
function pointMark(answer, group, theme, scale, most) {
  const { members } = group;
  // An incident at several places of one stack counts once.
  const rowOf = new Map(members.map((i) => [answer.id[i], i]));
  const ids = new Set(rowOf.keys());
  const rows = [...rowOf.values()];
  const certainKinds = countEach(rows.filter((i) => answer.certain[i]).map((i) => answer.kind[i]));
  const single = ids.size === 1;
  const forms = members.map((i) => formOf(answer, i, theme));
  const r = single ? SIZES.symbol : discRadius(ids.size, most);
  return {
    ...spotOf(group, scale, r), n: ids.size, members, ids, single, cluster: false,
    kinds: countEach(rows.map((i) => answer.kind[i])), certain: sumOf(certainKinds), certainKinds, r,
    area: single ? forms[0] === "province" : forms.every((form) => !PLACED.includes(form)),
    ring: single && RINGS.includes(forms[0]), assumed: forms.includes("assumed"),
    signed: single && Boolean(theme.statuses[answer.status[members[0]]]?.mark),
  };
}

/**
 * @param {CellsAnswer} answer @param {Group} group @param {number} scale @param {number} most
 * @returns {Mark}
 */
function clusterMark(answer, group, scale, most) {
  const [kinds, certainKinds] = [answer.kinds, answer.certain].map((counts) => (
    addedUp(group.members.map((i) => counts[i]))));
  const r = discRadius(group.n, most);
  return {
    ...spotOf(group, scale, r), n: group.n, members: group.members, ids: new Set(),
    single: false, cluster: true, kinds, certain: sumOf(certainKinds), certainKinds,
    r, area: false, ring: false, assumed: false,
  };
}

/**
 * Count at which discs reach their largest size; steps, so that a pan does not resize.
 * @param {number} total
 */
const mostOf = (total) => Math.max(SIZES.full_disc, 2 ** Math.round(Math.log2(Math.max(1, total / 8))));

/**
 * Marks of an answer at a scale: single symbols and stacks that do not touch.
 * @param {Answer} answer
 * @param {number} scale width of the world in px
 * @param {Theme} theme
 * @returns {Mark[]} heaviest first
 */
function build(answer, scale, theme) {
  const toPx = (/** @type {number} */ value) => (value / WORLD) * scale;
  const most = mostOf(answer.total);
  const groups = stack(answer.x.map(toPx), answer.y.map(toPx), {
    weights: answer.mode === "clusters" ? answer.n : null,
    ids: answer.mode === "clusters" ? null : answer.id,
    limit: SIZES.apart, radius: (n) => discRadius(n, most),
  });
  return groups.map((group) => (answer.mode === "clusters"
    ? clusterMark(answer, group, scale, most)
    : pointMark(answer, group, theme, scale, most)));
}

/** @type {Map<string, Shape>} rings by place and size, which stay in a drag */
const circles = new Map();

/** @param {string} key @param {[lon: number, lat: number, radiusKm: number]} ring */
function circleOf(key, ring) {
  let circle = circles.get(key);
  if (!circle) {
    if (circles.size >= MOST_CIRCLES) circles.clear();
    circles.set(key, (circle = groundCircle(...ring)));
  }
  return circle;
}

/**
 * Rings and provinces of imprecise points, each place once.
 * @param {Answer} answer @param {Theme} theme
 * @param {Pick<Basemap, "province" | "provincesPending">} basemap
 * @returns {{ rings: Shape[], assumed: Shape[], tints: Shape[], unmet: boolean }} `unmet` while provinces are
 *   still loading
 */
function precisionShapes(answer, theme, basemap) {
  if (answer.mode !== "points") return { rings: [], assumed: [], tints: [], unmet: false };
  /** @type {Record<"rings" | "assumed", Map<string, [lon: number, lat: number, radiusKm: number]>>} */
  const found = { rings: new Map(), assumed: new Map() };
  /** @type {Map<string | null, Shape>} */
  const tints = new Map();
  for (let i = 0; i < answer.id.length; i += 1) {
    const [form, province] = [formOf(answer, i, theme), answer.province[i]];
    const shape = form === "province" ? basemap.province(province) : null;
    if (shape) tints.set(province, shape);
    const isShaded = shape || (form === "province" && basemap.provincesPending);
    const radius = radiusOf(answer, i, theme);
    if (form === "point" || form === "none" || isShaded || !radius) continue;
    // Where what lies beyond the map's edge truly is, the map does not know.
    if (answer.y[i] <= 0 || answer.y[i] >= WORLD - 1) continue;
    const [x, y] = [answer.x[i] / WORLD, answer.y[i] / WORLD];
    const kept = form === "assumed" ? found.assumed : found.rings;
    kept.set(`${x},${y},${radius}`, [unitToLon(x), unitToLat(y), radius]);
  }
  const [rings, assumed] = [found.rings, found.assumed].map((kept) => (
    [...kept].map(([key, ring]) => circleOf(key, ring))));
  return { rings, assumed, tints: [...tints.values()], unmet: basemap.provincesPending };
}

/**
 * Call `use` for each appearance of each mark on the canvas.
 * @param {Mark[]} marks @param {View} view
 * @param {(mark: Mark, x: number, y: number) => void} use
 */
function eachOnCanvas(marks, view, use) {
  for (const mark of marks) {
    const y = mark.y * view.scale - view.top;
    if (y < -60 || y > view.height + 60) continue;
    for (const copy of view.copies) {
      const x = (mark.x + copy) * view.scale - view.left;
      if (x > -60 && x < view.width + 60) use(mark, x, y);
    }
  }
}

/**
 * Paint marks; the selected and focused ones last and ringed.
 * @param {Ctx} ctx @param {Theme} theme @param {View} view @param {Mark[]} marks
 * @param {Answer} answer
 * @param {{ selected: string | null, focused: Mark | null }} above
 */
function paint(ctx, theme, view, marks, answer, { selected, focused }) {
  const at = transformOf(ctx);
  const isSelected = (/** @type {Mark} */ mark) => selected !== null && mark.ids.has(selected);
  const isLate = (/** @type {Mark} */ mark) => isSelected(mark) || mark === focused;
  eachOnCanvas(marks.filter((mark) => !isLate(mark)).reverse(), view, (mark, x, y) => (
    paintMark(ctx, theme, mark, x, y, answer, at)));
  eachOnCanvas(marks.filter(isLate).reverse(), view, (mark, x, y) => {
    paintMark(ctx, theme, mark, x, y, answer, at);
    if (isSelected(mark)) drawHighlight(ctx, theme, { x, y, r: mark.r }, "selected");
    if (mark === focused) drawHighlight(ctx, theme, { x, y, r: mark.r }, "focus");
  });
}

/**
 * @param {Ctx} ctx @param {Theme} theme @param {Mark} mark @param {number} x @param {number} y
 * @param {Answer} answer @param {ReturnType<typeof transformOf>} at
 */
function paintMark(ctx, theme, mark, x, y, answer, at) {
  const { members: [i], area } = mark;
  if (!mark.single || answer.mode !== "points") drawDisc(ctx, theme, { ...mark, x, y }, at);
  else drawSymbol(ctx, theme, { x, y, kind: answer.kind[i], status: answer.status[i], area }, at);
}

/**
 * Take the room of the marks, so that place names keep clear of them.
 * @param {Mark[]} marks @param {View} view @param {Occupied[]} taken
 * @param {string | null} [selected] whose ring takes room, too
 */
function occupy(marks, view, taken, selected = null) {
  eachOnCanvas(marks, view, (mark, x, y) => {
    const isRinged = selected !== null && mark.ids.has(selected);
    const r = mark.r + (isRinged ? RING_PX : mark.area ? 3 : 1);
    const half = mark.single ? r : Math.max(r, numberOf(mark).width / 2 + 1);
    for (const occupied of taken) {
      occupied.add([x - half, y - r, x + half, y + r]);
      if (mark.signed) occupied.add([x, y - SIGN_PX, x + SIGN_PX, y]);
    }
  });
}

/**
 * Least rings of single symbols whose true ring is smaller than themselves.
 * @param {Ctx} ctx @param {Theme} theme @param {View} view @param {Mark[]} marks
 * @param {Answer} answer
 */
function paintLeastRings(ctx, theme, view, marks, answer) {
  if (answer.mode !== "points") return;
  eachOnCanvas(marks.filter((mark) => mark.ring), view, (mark, x, y) => {
    const i = mark.members[0];
    const radius = radiusOf(answer, i, theme);
    const lat = unitToLat(mark.y);
    const least = SIZES.least_ring;
    if (kmToUnit(radius, lat) * view.scale < least) {
      drawLeastRing(ctx, theme, [x, y, least], formOf(answer, i, theme));
    }
  });
}

/**
 * The mark nearest to a canvas position, at most `slack` px beyond its edge.
 * @param {Mark[]} marks @param {View} view @param {number} x @param {number} y
 * @param {number} slack
 */
function markAt(marks, view, x, y, slack) {
  let found = /** @type {Mark | null} */ (null);
  let least = Infinity;
  eachOnCanvas(marks, view, (mark, markX, markY) => {
    const beyond = Math.hypot(markX - x, markY - y) - mark.r;
    if (beyond <= slack && beyond < least) {
      found = mark;
      least = beyond;
    }
  });
  return found;
}

/**
 * Incidents of a stack as list entries, each once, the order of the answer kept.
 * @param {Mark} mark @param {PointsAnswer} answer
 */
function entriesOf(mark, answer) {
  /** @type {Map<string, Entry>} */
  const seen = new Map();
  for (const i of [...mark.members].sort((a, b) => a - b)) {
    if (!seen.has(answer.id[i])) {
      seen.set(answer.id[i], {
        id: answer.id[i], title: answer.title[i], date: answer.date[i], kind: answer.kind[i],
        status: answer.status[i], certain: answer.certain[i] === 1,
      });
    }
  }
  return [...seen.values()];
}

/** Extent of a mark's members in units. @param {Mark} mark @param {Answer} answer */
function extentOf(mark, answer) {
  return boxOf(mark.members.flatMap((i) => [answer.x[i] / WORLD, answer.y[i] / WORLD]));
}

/**
 * Whether a mark is one place, at which each of its incidents is known to be; others only stand together.
 * @param {Mark} mark @param {PointsAnswer} answer @param {Theme} theme
 */
const isOnePlace = ({ members }, answer, theme) => members.every((i) => (
  answer.x[i] === answer.x[members[0]] && answer.y[i] === answer.y[members[0]]
  && PLACED.includes(formOf(answer, i, theme))));

export { build, precisionShapes, paint, paintLeastRings, occupy, markAt, entriesOf, extentOf, isOnePlace };
