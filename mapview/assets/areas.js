// Owns areas on the map: hatched base areas, precision rings, shaded provinces.
import { cartography } from "./cartography.js";
import { FONT, clip, contextOf, element } from "./dom.js";
import * as geometry from "./geometry.js";
import { hatchOf, paintPath } from "./icons.js";
import * as labels from "./labels.js";
import { drawStill, writeText } from "./sprites.js";
import { markSpots, paintMark, paintStanding, toldOf } from "./standings.js";

const LEAST_AREA_PX = 7; // radius below which an area is drawn larger than it is
const WIDE_AREA_PX = 70;
const EDGE_PX = 9;
const NAME_AGAIN_PX = 260;
const MOST_DOTTED_PX = 1200; // of a larger ring only the part in view is dotted: at street zoom it has a million dots
const MOST_NAMED = 28; // letters of the groups in one label

/**
 * @import { Basemap } from "./basemap.js"
 * @import { Area } from "./feed.js"
 * @import { Box, Shape, View } from "./geometry.js"
 * @import { Primitive } from "./icons.js"
 * @import { Occupied } from "./labels.js"
 * @import { Theme } from "./symbols.js"
 * @typedef {CanvasRenderingContext2D} Ctx
 * @typedef {{ shape: Shape, areas: Area[] }} Region a shape on the map and its areas
 * @typedef {{ x: number, y: number }} Origin a fixed ground position on the canvas
 */

/**
 * Call `paint` for each copy of the world in which the view shows the shape.
 * @param {Shape} shape @param {View} view @param {(copy: number) => void} paint
 */
function eachCopy(shape, view, paint) {
  const first = view.copies[0] - 1; // a circle over the date line reaches into its neighbour
  for (let copy = first; copy <= first + view.copies.length + 1; copy += 1) {
    if (geometry.inView(shape.box, view, copy)) paint(copy);
  }
}

/** Screen box of a shape. @param {Shape} shape @param {View} view @param {number} copy @returns {Box} */
function wholeBox({ box }, { scale, left, top }, copy) {
  const [x0, x1] = [box[0], box[2]].map((x) => (x + copy) * scale - left);
  return [x0, box[1] * scale - top, x1, box[3] * scale - top];
}

/** The same, cut to the canvas. @param {Shape} shape @param {View} view @param {number} copy */
function screenBox(shape, view, copy) {
  const [x0, y0, x1, y1] = wholeBox(shape, view, copy);
  return [Math.max(0, x0), Math.max(0, y0), Math.min(view.width, x1), Math.min(view.height, y1)];
}

/** @type {Map<string, HTMLCanvasElement>} */
const tiles = new Map();

/**
 * Pattern of parallel lines that stays fixed to the ground while panning.
 * @param {Ctx} ctx @param {Theme["hatches"][0]} hatch @param {number} width @param {Origin} origin
 */
function hatchPattern(ctx, { angle, spacing_px: spacing, color }, width, origin) {
  const sharp = Math.max(2, Math.ceil(window.devicePixelRatio || 1));
  const key = `${spacing}|${color}|${width}|${sharp}`;
  const tile = tiles.get(key) ?? element("canvas", { width: spacing * sharp, height: spacing * sharp });
  if (!tiles.has(key)) {
    const ink = contextOf(tile);
    ink.fillStyle = color;
    ink.fillRect(0, 0, tile.width, width * sharp);
    tiles.set(key, tile);
  }
  const pattern = /** @type {CanvasPattern} */ (ctx.createPattern(tile, "repeat"));
  const turned = new DOMMatrix().translate(origin.x, origin.y).rotate(angle).scale(1 / sharp);
  pattern.setTransform(turned);
  return pattern;
}

/**
 * Paint the region that `trace` puts on the path. Wide ones are hatched along their edge
 * only, so that a whole region does not drown the districts and incidents inside it.
 * @param {Ctx} ctx @param {Theme} theme
 * @param {{ hatch: number, faded: boolean, wide: boolean }} how
 * @param {(what: "fill" | "line") => void} trace @param {Origin} origin
 */
function paintHatched(ctx, theme, { hatch, faded, wide }, trace, origin) {
  /** @type {Primitive[]} */
  const form = cartography.icons[faded ? "faded" : wide ? "edge" : "hatch"];
  const look = (/** @type {string} */ shape, /** @type {"fill" | "stroke"} */ role) => (
    form.find((one) => one.shape === shape && one[role]));
  const [ground, lines, outline] = [look("box", "fill"), look("hatch", "stroke"), look("box", "stroke")];
  const pattern = hatchPattern(ctx, hatchOf(theme, hatch), lines?.width ?? 1, origin);
  ctx.save();
  ctx.beginPath();
  trace("fill");
  ctx.save();
  ctx.clip();
  ctx.globalAlpha = lines?.stroke_alpha ?? 1;
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
  if (outline) paintPath(ctx, theme, outline, { hatch });
  ctx.restore();
}

/**
 * Outline a region as its form has it, thin.
 * @param {Ctx} ctx @param {Theme} theme @param {Area} area @param {(what: "line") => void} trace
 */
function paintOutline(ctx, theme, { hatch, faded }, trace) {
  /** @type {Primitive[]} */
  const form = cartography.icons[faded ? "faded" : "presence"];
  ctx.beginPath();
  trace("line");
  for (const one of form) if (one.shape === "box" && one.stroke) paintPath(ctx, theme, one, { hatch });
}

/** @type {WeakMap<Area, Shape>} */
const circles = new WeakMap();

/**
 * Region of a base area: its province, else a circle of true ground distance.
 * @param {Area} area @param {Basemap} basemap
 */
function areaShape(area, basemap) {
  const province = area.level === "province" ? basemap.province(area.province) : null;
  if (province) return province;
  const radius = area.radius_km ?? cartography.area_radius_km;
  const circle = circles.get(area) ?? geometry.groundCircle(area.lon, area.lat, radius);
  circles.set(area, circle);
  return circle;
}

/**
 * The same region, but never smaller than the eye can find.
 * @param {Area} area @param {Basemap} basemap @param {View} view
 */
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

const widthOf = (/** @type {Shape} */ shape) => shape.box[2] - shape.box[0];

/**
 * What to draw of the areas, the widest first: each region once with all its areas, current ones
 * before faded, and of many small places only those that do not cover each other.
 * @param {Area[]} areas @param {Basemap} basemap @param {View} view @returns {Region[]}
 */
function regionsOf(areas, basemap, view) {
  const current = [...areas].sort((a, b) => Number(a.faded) - Number(b.faded));
  /** @type {Map<string, Region>} */
  const regions = new Map();
  for (const area of current) {
    const shape = visibleShape(area, basemap, view);
    const small = widthOf(shape) * view.scale <= LEAST_AREA_PX * 2 + 1;
    const step = small ? LEAST_AREA_PX * 2 : 1;
    const at = [shape.box[0], shape.box[1]].map((unit) => Math.round((unit * view.scale) / step));
    const key = `${at}|${small || Math.round(widthOf(shape) * view.scale)}`;
    const region = regions.get(key) ?? { shape, areas: [] };
    regions.set(key, region);
    region.areas.push(area);
  }
  return [...regions.values()].sort((a, b) => widthOf(b.shape) - widthOf(a.shape));
}

/** The first area of each group. @param {Area[]} areas */
const eachGroup = (areas) => [...new Map([...areas].reverse().map((one) => [one.group, one])).values()].reverse();

/** Where an area's own place is on the screen. @param {Area} area @param {View} view @param {number} copy */
function placeOf({ lon, lat }, { scale, left, top }, copy) {
  return [(geometry.lonToUnit(lon) + copy) * scale - left, geometry.latToUnit(lat) * scale - top];
}

/**
 * Draw base areas: a thin outline each, and hatched those of groups that are pointed at, chosen or
 * filtered by. All of them hatched would lie over each other and over the incidents.
 * @param {Ctx} ctx @param {Theme} theme @param {View} view @param {Area[]} areas
 * @param {Basemap} basemap @param {(area: Area) => boolean} isLoud
 */
function drawAreas(ctx, theme, view, areas, basemap, isLoud) {
  const origin = { x: -(view.left % 1e4), y: -(view.top % 1e4) };
  const regions = regionsOf(areas, basemap, view).map((region) => ({ ...region, loud: region.areas.filter(isLoud) }));
  for (const { shape, areas: here, loud } of regions.sort((a, b) => a.loud.length - b.loud.length)) {
    const told = toldOf(loud.length ? loud : here);
    const wide = widthOf(shape) * view.scale > WIDE_AREA_PX;
    eachCopy(shape, view, (copy) => {
      const trace = (/** @type {"fill" | "line"} */ what) => {
        if (what === "fill") geometry.traceFill(ctx, shape, view, copy);
        else geometry.traceOutline(ctx, shape, view, copy);
      };
      if (!loud.length || told.struck) paintOutline(ctx, theme, told.first, trace);
      else {
        const hatched = eachGroup(loud.filter((one) => !one.ended));
        for (const { hatch, faded } of hatched) paintHatched(ctx, theme, { hatch, faded, wide }, trace, origin);
      }
      paintStanding(ctx, theme, told, trace, wholeBox(shape, view, copy));
      const [x, y] = placeOf(told.first, view, copy);
      for (const spot of markSpots(told, x, y)) paintMark(ctx, theme, spot);
    });
  }
}

/**
 * Outline the area that was chosen, above all others.
 * @param {Ctx} ctx @param {Theme} theme @param {View} view @param {Area} area
 * @param {Basemap} basemap
 */
function drawChosen(ctx, theme, view, area, basemap) {
  const shape = visibleShape(area, basemap, view);
  eachCopy(shape, view, (copy) => {
    ctx.beginPath();
    geometry.traceOutline(ctx, shape, view, copy);
    ctx.lineJoin = "round";
    ctx.strokeStyle = theme.colors.halo;
    ctx.lineWidth = 5;
    ctx.stroke();
    ctx.strokeStyle = theme.colors.selected;
    ctx.lineWidth = 2.4;
    ctx.stroke();
  });
}

/**
 * The base areas over a position on the ground, the smallest first.
 * @param {Area[]} areas @param {Basemap} basemap @param {View} view
 * @param {number} x @param {number} y
 */
function areasAt(areas, basemap, view, x, y) {
  return areas
    .map((area) => ({ area, shape: visibleShape(area, basemap, view) }))
    .filter(({ shape }) => [-1, 0, 1].some((k) => geometry.covers(shape, x + k, y)))
    .sort((a, b) => widthOf(a.shape) - widthOf(b.shape) || Number(a.area.faded) - Number(b.area.faded))
    .map(({ area }) => area);
}

/**
 * Shade the provinces that incidents are known only to.
 * @param {Ctx} ctx @param {Theme} theme @param {View} view @param {Shape[]} shapes
 */
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
      ctx.stroke();
      ctx.globalAlpha = 1;
    });
  }
}

/**
 * The groups of a region in one label: as many names as are short enough, and how many more.
 * @param {Area[]} areas
 */
function namesOf(areas) {
  const [first, ...others] = areas.map((area) => area.group_name);
  const whole = [first, ...others].join(", ");
  if (whole.length <= MOST_NAMED || !others.length) return clip(whole, MOST_NAMED + 8);
  return `${clip(first, MOST_NAMED)} +${others.length}`;
}

/**
 * Name the groups of base areas inside them, or under small ones, where there is room; first those
 * whose area is certain for the period, in bold.
 * @param {Ctx} ctx @param {Theme} theme @param {View} view @param {Area[]} areas
 * @param {Basemap} basemap @param {Occupied} occupied
 */
function drawNames(ctx, theme, view, areas, basemap, occupied) {
  /** @type {{ name: string, x: number, y: number }[]} */
  const named = [];
  const faded = (/** @type {Region} */ region) => Number(region.areas[0].faded);
  const regions = regionsOf(areas, basemap, view);
  for (const { areas: all, shape } of regions) {
    const told = toldOf(all);
    eachCopy(shape, view, (copy) => {
      const [x, y] = placeOf(told.first, view, copy);
      for (const spot of markSpots(told, x, y)) occupied.add([spot.x - 7, spot.y - 7, spot.x + 7, spot.y + 7]);
    });
  }
  for (const { areas: all, shape } of regions.sort((a, b) => faded(a) - faded(b))) {
    const here = eachGroup(all);
    const font = `italic ${here[0].faded ? 400 : 600} 11.5px ${FONT}`;
    const text = namesOf(here);
    const width = labels.widthOf(ctx, text, font, 0);
    eachCopy(shape, view, (copy) => {
      const box = screenBox(shape, view, copy);
      const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
      const isAgain = named.some((one) => (
        one.name === text && Math.hypot(one.x - x, one.y - y) < NAME_AGAIN_PX));
      if (isAgain || (view.zoom < 8 && box[2] - box[0] < width * 0.7)) return;
      const spot = [y - 7, box[3] + 3, box[1] - 17].find((top) => (
        !occupied.hits([x - width / 2 - 3, top - 1, x + width / 2 + 3, top + 15])));
      if (spot === undefined) return;
      named.push({ name: text, x, y });
      occupied.add([x - width / 2 - 3, spot - 1, x + width / 2 + 3, spot + 15]);
      const color = here.length > 1 ? theme.colors.ink_muted : hatchOf(theme, here[0].hatch).color;
      writeText(ctx, x - width / 2, spot + 7, { text, font, color, halo: theme.colors.label_halo });
    });
  }
}

/** @param {string} form @returns {Primitive} */
const ringOf = (form) => (form === "assumed" ? cartography.icons.assumed : cartography.icons.ring)[0];

/** @param {Ctx} ctx @param {Theme} theme @param {string} form */
const strokeRing = (ctx, theme, form) => paintPath(ctx, theme, ringOf(form));

/**
 * Draw precision rings of true ground distance.
 * @param {Ctx} ctx @param {Theme} theme @param {View} view @param {Shape[]} shapes
 * @param {"ring" | "assumed"} form
 */
function drawRings(ctx, theme, view, shapes, form) {
  /** @type {{ shape: Shape, copy: number, box: Box }[]} */
  const rings = [];
  for (const shape of shapes) {
    eachCopy(shape, view, (copy) => rings.push({ shape, copy, box: wholeBox(shape, view, copy) }));
  }
  const filled = { ...ringOf(form), stroke: "" };
  const line = { ...ringOf(form), fill: "" };
  drawStill(ctx, theme, view, form, rings, (to, { shape, copy, box: [x0, y0, x1, y1] }) => {
    to.beginPath();
    geometry.traceFill(to, shape, view, copy);
    if (Math.max(x1 - x0, y1 - y0) <= MOST_DOTTED_PX) {
      strokeRing(to, theme, form);
      return;
    }
    paintPath(to, theme, filled);
    to.beginPath();
    geometry.traceOutline(to, shape, view, copy);
    paintPath(to, theme, line);
  });
}

/**
 * Draw the least ring, around a symbol whose true ring would be hidden under it.
 * @param {Ctx} ctx @param {Theme} theme @param {[x: number, y: number, r: number]} circle
 * @param {string} form
 */
function drawLeastRing(ctx, theme, [x, y, r], form) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  strokeRing(ctx, theme, form);
}

export {
  drawAreas, drawChosen, drawNames, areasAt, drawTints, drawRings, drawLeastRing,
};
