// Owns replaying the cartography's primitives on a canvas, and the line drawings of buttons.
import { cartography } from "./cartography.js";
import { FONT } from "./dom.js";
import { FIRST, OTHER } from "./own.js";

/**
 * @import { Theme } from "./symbols.js"
 * @typedef {CanvasRenderingContext2D} Ctx
 * @typedef {{ kind?: number, hatch?: number }} Of whose colours, outline and lines are taken
 * @typedef {{ lines: number[][][], band: number[][][], color: string }} Hatch
 *
 * @typedef {object} Primitive what the names mean stands in cartography/primitives.py
 * @property {string} shape
 * @property {number[]} at
 * @property {string} [name]
 * @property {string} [fill]
 * @property {number} [fill_alpha]
 * @property {string} [stroke]
 * @property {number} [stroke_alpha]
 * @property {number} [width]
 * @property {number[]} [dash]
 * @property {boolean} [is_round]
 * @property {number} [halo]
 */

const TURN = 2 * Math.PI;
/** @type {Record<string, number[][]>} */
const OUTLINES = cartography.outlines;

/** @param {Ctx} ctx @param {number[][]} points @param {number} [r] */
function polyline(ctx, points, r = 1) {
  points.forEach(([x, y], i) => (i ? ctx.lineTo(x * r, y * r) : ctx.moveTo(x * r, y * r)));
}

const pairs = (/** @type {number[]} */ numbers) => numbers.flatMap((x, i) => (i % 2 ? [] : [[x, numbers[i + 1]]]));

/**
 * How the path of each shape is traced.
 * @type {Record<string, (ctx: Ctx, at: number[], name: string, hatch: Hatch) => void>}
 */
const TRACES = {
  outline(ctx, [r], name) {
    polyline(ctx, OUTLINES[name], r);
    ctx.closePath();
  },
  sector(ctx, [r, from, to]) {
    ctx.moveTo(0, 0);
    ctx.arc(0, 0, r, (from - 0.25) * TURN, (to - 0.25) * TURN);
    ctx.closePath();
  },
  circle: (ctx, [x, y, r]) => ctx.arc(x, y, r, 0, TURN),
  box: (ctx, [left, top, right, bottom, corner]) => (
    ctx.roundRect(left, top, right - left, bottom - top, corner)),
  line: (ctx, at) => polyline(ctx, pairs(at)),
  hatch(ctx, [,,,, band], _, hatch) {
    for (const line of band ? hatch.band : hatch.lines) polyline(ctx, line);
  },
};

/**
 * A kind that is not known has the symbol of any other.
 * @param {Theme} theme @param {number} [kind]
 */
const kindOf = (theme, kind) => theme.kinds[kind ?? -1] ?? theme.kinds[OTHER];

/** @param {Theme} theme @param {number} [hatch] */
const hatchOf = (theme, hatch = 0) => theme.hatches[Math.abs(hatch) % theme.hatches.length];

/** @param {Theme} theme @param {string} role @param {Of} of */
function colorOf(theme, role, { kind, hatch }) {
  if (role === "hatch") return hatchOf(theme, hatch).color;
  const index = /^kind(\d*)$/.exec(role)?.[1];
  // The rim of a sample has the colours of types that stand for themselves where the sample is of one.
  const first = kind !== undefined && kind >= FIRST ? FIRST : 0;
  if (index !== undefined) return kindOf(theme, index ? first + Number(index) : kind).color;
  return theme.colors[/** @type {keyof Theme["colors"]} */ (role)];
}

/**
 * Fill and stroke the current path as a primitive says.
 * @param {Ctx} ctx @param {Theme} theme @param {Primitive} one @param {Of} [of]
 */
function paintPath(ctx, theme, one, of = {}) {
  if (one.halo) {
    ctx.strokeStyle = theme.colors.halo;
    ctx.lineWidth = one.halo;
    ctx.stroke();
  }
  if (one.fill) {
    ctx.globalAlpha = one.fill_alpha ?? 1;
    ctx.fillStyle = colorOf(theme, one.fill, of);
    ctx.fill();
  }
  if (one.stroke) {
    ctx.globalAlpha = one.stroke_alpha ?? 1;
    ctx.strokeStyle = colorOf(theme, one.stroke, of);
    ctx.lineWidth = one.width ?? 1;
    ctx.setLineDash(one.dash ?? []);
    ctx.lineCap = one.is_round ? "round" : "butt";
    ctx.stroke();
    ctx.setLineDash([]);
  }
  ctx.globalAlpha = 1;
}

/**
 * Write the letters of a primitive; most kinds have none.
 * @param {Ctx} ctx @param {Theme} theme @param {Primitive} one @param {Of} of
 */
function write(ctx, theme, { at, name: said = "", fill = "ink", halo }, of) {
  const name = said === "kind" ? kindOf(theme, of.kind).letter : said;
  if (!name) return;
  const [x, y, height] = at;
  ctx.font = `700 ${height}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  if (halo) {
    // The letters are read on any ground.
    ctx.lineWidth = halo;
    ctx.strokeStyle = theme.colors.halo;
    ctx.strokeText(name, x, y);
  }
  ctx.fillStyle = colorOf(theme, fill, of);
  ctx.fillText(name, x, y);
}

/**
 * Draw primitives around 0, 0, the first lowest.
 * @param {Ctx} ctx @param {Theme} theme @param {Primitive[]} primitives @param {Of} of
 */
function replay(ctx, theme, primitives, of) {
  ctx.lineJoin = "round";
  for (const one of primitives) {
    if (one.shape === "letter") {
      write(ctx, theme, one, of);
      continue;
    }
    ctx.beginPath();
    const name = one.name === "kind" ? kindOf(theme, of.kind).shape : one.name ?? "";
    TRACES[one.shape](ctx, one.at, name, hatchOf(theme, of.hatch));
    paintPath(ctx, theme, one, of);
  }
}

/**
 * An element of SVG.
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag @param {Record<string, string | number>} attributes @param {Node[]} [children]
 */
function svg(tag, attributes, children = []) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/** A drawing of 16 by 16. @param {Record<string, string | number>} path its attributes */
const drawing = (path) => svg(
  "svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" }, [svg("path", path)]);

/** A line drawing of 16 by 16 that stands in a line of text. @param {string} d */
function lineDrawing(d) {
  const lines = drawing({ d, fill: "none", stroke: "currentColor", "stroke-width": 1.6 });
  lines.style.verticalAlign = "middle";
  return lines;
}

export { drawing, hatchOf, lineDrawing, paintPath, replay, svg };
