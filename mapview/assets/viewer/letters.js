// Owns the letters of a text: which encoding they are of, and what is no text at all.
import { INSTEAD, ReadingError } from "./faults.js";

// How files of other kinds begin, their bytes as letters.
const SIGNATURES = /** @type {const} */ ([
  ["%PDF", "a PDF"], ["\u00d0\u00cf\u0011\u00e0", "an old workbook"], ["\u001f\u2039", "a packed file"],
  ["7z\u00bc\u00af", "a packed file"], ["Rar!", "a packed file"], ["\u0000\u0000'\n", "a Shapefile"],
  ["ARROW1", "an Arrow or Feather file"], ["\u0089HDF", "a file of HDF or NetCDF"],
]);
/** @type {[codec: string, label: string, frequent: string][]} Their most frequent letters, as Python has them. */
const ALPHABETS = [
  ["windows-1251", "Windows-1251", "оеаинтсрвлк"], ["koi8-r", "KOI8-R", "оеаинтсрвлк"],
  ["ibm866", "CP866", "оеаинтсрвлк"], ["windows-1256", "Windows-1256", "اليمنورتبهد"],
];
const [HEAD, IN_WORDS, FREQUENT] = [65_536, 0.6, 0.35];

/** How bytes begin, a letter each. @param {Uint8Array} bytes */
const latin = (bytes) => new TextDecoder("latin1").decode(bytes.subarray(0, 64));

/** Which half of the bytes is nothing, as in UTF-16 of our letters and marks. @param {Uint8Array} head */
function wideOf(head) {
  const [even, odd] = [0, 1].map((half) => head.filter((byte, i) => i % 2 === half && byte === 0).length);
  const least = head.length / 8;
  if (even === 0 && odd > least) return "utf-16le";
  return odd === 0 && even > least ? "utf-16be" : "";
}

/**
 * The encoding of a text that is not Unicode: of Latin letters few stand side by side that are not of ASCII, of others
 * nearly all; geodata/reading/text/alphabets.py has the rule.
 * @param {Uint8Array} bytes @returns {[codec: string, label: string]}
 */
function alphabetOf(bytes) {
  const plain = new TextDecoder("x-user-defined").decode(bytes.subarray(0, HEAD));
  const runs = plain.match(/[\uf780-\uf7ff]+/g) ?? [];
  const count = (/** @type {string[]} */ some) => some.reduce((sum, { length }) => sum + length, 0);
  if (count(runs.filter(({ length }) => length > 2)) < count(runs) * IN_WORDS) return ["windows-1252", "Windows-1252"];
  const all = Uint8Array.from([...runs.join("")], (one) => one.charCodeAt(0) % 256);
  const rated = ALPHABETS.map(([codec, label, frequent]) => {
    const letters = [...new TextDecoder(codec).decode(all).toLowerCase()];
    return { codec, label, share: letters.filter((one) => frequent.includes(one)).length / letters.length };
  });
  const best = rated.sort((a, b) => b.share - a.share)[0];
  return best.share >= FREQUENT ? [best.codec, best.label] : ["windows-1252", "Windows-1252"];
}

/**
 * Text of bytes, and what had to be assumed of its letters.
 * @param {Uint8Array} bytes @returns {[text: string, note: string]}
 */
function decode(bytes) {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return [new TextDecoder("utf-16le").decode(bytes), ""];
  if (first === 0xfe && second === 0xff) return [new TextDecoder("utf-16be").decode(bytes), ""];
  const begins = latin(bytes);
  for (const [signature, kind] of SIGNATURES) {
    if (begins.startsWith(signature)) {
      throw new ReadingError(`This is ${kind}, which this page does not read: ${INSTEAD}.`);
    }
  }
  const head = bytes.subarray(0, HEAD);
  if (head.includes(0)) {
    const wide = wideOf(head);
    if (!wide) throw new ReadingError(`This is no text: ${INSTEAD}.`);
    return [new TextDecoder(wide).decode(bytes), "Its bytes look like UTF-16, and were read as such."];
  }
  try {
    return [new TextDecoder("utf-8", { fatal: true }).decode(bytes), ""];
  } catch {
    const [codec, label] = alphabetOf(bytes);
    const note = `The file is not UTF-8; it was read as ${label}, so some letters may be wrong.`;
    return [new TextDecoder(codec).decode(bytes), note];
  }
}

export { decode, latin };
