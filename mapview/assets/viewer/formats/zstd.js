// Owns unpacking Zstandard (RFC 8878), into as many bytes as are said to come and no more.

/**
 * @typedef {{ log: number, symbols: Uint8Array, bits: Uint8Array, bases: Uint16Array }} States
 * @typedef {{ log: number, symbols: Uint8Array, bits: Uint8Array }} Tree
 */

const MAGIC = 0xfd2fb528;
const LENGTH_BITS = [1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
const MATCH_BITS = [1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
/**
 * What each code of a length begins at: as itself, and then by how many bits follow.
 * @param {number} plain @param {number[]} bits @param {number} first @returns {[base: number, bits: number][]}
 */
function codes(plain, bits, first) {
  let base = plain + first;
  return [
    ...Array.from({ length: plain }, (_, i) => /** @type {[number, number]} */ ([i + first, 0])),
    ...bits.map((n) => {
      const one = /** @type {[number, number]} */ ([base, n]);
      base += 2 ** n;
      return one;
    })];
}
const LITERALS = codes(16, LENGTH_BITS, 0);
const MATCHES = codes(32, MATCH_BITS, 3);
const repeated = (/** @type {number[][]} */ runs) => (
  runs.flatMap(([n, value]) => Array.from({ length: n }, () => value)));
// How often each code is taken to come where a block does not say.
const USUAL = [
  [4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1],
  [...repeated([[6, 1], [3, 2], [15, 1], [5, -1]])],
  [1, 4, 3, 2, 2, 2, 2, 2, 2, ...repeated([[37, 1], [7, -1]])],
];
const USUAL_LOGS = [6, 5, 6];
const MOST_LOGS = [9, 8, 9];

/**
 * Bits of a number that begins at a bit; those before the first are none.
 * @param {Uint8Array} bytes @param {number} at @param {number} count @returns {number}
 */
function bitsAt(bytes, at, count) {
  if (count === 0) return 0;
  if (at < 0) return count + at > 0 ? bitsAt(bytes, 0, count + at) * 2 ** -at : 0;
  let [value, scale] = [0, 1];
  for (let i = Math.floor(at / 8); i <= (at + count - 1) / 8; i += 1) {
    value += (bytes[i] ?? 0) * scale;
    scale *= 256;
  }
  return Math.floor(value / 2 ** (at % 8)) % 2 ** count;
}

/** Bits from the end to the beginning. */
class Backward {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    const last = bytes[bytes.length - 1];
    if (!last) throw new RangeError("bits have an end");
    this.left = 8 * (bytes.length - 1) + Math.floor(Math.log2(last));
  }

  /** @param {number} count */
  read(count) {
    this.left -= count;
    return bitsAt(this.bytes, this.left, count);
  }
}

/** @param {number[]} counts @param {number} log @returns {States} */
function statesOf(counts, log) {
  const size = 2 ** log;
  const symbols = new Uint8Array(size);
  let high = size;
  counts.forEach((count, symbol) => {
    if (count === -1) symbols[high -= 1] = symbol;
  });
  const step = size / 2 + Math.floor(size / 8) + 3;
  let at = 0;
  counts.forEach((count, symbol) => {
    for (let i = 0; i < count; i += 1) {
      symbols[at] = symbol;
      do at = (at + step) % size; while (at >= high);
    }
  });
  if (at) throw new RangeError("counts fill their table");
  const next = counts.map((count) => (count === -1 ? 1 : count));
  const [bits, bases] = [new Uint8Array(size), new Uint16Array(size)];
  symbols.forEach((symbol, state) => {
    const x = next[symbol];
    next[symbol] += 1;
    bits[state] = log - Math.floor(Math.log2(x));
    bases[state] = x * 2 ** bits[state] - size;
  });
  return { log, symbols, bits, bases };
}

/**
 * States that stand at a place, and how many bytes they take.
 * @param {Uint8Array} bytes @param {number} most @returns {[states: States, size: number]}
 */
function readStates(bytes, most) {
  const log = bitsAt(bytes, 0, 4) + 5;
  if (log > most) throw new RangeError("a table has a size");
  let [at, left] = [4, 2 ** log];
  /** @type {number[]} */
  const counts = [];
  while (left > 0) {
    const width = Math.floor(Math.log2(left + 1)) + 1;
    const spare = 2 ** width - 1 - (left + 1);
    let value = bitsAt(bytes, at, width - 1);
    if (value < spare) at += width - 1;
    else {
      value = bitsAt(bytes, at, width);
      at += width;
      if (value >= 2 ** (width - 1)) value -= spare;
    }
    const count = value - 1;
    counts.push(count);
    left -= Math.abs(count);
    if (count === 0) {
      let more = 3;
      while (more === 3) {
        more = bitsAt(bytes, at, 2);
        at += 2;
        for (let i = 0; i < more; i += 1) counts.push(0);
      }
    }
    if (left < 0 || counts.length > 256 || at > 8 * bytes.length) throw new RangeError("counts fill their table");
  }
  return [statesOf(counts, log), Math.ceil(at / 8)];
}

/** @param {Uint8Array} bytes @returns {[weights: number[], size: number]} */
function readWeights(bytes) {
  const [head] = bytes;
  if (head >= 128) {
    const weights = Array.from({ length: head - 127 }, (_, i) => (
      bitsAt(bytes, 8 + 8 * Math.floor(i / 2) + (i % 2 ? 0 : 4), 4)));
    return [weights, 1 + Math.ceil(weights.length / 2)];
  }
  const [table, size] = readStates(bytes.subarray(1, 1 + head), 6);
  const from = new Backward(bytes.subarray(1 + size, 1 + head));
  const states = [from.read(table.log), from.read(table.log)];
  /** @type {number[]} */
  const weights = [];
  for (let turn = 0; weights.length < 255; turn = 1 - turn) {
    const state = states[turn];
    weights.push(table.symbols[state]);
    if (from.left < table.bits[state]) {
      weights.push(table.symbols[states[1 - turn]]);
      break;
    }
    states[turn] = table.bases[state] + from.read(table.bits[state]);
  }
  return [weights, 1 + head];
}

/** @param {Uint8Array} bytes @returns {[tree: Tree, size: number]} */
function readTree(bytes) {
  const [weights, size] = readWeights(bytes);
  const sum = weights.reduce((all, one) => all + (one ? 2 ** (one - 1) : 0), 0);
  const log = Math.floor(Math.log2(sum)) + 1;
  const last = Math.log2(2 ** log - sum) + 1;
  if (!sum || log > 11 || last % 1) throw new RangeError("weights make a tree");
  const all = [...weights, last];
  const [symbols, bits] = [new Uint8Array(2 ** log), new Uint8Array(2 ** log)];
  let at = 0;
  for (let weight = 1; weight <= log; weight += 1) {
    all.forEach((one, symbol) => {
      if (one !== weight) return;
      symbols.fill(symbol, at, at + 2 ** (weight - 1));
      bits.fill(log + 1 - weight, at, at + 2 ** (weight - 1));
      at += 2 ** (weight - 1);
    });
  }
  return [{ log, symbols, bits }, size];
}

/** @param {Uint8Array} bytes @param {Tree} tree @param {Uint8Array} to */
function readLetters(bytes, { log, symbols, bits }, to) {
  const from = new Backward(bytes);
  for (let i = 0; i < to.length; i += 1) {
    const index = bitsAt(bytes, from.left - log, log);
    to[i] = symbols[index];
    from.left -= bits[index];
  }
  if (from.left) throw new RangeError("letters end with their bits");
}

/** Unpacks one frame. */
class Frame {
  /** @param {Uint8Array} bytes @param {number} size */
  constructor(bytes, size) {
    this.bytes = bytes;
    this.out = new Uint8Array(size);
    this.at = 0;
    /** @type {Tree | null} */
    this.tree = null;
    /** @type {(States | null)[]} */
    this.tables = [null, null, null];
    this.offsets = [1, 4, 8];
  }

  /** @param {Uint8Array} piece */
  put(piece) {
    this.out.set(piece, this.at);
    this.at += piece.length;
  }

  whole() {
    const { bytes } = this;
    if (bitsAt(bytes, 0, 32) !== MAGIC) throw new RangeError("a frame begins so");
    const [single, sized, named] = [bitsAt(bytes, 37, 1), bitsAt(bytes, 38, 2), bitsAt(bytes, 32, 2)];
    let at = 5 + (1 - single) + [0, 1, 2, 4][named] + [single, 2, 4, 8][sized];
    for (let isLast = false; !isLast;) {
      if (at + 3 > bytes.length) throw new RangeError("a frame has a last block");
      const [type, size] = [bitsAt(bytes, 8 * at + 1, 2), bitsAt(bytes, 8 * at + 3, 21)];
      isLast = bytes[at] % 2 === 1;
      const held = type === 1 ? 1 : size;
      at += 3;
      if (at + held > bytes.length || type === 3) throw new RangeError("a block is in its frame");
      const block = bytes.subarray(at, at + held);
      if (type === 2) this.block(block);
      else if (type === 1 && this.at + size <= this.out.length) this.put(new Uint8Array(size).fill(block[0]));
      else this.put(block);
      at += held;
    }
    if (this.at !== this.out.length) throw new RangeError("a frame holds what it says");
    return this.out;
  }

  /** @param {Uint8Array} block @returns {[letters: Uint8Array, next: number]} */
  letters(block) {
    const [type, format] = [bitsAt(block, 0, 2), bitsAt(block, 2, 2)];
    if (type < 2) {
      const [head, from, width] = format % 2 === 0 ? [1, 3, 5] : [format === 1 ? 2 : 3, 4, format === 1 ? 12 : 20];
      const size = bitsAt(block, from, width);
      if (size > this.out.length) throw new RangeError("letters come out");
      if (type === 0) return [block.subarray(head, head + size), head + size];
      return [new Uint8Array(size).fill(block[head]), head + 1];
    }
    const [head, width] = [[3, 3, 4, 5][format], [10, 10, 14, 18][format]];
    const [size, packed] = [bitsAt(block, 4, width), bitsAt(block, 4 + width, width)];
    if (size > this.out.length || head + packed > block.length) throw new RangeError("letters come out");
    let content = block.subarray(head, head + packed);
    if (type === 2) {
      const [tree, length] = readTree(content);
      this.tree = tree;
      content = content.subarray(length);
    }
    if (!this.tree) throw new RangeError("letters have a tree");
    const letters = new Uint8Array(size);
    if (format === 0) readLetters(content, this.tree, letters);
    else {
      const share = Math.floor((size + 3) / 4);
      let at = 6;
      for (let i = 0; i < 4; i += 1) {
        const end = i < 3 ? at + bitsAt(content, 16 * i, 16) : content.length;
        const last = i < 3 ? share * (i + 1) : size;
        readLetters(content.subarray(at, end), this.tree, letters.subarray(share * i, last));
        at = end;
      }
    }
    return [letters, head + packed];
  }

  /** @param {Uint8Array} block */
  block(block) {
    const [letters, start] = this.letters(block);
    let at = start;
    let [count] = block.subarray(at);
    if (count >= 128) {
      const isLong = count === 255;
      count = isLong ? bitsAt(block, 8 * at + 8, 16) + 0x7f00 : (count - 128) * 256 + block[at + 1];
      at += isLong ? 2 : 1;
    }
    at += 1;
    if (!count) return this.put(letters);
    const modes = [6, 4, 2].map((bit) => bitsAt(block, 8 * at + bit, 2));
    at += 1;
    modes.forEach((mode, i) => {
      if (mode === 0) this.tables[i] = statesOf(USUAL[i], USUAL_LOGS[i]);
      if (mode === 1) {
        const symbols = block.slice(at, at + 1);
        this.tables[i] = { log: 0, symbols, bits: new Uint8Array(1), bases: new Uint16Array(1) };
        at += 1;
      }
      if (mode === 2) {
        const [states, size] = readStates(block.subarray(at), MOST_LOGS[i]);
        this.tables[i] = states;
        at += size;
      }
    });
    return this.sequences(block.subarray(at), count, letters);
  }

  /** @param {Uint8Array} bytes @param {number} count @param {Uint8Array} letters */
  sequences(bytes, count, letters) {
    const [lengths, offsets, matches] = this.tables;
    if (!lengths || !offsets || !matches) throw new RangeError("sequences have tables");
    const from = new Backward(bytes);
    let [length, offset, match] = [from.read(lengths.log), from.read(offsets.log), from.read(matches.log)];
    const next = (/** @type {States} */ one, /** @type {number} */ state) => (
      one.bases[state] + from.read(one.bits[state]));
    let used = 0;
    for (let i = 0; i < count; i += 1) {
      const code = offsets.symbols[offset];
      const raw = 2 ** code + from.read(code);
      const [matchBase, matchBits] = MATCHES[matches.symbols[match]];
      const size = matchBase + from.read(matchBits);
      const [base, bits] = LITERALS[lengths.symbols[length]];
      const plain = base + from.read(bits);
      if (used + plain > letters.length) throw new RangeError("letters are there");
      this.put(letters.subarray(used, used + plain));
      used += plain;
      this.copy(this.offsetOf(raw, plain === 0), size);
      if (i < count - 1) {
        length = next(lengths, length);
        match = next(matches, match);
        offset = next(offsets, offset);
      }
    }
    if (from.left) throw new RangeError("sequences end with their bits");
    this.put(letters.subarray(used));
  }

  /**
   * How far back it goes; one of the last three is told by its place.
   * @param {number} raw @param {boolean} isShifted
   */
  offsetOf(raw, isShifted) {
    const [first, second, third] = this.offsets;
    const place = raw > 3 ? 4 : raw + Number(isShifted);
    if (raw <= 3 && place === 1) return first;
    const found = raw > 3 ? raw - 3 : [second, third, first - 1][place - 2];
    this.offsets = [found, first, raw <= 3 && place === 2 ? third : second];
    return found;
  }

  /** @param {number} offset @param {number} size */
  copy(offset, size) {
    const { out, at } = this;
    if (offset < 1 || offset > at || at + size > out.length) throw new RangeError("a copy is of what is there");
    for (let i = at; i < at + size; i += 1) out[i] = out[i - offset];
    this.at += size;
  }
}

/** @param {Uint8Array} bytes one frame @param {number} size what it unpacks to, in bytes */
const unpackZstd = (bytes, size) => new Frame(bytes, size).whole();

export { unpackZstd };
