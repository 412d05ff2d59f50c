// Owns small pictures on canvases: what is drawn alike in many frames is drawn once, and put down after.
import { contextOf, element } from "./dom.js";

/**
 * @import { Box, View } from "./geometry.js"
 * @typedef {CanvasRenderingContext2D} Ctx
 * @typedef {ReturnType<typeof transformOf>} At
 */

const MOST_PIXELS = 8e6; // of all pictures together, 32 MB; a drag over 20,000 incidents makes a tenth of it
const MOST_SEEN = 20_000; // keys of what was drawn once, some 2 MB
const HALO_PX = 3;
const EDGE = HALO_PX / 2 + 1; // around letters, for their halo and for what smoothing adds
const [LARGEST_STILL, BESIDE, SHEET_PX] = [160, 4, 1024]; // pixels of a picture, beside its box, of a row of a sheet
const TALLEST_SHEET = 4096; // browsers draw nothing on a canvas of some ten thousand pixels
const STEPS = 2; // a spot lies on a pixel or halfway to the next: nobody sees a quarter of one

/**
 * @typedef {{
 *   text: string, font: string, color: string, halo: string, spacing?: number, align?: CanvasTextAlign,
 * }} Lettered
 * @typedef {{ canvas: HTMLCanvasElement, x: number, y: number, width: number }} Sprite with the place that it
 *   is drawn at, in its own pixels, and how wide a text of it runs
 * @typedef {{ by: unknown[], sprites: Map<string, Sprite>, once: Set<string> }} Family what is alike but for a
 *   short key, and what was drawn without a picture
 *
 * @type {Map<string | object, Family[]>} by font or theme: long keys, made anew for each of some hundred pictures
 *   in a frame, would take longer to find than these to draw
 */
const families = new Map();
let pixels = 0;
let seen = 0;

/** The family of a font or theme that is alike in all else. @param {string | object} of @param {unknown[]} by */
function familyOf(of, ...by) {
  let some = families.get(of);
  if (!some) families.set(of, (some = []));
  let found = some.find((one) => by.every((value, i) => value === one.by[i]));
  if (!found) some.push((found = { by, sprites: new Map(), once: new Set() }));
  return found;
}

/** @param {Family} family @param {string} key @param {() => Sprite} make */
function spriteOf({ sprites }, key, make) {
  let sprite = sprites.get(key);
  if (!sprite) {
    if (pixels > MOST_PIXELS) {
      for (const one of [...families.values()].flat()) one.sprites.clear();
      pixels = 0;
    }
    sprite = make();
    pixels += sprite.canvas.width * sprite.canvas.height;
    sprites.set(key, sprite);
  }
  return sprite;
}

/** Whether it is drawn so for the first time. @param {Family} family @param {string} key */
function isNew({ once, sprites }, key) {
  if (once.has(key) || sprites.has(key)) return false;
  if (seen > MOST_SEEN) {
    for (const one of [...families.values()].flat()) one.once.clear();
    seen = 0;
  }
  once.add(key);
  seen += 1;
  return true;
}

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

/**
 * @param {Lettered} look @param {number} scale pixels of the canvas in one of the screen
 * @param {("halo" | "letters")[]} parts @returns {Sprite}
 */
function letter(look, scale, parts) {
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
  if (parts.includes("halo")) ctx.strokeText(look.text, 0, 0);
  if (parts.includes("letters")) ctx.fillText(look.text, 0, 0);
  return { canvas, x, y, width: box.width };
}

/**
 * @param {Ctx} ctx @param {Sprite} sprite @param {number} x whole pixel of the canvas @param {number} y
 * @param {At} at
 */
function put(ctx, { canvas, x: left, y: top }, x, y, { scale, e, f }) {
  ctx.drawImage(
    canvas, (x - left - e) / scale, (y - top - f) / scale, canvas.width / scale, canvas.height / scale);
}

/** @param {string} part @param {Lettered} look @param {number} scale */
const familyOfText = (part, { font, color, halo, spacing, align }, scale) => (
  familyOf(font, part, scale, color, halo, spacing, align));

/**
 * How a canvas is scaled and moved now; asked for each of some hundred pictures it takes as long as these.
 * @param {Ctx} ctx
 */
function transformOf(ctx) {
  const { a: scale, e, f } = ctx.getTransform();
  return { scale, e, f };
}

/**
 * Write what stands in one frame of a drag and hardly in another, such as a count: digit by digit, since a
 * picture of the whole would be of no use again. Setting a font alone has the page styled anew.
 * @param {Ctx} ctx @param {number} x its left @param {number} y its middle @param {Lettered} look @param {At} [at]
 */
function writePassing(ctx, x, y, look, at = transformOf(ctx)) {
  const { scale, e, f } = at;
  const parts = (look.text.match(/\d|\D+/g) ?? []).map((text) => ({ ...look, text }));
  // A halo must not lie on the letter before it.
  for (const part of /** @type {const} */ (["halo", "letters"])) {
    const family = familyOfText(part, look, scale);
    let left = x;
    for (const one of parts) {
      const sprite = spriteOf(family, one.text, () => letter(one, scale, [part]));
      put(ctx, sprite, Math.round(left * scale + e), Math.round(y * scale + f), at);
      left += sprite.width;
    }
  }
}

/**
 * Write text with a halo around its letters, on whole pixels of the canvas. Stroking letters costs more than
 * all else that a frame of a drag draws.
 * @param {Ctx} ctx @param {number} x its left, or what it is aligned by @param {number} y its middle
 * @param {Lettered} look @param {At} [at]
 */
function writeText(ctx, x, y, look, at = transformOf(ctx)) {
  const { scale, e, f } = at;
  const sprite = spriteOf(familyOfText("", look, scale), look.text, () => letter(look, scale, ["halo", "letters"]));
  put(ctx, sprite, Math.round(x * scale + e), Math.round(y * scale + f), at);
}

/**
 * A pen at one spot of a canvas: it draws around it, and puts down what it has drawn at such a spot before.
 * Curves and letters cost many times what a picture of them does, and a new picture more than both: what is
 * drawn once alone, such as most counts of one zoom, is never made one.
 */
class Pen {
  /**
   * @param {Ctx} ctx @param {object} theme that colours are of; what is drawn in another is drawn anew
   * @param {number} x @param {number} y @param {At} [at]
   */
  constructor(ctx, theme, x, y, at = transformOf(ctx)) {
    this.ctx = ctx;
    this.at = at;
    const { scale, e, f } = at;
    const across = Math.round((x * scale + e) * STEPS) / STEPS;
    const down = Math.round((y * scale + f) * STEPS) / STEPS;
    this.pixel = { x: Math.floor(across), y: Math.floor(down) };
    this.rest = { x: across - this.pixel.x, y: down - this.pixel.y };
    /** The spot itself, for what is drawn but once. */
    this.x = (across - e) / scale;
    this.y = (down - f) / scale;
    this.family = familyOf(theme, scale, this.rest.x, this.rest.y);
  }

  /**
   * @param {string} key what it looks like @param {number} reach how far it goes from the spot
   * @param {(ctx: Ctx) => void} draw draws it around 0, 0
   */
  stamp(key, reach, draw) {
    const { ctx: onto, at, at: { scale }, family, pixel, rest } = this;
    if (isNew(family, key)) {
      onto.save();
      onto.translate(this.x, this.y);
      draw(onto);
      onto.restore();
      return;
    }
    const sprite = spriteOf(family, key, () => {
      const half = Math.ceil(reach * scale) + 1;
      const canvas = element("canvas", { width: 2 * half, height: 2 * half });
      const ctx = contextOf(canvas);
      ctx.setTransform(scale, 0, 0, scale, half + rest.x, half + rest.y);
      draw(ctx);
      return { canvas, x: half, y: half, width: 0 };
    });
    put(this.ctx, sprite, pixel.x, pixel.y, at);
  }
}

/**
 * What does not move while a view stays; the box is in pixels of the screen, without what a line adds.
 * @typedef {{ shape: object, copy: number, box: Box }} Item
 * @typedef {{ sheet: HTMLCanvasElement, x: number, y: number, width: number, height: number, left: number,
 *   top: number }} Still a part of a sheet, and the pixel of the canvas that it lies at
 * @typedef {{ pixels: number, at: Map<object, Map<number, Still>> }} Stills by what they show and copy of the world
 *
 * @type {WeakMap<View, WeakMap<object, Record<string, Stills>>>} by their theme and look
 */
const stills = new WeakMap();

/**
 * Draw what lies still while a view does, such as rings of places in a drag over time: as pictures where the same
 * view is drawn again, since the dots of a ring cost many times what its picture does. Pixels are as before but
 * for what blending rounds, a few of 255 at most.
 * @template {Item} T @param {Ctx} ctx @param {object} theme @param {View} view @param {string} look
 * @param {T[]} items the lowest first @param {(ctx: Ctx, item: T) => void} draw
 */
function drawStill(ctx, theme, view, look, items, draw) {
  const themes = stills.get(view) ?? new WeakMap();
  stills.set(view, themes);
  const looks = themes.get(theme) ?? {};
  themes.set(theme, looks);
  /** @type {Stills | undefined} */
  const kept = looks[look];
  const at = transformOf(ctx);
  if (kept && kept.pixels <= MOST_PIXELS) keep(kept, at, items, draw);
  else looks[look] = { pixels: 0, at: new Map() };
  for (const item of items) {
    const still = kept?.at.get(item.shape)?.get(item.copy);
    if (still) {
      const { sheet, x, y, width, height, left, top } = still;
      ctx.drawImage(sheet, x, y, width, height,
        (left - at.e) / at.scale, (top - at.f) / at.scale, width / at.scale, height / at.scale);
    } else draw(ctx, item);
  }
}

/**
 * Draw those that are new and small on one sheet, side by side in rows. Nothing more is drawn on it: a canvas is
 * copied where it is drawn on after it was drawn from.
 * @template {Item} T @param {Stills} kept @param {At} at @param {T[]} items
 * @param {(ctx: Ctx, item: T) => void} draw
 */
function keep(kept, { scale, e, f }, items, draw) {
  const sheet = element("canvas");
  /** @type {(Still & { item: T })[]} */
  const fresh = [];
  let [x, y, bottom] = [0, 0, 0];
  for (const item of items) {
    const [left, top] = [item.box[0] * scale + e, item.box[1] * scale + f].map((px) => Math.floor(px) - BESIDE);
    const width = Math.ceil(item.box[2] * scale + e) + BESIDE - left;
    const height = Math.ceil(item.box[3] * scale + f) + BESIDE - top;
    if (Math.max(width, height) > LARGEST_STILL || kept.at.get(item.shape)?.has(item.copy)) continue;
    if (x + width > SHEET_PX) [x, y] = [0, bottom];
    if (y + height > TALLEST_SHEET) break; // the rest has a sheet of the next frame
    fresh.push({ item, sheet, x, y, width, height, left, top });
    x += width;
    bottom = Math.max(bottom, y + height);
  }
  if (!fresh.length) return;
  [sheet.width, sheet.height] = [y ? SHEET_PX : x, bottom];
  const ctx = contextOf(sheet);
  kept.pixels += sheet.width * sheet.height;
  for (const { item, ...still } of fresh) {
    ctx.setTransform(scale, 0, 0, scale, e + still.x - still.left, f + still.y - still.top);
    draw(ctx, item);
    const copies = kept.at.get(item.shape) ?? new Map();
    kept.at.set(item.shape, copies.set(item.copy, still));
  }
}

export { Pen, drawStill, transformOf, writePassing, writeText };
