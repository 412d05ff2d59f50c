// Owns making page elements and wording numbers; text goes in as text nodes only.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

/**
 * Make an element.
 * @param {string} tag
 * @param {object} [attributes] set with setAttribute; `text` becomes the text content
 * @param {Node[]} [children]
 */
function element(tag, attributes = {}, children = []) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") node.textContent = value;
    else if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/** Cut text that nobody could read at once; the detail panel shows all of it. */
function clip(text, length) {
  const characters = Array.from(String(text === null || text === undefined ? "" : text));
  return characters.length > length
    ? `${characters.slice(0, length - 1).join("")}…`
    : characters.join("");
}

/** Short count for a disc, rounded half up: 950, 1k, 1.3k, 34k, 2.1M (see mapview/cartography/numbers.py). */
function shortNumber(n) {
  if (n < 1000) return String(n);
  const [size, unit] = n < 999500 ? [1000, "k"] : [1e6, "M"];
  const rounded = (value) => Math.floor(value / size + 0.5);
  const tenths = rounded(10 * n);
  return `${tenths < 100 ? tenths / 10 : rounded(n)}${unit}`;
}

const plural = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

/** A canvas of so many CSS pixels, sharp on this screen and not coarse on paper. */
function sharpCanvas(width, height, paint) {
  const ratio = Math.max(2, window.devicePixelRatio || 1);
  const canvas = element("canvas", { "aria-hidden": "true" });
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const ctx = canvas.getContext("2d");
  ctx.scale(ratio, ratio);
  paint(ctx);
  return canvas;
}

export { FONT, element, clip, shortNumber, plural, sharpCanvas };
