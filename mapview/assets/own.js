// Owns the types that stand for themselves, in the words of their sources: which these are, and their looks.
import { cartography } from "./cartography.js";
import { clip } from "./dom.js";

const FIRST = cartography.kinds.length;
/** What is drawn as any other. */
const OTHER = FIRST - 1;
/** Letters of a type in the words of its source that are shown. */
const LONGEST = 60;

/**
 * @typedef {{ types: readonly string[], others: readonly string[], kinds: ReadonlySet<number> }} Own the types
 *   that stand for themselves, empty where none of these data has it; those that a filter by what is left
 *   asks for, where it finds all of it; and the kinds of ours that the data have
 * @typedef {{ kind_of_type: number[], ownTypes: string[], otherTypes: string[] }} Known
 */

/** @type {Own} */
const NO_OWN = { types: [], others: [], kinds: new Set() };

/**
 * @param {Known} known @param {readonly (readonly [least: number, most: number])[]} counts of all data by type
 * @returns {Own}
 */
function ownOf({ kind_of_type: kinds, ownTypes: types, otherTypes: others }, counts) {
  return { types, others, kinds: new Set(kinds.filter((_, i) => counts[i][1] > 0)) };
}

/** All that an incident may be drawn as, by number, with words. @param {Own} own */
const drawnKinds = ({ types }) => [
  ...cartography.kinds.map((kind, i) => (
    i === OTHER && types.length ? { ...kind, label: cartography.texts.other_types } : kind)),
  ...types.map((label, i) => ({ ...cartography.own[i], label: clip(label, LONGEST) })),
];

export { FIRST, LONGEST, NO_OWN, OTHER, drawnKinds, ownOf };
