// Owns how it shows what base areas were: band, flag, tent, stroke; and how it is said.
import { cartography } from "./cartography.js";
import { paintPath, replay } from "./icons.js";
import { say } from "./tongue.js";

/**
 * @import { Area } from "./feed.js"
 * @import { Primitive } from "./icons.js"
 * @import { Theme } from "./symbols.js"
 * @typedef {CanvasRenderingContext2D} Ctx
 * @typedef {{ first: Area, band: boolean, struck: boolean, marked: Area[] }} Told what a shape shows: an
 *   area that gives it its hue and line, whether it was held, whether it was lost by all, and an area of
 *   each mark
 */

/** @type {Record<string, Primitive[]>} */
const ICONS = cartography.icons;
/** @type {{ id: string, mark: string, has_band: boolean }[]} */
const STANDINGS = cartography.standings;
const MARK_PX = 14; // how far marks of one shape stand apart

/** @param {string} form @param {string} shape */
const partOf = (form, shape) => ICONS[form].find((one) => one.shape === shape);
const BAND = /** @type {Primitive} */ (ICONS.control[0]);
const STRIKE = /** @type {Primitive} */ (partOf("lost", "line"));

const standingOf = (/** @type {Area} */ { standing }) => STANDINGS[standing] ?? STANDINGS[STANDINGS.length - 1];

/**
 * What is told of the areas of one shape: of those that go on, or else of those that ended.
 * @param {Area[]} areas at least one @returns {Told}
 */
function toldOf(areas) {
  const lasting = areas.filter((one) => !one.ended);
  const told = lasting.length ? lasting : areas;
  const marked = STANDINGS.flatMap(({ id, mark }) => (
    mark ? told.filter((one) => standingOf(one).id === id).slice(0, 1) : []));
  const isHeld = (/** @type {Area} */ one) => standingOf(one).has_band;
  return { first: told[0], band: told.some(isHeld), struck: !lasting.length, marked };
}

/**
 * Band and stroke of the region that `trace` puts on the path.
 * @param {Ctx} ctx @param {Theme} theme @param {Told} told @param {(what: "fill" | "line") => void} trace
 * @param {number[]} box of the region on the screen
 */
function paintStanding(ctx, theme, { first: { hatch, faded }, band, struck }, trace, [x0, y0, x1, y1]) {
  if (!band && !struck) return;
  const paler = faded ? 0.5 : 1;
  const asTold = (/** @type {Primitive} */ one) => ({ ...one, stroke_alpha: (one.stroke_alpha ?? 1) * paler });
  ctx.save();
  ctx.beginPath();
  trace("fill");
  ctx.clip();
  if (band) {
    ctx.beginPath();
    trace("line");
    ctx.lineJoin = "round";
    paintPath(ctx, theme, asTold({ ...BAND, width: (BAND.width ?? 1) * 2 }), { hatch }); // half of it is outside
  }
  if (struck) {
    ctx.beginPath();
    ctx.moveTo(x0, y1);
    ctx.lineTo(x1, y0);
    paintPath(ctx, theme, asTold(STRIKE), { hatch });
  }
  ctx.restore();
}

/**
 * Where the marks of one shape stand around a place on the screen.
 * @param {Told} told @param {number} x @param {number} y
 */
const markSpots = ({ marked }, x, y) => (
  marked.map((area, i) => ({ area, x: x + (i - (marked.length - 1) / 2) * MARK_PX, y })));

/** @param {Ctx} ctx @param {Theme} theme @param {ReturnType<typeof markSpots>[0]} spot */
function paintMark(ctx, theme, { area, x, y }) {
  const mark = partOf(standingOf(area).id, "outline");
  if (!mark) return;
  ctx.save();
  ctx.translate(x, y);
  replay(ctx, theme, [{ ...mark, fill_alpha: area.faded ? 0.6 : 1 }], { hatch: area.hatch });
  ctx.restore();
}

/** Why an area is drawn pale, in words. @param {Pick<Area, "faded" | "undated">} area */
function doubtOf({ faded, undated }) {
  if (!faded) return "";
  return undated ? say("beginning not stated") : say("not certain for the period");
}

/** How an area is told for the period, in words. @param {Area} area */
function stateOf(area) {
  const isLost = area.status === "lost";
  const state = area.ended ? (isLost ? say("lost by then") : `${say(area.status)} · ${say("ended by then")}`)
    : isLost ? say("lost later") : say(area.status);
  return [state, doubtOf(area)].filter(Boolean).join(" · ");
}

export { doubtOf, markSpots, paintMark, paintStanding, standingOf, stateOf, toldOf };
