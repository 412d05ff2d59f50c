// Owns text with a halo on canvases: drawn once, and put down as a small picture in each frame after.
import { contextOf, element } from "./dom.js";

/** @typedef {CanvasRenderingContext2D} Ctx */

const MOST = 3000;
const HALO_PX = 3;
const EDGE = HALO_PX / 2 + 1; // around letters, for their halo and for what smoothing adds

/**
 * @typedef {{
 *   text: string, font: string, color: string, halo: string, spacing?: number, align?: CanvasTextAlign,
 * }} Lettered
 * @typedef {{ canvas: HTMLCanvasElement, x: number, y: number }} Sprite with the place that its text is
 *   written at, in its own pixels
 *
 * @type {Map<string, Sprite>}
 */
const sprites = new Map();

/** @param {Ctx} ctx @param {Lettered} look */
function setUp(ctx, { font, color, halo, spacing = 0, align = "left" }) {
  ctx.font = font;
  ctx.letterSpacing = `${spacing}px`;
  ctx.textAlign = align;
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = HALO_PX;
  ctx.strokeStyle = halo;
  ctx.fillStyle = color;
}

/** @param {Lettered} look @param {number} scale pixels of the canvas in one of the screen @returns {Sprite} */
function make(look, scale) {
  const canvas = element("canvas");
  const ctx = contextOf(canvas);
  setUp(ctx, look);
  const box = ctx.measureText(look.text);
  const x = Math.ceil((box.actualBoundingBoxLeft + EDGE) * scale);
  const y = Math.ceil((box.actualBoundingBoxAscent + EDGE) * scale);
  canvas.width = Math.max(1, x + Math.ceil((box.actualBoundingBoxRight + EDGE) * scale));
  canvas.height = Math.max(1, y + Math.ceil((box.actualBoundingBoxDescent + EDGE) * scale));
  setUp(ctx, look); // the size of a canvas resets it
  ctx.setTransform(scale, 0, 0, scale, x, y);
  ctx.strokeText(look.text, 0, 0);
  ctx.fillText(look.text, 0, 0);
  return { canvas, x, y };
}

/**
 * Write what stands in one frame of a drag and hardly in another, such as a count: a picture of its own would
 * cost more than its letters.
 * @param {Ctx} ctx @param {number} x its left, or what it is aligned by @param {number} y its middle
 * @param {Lettered} look
 */
function writePassing(ctx, x, y, look) {
  setUp(ctx, look);
  ctx.strokeText(look.text, x, y);
  ctx.fillText(look.text, x, y);
}

/**
 * Write text with a halo around its letters, on whole pixels of the canvas. Stroking letters costs more than
 * all else that a frame of a drag draws.
 * @param {Ctx} ctx @param {number} x its left, or what it is aligned by @param {number} y its middle
 * @param {Lettered} look
 */
function writeText(ctx, x, y, look) {
  const { a: scale, e, f } = ctx.getTransform();
  const key = `${scale} ${look.font} ${look.spacing} ${look.align} ${look.color} ${look.halo} ${look.text}`;
  let sprite = sprites.get(key);
  if (!sprite) {
    if (sprites.size >= MOST) sprites.clear();
    sprite = make(look, scale);
    sprites.set(key, sprite);
  }
  const { canvas: { width, height } } = sprite;
  const whole = (/** @type {number} */ at, /** @type {number} */ moved, /** @type {number} */ own) => (
    (Math.round(at * scale + moved) - own - moved) / scale);
  ctx.drawImage(sprite.canvas, whole(x, e, sprite.x), whole(y, f, sprite.y), width / scale, height / scale);
}

export { writePassing, writeText };
