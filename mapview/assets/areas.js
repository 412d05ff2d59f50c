// Owns areas on the map: hatched base areas, precision rings, shaded provinces.
import { cartography } from "./cartography.js";
import { FONT, clip } from "./dom.js";
import * as geometry from "./geometry.js";
import { hatchOf, paintPath } from "./icons.js";
import * as labels from "./labels.js";

const LEAST_AREA_PX = 7; // radius below which an area is drawn larger than it is
const WIDE_AREA_PX = 70;
const EDGE_PX = 9;
const NAME_AGAIN_PX = 260;

/** Call `paint` for each copy of the world in which the view shows the shape. */
function eachCopy(shape, view, paint) {
  const first = view.copies[0] - 1; // a circle over the date line reaches into its neighbour
  for (let copy = first; copy <= first + view.copies.length + 1; copy += 1) {
    if (geometry.inView(shape.box, view, copy)) paint(copy);
  }
}

/** Screen box of a shape, cut to the canvas. */
function screenBox(shape, view, copy) {
  const { scale, left, top, width, height } = view;
  return [
    Math.max(0, (shape.box[0] + copy) * scale - left),
    Math.max(0, shape.box[1] * scale - top),
    Math.min(width, (shape.box[2] + copy) * scale - left),
    Math.min(height, shape.box[3] * scale - top),
  ];
}

const tiles = new Map();

/** Pattern of parallel lines that stays fixed to the ground while panning. */
function hatchPattern(ctx, { angle, spacing_px: spacing, color }, width, origin) {
  const sharp = Math.max(2, Math.ceil(window.devicePixelRatio || 1));
  const key = `${spacing}|${color}|${width}|${sharp}`;
  if (!tiles.has(key)) {
    const tile = document.createElement("canvas");
    tile.width = spacing * sharp;
    tile.height = spacing * sharp;
    const ink = tile.getContext("2d");
    ink.fillStyle = color;
    ink.fillRect(0, 0, tile.width, width * sharp);
    tiles.set(key, tile);
  }
  const pattern = ctx.createPattern(tiles.get(key), "repeat");
  const turned = new DOMMatrix().translate(origin.x, origin.y).rotate(angle).scale(1 / sharp);
  pattern.setTransform(turned);
  return pattern;
}

/**
 * Paint the region that `trace` puts on the path. Wide ones are hatched along their edge
 * only, so that a whole region does not drown the districts and incidents inside it.
 * @param {{hatch: number, faded: boolean, wide: boolean}} how
 * @param {{x: number, y: number}} origin a fixed ground position on the canvas
 */
function paintHatched(ctx, theme, { hatch, faded, wide }, trace, origin) {
  const look = (shape, role) => {
    const form = faded ? "faded" : wide ? "edge" : "hatch";
    return cartography.icons[form].find((one) => one.shape === shape && one[role]);
  };
  const [ground, lines, outline] = [look("box", "fill"), look("hatch", "stroke"), look("box", "stroke")];
  const pattern = hatchPattern(ctx, hatchOf(theme, hatch), lines.width, origin);
  ctx.save();
  ctx.beginPath();
  trace("fill");
  ctx.save();
  ctx.clip();
  ctx.globalAlpha = lines.stroke_alpha;
  if (wide) {
    ctx.beginPath();
    trace("line");
    ctx.strokeStyle = pattern;
    ctx.lineWidth = EDGE_PX * 2;
    ctx.lineJoin = "round";
    ctx.stroke();
  } else {
    ctx.fillStyle = pattern;
    ctx.fill();
  }
  if (ground && !wide) paintPath(ctx, theme, ground, { hatch });
  ctx.restore();
  ctx.beginPath();
  trace("line");
  paintPath(ctx, theme, outline, { hatch });
  ctx.restore();
}

/** Region of a base area: its province, else a circle of true ground distance. */
function areaShape(area, basemap) {
  const province = area.level === "province" ? basemap.province(area.province) : null;
  if (province) return province;
  const radius = area.radius_km ?? cartography.area_radius_km;
  area.circle ??= geometry.groundCircle(area.lon, area.lat, radius);
  return area.circle;
}

/** The same region, but never smaller than the eye can find. */
function visibleShape(area, basemap, view) {
  const shape = areaShape(area, basemap);
  const px = Math.min(shape.box[2] - shape.box[0], shape.box[3] - shape.box[1]) * view.scale;
  if (px >= LEAST_AREA_PX * 2) return shape;
  const x = (shape.box[0] + shape.box[2]) / 2;
  const y = (shape.box[1] + shape.box[3]) / 2;
  const coords = new Float64Array(48);
  for (let i = 0; i < 24; i += 1) {
    coords[i * 2] = x + (Math.cos((i / 12) * Math.PI) * LEAST_AREA_PX) / view.scale;
    coords[i * 2 + 1] = y + (Math.sin((i / 12) * Math.PI) * LEAST_AREA_PX) / view.scale;
  }
  return geometry.outline([coords]);
}

const widthOf = (shape) => shape.box[2] - shape.box[0];

/**
 * What to draw of the areas, the widest first: each region of a group once, current rather
 * than faded, and of its many small places only those that do not cover each other.
 * @returns {{area: object, shape: object}[]}
 */
function drawable(areas, basemap, view) {
  const current = [...areas].sort((a, b) => Number(a.faded) - Number(b.faded));
  const taken = new Set();
  const kept = [];
  for (const area of current) {
    const shape = visibleShape(area, basemap, view);
    const small = widthOf(shape) * view.scale <= LEAST_AREA_PX * 2 + 1;
    const step = small ? LEAST_AREA_PX * 2 : 1;
    const at = [shape.box[0], shape.box[1]].map((unit) => Math.round((unit * view.scale) / step));
    const key = `${area.group}|${at}|${small || Math.round(widthOf(shape) * view.scale)}`;
    if (taken.has(key)) continue;
    taken.add(key);
    kept.push({ area, shape });
  }
  return kept.sort((a, b) => widthOf(b.shape) - widthOf(a.shape));
}

/** Draw base areas, hatched by group. */
function drawAreas(ctx, theme, view, areas, basemap) {
  const origin = { x: -(view.left % 1e4), y: -(view.top % 1e4) };
  for (const { area, shape } of drawable(areas, basemap, view)) {
    const wide = widthOf(shape) * view.scale > WIDE_AREA_PX;
    const how = { hatch: area.hatch, faded: Boolean(area.faded), wide };
    eachCopy(shape, view, (copy) => {
      const trace = (what) => {
        if (what === "fill") geometry.traceFill(ctx, shape, view, copy);
        else geometry.traceOutline(ctx, shape, view, copy);
      };
      paintHatched(ctx, theme, how, trace, origin);
    });
  }
}

/** Outline the area that was chosen, above all others. */
function drawChosen(ctx, theme, view, area, basemap) {
  const shape = visibleShape(area, basemap, view);
  eachCopy(shape, view, (copy) => {
    for (const [color, width] of [[theme.colors.halo, 5], [theme.colors.selected, 2.4]]) {
      ctx.beginPath();
      geometry.traceOutline(ctx, shape, view, copy);
      ctx.strokeStyle = color;
      ctx.lineWidth = width;
      ctx.lineJoin = "round";
      ctx.stroke();
    }
  });
}

/** The base areas over a position on the ground, the smallest first. */
function areasAt(areas, basemap, view, x, y) {
  return areas
    .map((area) => ({ area, shape: visibleShape(area, basemap, view) }))
    .filter(({ shape }) => [-1, 0, 1].some((k) => geometry.covers(shape, x + k, y)))
    .sort((a, b) => widthOf(a.shape) - widthOf(b.shape) || Number(a.area.faded) - Number(b.area.faded))
    .map(({ area }) => area);
}

/** Shade the provinces that incidents are known only to. */
function drawTints(ctx, theme, view, shapes) {
  for (const shape of shapes) {
    eachCopy(shape, view, (copy) => {
      ctx.beginPath();
      geometry.traceFill(ctx, shape, view, copy);
      ctx.globalAlpha = theme.theme === "dark" ? 0.24 : 0.2;
      ctx.fillStyle = theme.colors.tint;
      ctx.fill("evenodd");
      ctx.globalAlpha = 0.9;
      ctx.beginPath();
      geometry.traceOutline(ctx, shape, view, copy);
      ctx.strokeStyle = theme.colors.ring;
      ctx.lineWidth = 1.2;
      ctx.setLineDash([5, 3]);
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.globalAlpha = 1;
    });
  }
}

/** Name groups inside their base areas, or under small ones, where there is room. */
function drawNames(ctx, theme, view, areas, basemap, occupied) {
  const font = `italic 600 11.5px ${FONT}`;
  const named = [];
  const isNear = (name, x, y) => named.some((one) => (
    one.name === name && Math.hypot(one.x - x, one.y - y) < NAME_AGAIN_PX));
  for (const { area, shape } of drawable(areas, basemap, view)) {
    const text = clip(area.group_name, 36);
    const width = labels.widthOf(ctx, text, font, 0);
    eachCopy(shape, view, (copy) => {
      const box = screenBox(shape, view, copy);
      const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
      if (isNear(text, x, y) || (view.zoom < 8 && box[2] - box[0] < width * 0.7)) return;
      const spot = [y - 7, box[3] + 3, box[1] - 17].find((top) => (
        !occupied.hits([x - width / 2 - 3, top - 1, x + width / 2 + 3, top + 15])));
      if (spot === undefined) return;
      named.push({ name: text, x, y });
      occupied.add([x - width / 2 - 3, spot - 1, x + width / 2 + 3, spot + 15]);
      const { color } = hatchOf(theme, area.hatch);
      const halo = theme.colors.label_halo;
      labels.paintText(ctx, text, [x - width / 2, spot + 7], font, color, halo);
    });
  }
}

const strokeRing = (ctx, theme) => paintPath(ctx, theme, cartography.icons.ring[0]);

/** Draw precision rings of true ground distance. */
function drawRings(ctx, theme, view, shapes) {
  for (const shape of shapes) {
    eachCopy(shape, view, (copy) => {
      ctx.beginPath();
      geometry.traceFill(ctx, shape, view, copy);
      strokeRing(ctx, theme);
    });
  }
}

/** Draw the least ring, around a symbol whose true ring would be hidden under it. */
function drawLeastRing(ctx, theme, x, y, r) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  strokeRing(ctx, theme);
}

export {
  drawAreas, drawChosen, drawNames, areasAt, drawTints, drawRings, drawLeastRing,
};
