// Owns which columns with values a Parquet has, and what the bytes of a value stand for.
import { ReadingError } from "../faults.js";
import { exact } from "./wkb.js";

/**
 * @import { Item } from "../belonging.js"
 * @import { Fields } from "./thrift.js"
 * @typedef {{ name: string, repetition: number, definition: number, isRepeated: boolean, isPlain: boolean }} Node
 *   how often it and what it is in repeat, how deep a value is to be there, and whether it has no name of its own
 * @typedef {{
 *   path: Node[], type: number, length: number, isText: boolean, isDay: boolean, isClock: boolean, isUnsigned: boolean,
 *   ticks: number, scale: number | null, isRaw: boolean }} Leaf `ticks` of a moment's unit in a millisecond, 0 for what
 *   is no time; `scale` of a decimal; `isRaw` where bytes are to stay bytes
 */

const [BOOLEAN, INT32, INT64, INT96, FLOAT, DOUBLE, BYTES, FIXED] = [0, 1, 2, 3, 4, 5, 6, 7];
const SIZES = new Map([[INT32, 4], [INT64, 8], [INT96, 12], [FLOAT, 4], [DOUBLE, 8], [BYTES, 4]]);
const [REQUIRED, REPEATED] = [0, 2];
// How a value is meant, in the older way, and in the newer one.
const [DECIMAL, DATE] = [5, 6];
const [TEXTS, CLOCKS, UNSIGNED] = [[0, 4, 19], [7, 8], [13, 14]];
const TICKS = new Map([[7, 1], [8, 1e3], [9, 1], [10, 1e3]]);
const LOGICAL = { text: [1, 4, 12], decimal: 5, day: 6, clock: 7, moment: 8, whole: 10 };
const MOST_LEAVES = 2000;
// A decimal of so many bytes has no more digits than that.
const [MOST_BYTES, MOST_DIGITS] = [64, 154];
const MANY_DIGITS = "It has a decimal of more digits than this page reads.";
const [DAY_MS, FIRST_JULIAN, NANOS] = [86_400_000, 2_440_588, 1e6];

/** What is written in a way that this page does not know. */
class UnknownWay extends ReadingError {}

const viewOf = (/** @type {Uint8Array} */ bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const textOf = (/** @type {Uint8Array | undefined} */ bytes) => new TextDecoder().decode(bytes);

/** @param {Fields} one @param {Partial<Node> & { repetition: number, definition: number }} parent @returns {Node} */
function nodeOf(one, parent) {
  const kind = one.get(3) ?? REQUIRED;
  return {
    name: textOf(one.get(4)), isRepeated: kind === REPEATED,
    isPlain: Boolean(parent.isRepeated) && parent.name === "list",
    repetition: parent.repetition + Number(kind === REPEATED),
    definition: parent.definition + Number(kind !== REQUIRED) };
}

/** How many of a moment's or a time's units a millisecond has. @param {Fields} one */
function ticksOf(one) {
  const unit = (one.get(10)?.get(LOGICAL.moment) ?? one.get(10)?.get(LOGICAL.clock))?.get(2);
  if (unit) return unit.has(1) ? 1 : unit.has(2) ? 1e3 : 1e6;
  return TICKS.get(one.get(6)) ?? 0;
}

/** @param {Fields} one @param {Node[]} path @returns {Leaf} */
function leafOf(one, path) {
  const [older, newer] = [one.get(6), one.get(10) ?? new Map()];
  const isDecimal = older === DECIMAL || newer.has(LOGICAL.decimal);
  return {
    path, type: one.get(1), length: one.get(2) ?? 0, isRaw: false, ticks: ticksOf(one),
    isText: TEXTS.includes(older) || LOGICAL.text.some((kind) => newer.has(kind)),
    isDay: older === DATE || newer.has(LOGICAL.day), isClock: CLOCKS.includes(older) || newer.has(LOGICAL.clock),
    isUnsigned: UNSIGNED.includes(older) || newer.get(LOGICAL.whole)?.get(2) === false,
    scale: isDecimal ? one.get(7) ?? newer.get(LOGICAL.decimal)?.get(1) ?? 0 : null };
}

/** The columns that hold values, each with the way to it. @param {Fields[]} schema @returns {Map<string, Leaf>} */
function leavesOf(schema) {
  /** @type {Map<string, Leaf>} */
  const leaves = new Map();
  let next = 1;
  const visit = (/** @type {Node[]} */ above, /** @type {string[]} */ names) => {
    const one = schema[next];
    if (!one || above.length > 20) throw new RangeError("a schema goes on");
    next += 1;
    const [parent] = above.slice(-1);
    const node = nodeOf(one, parent ?? { repetition: 0, definition: 0 });
    const path = [...above, node];
    const named = [...names, node.name];
    const children = one.get(5) ?? 0;
    for (let i = 0; i < children; i += 1) visit(path, named);
    if (children) return;
    leaves.set(named.join("."), leafOf(one, path));
    if (leaves.size > MOST_LEAVES) throw new RangeError("a table has so many columns");
  };
  const children = schema[0].get(5) ?? 0;
  for (let i = 0; i < children; i += 1) visit([], []);
  return leaves;
}

/** @param {Uint8Array} bytes @param {number} at @param {number} width */
function bitsOf(bytes, at, width) {
  let value = 0;
  const first = Math.floor(at / 8);
  for (let i = Math.floor((at + width - 1) / 8); i >= first; i -= 1) value = value * 256 + (bytes[i] ?? 0);
  return Math.floor(value / 2 ** (at % 8)) % 2 ** width;
}

/** A moment, a day or a time of day; null for one that no calendar has. @param {number} ms @param {Leaf} leaf */
function timeWords(ms, { isClock }) {
  const moment = new Date(ms);
  if (!Number.isFinite(moment.getTime())) return null;
  const words = moment.toISOString().slice(0, 19);
  return isClock ? words.slice(11) : words.replace("T00:00:00", "");
}

/** A decimal with all its digits. @param {bigint} value @param {number} scale */
function decimalWords(value, scale) {
  if (!(Math.abs(scale) <= MOST_DIGITS)) throw new UnknownWay(MANY_DIGITS);
  if (scale <= 0) return exact(value * 10n ** BigInt(-scale));
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, "0");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** A whole number, the first byte the highest. @param {Uint8Array} bytes */
function bigOf(bytes) {
  if (bytes.length > MOST_BYTES) throw new UnknownWay(MANY_DIGITS);
  const size = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return BigInt.asIntN(8 * bytes.length, size);
}

/** @param {bigint} value @param {Leaf} leaf */
function numberOf(value, leaf) {
  if (leaf.isDay) return timeWords(Number(value) * DAY_MS, leaf);
  if (leaf.ticks) return timeWords(Number(value) / leaf.ticks, leaf);
  return leaf.scale === null ? exact(value) : decimalWords(value, leaf.scale);
}

/** Text of bytes of which nothing says that they are any. @param {Uint8Array} bytes */
function asText(bytes) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch {
    // They are none.
  }
  throw new UnknownWay("It has a column of bytes that are no text.");
}

/** @param {Uint8Array} piece @param {Leaf} leaf */
function pieceOf(piece, { isRaw, isText, scale }) {
  if (isRaw) return piece;
  if (scale !== null) return decimalWords(bigOf(piece), scale);
  return isText ? textOf(piece) : asText(piece);
}

/**
 * Values one after the other.
 * @param {Uint8Array} bytes @param {Leaf} leaf @param {number} count @returns {unknown[]}
 */
function plainValues(bytes, leaf, count) {
  const { type, length, isUnsigned, scale } = leaf;
  const view = viewOf(bytes);
  if (type === BOOLEAN) return Array.from({ length: count }, (_, i) => bitsOf(bytes, i, 1) === 1);
  const size = type === FIXED && scale !== null ? length : SIZES.get(type);
  if (!size || size < 0) throw new UnknownWay("It has a column of a type that is not read here.");
  const isBare = !leaf.isDay && !leaf.ticks && scale === null;
  let at = 0;
  return Array.from({ length: count }, () => {
    const here = at;
    at += size;
    if (type === INT64) return numberOf(isUnsigned ? view.getBigUint64(here, true)
      : view.getBigInt64(here, true), leaf);
    if (type === DOUBLE) return view.getFloat64(here, true);
    if (type === FLOAT) return view.getFloat32(here, true);
    if (type === INT32) {
      const value = isUnsigned ? view.getUint32(here, true) : view.getInt32(here, true);
      return isBare ? value : numberOf(BigInt(value), leaf);
    }
    if (type === INT96) {
      const days = view.getUint32(here + 8, true) - FIRST_JULIAN;
      return timeWords(days * DAY_MS + Number(view.getBigInt64(here, true)) / NANOS, leaf);
    }
    if (type === BYTES) at += view.getUint32(here, true);
    if (at > bytes.length) throw new RangeError("a text is in its page");
    return pieceOf(bytes.subarray(type === BYTES ? here + 4 : here, at), leaf);
  });
}

export { UnknownWay, bitsOf, leavesOf, plainValues, textOf, viewOf };
