// Owns drawing one symbol, disc or highlight of the map in the colours of a theme.
import { cartography } from "./cartography.js";
import { FONT, shortCount } from "./dom.js";
import { replay } from "./icons.js";
import { NO_OWN, OTHER, drawnKinds } from "./own.js";
import { Pen, transformOf } from "./sprites.js";

const { sizes: SIZES } = cartography;
/** The smallest number of a disc in px, and about how wide a digit is, as a share of its size. */
const LEAST_NUMBER = 9.5;
const DIGIT = 0.65;
/** Half of how high a digit is, as a share of its size, and what a halo adds at each side, in px. */
const CAPITAL = 0.37;
const HALO = 1.5;
/** From the middle of a symbol to the end of what it may have, with its halo. */
const SYMBOL_REACH = 24;

/**
 * @import { Own } from "./own.js"
 * @typedef {ReturnType<typeof transformOf>} At
 * @typedef {CanvasRenderingContext2D} Ctx
 * @typedef {ReturnType<typeof look>} Theme
 * @typedef {{ x: number, y: number, kind: number, status: number, area: boolean }} Symbol
 *   `area` when it is known to no place
 * @typedef {{ r: number, n: number, certain: number }} Numbered a disc for n incidents, of which
 *   some certainly fit the filter
 */

/**
 * Resolve the cartography for one theme: plain colours, nothing left to look up while drawing.
 * @param {"light"|"dark"} theme @param {Own} [own] types that stand for themselves
 */
function look(theme, own = NO_OWN) {
  const tones = Object.entries(cartography.palette).map(([name, tone]) => [name, tone[theme]]);
  const colors = /** @type {Record<keyof typeof cartography.palette, string>} */ (Object.fromEntries(tones));
  const kinds = drawnKinds(own).map((kind) => ({ ...kind, color: kind.color[theme] }));
  const hatches = cartography.hatches.map((hatch) => ({ ...hatch, color: hatch.color[theme] }));
  const { statuses, precisions } = cartography;
  return { theme, colors, kinds, hatches, statuses, precisions };
}

/**
 * Draw the symbol of one incident.
 * @param {Ctx} ctx @param {Theme} theme @param {Symbol} symbol @param {At} [at] how the canvas is scaled and moved
 */
function drawSymbol(ctx, theme, { x, y, kind, status, area }, at = transformOf(ctx)) {
  const { place, area: plated } = cartography.symbols[status] ?? cartography.symbols[0];
  new Pen(ctx, theme, x, y, at).stamp(`symbol ${kind} ${status} ${area}`, SYMBOL_REACH, (to) => (
    replay(to, theme, area ? plated : place, { kind })));
}

/** Radius of a disc that stands for n incidents: area grows with n up to a cap. @param {number} n */
function discRadius(n, most = SIZES.full_disc) {
  if (n <= 1) return SIZES.apart / 2;
  const least = SIZES.least_disc ** 2;
  const grown = least + ((SIZES.most_disc ** 2 - least) * n) / most;
  return Math.min(SIZES.most_disc, Math.sqrt(grown));
}

/**
 * The number of a disc, its size and about how wide it is, both in px: as large as the disc has room
 * for, and never too small to be read. @param {Numbered} disc
 */
function numberOf({ r, n, certain }) {
  const text = shortCount([certain, n]);
  const room = (r - SIZES.rim) * 2 - 3;
  const fitting = Math.min(14, Math.max(LEAST_NUMBER, room / (text.length * DIGIT)));
  const size = Math.floor(fitting * 2) / 2; // a browser takes long to make a font of each size
  return { text, size, width: text.length * DIGIT * size };
}

/** @param {Ctx} ctx @param {number} r @param {string} color */
function fillCircle(ctx, r, color) {
  ctx.beginPath();
  ctx.arc(0, 0, r, 0, 2 * Math.PI);
  ctx.fillStyle = color;
  ctx.fill();
}

/**
 * Draw a stack or cluster: neutral disc, count, ring of shares by kind.
 * @param {Ctx} ctx @param {Theme} theme
 * @param {Numbered & { x: number, y: number, kinds: number[], area: boolean }} disc
 *   `kinds` counts incidents a kind; `area` when none of them is known to a place
 * @param {At} [at]
 */
function drawDisc(ctx, theme, { x, y, r: exact, n, certain, kinds, area }, at = transformOf(ctx)) {
  const { colors } = theme;
  const r = Math.round(exact * 4) / 4; // of each radius its pictures are drawn once
  const pen = new Pen(ctx, theme, x, y, at);
  pen.stamp(`under ${r}`, r + 2, (to) => fillCircle(to, r + 1.25, colors.halo));
  drawShares(pen, theme, r, kinds);
  pen.stamp(`disc ${r} ${area}`, r + SIZES.area_rim + 1, (to) => {
    fillCircle(to, r - SIZES.rim, colors.paper);
    to.strokeStyle = colors.halo;
    to.lineWidth = 1;
    to.stroke();
    if (area) paintAreaRim(to, r, colors);
  });
  const { text, size, width } = numberOf({ r: exact, n, certain });
  // What reaches over the rim must be read on its colours too; within, a halo of paper on paper is not seen.
  const isOver = Math.hypot(width / 2, size * CAPITAL) + HALO > r - SIZES.rim;
  pen.stamp(`number ${text} ${size} ${isOver}`, width + HALO, (to) => {
    to.font = `600 ${size}px ${FONT}`;
    to.textAlign = "center";
    to.textBaseline = "middle";
    if (isOver) {
      to.strokeStyle = colors.paper;
      to.lineWidth = 2 * HALO;
      to.lineJoin = "round";
      to.strokeText(text, 0, 0.5);
    }
    to.fillStyle = colors.ink;
    to.fillText(text, 0, 0.5);
  });
}

/**
 * Draw shares by kind, from the top and clockwise; those of one kind alone are a circle.
 * @param {Pen} pen @param {Theme} theme @param {number} r @param {number[]} kinds
 */
function drawShares(pen, theme, r, kinds) {
  const { ctx, x, y } = pen;
  const total = kinds.reduce((sum, count) => sum + count, 0) || 1;
  const order = kinds.flatMap((count, kind) => (count && theme.kinds[kind] && kind !== OTHER ? [kind] : []));
  // What is left of all others comes last, after what stands for itself too.
  if (kinds[OTHER] && theme.kinds[OTHER]) order.push(OTHER);
  if (order.length === 1) {
    const [kind] = order;
    pen.stamp(`all ${r} ${kind}`, r, (to) => fillCircle(to, r, theme.kinds[kind].color));
    return;
  }
  // One circle whose colour turns costs less than a sector for each kind.
  const shares = ctx.createConicGradient(-Math.PI / 2, x, y);
  const soft = 0.25 / (Math.PI * r); // half a pixel at the rim, as a share of it
  let from = 0;
  order.forEach((kind, i) => {
    const to = i === order.length - 1 ? 1 : from + kinds[kind] / total;
    const { color } = theme.kinds[kind];
    shares.addColorStop(Math.min(to, from + (i ? soft : 0)), color);
    shares.addColorStop(Math.max(from, to === 1 ? 1 : to - soft), color);
    from = to;
  });
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.fillStyle = shares;
  ctx.fill();
}

/** @param {Ctx} ctx @param {number} r @param {Theme["colors"]} colors */
function paintAreaRim(ctx, r, colors) {
  ctx.beginPath();
  ctx.arc(0, 0, r + SIZES.area_rim, 0, 2 * Math.PI);
  ctx.strokeStyle = colors.ring;
  ctx.lineWidth = 1.2;
  ctx.lineCap = "round";
  ctx.setLineDash([0.1, 3.2]); // dots: dashes are for disputed borders alone
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.lineCap = "butt";
}

/**
 * Ring around what is selected, or has the keyboard's attention.
 * @param {Ctx} ctx @param {Theme} theme @param {{ x: number, y: number, r: number }} at
 * @param {"selected" | "focus"} role
 */
function drawHighlight(ctx, theme, { x, y, r }, role) {
  const { colors } = theme;
  const radius = r + (role === "focus" ? 9.5 : 5);
  ctx.save();
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.lineWidth = role === "focus" ? 4.5 : 6;
  ctx.strokeStyle = colors.halo;
  ctx.stroke();
  ctx.lineWidth = role === "focus" ? 2 : 3;
  ctx.strokeStyle = colors[role];
  ctx.stroke();
  ctx.restore();
}

export { look, drawSymbol, drawDisc, discRadius, drawHighlight, numberOf };
