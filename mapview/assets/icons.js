// Owns replaying the cartography's primitives on a canvas, and the line drawings of buttons.
import { cartography } from "./cartography.js";
import { FONT } from "./dom.js";

const TURN = 2 * Math.PI;

function polyline(ctx, points, r = 1) {
  points.forEach(([x, y], i) => (i ? ctx.lineTo(x * r, y * r) : ctx.moveTo(x * r, y * r)));
}

const pairs = (numbers) => numbers.flatMap((x, i) => (i % 2 ? [] : [[x, numbers[i + 1]]]));

/** How the path of each shape is traced; what the numbers mean stands in cartography/primitives.py. */
const TRACES = {
  outline(ctx, [r], name) {
    polyline(ctx, cartography.outlines[name], r);
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

const kindOf = (theme, kind) => theme.kinds[kind] || theme.kinds[theme.kinds.length - 1];

const hatchOf = (theme, hatch) => theme.hatches[Math.abs(hatch || 0) % theme.hatches.length];

function colorOf(theme, role, { kind, hatch }) {
  if (role === "hatch") return hatchOf(theme, hatch).color;
  const [, index] = /^kind(\d*)$/.exec(role) || [];
  return index === undefined ? theme.colors[role] : kindOf(theme, index || kind).color;
}

/** Fill and stroke the current path as a primitive says. */
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
    ctx.lineWidth = one.width;
    ctx.setLineDash(one.dash || []);
    ctx.lineCap = one.is_round ? "round" : "butt";
    ctx.stroke();
    ctx.setLineDash([]);
  }
  ctx.globalAlpha = 1;
}

function write(ctx, theme, one) {
  const [x, y, height] = one.at;
  ctx.font = `700 ${height}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  if (one.halo) {
    // The letters are read on any ground.
    ctx.lineWidth = one.halo;
    ctx.strokeStyle = theme.colors.halo;
    ctx.strokeText(one.name, x, y);
  }
  ctx.fillStyle = colorOf(theme, one.fill, {});
  ctx.fillText(one.name, x, y);
}

/**
 * Draw primitives around 0, 0, the first lowest.
 * @param {CanvasRenderingContext2D} ctx
 * @param {object} theme from symbols.look
 * @param {object[]} primitives of the cartography
 * @param {{kind?: number, hatch?: number}} of whose colours, outline and lines they take
 */
function replay(ctx, theme, primitives, of) {
  ctx.lineJoin = "round";
  for (const one of primitives) {
    if (one.shape === "letter") {
      write(ctx, theme, one);
      continue;
    }
    ctx.beginPath();
    const name = one.name === "kind" ? kindOf(theme, of.kind).shape : one.name;
    TRACES[one.shape](ctx, one.at, name, hatchOf(theme, of.hatch));
    paintPath(ctx, theme, one, of);
  }
}

/** A line drawing of 16 by 16, as an element. */
function lineDrawing(path) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": true })) {
    svg.setAttribute(name, value);
  }
  const line = document.createElementNS(space, "path");
  const looks = { d: path, fill: "none", stroke: "currentColor", "stroke-width": 1.6 };
  for (const [name, value] of Object.entries(looks)) line.setAttribute(name, value);
  svg.style.verticalAlign = "middle";
  svg.append(line);
  return svg;
}

export { hatchOf, lineDrawing, paintPath, replay };
