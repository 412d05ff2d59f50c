// Owns what is typed to search by, in plain Latin letters as geodata/records/names.py writes them.
import { cartography } from "../cartography.js";

/** @type {Map<string, string>} */
const LATIN = new Map(Object.entries(cartography.search.letters).flatMap(([latin, letters]) => (
  Array.from(letters, (letter) => [letter, latin]))));
const ASCII = /[\0-\x7f]/;

/**
 * A word in plain letters; null where a letter is of no alphabet that the page knows.
 * @param {string} word
 */
function normalise(word) {
  let latin = "";
  for (const letter of word.normalize("NFKC")) {
    const plain = ASCII.test(letter) ? letter : LATIN.get(letter);
    if (plain === undefined) return null;
    latin += plain;
  }
  return latin.toLowerCase().replace(/['"\x60]/g, "").replace(/[^0-9a-z]+/g, " ").trim();
}

/**
 * A test of searched texts: whether all words of a text occur.
 * @param {string} text @returns {(searched: string) => boolean}
 */
function hasWords(text) {
  const words = text.split(/\s+/).map(normalise).filter((word) => word !== "");
  return (searched) => words.every((word) => word !== null && searched.includes(word));
}

export { hasWords, normalise };
