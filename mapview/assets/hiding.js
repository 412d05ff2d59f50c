// Owns what a reader has taken off the map without filtering by it: which parts, and what is left.
import { cartography } from "./cartography.js";
import { standingOf } from "./standings.js";

/**
 * @import { Answer, Area } from "./feed.js"
 * @typedef {ReadonlySet<string>} Hidden what is taken off, by the keys of the legend's entries
 */

const STANDING_FORMS = new Set([...cartography.standings.map(({ id }) => id), "lost"]);

/** Whether it is what a base area was to its group, or that it is lost. @param {string} id */
const isStanding = (id) => STANDING_FORMS.has(id);

/**
 * The key by which what an entry of the legend stands for is taken off the map; empty where it cannot be.
 * @param {{ form: string, kind?: number, group?: string }} entry
 */
function keyOf({ form, kind, group }) {
  if (group) return `group:${group}`;
  if (form === "symbol") return `kind:${kind}`;
  return isStanding(form) ? `was:${form}` : "";
}

/** @param {Hidden} hidden @param {number} kind */
const isKindHidden = (hidden, kind) => hidden.has(`kind:${kind}`);

/** Base areas that stay. @param {Area[]} areas @param {Hidden} hidden */
function areasLeft(areas, hidden) {
  const was = (/** @type {Area} */ one) => (one.ended ? "lost" : standingOf(one).id);
  return areas.filter((one) => !hidden.has(`group:${one.group}`) && !hidden.has(`was:${was(one)}`));
}

/**
 * An answer without the kinds that are taken off; the same one where none is.
 * @param {Answer} answer @param {Hidden} hidden @returns {Answer}
 */
function answerLeft(answer, hidden) {
  if (![...hidden].some((key) => key.startsWith("kind:"))) return answer;
  if (answer.mode === "points") {
    const kept = answer.kind.flatMap((kind, i) => (isKindHidden(hidden, kind) ? [] : [i]));
    const columns = Object.entries(answer).map(([name, value]) => (
      [name, Array.isArray(value) ? kept.map((i) => value[i]) : value]));
    return Object.fromEntries(columns);
  }
  const without = (/** @type {number[][]} */ cells) => cells.map((counts) => (
    counts.map((n, kind) => (isKindHidden(hidden, kind) ? 0 : n))));
  const kinds = without(answer.kinds);
  const n = kinds.map((counts) => counts.reduce((sum, one) => sum + one, 0));
  const kept = n.flatMap((one, i) => (one ? [i] : []));
  const [x, y, certain] = [answer.x, answer.y, without(answer.certain)].map((column) => kept.map((i) => column[i]));
  const left = { x, y, certain, n: kept.map((i) => n[i]), kinds: kept.map((i) => kinds[i]) };
  return /** @type {Answer} */ ({ ...answer, ...left });
}

export { answerLeft, areasLeft, isKindHidden, isStanding, keyOf };
