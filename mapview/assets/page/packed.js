// Owns opening the data that the page carries: base64 of gzip of JSON, in elements without script.
import { say, term } from "../tongue.js";

const TOO_OLD = term("This browser is too old to open the data inside this page. It needs Chrome or "
  + "Edge 80, Firefox 113, Safari 16.4, or newer.");
const BROKEN = term("The data inside this page are damaged or incomplete. Get the file again.");

/** What is wrong, as a sentence for the reader. */
class PageError extends Error {}

/** The value of a packed block; its text is let go afterwards. @param {string} id */
async function open(id) {
  if (typeof DecompressionStream === "undefined") throw new PageError(say(TOO_OLD));
  const element = document.getElementById(id);
  if (!element) throw new PageError(say(BROKEN));
  try {
    const letters = atob(element.textContent ?? "");
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const value = JSON.parse(await new Response(stream).text());
    element.remove();
    return value;
  } catch {
    throw new PageError(say(BROKEN));
  }
}

/** @type {Map<string, Promise<any>>} */
const opened = new Map();

/**
 * The same, once for each block; who opens one says what it holds.
 * @template T @param {string} id @returns {Promise<T>}
 */
function openOnce(id) {
  const value = opened.get(id) ?? open(id);
  opened.set(id, value);
  return value;
}

/**
 * @import { Home } from "../extent.js"
 * @typedef {{ home: Home, embedded: boolean, words: string, changed: string, tells: boolean }} Config
 *   where its records lie, the page's form, its own filter where its title does not say it, what is said
 *   when a link was made from other data, and whether the page around it is told what is chosen
 */

/** @returns {Config} */
const config = () => JSON.parse(document.getElementById("page-config")?.textContent ?? "");

/** Whether the page carries a block. @param {string} id */
const carries = (id) => document.getElementById(id) !== null;

export { openOnce as open, carries, config, PageError };
