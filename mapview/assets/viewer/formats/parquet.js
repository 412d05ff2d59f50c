// Owns reading the rows of a Parquet: pages of columns, put together again as they were nested.
import { INSTEAD, ReadingError, checkRows } from "../faults.js";
import { Thrift } from "./thrift.js";
import { unpackZstd } from "./zstd.js";

/**
 * @import { Item } from "../belonging.js"
 * @import { Fields } from "./thrift.js"
 * @typedef {{ name: string, repetition: number, definition: number, isRepeated: boolean, isPlain: boolean }} Node
 *   how often it and what it is in repeat, how deep a value is to be there, and whether it has no name of its own
 * @typedef {{ path: Node[], type: number, isText: boolean, isDay: boolean, ticks: number, scale: number }} Leaf
 */

const [BOOLEAN, INT32, INT64, FLOAT, DOUBLE, BYTES] = [0, 1, 2, 4, 5, 6];
const SIZES = new Map([[INT32, 4], [INT64, 8], [FLOAT, 4], [DOUBLE, 8]]);
const [DATA_PAGE, DICTIONARY_PAGE] = [0, 2];
const [PLAIN, PLAIN_DICTIONARY, DICTIONARY] = [0, 2, 8];
const [OPEN, SNAPPY, ZSTD] = [0, 1, 6];
const [REQUIRED, REPEATED] = [0, 2];
const [UTF8, DECIMAL, DATE, TIME_MS, TIME_US] = [0, 5, 6, 9, 10];
const OTHER_WAY = `It is written in a way that this page does not know: ${INSTEAD}.`;
const [MOST_UNPACKED, MOST_VALUES, MOST_LEAVES] = [200e6, 30e6, 2000];
const DAY_MS = 86_400_000;
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

/** An object without a past: no name of a column may reach what all objects share. @returns {Item} */
const bare = () => Object.create(null);

/** How many of a moment's units a millisecond has; 0 for what is no moment. @param {Fields} one */
function ticksOf(one) {
  const unit = one.get(10)?.get(8)?.get(2);
  if (unit) return unit.has(1) ? 1 : unit.has(2) ? 1e3 : 1e6;
  return new Map([[TIME_MS, 1], [TIME_US, 1e3]]).get(one.get(6)) ?? 0;
}

/**
 * A number, or the moment or decimal that it stands for.
 * @param {number} value @param {number} ticks @param {number} scale
 */
function timeWords(value, ticks, scale) {
  if (!ticks) return scale ? value / 10 ** scale : value;
  const moment = new Date(value / ticks);
  return Number.isFinite(moment.getTime()) ? moment.toISOString().slice(0, 19).replace("T00:00:00", "") : null;
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
    leaves.set(named.join("."), {
      path, type: one.get(1), isText: one.get(6) === UTF8, isDay: one.get(6) === DATE,
      ticks: ticksOf(one), scale: one.get(6) === DECIMAL ? one.get(7) ?? 0 : 0 });
    if (leaves.size > MOST_LEAVES) throw new RangeError("a table has so many columns");
  };
  const children = schema[0].get(5) ?? 0;
  for (let i = 0; i < children; i += 1) visit([], []);
  return leaves;
}

/**
 * Numbers in runs and in bits, as levels and places in a dictionary are.
 * @param {Uint8Array} bytes @param {number} width @param {number} count
 */
function runs(bytes, width, count) {
  const found = new Uint32Array(count);
  const from = new Thrift(bytes);
  for (let at = 0; at < count;) {
    const head = from.varint();
    if (head % 2) {
      const many = Math.floor(head / 2) * 8;
      const end = Math.min(count, at + many);
      const start = 8 * from.at;
      for (let i = 0; at < end; i += 1, at += 1) found[at] = bitsOf(bytes, start + i * width, width);
      from.at += (many * width) / 8;
    } else {
      let value = 0;
      for (let i = 0; i < Math.ceil(width / 8); i += 1) value += from.byte() * 256 ** i;
      const end = Math.min(count, at + head / 2);
      if (end === at) throw new RangeError("a run goes on");
      found.fill(value, at, end);
      at = end;
    }
  }
  return found;
}

/** @param {Uint8Array} bytes @param {number} at @param {number} width */
function bitsOf(bytes, at, width) {
  let value = 0;
  const first = Math.floor(at / 8);
  for (let i = Math.floor((at + width - 1) / 8); i >= first; i -= 1) value = value * 256 + (bytes[i] ?? 0);
  return Math.floor(value / 2 ** (at % 8)) % 2 ** width;
}

/**
 * Values one after the other.
 * @param {Uint8Array} bytes @param {Leaf} leaf @param {number} count @returns {unknown[]}
 */
function plainValues(bytes, { type, isText, isDay, ticks, scale }, count) {
  const view = viewOf(bytes);
  if (type === BOOLEAN) return Array.from({ length: count }, (_, i) => bitsOf(bytes, i, 1) === 1);
  let at = 0;
  const size = SIZES.get(type) ?? 4;
  if (!SIZES.has(type) && type !== BYTES) throw new ReadingError("It has a column of a type that is not read here.");
  return Array.from({ length: count }, () => {
    const here = at;
    at += size;
    if (type === INT64) return timeWords(Number(view.getBigInt64(here, true)), ticks, scale);
    if (type === DOUBLE) return view.getFloat64(here, true);
    if (type === FLOAT) return view.getFloat32(here, true);
    if (type === INT32) {
      const value = view.getInt32(here, true);
      return isDay ? timeWords(value * DAY_MS, 1, 0) : timeWords(value, ticks, scale);
    }
    at += view.getUint32(here, true);
    if (at > bytes.length) throw new RangeError("a text is in its page");
    const piece = bytes.subarray(here + 4, at);
    return isText ? textOf(piece) : piece;
  });
}

/** A file of columns. */
class Parquet {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    const [view, end] = [viewOf(bytes), bytes.length - 8];
    if (textOf(bytes.subarray(-4)) !== "PAR1") throw new RangeError("a file ends as it begins");
    const length = view.getUint32(end, true);
    if (length > end) throw new RangeError("the end is in the file");
    const about = new Thrift(bytes.subarray(end - length, end)).fields();
    this.count = about.get(3);
    checkRows(this.count);
    this.leaves = leavesOf(about.get(2));
    /** @type {Fields[]} */
    this.groups = about.get(4);
    /** @type {Map<string, string>} */
    this.said = new Map((about.get(5) ?? []).map((/** @type {Fields} */ one) => (
      [textOf(one.get(1)), textOf(one.get(2))])));
    this.left = MOST_UNPACKED;
    this.valuesLeft = MOST_VALUES;
  }

  /** Its rows, with lists and what is nested in them. @returns {Item[]} */
  rows() {
    /** @type {Item[]} */
    const all = [];
    for (const group of this.groups) {
      const size = group.get(3);
      checkRows(all.length + size);
      /** @type {Item[]} */
      const rows = Array.from({ length: size }, bare);
      for (const column of group.get(1)) this.column(column.get(3), rows);
      all.push(...rows);
    }
    if (all.length !== this.count) throw new RangeError("rows are missing");
    return all;
  }

  /** @param {Fields} about @param {Item[]} rows */
  column(about, rows) {
    const leaf = this.leaves.get(about.get(3).map(textOf).join("."));
    if (!leaf) throw new RangeError("a column is in the schema");
    /** @type {unknown[]} */
    let dictionary = [];
    const put = new Putting(leaf.path, rows);
    let at = about.get(11) || about.get(9);
    for (let left = about.get(5); left > 0;) {
      const from = new Thrift(this.bytes.subarray(at));
      const head = from.fields();
      at += from.at;
      const packed = head.get(3);
      if (!(packed >= 0) || at + packed > this.bytes.length) throw new RangeError("a page is in the file");
      if (![DICTIONARY_PAGE, DATA_PAGE].includes(head.get(1))) throw new ReadingError(OTHER_WAY);
      const page = this.unpacked(this.bytes.subarray(at, at + packed), head.get(2), about.get(4));
      at += packed;
      const count = (head.get(5) ?? head.get(7))?.get(1);
      this.valuesLeft -= count;
      if (!(count >= 0) || this.valuesLeft < 0) throw new RangeError("a page has so many values");
      if (head.get(1) === DICTIONARY_PAGE) dictionary = plainValues(page, leaf, count);
      else {
        this.page(page, { leaf, count, encoding: head.get(5).get(2), dictionary, put });
        left -= count || left;
      }
    }
    put.end();
  }

  /** @param {Uint8Array} packed @param {number} size @param {number} codec */
  unpacked(packed, size, codec) {
    this.left -= size;
    if (!(size >= 0)) throw new RangeError("a page has a size");
    if (this.left < 0) throw new ReadingError("It unpacks to more than 200 MB, which this page does not read.");
    if (codec === OPEN) return packed;
    if (codec === ZSTD) return unpackZstd(packed, size);
    const how = codec === SNAPPY ? "with Snappy" : "in another way";
    throw new ReadingError(`It is packed ${how}; this page reads Zstandard, or what is not packed: ${INSTEAD}.`);
  }

  /**
   * @param {Uint8Array} page
   * @param {{ leaf: Leaf, count: number, encoding: number, dictionary: unknown[], put: Putting }} options
   */
  page(page, { leaf, count, encoding, dictionary, put }) {
    const { repetition, definition } = leaf.path[leaf.path.length - 1];
    let at = 0;
    const levels = (/** @type {number} */ most) => {
      if (!most) return new Uint32Array(count);
      const length = viewOf(page).getUint32(at, true);
      at += 4 + length;
      return runs(page.subarray(at - length, at), Math.floor(Math.log2(most)) + 1, count);
    };
    const [repeats, defined] = [levels(repetition), levels(definition)];
    const there = defined.reduce((sum, one) => sum + Number(one === definition), 0);
    /** @type {unknown[]} */
    let values;
    if (encoding === PLAIN) values = plainValues(page.subarray(at), leaf, there);
    else if (encoding === PLAIN_DICTIONARY || encoding === DICTIONARY) {
      const places = page[at] ? runs(page.subarray(at + 1), page[at], there) : new Uint32Array(there);
      values = Array.from(places, (one) => dictionary[one]);
    } else throw new ReadingError(OTHER_WAY);
    let next = 0;
    for (let i = 0; i < count; i += 1) {
      const isThere = defined[i] === definition;
      put.one(repeats[i], defined[i], isThere ? values[next] : null);
      next += Number(isThere);
    }
  }
}

/** Puts the values of a column into rows, where they are nested. */
class Putting {
  /** @param {Node[]} path @param {Item[]} rows */
  constructor(path, rows) {
    this.path = path;
    this.rows = rows;
    this.row = -1;
    this.places = path.map(() => 0).concat(0);
  }

  /** @param {number} repeat @param {number} defined @param {unknown} value */
  one(repeat, defined, value) {
    if (repeat === 0) this.row += 1;
    if (repeat > 0) this.places[repeat] += 1;
    this.places.fill(0, repeat + 1);
    /** @type {any} */
    let holder = this.rows[this.row];
    /** @type {string | number} */
    let key = this.path[0].name;
    for (const [i, node] of this.path.entries()) {
      if (node.isRepeated) {
        holder[key] ??= [];
        if (defined < node.definition) return;
        [holder, key] = [holder[key], this.places[node.repetition]];
      } else if (defined < node.definition) {
        holder[key] ??= null;
        return;
      }
      const below = this.path[i + 1];
      if (!below) holder[key] = value;
      else if (!below.isRepeated && !below.isPlain) {
        holder[key] ??= bare();
        [holder, key] = [holder[key], below.name];
      }
    }
  }

  end() {
    if (this.row !== this.rows.length - 1) throw new RangeError("a column has its rows");
  }
}

export { Parquet };
