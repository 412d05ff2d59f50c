// Owns the small axis of a toll: each figure where it lies, with its sources; no figure is an average.
import { element } from "../dom.js";
import { svg } from "../icons.js";

const WIDTH = 300;
const EDGE = 34;
const LABEL_PX = 44;

/**
 * @import { Claim } from "./details.js"
 * @typedef {{ chip: (source: number) => HTMLElement }} Numbers
 */

/**
 * Where figures stand on an axis of its width, as far apart as their words need.
 * @param {number[]} figures rising
 */
function places(figures) {
  const [low, high] = [figures[0], figures[figures.length - 1]];
  const free = WIDTH - 2 * EDGE;
  const at = figures.map((n) => EDGE + (high === low ? 0.5 : (n - low) / (high - low)) * free);
  const labels = [...at];
  for (let i = 1; i < labels.length; i += 1) labels[i] = Math.max(labels[i], labels[i - 1] + LABEL_PX);
  let most = WIDTH - EDGE / 2;
  for (let i = labels.length - 1; i >= 0; i -= 1) {
    labels[i] = Math.min(labels[i], most);
    most = labels[i] - LABEL_PX;
  }
  return at.map((x, i) => ({ x, label: labels[i] }));
}

/**
 * The axis of a group of claims that give different figures; nothing where they do not.
 * @param {Claim[]} claims @param {Numbers} numbers
 */
function strip(claims, numbers) {
  const given = claims.filter(({ figure }) => figure !== undefined);
  const figures = [...new Set(given.map(({ figure }) => Number(figure)))].sort((a, b) => a - b);
  if (figures.length < 2 || figures.length > WIDTH / LABEL_PX) return [];
  const words = (/** @type {number} */ n) => [...new Set(
    given.filter(({ figure }) => figure === n).map(({ value }) => value ?? String(n)))].join(", ");
  const at = places(figures);
  const axis = svg("line", { class: "mp-axis", x1: EDGE / 2, x2: WIDTH - EDGE / 2, y1: 9, y2: 9 });
  const dots = at.map(({ x }) => svg("circle", { class: "mp-dot", cx: x, cy: 9, r: 5 }));
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} 18`, "aria-hidden": "true", focusable: "false" }, [axis, ...dots]);
  const labels = figures.map((n, i) => {
    const chips = given.filter(({ figure }) => figure === n).map(({ source }) => numbers.chip(source));
    const label = element("span", { class: "mp-figure-label" }, [
      element("b", { text: words(n) }), element("span", {}, chips)]);
    label.style.left = `${(at[i].label / WIDTH) * 100}%`;
    return label;
  });
  return [element("div", { class: "mp-strip" }, [picture, element("div", { class: "mp-figures" }, labels)])];
}

export { places, strip };
