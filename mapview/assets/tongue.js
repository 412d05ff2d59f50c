// Owns the language that the stage speaks: messages, numbers and lists; geodata/tongue/catalogue.py is the same.
/**
 * What is known of a language, as geodata/tongue/sent.py hands it over.
 * @typedef {{
 *   code: string, fromRight: boolean, texts: Record<string, string | string[]>, forms: string, group: string,
 *   decimal: string, digits: string, comma: string, semicolon: string, months: string[], alone: string[],
 *   solar: string[], and: Record<string, string>, or: Record<string, string>, countries: Record<string, string>,
 *   places: Record<string, string>,
 * }} Tongue
 */

const ENGLISH = "en";
const GROUPED = new Intl.NumberFormat("en");
/** Before a letter that is read from the left, and behind it, in a language that is read from the right. */
const MARK = "\u200f";
const LEFT = /[A-Za-zÀ-ɏͰ-ӿ]/;

/** @type {Tongue | null} the language that is spoken; null for English, whose messages say it themselves */
let tongue = null;

/** Speak a language from now on. @param {Partial<Tongue> | null} [known] nothing for English */
function speak(known) {
  tongue = known?.code ? /** @type {Tongue} */ (known) : null;
  // Words of sources are looked up as well, such as "constructor", which every other object knows.
  if (tongue) tongue = { ...tongue, texts: Object.assign(Object.create(null), tongue.texts) };
}

const language = () => tongue?.code ?? ENGLISH;
const isEnglish = () => tongue === null;
const isFromRight = () => tongue?.fromRight ?? false;
/** What is known of the language that is spoken, by a name; nothing in English. @type {() => Tongue | null} */
const spoken = () => tongue;

/**
 * A message that is said later, where a list or a constant holds it: the test of messages finds it by this.
 * @template {string} T @param {T} message @returns {T}
 */
const term = (message) => message;

/** A text with other digits, where the language has its own. @param {string} text */
function digits(text) {
  if (tongue?.digits[1] === "1" || !tongue) return text;
  const own = tongue.digits;
  return text.replace(/\d/g, (one) => own[Number(one)]);
}

/**
 * A number as the language writes it; a browser that is asked anew of each takes ten times as long.
 * @param {number} n
 */
function number(n) {
  if (!tongue) return n < 1000 ? String(n) : GROUPED.format(n);
  const [whole, part] = String(Math.abs(n)).split(".");
  const text = whole.replace(/\B(?=(\d{3})+$)/g, tongue.group) + (part ? tongue.decimal + part : "");
  return digits(n < 0 ? `-${text}` : text);
}

/** A value in a message. @param {string | number} value */
function worded(value) {
  if (typeof value === "number") return number(value);
  // Names of records keep their letters, and numbers beside them their place.
  return tongue?.fromRight && LEFT.test(value) ? MARK + value + MARK : value;
}

/** @typedef {Record<string, string | number>} Values */

/** @param {string} text @param {Values} values */
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (
  Object.hasOwn(values, name) ? worded(values[name]) : whole));

/**
 * A message in the language that is spoken.
 * @param {string} message in English, with `{names}` of values @param {Values} [values] what stands for the names;
 *   numbers are written as the language writes them
 * @param {string} [context] what it means, where the same English means several things
 */
function say(message, values, context) {
  /** @type {string | string[]} */
  let text = message;
  if (tongue) {
    const { texts } = tongue;
    text = (context ? texts[`${context}\u0004${message}`] : undefined) ?? texts[message] ?? message;
    if (typeof text !== "string") text = text[text.length - 1];
  }
  return values ? filled(text, values) : text;
}

/** @param {Tongue} known @param {number} n */
const formOf = ({ forms }, n) => Number(forms[n < 100 ? n : 100 + (n % 100)] ?? 0);

/**
 * A message that counts, in the form that the number asks for.
 * @param {string} one in English, of one @param {string} many of any other number
 * @param {number} n `{n}` stands for it @param {Values} [values]
 */
function sayMany(one, many, n, values) {
  /** @type {string | string[]} */
  let text = n === 1 ? one : many;
  if (tongue) {
    text = tongue.texts[one] ?? text;
    if (typeof text !== "string") text = text[formOf(tongue, n)];
  }
  return filled(text, values ? { n, ...values } : { n });
}

/** Words as a list. @param {string[]} words @param {"and" | "or"} [last] */
function joined(words, last = "and") {
  if (words.length < 2) return words.join("");
  if (!tongue) return `${words.slice(0, -1).join(", ")} ${last} ${words[words.length - 1]}`;
  const pattern = tongue[last];
  const put = (/** @type {string} */ how, /** @type {string} */ a, /** @type {string} */ b) => (
    how.replace(/\{([01])\}/g, (_, at) => (at === "0" ? a : b)));
  const all = words.map(worded);
  if (all.length === 2) return put(pattern["2"], all[0], all[1]);
  const first = put(pattern.start, all[0], all[1]);
  const before = all.slice(2, -1).reduce((text, one) => put(pattern.middle, text, one), first);
  return put(pattern.end, before, all[all.length - 1]);
}

/** What parts words of one line. */
const comma = () => tongue?.comma ?? ", ";

/** Parts of a text in one line. @param {string[]} parts */
const parted = (parts) => parts.filter(Boolean).join(tongue?.semicolon ?? "; ");

/** @param {string} words */
const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

/** What a country is called. @param {string} code @param {string} name in English */
const countryName = (code, name) => tongue?.countries[code] ?? name;

/** What a place is called, where that is known. @param {string} name @param {string} country its code */
const placeName = (name, country) => tongue?.places[`${country}|${name}`] ?? name;

export {
  ENGLISH, capital, comma, countryName, digits, isEnglish, isFromRight, joined, language, number, parted, placeName,
  say, sayMany, speak, spoken, term,
};
