// Owns reading the descriptions of a Parquet: Thrift's compact form, as fields by their number.
import { Bound } from "../faults.js";

/** @typedef {Map<number, any>} Fields */

// Of what is not there each takes a byte in a file, and some hundred here.
const [MOST_DEPTH, MOST_VALUES] = [30, 1e6];

/** Reads one value after the other. */
class Thrift {
  /** @param {Uint8Array} bytes @param {number} [most] values that there may be */
  constructor(bytes, most = MOST_VALUES) {
    this.bytes = bytes;
    this.at = 0;
    this.bound = new Bound(most, `It describes itself by more than ${most.toLocaleString("en")} values, `
      + "and this page reads at most that. Open a part of it.");
  }

  byte() {
    const value = this.bytes[this.at];
    if (value === undefined) throw new RangeError("a value is in the file");
    this.at += 1;
    return value;
  }

  varint() {
    let [value, scale] = [0, 1];
    for (let i = 0; i < 10; i += 1) {
      const byte = this.byte();
      value += (byte % 128) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
    throw new RangeError("a number has an end");
  }

  whole() {
    const value = this.varint();
    return value % 2 ? -(value + 1) / 2 : value / 2;
  }

  piece() {
    const length = this.varint();
    if (this.at + length > this.bytes.length) throw new RangeError("a text is in the file");
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** @param {number} type @param {number} depth @returns {any} */
  value(type, depth) {
    if (depth > MOST_DEPTH) throw new RangeError("values stand within values");
    this.bound.spend(1);
    if (type === 1 || type === 2) return type === 1;
    if (type === 3) return this.byte();
    if (type < 7) return this.whole();
    if (type === 7) {
      this.at += 8;
      return null;
    }
    if (type === 8) return this.piece();
    if (type === 12) return this.fields(depth + 1);
    if (type !== 9 && type !== 10) throw new TypeError("a value has a type");
    const head = this.byte();
    const count = head >= 240 ? this.varint() : Math.floor(head / 16);
    if (count > this.bytes.length - this.at) throw new RangeError("a list is in the file");
    this.bound.spend(count);
    // Within a list a switch is a byte of its own.
    return Array.from({ length: count }, () => (head % 16 < 3 ? this.byte() === 1 : this.value(head % 16, depth + 1)));
  }

  /** @param {number} depth @returns {Fields} */
  fields(depth = 0) {
    /** @type {Fields} */
    const found = new Map();
    let id = 0;
    for (let head = this.byte(); head; head = this.byte()) {
      const step = Math.floor(head / 16);
      id = step ? id + step : this.whole();
      found.set(id, this.value(head % 16, depth));
    }
    return found;
  }
}

export { Thrift };
