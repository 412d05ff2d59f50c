// Owns making page elements and wording numbers; text goes in as text nodes only.
import { isEnglish, language, number, say } from "./tongue.js";

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

/** A fault may quote what was asked for. */
const MOST_TOLD = 300;

/**
 * Make an element.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number | null | undefined>} [attributes] set with setAttribute;
 *   `text` becomes the text content
 * @param {(Node | string)[]} [children]
 */
function element(tag, attributes = {}, children = []) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) continue;
    if (name === "text") node.textContent = String(value);
    else node.setAttribute(name, String(value));
  }
  node.append(...children);
  return node;
}

/**
 * Cut text that nobody could read at once; the detail panel shows all of it.
 * @param {string | number | null | undefined} text @param {number} length
 */
function clip(text, length) {
  const characters = Array.from(String(text ?? ""));
  return characters.length > length
    ? `${characters.slice(0, length - 1).join("")}…`
    : characters.join("");
}

/**
 * Short count for a disc, rounded half up: 950, 1k, 1.3k, 34k, 2.1M.
 * It is mapview/cartography/numbers.py once more. @param {number} n
 */
function shortNumber(n) {
  if (n < 1000) return String(n);
  const [size, unit] = n < 999500 ? [1000, "k"] : [1e6, "M"];
  const rounded = (/** @type {number} */ value) => Math.floor(value / size + 0.5);
  const tenths = rounded(10 * n);
  return `${tenths < 100 ? tenths / 10 : rounded(n)}${unit}`;
}

/**
 * Short count for a disc: what certainly fits and what may, once where both read the same.
 * It is mapview/cartography/numbers.py once more. @param {[certain: number, possible: number]} counts
 */
const shortCount = (counts) => [...new Set(counts.map(shortNumber))].join("–");

/**
 * How many events of a country are not on the map, as it stands at the country's name.
 * It is mapview/cartography/numbers.py once more. @param {[certain: number, possible: number]} counts
 */
function unplacedWords([certain, possible]) {
  const [least, most] = [certain, possible].map(number);
  const range = certain === possible ? most : certain ? `${least}–${most}` : "";
  // Said at each country in each frame of a drag: in English nothing is looked up.
  if (isEnglish()) return range ? `${range} not placed` : `up to ${most} not placed`;
  return range ? say("{n} not placed", { n: range }) : say("up to {n} not placed", { n: most });
}

/**
 * How a text is to be read that may be in letters of any language: as they are, and where it has none, such as a
 * range of numbers, as the page is. @param {string | null | undefined} words
 */
const dirOf = (words) => (/\p{L}/u.test(words ?? "") ? "auto" : null);

/** What draws on a canvas; browsers refuse it only to a canvas used in another way. */
function contextOf(/** @type {HTMLCanvasElement} */ canvas) {
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
}

/** Say something in an element, which is laid out anew only where that is other than before. */
function write(/** @type {Element} */ node, /** @type {string} */ text) {
  if (node.textContent !== text) node.textContent = text;
}

/** @typedef {string | Error & { lang?: string }} Told what went wrong: a sentence of ours, or an error with its own */

/** Say what went wrong, marked where that is in another language than the page. */
function tell(/** @type {HTMLElement} */ node, /** @type {Told} */ told) {
  const { message, lang } = typeof told === "string" ? { message: told, lang: "" } : told;
  const isOther = lang && lang !== language();
  node.textContent = clip(message, MOST_TOLD);
  node.lang = isOther ? lang : language();
  node.dir = isOther ? "ltr" : "";
}

/** An element of the page by its id; pages are written with all that scripts ask for. */
const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * A canvas of so many CSS pixels, sharp on this screen and not coarse on paper.
 * @param {number} width @param {number} height @param {(ctx: CanvasRenderingContext2D) => void} paint
 */
function sharpCanvas(width, height, paint) {
  const ratio = Math.max(2, window.devicePixelRatio || 1);
  const canvas = element("canvas", { "aria-hidden": "true" });
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const ctx = contextOf(canvas);
  ctx.scale(ratio, ratio);
  paint(ctx);
  return canvas;
}

export {
  FONT, byId, element, contextOf, clip, dirOf, shortCount, shortNumber, unplacedWords, sharpCanvas, tell, write,
};
