// Owns reading the tables of a database of SQLite: pages, trees and rows, each within bounds.
import { ReadingError } from "../faults.js";
import { exact } from "./wkb.js";

/**
 * @typedef {string | number | Uint8Array | null} Value
 * @typedef {{ name: string, columns: string[], rows: Record<string, Value>[] }} Table
 */

const [INTERIOR, LEAF] = [5, 13];
const [HEAD, MOST_TABLES, MOST_COLUMNS, MOST_DEPTH] = [100, 500, 2000, 40];
const MOST_CELLS = 50e6;
const [BLOB, TEXT] = [12, 13];
const SIZES = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];
const DECODERS = ["utf-8", "utf-8", "utf-16le", "utf-16be"];

/** A file of a database; whoever reads beyond its end gets an error. */
class Database {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const size = this.view.getUint16(16);
    this.size = size === 1 ? 65_536 : size;
    if (this.size < 512 || Math.log2(this.size) % 1) throw new RangeError("pages have a size");
    this.usable = this.size - this.view.getUint8(20);
    if (this.usable < 480) throw new RangeError("pages have room");
    this.decoder = new TextDecoder(DECODERS[this.view.getUint32(56)] ?? "utf-8");
    // Behind a journal of its own the newest rows may stand in another file, which is not here.
    this.isJournaled = this.view.getUint8(19) === 2;
    // Rows that lie over each other could be told a thousand times over.
    this.left = 2 * bytes.length;
    this.cellsLeft = MOST_CELLS;
    this.pages = Math.floor(bytes.length / this.size);
    // A file that was cut at the end of a page says how many it had, unless an old program wrote it.
    const isCounted = this.view.getUint32(24) === this.view.getUint32(92);
    if (isCounted && this.view.getUint32(28) > this.pages) throw new RangeError("pages are missing");
  }

  /** Where a page begins. @param {number} number */
  startOf(number) {
    if (number < 1 || number > this.pages) throw new RangeError("a page is in the file");
    return (number - 1) * this.size;
  }

  /**
   * A number of one to nine bytes.
   * @param {Uint8Array} bytes @param {number} at @returns {[value: number, next: number]}
   */
  varint(bytes, at) {
    let value = 0;
    for (let i = 0; i < 9; i += 1) {
      const byte = bytes[at + i];
      if (byte === undefined) throw new RangeError("a number ends in its page");
      if (i === 8) return [value * 256 + byte, at + 9];
      value = value * 128 + (byte % 128);
      if (byte < 128) return [value, at + i + 1];
    }
    return [value, at + 9];
  }

  /** The cells of a tree of rows, each as its number and what it holds. @param {number} root */
  * cells(root) {
    /** @type {Set<number>} */
    const seen = new Set();
    /** @type {[page: number, depth: number][]} */
    const open = [[root, 0]];
    for (let one = open.pop(); one; one = open.pop()) {
      const [number, depth] = one;
      if (seen.has(number) || depth > MOST_DEPTH) throw new RangeError("a tree has no circle");
      seen.add(number);
      const start = this.startOf(number);
      const head = start + (number === 1 ? HEAD : 0);
      const [kind, count] = [this.view.getUint8(head), this.view.getUint16(head + 3)];
      if (kind !== INTERIOR && kind !== LEAF) throw new RangeError("a page is of a table");
      const list = head + (kind === INTERIOR ? 12 : 8);
      if (list + 2 * count > start + this.size) throw new RangeError("cells are in their page");
      const places = Array.from({ length: count }, (_, i) => start + this.view.getUint16(list + 2 * i));
      if (kind === LEAF) for (const at of places) yield this.cell(at, start + this.usable);
      else {
        const pages = [...places.map((at) => this.view.getUint32(at)), this.view.getUint32(head + 8)];
        open.push(...pages.reverse().map((page) => /** @type {[number, number]} */ ([page, depth + 1])));
      }
    }
  }

  /** @param {number} at @param {number} end @returns {[row: number, content: Uint8Array]} */
  cell(at, end) {
    const [length, behind] = this.varint(this.bytes, at);
    const [row, start] = this.varint(this.bytes, behind);
    this.left -= length;
    if (this.left < 0) throw new RangeError("rows lie beside each other");
    const most = this.usable - 35;
    if (length <= most) {
      if (start + length > end) throw new RangeError("a row is in its page");
      return [row, this.bytes.subarray(start, start + length)];
    }
    const least = Math.floor(((this.usable - 12) * 32) / 255) - 23;
    const fitting = least + ((length - least) % (this.usable - 4));
    const local = fitting <= most ? fitting : least;
    if (start + local + 4 > end) throw new RangeError("a row is in its page");
    const here = this.bytes.subarray(start, start + local);
    return [row, this.overflowing(here, length, this.view.getUint32(start + local))];
  }

  /**
   * A row that goes on in other pages, as many as its length asks for.
   * @param {Uint8Array} local @param {number} length @param {number} next
   */
  overflowing(local, length, next) {
    const whole = new Uint8Array(length);
    whole.set(local);
    let page = next;
    for (let at = local.length; at < length;) {
      const start = this.startOf(page);
      const piece = this.bytes.subarray(start + 4, start + Math.min(this.usable, 4 + length - at));
      whole.set(piece, at);
      at += piece.length;
      page = this.view.getUint32(start);
    }
    return whole;
  }

  /** The values of a row. @param {Uint8Array} content @returns {Value[]} */
  values(content) {
    const [end, first] = this.varint(content, 0);
    if (end > content.length) throw new RangeError("a row has a head");
    /** @type {Value[]} */
    const values = [];
    for (let [at, place] = [first, end]; at < end;) {
      const [type, next] = this.varint(content, at);
      at = next;
      const size = type >= BLOB ? Math.floor((type - BLOB) / 2) : SIZES[type];
      if (size === undefined || place + size > content.length) throw new RangeError("a value is in its row");
      values.push(this.value(type, content.subarray(place, place + size)));
      place += size;
      if (values.length > MOST_COLUMNS) throw new RangeError("a row has so many columns");
    }
    return values;
  }

  /** @param {number} type @param {Uint8Array} bytes @returns {Value} */
  value(type, bytes) {
    if (type >= BLOB) return (type - TEXT) % 2 ? bytes : this.decoder.decode(bytes);
    if (type === 0) return null;
    if (type > 7) return type - 8;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (type === 7) return view.getFloat64(0);
    if (bytes.length === 8) return exact(view.getBigInt64(0));
    const low = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
    return bytes[0] > 127 ? low - 256 ** bytes.length : low;
  }

  /** What the database has of tables: their names, where they begin, and how they were made. */
  schema() {
    /** @type {Map<string, { root: number, sql: string }>} */
    const tables = new Map();
    for (const [, content] of this.cells(1)) {
      const [type, name, , root, sql] = this.values(content);
      const isTable = type === "table" && typeof root === "number" && root > 0;
      if (isTable) tables.set(String(name), { root, sql: String(sql) });
      if (tables.size > MOST_TABLES) throw new RangeError("a database has so many tables");
    }
    return tables;
  }

  /**
   * The rows of a table by its columns.
   * @param {string} name @param {{ root: number, sql: string }} table @param {number} most
   */
  table(name, { root, sql }, most) {
    const { columns, alias } = columnsOf(sql);
    /** @type {Table} */
    const found = { name, columns, rows: [] };
    for (const [row, content] of this.cells(root)) {
      const values = this.values(content);
      this.cellsLeft -= columns.length;
      if (this.cellsLeft < 0) throw new ReadingError("It has more cells than this page reads. Open a part of it.");
      found.rows.push(Object.fromEntries(columns.map((column, i) => (
        [column, i === alias ? row : values[i] ?? null]))));
      if (found.rows.length > most) {
        throw new ReadingError(`“${name.slice(0, 40)}” in it has more than ${most.toLocaleString("en")} rows.`);
      }
    }
    return found;
  }
}

/** Parts of a list that commas part, outside of brackets and quotation marks. @param {string} text */
const partsOf = (text) => {
  const parts = [""];
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"]|"")*"|'(?:[^']|'')*'|\x60[^\x60]*\x60|\[[^\]]*\]|[\s\S]/g)) {
    depth += Number(token === "(") - Number(token === ")");
    if (token === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += token;
  }
  return parts.map((one) => one.trim());
};

/**
 * Names of columns, and which of them is the number of a row, which a row does not hold once more.
 * @param {string} sql such as `CREATE TABLE a (b INTEGER PRIMARY KEY, "c" TEXT)`
 */
function columnsOf(sql) {
  const inner = sql.slice(sql.indexOf("(") + 1, sql.lastIndexOf(")"));
  if (/\)\s*without\s+rowid/i.test(sql)) throw new TypeError("a table has numbers of rows");
  const parts = partsOf(inner).filter((one) => !/^(constraint|primary\s+key|unique|check|foreign\s+key)\b/i.test(one));
  const columns = parts.map((one) => {
    const match = /^(?:"((?:[^"]|"")*)"|\x60([^\x60]*)\x60|\[([^\]]*)\]|'([^']*)'|([^\s(]+))/.exec(one);
    return (match?.slice(1).find((name) => name !== undefined) ?? "").replaceAll("\"\"", "\"");
  });
  return { columns, alias: parts.findIndex((one) => /\sinteger\b[\s\S]*\bprimary\s+key\b/i.test(one)) };
}

export { Database, columnsOf };
