// Owns drawing one symbol: shapes of incident kinds, hollow forms, stacks, rings of shares.
import { cartography } from "./cartography.js";
import { FONT, shortNumber } from "./dom.js";

/** Radius of a plain symbol, of one that stands for an area, and of discs, in CSS px. */
const SIZE = Object.freeze({ symbol: 9, area: 6, stackLimit: 20, stackMax: 30 });

function polygon(ctx, points, r) {
  points.forEach(([x, y], i) => (i ? ctx.lineTo(x * r, y * r) : ctx.moveTo(x * r, y * r)));
  ctx.closePath();
}

function rosette(ctx, r, spikes, depth) {
  for (let i = 0; i < spikes * 2; i += 1) {
    const radius = i % 2 ? r * depth : r;
    const angle = (i / spikes) * Math.PI - Math.PI / 2;
    const [x, y] = [Math.cos(angle) * radius, Math.sin(angle) * radius];
    if (i) ctx.lineTo(x, y);
    else ctx.moveTo(x, y);
  }
  ctx.closePath();
}

const PLUS = [
  [-0.36, -1], [0.36, -1], [0.36, -0.36], [1, -0.36], [1, 0.36], [0.36, 0.36],
  [0.36, 1], [-0.36, 1], [-0.36, 0.36], [-1, 0.36], [-1, -0.36], [-0.36, -0.36],
];
const turned = (points) => points.map(([x, y]) => [(x - y) * 0.72, (x + y) * 0.72]);

// Sizes differ so that the shapes look equally heavy.
const SHAPES = {
  burst: (ctx, r) => rosette(ctx, r * 1.16, 8, 0.62),
  circle: (ctx, r) => ctx.arc(0, 0, r * 0.94, 0, 2 * Math.PI),
  wedge: (ctx, r) => polygon(ctx, [[-1.06, -0.82], [1.06, -0.82], [0, 1.08]], r),
  triangle: (ctx, r) => polygon(ctx, [[-1.06, 0.82], [1.06, 0.82], [0, -1.08]], r),
  square: (ctx, r) => polygon(ctx, [[-0.86, -0.86], [0.86, -0.86], [0.86, 0.86], [-0.86, 0.86]], r),
  diamond: (ctx, r) => polygon(ctx, [[0, -1.16], [1.0, 0], [0, 1.16], [-1.0, 0]], r),
  plus: (ctx, r) => polygon(ctx, PLUS, r),
  cross: (ctx, r) => polygon(ctx, turned(PLUS), r * 1.06),
  bar: (ctx, r) => polygon(ctx, [[-1.1, -0.52], [1.1, -0.52], [1.1, 0.52], [-1.1, 0.52]], r),
  drop(ctx, r) {
    ctx.moveTo(0, -1.24 * r);
    ctx.bezierCurveTo(0.5 * r, -0.5 * r, 0.86 * r, -0.14 * r, 0.86 * r, 0.3 * r);
    ctx.bezierCurveTo(0.86 * r, 0.8 * r, 0.46 * r, 1.08 * r, 0, 1.08 * r);
    ctx.bezierCurveTo(-0.46 * r, 1.08 * r, -0.86 * r, 0.8 * r, -0.86 * r, 0.3 * r);
    ctx.bezierCurveTo(-0.86 * r, -0.14 * r, -0.5 * r, -0.5 * r, 0, -1.24 * r);
    ctx.closePath();
  },
};

/** @typedef {ReturnType<typeof look>} Theme */

/**
 * Resolve the cartography for one theme: plain colours, nothing left to look up while drawing.
 * @param {"light"|"dark"} theme
 */
function look(theme) {
  const tones = Object.entries(cartography.palette).map(([name, tone]) => [name, tone[theme]]);
  const colors = /** @type {Record<keyof typeof cartography.palette, string>} */ (Object.fromEntries(tones));
  const kinds = cartography.kinds.map((kind) => ({ ...kind, color: kind.color[theme] }));
  const hatches = cartography.hatches.map((hatch) => ({ ...hatch, color: hatch.color[theme] }));
  const { statuses, precisions, texts } = cartography;
  return { theme, colors, kinds, hatches, statuses, precisions, texts };
}

function paintShape(ctx, kind, status, r, colors) {
  ctx.lineJoin = "round";
  ctx.beginPath();
  SHAPES[kind.shape](ctx, r);
  ctx.strokeStyle = colors.halo;
  ctx.lineWidth = status.hollow ? 5 : 3;
  ctx.stroke();
  ctx.fillStyle = status.hollow ? colors.paper : kind.color;
  ctx.fill();
  if (!status.hollow) return;
  ctx.strokeStyle = kind.color;
  ctx.lineWidth = 2;
  ctx.setLineDash(status.mark ? [2.6, 1.8] : []);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** The character beside a disputed symbol, with a halo so that it reads on any ground. */
function paintMark(ctx, text, x, y, colors) {
  ctx.font = `700 12px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineWidth = 3;
  ctx.strokeStyle = colors.halo;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colors.ink;
  ctx.fillText(text, x, y);
}

/** Plate under the small symbol of something known only to an area. */
function paintPlate(ctx, r, colors) {
  const side = r + 4.5;
  ctx.beginPath();
  ctx.roundRect(-side, -side, side * 2, side * 2, 4);
  ctx.globalAlpha = 0.88;
  ctx.fillStyle = colors.paper;
  ctx.fill();
  ctx.globalAlpha = 1;
  ctx.strokeStyle = colors.ring;
  ctx.lineWidth = 1;
  ctx.setLineDash([2, 2]);
  ctx.stroke();
  ctx.setLineDash([]);
}

/**
 * Draw the symbol of one incident.
 * @param {CanvasRenderingContext2D} ctx
 * @param {{kinds: object[], statuses: object[], colors: object}} theme from look()
 * @param {{x: number, y: number, kind: number, status: number, area: boolean}} symbol
 */
function drawSymbol(ctx, theme, { x, y, kind, status, area }) {
  const { colors } = theme;
  const form = theme.kinds[kind] || theme.kinds[theme.kinds.length - 1];
  const outcome = theme.statuses[status] || theme.statuses[0];
  const r = area ? SIZE.area : SIZE.symbol;
  ctx.save();
  ctx.translate(x, y);
  if (area) paintPlate(ctx, r, colors);
  paintShape(ctx, form, outcome, r, colors);
  if (outcome.mark) paintMark(ctx, outcome.mark, r + (area ? 7 : 4.5), -r + (area ? -2 : 1.5), colors);
  ctx.restore();
}

/** Radius of a disc that stands for n incidents: area grows with n up to a cap. */
function discRadius(n, most = 345) {
  if (n <= 1) return SIZE.stackLimit / 2;
  const least = 13 ** 2;
  const grown = least + ((SIZE.stackMax ** 2 - least) * n) / most;
  return Math.min(SIZE.stackMax, Math.sqrt(grown));
}

/**
 * Draw a stack or cluster: neutral disc, count, ring of shares by kind.
 * @param {{x: number, y: number, r: number, n: number, kinds: number[], area: boolean}} disc
 *   `kinds` counts incidents a kind; `area` when none of them is known to a place
 */
function drawDisc(ctx, theme, { x, y, r, n, kinds, area }) {
  const { colors } = theme;
  ctx.save();
  ctx.translate(x, y);
  ctx.beginPath();
  ctx.arc(0, 0, r + 1.25, 0, 2 * Math.PI);
  ctx.fillStyle = colors.halo;
  ctx.fill();
  const total = kinds.reduce((sum, count) => sum + (count || 0), 0) || 1;
  let from = -Math.PI / 2;
  kinds.forEach((count, kind) => {
    if (!count || !theme.kinds[kind]) return;
    const to = from + (count / total) * 2 * Math.PI;
    ctx.beginPath();
    ctx.moveTo(0, 0);
    ctx.arc(0, 0, r, from, to);
    ctx.closePath();
    ctx.fillStyle = theme.kinds[kind].color;
    ctx.fill();
    from = to;
  });
  ctx.beginPath();
  ctx.arc(0, 0, r - 4, 0, 2 * Math.PI);
  ctx.fillStyle = colors.paper;
  ctx.fill();
  ctx.strokeStyle = colors.halo;
  ctx.lineWidth = 1;
  ctx.stroke();
  if (area) paintAreaRim(ctx, r, colors);
  const text = shortNumber(n);
  const size = Math.min(14, Math.max(9.5, ((r - 4) * 2 - 3) / (text.length * 0.6)));
  ctx.font = `600 ${size}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillStyle = colors.ink;
  ctx.fillText(text, 0, 0.5);
  ctx.restore();
}

function paintAreaRim(ctx, r, colors) {
  ctx.beginPath();
  ctx.arc(0, 0, r + 3.5, 0, 2 * Math.PI);
  ctx.strokeStyle = colors.ring;
  ctx.lineWidth = 1.2;
  ctx.setLineDash([2.5, 2.5]);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** Ring around what is selected ("selected") or has the keyboard's attention ("focus"). */
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

export { SIZE, look, drawSymbol, drawDisc, discRadius, drawHighlight };
