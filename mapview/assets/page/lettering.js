// Owns lines of text on a canvas: broken where they are too long, one below the other.
import { FONT, contextOf, element } from "../dom.js";

const LINE = 1.4;
const SHARP = 2;
const MOST_PX = 15_000; // canvases of browsers end somewhere beyond

/**
 * @import { Theme } from "../symbols.js"
 * @typedef {{ size?: number, weight?: number, color?: string, indent?: number, after?: number,
 *   align?: CanvasTextAlign }} Style
 */

/**
 * Lines no wider than a width; a word that is wider stands in parts.
 * @param {(text: string) => number} widthOf @param {string} text @param {number} width
 */
function lines(widthOf, text, width) {
  /** @type {string[]} */
  const found = [];
  let line = "";
  for (let word of text.split(/\s+/).filter(Boolean)) {
    if (line && widthOf(`${line} ${word}`) <= width) {
      line += ` ${word}`;
      continue;
    }
    if (line) found.push(line);
    while (word.length > 1 && widthOf(word) > width) {
      let n = word.length - 1;
      while (n > 1 && widthOf(word.slice(0, n)) > width) n -= 1;
      found.push(word.slice(0, n));
      word = word.slice(n);
    }
    line = word;
  }
  if (line) found.push(line);
  return found;
}

class Lettering {
  /** @param {CanvasRenderingContext2D} ctx @param {Theme} theme @param {{ x: number, y: number, width: number }} at */
  constructor(ctx, theme, { x, y, width }) {
    this.ctx = ctx;
    this.theme = theme;
    this.x = x;
    this.y = y;
    this.width = width;
  }

  /** Write a text and go below it. @param {string} text @param {Style} [style] */
  write(text, { size = 13, weight = 400, color = this.theme.colors.ink, indent = 0, after = 4, align = "left" } = {}) {
    const { ctx } = this;
    ctx.font = `${weight} ${size}px ${FONT}`;
    ctx.fillStyle = color;
    ctx.textAlign = align;
    ctx.textBaseline = "alphabetic";
    const found = lines((one) => ctx.measureText(one).width, text, this.width - indent);
    for (const line of found) {
      ctx.fillText(line, this.x + indent, this.y + size);
      this.y += Math.round(size * LINE);
    }
    if (found.length) this.y += after;
  }

  rule() {
    this.ctx.fillStyle = this.theme.colors.rule;
    this.ctx.fillRect(this.x, this.y + 4, this.width, 1);
    this.y += 12;
  }
}

/**
 * A canvas as high as what is drawn on it: drawn once to see how high, and once more.
 * @param {number} width @param {Theme} theme
 * @param {(ctx: CanvasRenderingContext2D) => number} draw returns how high it is
 */
function sheet(width, theme, draw) {
  const height = Math.ceil(draw(contextOf(element("canvas", { width: 1, height: 1 }))));
  const ratio = Math.min(SHARP, MOST_PX / height, MOST_PX / width);
  const canvas = element("canvas", { width: Math.round(width * ratio), height: Math.round(height * ratio) });
  const ctx = contextOf(canvas);
  ctx.scale(ratio, ratio);
  ctx.fillStyle = theme.colors.paper;
  ctx.fillRect(0, 0, width, height);
  draw(ctx);
  return canvas;
}

export { Lettering, lines, sheet };
