// Owns reading the rows of a Parquet: pages of columns, put together again as they were nested.
import { Bound, INSTEAD, checkRows, unpacking } from "../faults.js";
import { UnknownWay, bitsOf, leavesOf, plainValues, textOf, viewOf } from "./leaves.js";
import { unpackSnappy } from "./snappy.js";
import { Thrift } from "./thrift.js";
import { gunzip } from "./zip.js";
import { unpackZstd } from "./zstd.js";

/**
 * @import { Item } from "../belonging.js"
 * @import { Leaf, Node } from "./leaves.js"
 * @import { Fields } from "./thrift.js"
 */

const [DATA_PAGE, DICTIONARY_PAGE] = [0, 2];
const [PLAIN, PLAIN_DICTIONARY, DICTIONARY] = [0, 2, 8];
const [OPEN, SNAPPY, GZIP, ZSTD] = [0, 1, 2, 6];
const OTHERS = new Map([[3, "as LZO"], [4, "as Brotli"], [5, "as LZ4"], [7, "as LZ4"]]);
const OTHER_WAY = `It is written in a way that this page does not know: ${INSTEAD}.`;
const [MOST_VALUES, LONGEST_HEAD, MOST_SAID] = [30e6, 1e6, 1000];
const MANY = `It has more than ${MOST_VALUES.toLocaleString("en")} values, and this page reads at most that. Open a part `
  + "of it.";

/** An object without a past: no name of a column may reach what all objects share. @returns {Item} */
const bare = () => Object.create(null);

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

/** A file of columns. */
class Parquet {
  /** @param {Uint8Array<ArrayBuffer>} bytes */
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
    this.room = unpacking();
    this.values = new Bound(MOST_VALUES, MANY);
    /** @type {Set<string>} columns that are left out, as this page does not know how they are written */
    this.unread = new Set();
  }

  /** Names of its columns, of which each may hold others. */
  get names() {
    return [...new Set([...this.leaves.values()].map(({ path }) => path[0].name))];
  }

  /**
   * Its rows, with lists and what is nested in them.
   * @param {string[]} needed columns without which the rows say nothing; bytes of the first stay bytes
   * @returns {Promise<Item[]>}
   */
  async rows(needed) {
    for (const leaf of this.leaves.values()) if (leaf.path[0].name === needed[0]) leaf.isRaw = true;
    /** @type {Item[]} */
    const all = [];
    for (const group of this.groups) {
      const size = group.get(3);
      checkRows(all.length + size);
      /** @type {Item[]} */
      const rows = Array.from({ length: size }, bare);
      for (const column of group.get(1)) await this.known(column.get(3), rows, needed);
      all.push(...rows);
    }
    if (all.length !== this.count) throw new RangeError("rows are missing");
    return all;
  }

  /**
   * A column, or none of it where this page does not know how it is written.
   * @param {Fields} about @param {Item[]} rows @param {string[]} needed
   */
  async known(about, rows, needed) {
    const leaf = this.leaves.get(about.get(3).map(textOf).join("."));
    if (!leaf) throw new RangeError("a column is in the schema");
    const [{ name }] = leaf.path;
    try {
      if (!this.unread.has(name)) await this.column(about, leaf, rows);
    } catch (error) {
      if (!(error instanceof UnknownWay) || needed.includes(name)) throw error;
      this.unread.add(name);
    }
    if (this.unread.has(name)) for (const row of rows) delete row[name];
  }

  /** @param {Fields} about @param {Leaf} leaf @param {Item[]} rows */
  async column(about, leaf, rows) {
    /** @type {unknown[]} */
    let dictionary = [];
    const put = new Putting(leaf.path, rows);
    let at = about.get(11) || about.get(9);
    for (let left = about.get(5); left > 0;) {
      const from = new Thrift(this.bytes.subarray(at, at + LONGEST_HEAD), MOST_SAID);
      const head = from.fields();
      at += from.at;
      // The same page may stand in many columns and groups of rows.
      this.room.spend(from.at);
      const packed = head.get(3);
      if (!(packed >= 0) || at + packed > this.bytes.length) throw new RangeError("a page is in the file");
      if (![DICTIONARY_PAGE, DATA_PAGE].includes(head.get(1))) throw new UnknownWay(OTHER_WAY);
      const page = await this.unpacked(this.bytes.subarray(at, at + packed), head.get(2), about.get(4));
      at += packed;
      const count = (head.get(5) ?? head.get(7))?.get(1);
      this.values.spend(count);
      if (head.get(1) === DICTIONARY_PAGE) dictionary = plainValues(page, leaf, count);
      else {
        this.page(page, { leaf, count, encoding: head.get(5).get(2), dictionary, put });
        left -= count || left;
      }
    }
    put.end();
  }

  /** @param {Uint8Array<ArrayBuffer>} packed @param {number} size @param {number} codec */
  async unpacked(packed, size, codec) {
    this.room.spend(packed.length);
    if (codec === GZIP) return gunzip([packed], this.room);
    this.room.spend(size);
    if (codec === OPEN) return packed;
    if (codec === ZSTD) return unpackZstd(packed, size);
    if (codec === SNAPPY) return unpackSnappy(packed, size);
    throw new UnknownWay(`It is packed ${OTHERS.get(codec) ?? "in another way"}; this page reads Zstandard, Snappy, gzip, `
      + "or what is not packed. Save it so, or export it as GeoJSON or CSV, and open that.");
  }

  /** A value of a dictionary, which few bytes may put into each row. @template T @param {T} value */
  again(value) {
    if (typeof value === "string" || value instanceof Uint8Array) this.room.spend(value.length);
    return value;
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
      values = Array.from(places, (one) => this.again(dictionary[one]));
    } else throw new UnknownWay(OTHER_WAY);
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
