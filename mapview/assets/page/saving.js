// Owns files that a browser makes itself: their names and how they are handed over.
import { element } from "../dom.js";

const MOST_NAME = 80;

/**
 * The name of a file, in plain letters, that says what is in it; mapview/exports.py names exports alike.
 * @param {string} stem @param {string} text of a filter @param {string} version of the data @param {string} ending
 */
function fileName(stem, text, version, ending) {
  const trimmed = (/** @type {string} */ one) => one.replace(/^-+|-+$/g, "");
  const words = trimmed(trimmed(text.replace(/[^A-Za-z0-9-]+/g, "-")).slice(0, MOST_NAME));
  const parts = [stem, words, version && `data-${version}`].filter(Boolean);
  return `${parts.join("-")}.${ending}`;
}

/** @param {Blob} blob @param {string} name */
function save(blob, name) {
  const href = URL.createObjectURL(blob);
  const link = element("a", { href, download: name, hidden: "" });
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/** @param {HTMLCanvasElement} canvas @param {string} name */
function savePicture(canvas, name) {
  canvas.toBlob((blob) => {
    if (blob) save(blob, name);
  }, "image/png");
}

/** @param {unknown} value @param {string} name */
const saveJson = (value, name) => (
  save(new Blob([`${JSON.stringify(value, null, 1)}\n`], { type: "application/json" }), name));

export { fileName, saveJson, savePicture };
