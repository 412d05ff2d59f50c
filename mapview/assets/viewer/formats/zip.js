// Owns reading an archive (ZIP): which files it holds, and each unpacked, no further than a bound.
import { ReadingError, unpacking } from "../faults.js";

/**
 * @typedef {{
 *   name: string, flags: number, method: number, crc: number, packed: number, size: number, at: number,
 * }} Entry `at` is where it begins
 */

const PIECE = 16_384;
const MOST_ENTRIES = 20_000;
const [END, CENTRAL, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50];
const [END_SIZE, LONGEST_COMMENT] = [22, 0xffff];
const [STORED, DEFLATED, LOCKED] = [0, 8, 1];
const GZIP_HEAD = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

/** @param {Uint8Array} bytes */
const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** @import { Bound } from "../faults.js" */

/** Files of an archive, and their unpacking: one of some kilobytes can unpack to more than a machine holds. */
class Archive {
  /** @param {Uint8Array<ArrayBuffer>} bytes @param {Bound} [room] how much may be unpacked */
  constructor(bytes, room = unpacking()) {
    this.bytes = bytes;
    this.room = room;
    /** @type {Map<string, Entry>} */
    this.entries = new Map(entriesOf(bytes).map((one) => [one.name, one]));
  }

  /** The first of some kind, by how its name ends. @param {string} ending */
  ending(ending) {
    return [...this.entries.keys()].find((one) => one.toLowerCase().endsWith(ending));
  }

  /** The bytes of a file; none where there is no such file. @param {string} name */
  async unpack(name) {
    const entry = this.entries.get(name);
    if (!entry) return new Uint8Array();
    if (entry.flags % 2 === LOCKED) throw new ReadingError("It is locked with a password. Save it without one.");
    const { at, packed, method } = entry;
    const view = viewOf(this.bytes);
    if (view.getUint32(at, true) !== LOCAL) throw new RangeError("no file begins there");
    const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
    if (start + packed > this.bytes.length) throw new RangeError("a file ends behind the archive");
    const content = this.bytes.subarray(start, start + packed);
    if (method === STORED) {
      this.room.spend(packed);
      return content;
    }
    if (method !== DEFLATED) throw new ReadingError("It is packed in a way that this page does not know.");
    return this.inflate(content, entry);
  }

  /** @param {string} name */
  async text(name) {
    return new TextDecoder().decode(await this.unpack(name)).replace(/^\ufeff/, "");
  }

  /**
   * As a file of gzip has it: all browsers that open this page know that, and hold it against the checksum.
   * @param {Uint8Array<ArrayBuffer>} content @param {Entry} entry
   */
  async inflate(content, { crc, size }) {
    const end = new DataView(new ArrayBuffer(8));
    end.setUint32(0, crc, true);
    end.setUint32(4, size, true);
    return gunzip([Uint8Array.from(GZIP_HEAD), content, new Uint8Array(end.buffer)], this.room);
  }
}

/**
 * What a file of gzip unpacks to.
 * @param {Uint8Array<ArrayBuffer>[]} parts @param {Bound} room
 */
async function gunzip(parts, room) {
  const reader = inPieces(parts).pipeThrough(new DecompressionStream("gzip")).getReader();
  /** @type {Uint8Array[]} */
  const pieces = [];
  let total = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    try {
      room.spend(piece.value.length);
    } catch (error) {
      await reader.cancel();
      throw error;
    }
    pieces.push(piece.value);
    total += piece.value.length;
  }
  const whole = new Uint8Array(total);
  pieces.reduce((at, piece) => {
    whole.set(piece, at);
    return at + piece.length;
  }, 0);
  return whole;
}

/**
 * A stream of small pieces: a browser unpacks a piece as a whole, to a thousand times its size at most, before it
 * hands on any of it.
 * @param {Uint8Array<ArrayBuffer>[]} parts @returns {ReadableStream<Uint8Array<ArrayBuffer>>}
 */
function inPieces(parts) {
  let [part, at] = [0, 0];
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(parts[part].subarray(at, at + PIECE));
      at += PIECE;
      if (at >= parts[part].length) [part, at] = [part + 1, 0];
      if (part === parts.length) controller.close();
    },
  });
}

/** @param {Uint8Array} bytes @returns {Entry[]} */
function entriesOf(bytes) {
  const view = viewOf(bytes);
  let end = bytes.length - END_SIZE;
  const last = Math.max(0, end - LONGEST_COMMENT);
  while (end >= last && view.getUint32(end, true) !== END) end -= 1;
  if (end < last) throw new RangeError("an archive has an end");
  const count = view.getUint16(end + 10, true);
  if (count > MOST_ENTRIES) {
    throw new ReadingError(`It holds ${count.toLocaleString("en")} files, and this page opens no archive of so many.`);
  }
  /** @type {Entry[]} */
  const found = [];
  for (let at = view.getUint32(end + 16, true); found.length < count;) {
    if (view.getUint32(at, true) !== CENTRAL) throw new RangeError("a list of files goes on");
    const length = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + length));
    found.push({
      name, flags: view.getUint16(at + 8, true), method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true), packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true), at: view.getUint32(at + 42, true) });
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return found;
}

export { Archive, gunzip };
