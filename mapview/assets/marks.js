// Owns turning an answer into marks on the map, painting them and finding them again.
import { drawLeastRing } from "./areas.js";
import { cartography } from "./cartography.js";
import { WORLD, boxOf, groundCircle, kmToUnit, unitToLat, unitToLon } from "./geometry.js";
import { stack } from "./stack.js";
import { discRadius, drawSymbol, drawDisc, drawHighlight } from "./symbols.js";

const { sizes: SIZES } = cartography;

/** @typedef {{ id: string, title: string, date: string, kind: number, status: number }} Entry */

const precisionOf = (answer, i, theme) => theme.precisions[answer.precision[i]];

const formOf = (answer, i, theme) => precisionOf(answer, i, theme).form;

/** Radius in km of an incident's ring: that of its record, even 0, or else a usual one. */
const radiusOf = (answer, i, theme) => answer.radius_km[i] ?? precisionOf(answer, i, theme).radius_km;

function pointMark(answer, group, theme, scale, most) {
  const { members, ids } = group;
  const kinds = [];
  const counted = new Set();
  for (const i of members) {
    if (counted.has(answer.id[i])) continue;
    counted.add(answer.id[i]);
    kinds[answer.kind[i]] = (kinds[answer.kind[i]] || 0) + 1;
  }
  const single = ids.size === 1;
  const forms = members.map((i) => formOf(answer, i, theme));
  return {
    x: group.x / scale, y: group.y / scale, n: ids.size, members, ids, single, cluster: false,
    kinds: Array.from(kinds, (n) => n || 0),
    r: single ? SIZES.symbol : discRadius(ids.size, most),
    area: single ? forms[0] === "province" : forms.every((form) => form !== "point"),
    ring: single && forms[0] === "ring",
  };
}

function clusterMark(answer, group, scale, most) {
  const kinds = [];
  for (const i of group.members) {
    answer.kinds[i].forEach((n, kind) => {
      kinds[kind] = (kinds[kind] || 0) + n;
    });
  }
  return {
    x: group.x / scale, y: group.y / scale, n: group.n, members: group.members, ids: new Set(),
    single: false, cluster: true, kinds, r: discRadius(group.n, most), area: false, ring: false,
  };
}

/** Count at which discs reach their largest size; steps, so that a pan does not resize. */
const mostOf = (total) => Math.max(SIZES.full_disc, 2 ** Math.round(Math.log2(Math.max(1, total / 8))));

/**
 * Marks of an answer at a scale: single symbols and stacks that do not touch.
 * @param {object} answer of feed.view
 * @param {number} scale width of the world in px
 * @param {object} theme from symbols.look
 * @returns {object[]} heaviest first; x and y in units
 */
function build(answer, scale, theme) {
  const toPx = (value) => (value / WORLD) * scale;
  const isClusters = answer.mode === "clusters";
  const most = mostOf(answer.total);
  const groups = stack(answer.x.map(toPx), answer.y.map(toPx), {
    weights: isClusters ? answer.n : null, ids: isClusters ? null : answer.id,
    limit: SIZES.apart, radius: (n) => discRadius(n, most),
  });
  return groups.map((group) => (isClusters
    ? clusterMark(answer, group, scale, most)
    : pointMark(answer, group, theme, scale, most)));
}

/**
 * Rings and provinces of imprecise points, each place once.
 * @returns {{rings: object[], tints: object[], unmet: boolean}} outlines; `unmet` while
 *   provinces are still loading
 */
function precisionShapes(answer, theme, basemap) {
  const rings = new Map();
  const tints = new Map();
  if (answer.mode !== "points") return { rings: [], tints: [], unmet: false };
  for (let i = 0; i < answer.id.length; i += 1) {
    const form = formOf(answer, i, theme);
    if (form === "province" && !tints.has(answer.province[i])) {
      const shape = basemap.province(answer.province[i]);
      if (shape) tints.set(answer.province[i], shape);
    }
    const shaded = form === "province" && (tints.has(answer.province[i]) || basemap.provincesPending);
    if (form === "point" || form === "none" || shaded) continue;
    const radius = radiusOf(answer, i, theme);
    const key = `${answer.x[i]},${answer.y[i]},${radius}`;
    if (!radius || rings.has(key)) continue;
    const lon = unitToLon(answer.x[i] / WORLD);
    const lat = unitToLat(answer.y[i] / WORLD);
    rings.set(key, groundCircle(lon, lat, radius));
  }
  return { rings: [...rings.values()], tints: [...tints.values()], unmet: basemap.provincesPending };
}

/** Call `use(mark, x, y)` for each appearance of each mark on the canvas. */
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

/** Symbol to draw for a mark that stands for one incident. */
function symbolOf(mark, answer) {
  const i = mark.members[0];
  return { kind: answer.kind[i], status: answer.status[i], area: mark.area };
}

/** Paint marks; the selected and focused ones last and ringed. */
function paint(ctx, theme, view, marks, answer, { selected, focused }) {
  const late = [];
  eachOnCanvas([...marks].reverse(), view, (mark, x, y) => {
    const isSelected = selected !== null && mark.ids.has(selected);
    const role = isSelected ? "selected" : "";
    if (isSelected || mark === focused) late.push([mark, x, y, role]);
    else paintMark(ctx, theme, mark, x, y, answer);
  });
  for (const [mark, x, y, role] of late) {
    paintMark(ctx, theme, mark, x, y, answer);
    if (role) drawHighlight(ctx, theme, { x, y, r: mark.r }, role);
    if (mark === focused) drawHighlight(ctx, theme, { x, y, r: mark.r }, "focus");
  }
}

function paintMark(ctx, theme, mark, x, y, answer) {
  if (mark.single) drawSymbol(ctx, theme, { x, y, ...symbolOf(mark, answer) });
  else drawDisc(ctx, theme, { x, y, r: mark.r, n: mark.n, kinds: mark.kinds, area: mark.area });
}

/** Take the room of the marks, so that place names keep clear of them. */
function occupy(marks, view, occupied) {
  eachOnCanvas(marks, view, (mark, x, y) => {
    const r = mark.r + (mark.area ? 3 : 1);
    occupied.add([x - r, y - r, x + r, y + r]);
  });
}

/** Least rings of single symbols whose true ring is smaller than themselves. */
function paintLeastRings(ctx, theme, view, marks, answer) {
  eachOnCanvas(marks.filter((mark) => mark.ring), view, (mark, x, y) => {
    const i = mark.members[0];
    const radius = radiusOf(answer, i, theme);
    const lat = unitToLat(mark.y);
    const least = SIZES.least_ring;
    if (kmToUnit(radius, lat) * view.scale < least) {
      drawLeastRing(ctx, theme, x, y, least);
    }
  });
}

/** The mark nearest to a canvas position, at most `slack` px beyond its edge. */
function markAt(marks, view, x, y, slack) {
  let found = null;
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

/** Incidents of a stack as list entries, each once, the order of the answer kept. */
function entriesOf(mark, answer) {
  const seen = new Map();
  for (const i of [...mark.members].sort((a, b) => a - b)) {
    if (!seen.has(answer.id[i])) {
      seen.set(answer.id[i], {
        id: answer.id[i], title: answer.title[i], date: answer.date[i], kind: answer.kind[i],
        status: answer.status[i],
      });
    }
  }
  return [...seen.values()];
}

/** Extent of a mark's members in units. */
function extentOf(mark, answer) {
  return boxOf(mark.members.flatMap((i) => [answer.x[i] / WORLD, answer.y[i] / WORLD]));
}

export { build, precisionShapes, paint, paintLeastRings, occupy, markAt, entriesOf, extentOf };
