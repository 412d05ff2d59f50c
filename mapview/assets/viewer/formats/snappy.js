// Owns unpacking Snappy: letters as they are, and copies of what stands before them.

/** A number, the first byte the lowest. @param {Uint8Array} bytes */
const numberOf = (bytes) => bytes.reduce((sum, byte, i) => sum + byte * 256 ** i, 0);

/** How long all of it is, in bytes whose highest bit says that more come. @param {Uint8Array} packed */
function lengthOf(packed) {
  const end = packed.findIndex((byte) => byte < 128) + 1;
  if (end < 1 || end > 5) throw new RangeError("a length has an end");
  return { length: packed.subarray(0, end).reduce((sum, byte, i) => sum + (byte % 128) * 128 ** i, 0), end };
}

/**
 * One piece: how long it is, how far back it stands, if it is a copy, and where the next one begins.
 * @param {Uint8Array} packed @param {number} at
 */
function pieceAt(packed, at) {
  const tag = packed[at];
  const [kind, size] = [tag % 4, Math.floor(tag / 4)];
  const after = (/** @type {number} */ bytes) => numberOf(packed.subarray(at + 1, at + 1 + bytes));
  if (kind === 1) return { many: (size % 8) + 4, back: Math.floor(tag / 32) * 256 + after(1), next: at + 2 };
  if (kind > 1) return { many: size + 1, back: after(2 * kind - 2), next: at + 2 * kind - 1 };
  const more = Math.max(0, size - 59);
  return { many: more ? after(more) + 1 : size + 1, back: 0, next: at + 1 + more };
}

/**
 * What a block unpacks to.
 * @param {Uint8Array} packed @param {number} size how long it is said to be @returns {Uint8Array}
 */
function unpackSnappy(packed, size) {
  const { length, end } = lengthOf(packed);
  if (length !== size) throw new RangeError("a block is as long as its page");
  const found = new Uint8Array(size);
  let to = 0;
  for (let at = end; at < packed.length;) {
    const { many, back, next } = pieceAt(packed, at);
    const isCopy = packed[at] % 4 > 0;
    const isThere = isCopy ? back > 0 && back <= to : next + many <= packed.length;
    if (!isThere || to + many > size) throw new RangeError("a piece is in its block");
    // A copy may reach into what it writes.
    if (isCopy) for (let i = 0; i < many; i += 1) found[to + i] = found[to - back + i];
    else found.set(packed.subarray(next, next + many), to);
    at = isCopy ? next : next + many;
    to += many;
  }
  if (to !== size) throw new RangeError("a block is whole");
  return found;
}

export { unpackSnappy };
