// Owns what somebody who types may want to go to: groups, countries, places, incidents; pure, no page needed.
import { comma, countryName, placeName, say, term } from "../tongue.js";
import { EVERYTHING, settleWords, toText } from "./filter.js";
import { hasWords, normalise } from "./search.js";

const LEAST_LETTERS = 2;
const MOST = { groups: 4, countries: 3, places: 5, incidents: 5 };
const LOOKED_AT = 50; // incidents that hold the words, of which those come first that are called so

/**
 * @import { Place } from "../labels.js"
 * @import { Answers, Order, Row, Spot } from "./answers.js"
 * @import { Filter, Known } from "./filter.js"
 * @typedef {{ id: string, words: string }} FoundGroup
 * @typedef {{ iso: string, words: string, lon: number, lat: number }} FoundCountry
 * @typedef {{ words: string, note: string, lon: number, lat: number, km: number }} FoundPlace
 * @typedef {{ id: string, words: string, note: string }} FoundIncident
 * @typedef {{
 *   groups: FoundGroup[], countries: FoundCountry[], places: FoundPlace[], incidents: FoundIncident[],
 * }} Found
 */

/** @type {Order} */
const NEWEST = { column: "start", down: true, which: "all" };
/** @type {Record<string, string>} */
const KINDS = {
  settlement: term("town or village"), site: term("site"), "near settlement": term("near a town or village") };
// Of towns on the map nobody here knows how large they are.
const TOWN_KM = 15;

/** Letters of a name with nothing between them. @param {string} text */
const lettersOf = (text) => (normalise(text) ?? "").replaceAll(" ", "");

/** Whether a name, or a word in it, begins with letters. @param {string} name @param {string} key */
function begins(name, key) {
  const words = (normalise(name) ?? "").split(" ");
  return words.some((_, i) => words.slice(i).join("").startsWith(key));
}

/** @param {string} key @param {Known & { group_names: string[] }} known @returns {FoundGroup[]} */
function groupsFor(key, { groups, group_names: names, group_spellings: spellings }) {
  const found = groups.filter((_, i) => begins(names[i], key));
  const spelt = Object.keys(spellings).filter((one) => one.startsWith(key)).flatMap((one) => spellings[one]);
  return [...new Set([...found, ...spelt])].slice(0, MOST.groups).map((id) => (
    { id, words: names[groups.indexOf(id)] }));
}

/** What a label is called: as maps have it, and in the language that is spoken. @param {Place} label */
const namesOf = ({ kind, name, country }) => (
  [...new Set([name, kind === "country" ? countryName(country, name) : placeName(name, country)])]);

/** @param {string} key @param {Place[]} labels @returns {FoundCountry[]} */
function countriesFor(key, labels) {
  const isFirst = (/** @type {Place} */ one) => Number(namesOf(one).some((name) => lettersOf(name).startsWith(key)));
  return labels.filter((one) => one.kind === "country" && namesOf(one).some((name) => begins(name, key)))
    .sort((a, b) => isFirst(b) - isFirst(a)).slice(0, MOST.countries)
    .map(({ name, country, lon, lat }) => ({ iso: country, words: countryName(country, name), lon, lat }));
}

/**
 * Towns that the map names itself, the largest first.
 * @param {string} key @param {Place[]} labels @returns {FoundPlace[]}
 */
function townsFor(key, labels) {
  const nameOf = new Map(labels.filter(({ kind }) => kind === "country")
    .map(({ country, name }) => [country, countryName(country, name)]));
  const noteOf = (/** @type {string} */ country) => [say("town"), nameOf.get(country)].filter(Boolean).join(comma());
  return labels.filter((one) => one.kind !== "country" && namesOf(one).some((name) => lettersOf(name).startsWith(key)))
    .slice(0, MOST.places).map(({ name, country, lon, lat }) => (
      { words: placeName(name, country), note: noteOf(country), lon, lat, km: TOWN_KM }));
}

/** @param {Spot} spot @returns {FoundPlace} */
function placeOf({ name, matched, country, precision, lon, lat, radius_km: km }) {
  const also = lettersOf(matched) === lettersOf(name) && normalise(name) !== null ? "" : `${matched} · `;
  return { words: name, note: `${also}${say(KINDS[precision] ?? precision)}${comma()}${country}`, lon, lat, km };
}

/**
 * Incidents that hold all words, those that are called so first; what the filter leaves out says so.
 * @param {string} typed @param {Answers} answers @param {Filter} filter @returns {Promise<FoundIncident[]>}
 */
async function incidentsFor(typed, answers, filter) {
  const rowsOf = async (/** @type {Filter} */ one) => (await answers.rows(toText(one), NEWEST, 0, LOOKED_AT)).rows;
  const all = await rowsOf({ ...EVERYTHING, words: settleWords(typed) });
  const narrowed = { ...filter, words: settleWords(`${typed} ${filter.words}`) };
  const kept = new Set((await rowsOf(narrowed)).map(({ id }) => id));
  const matches = hasWords(typed);
  const rank = (/** @type {Row} */ { title, place }) => {
    if (matches(normalise(title) ?? "")) return 0;
    return matches(normalise(`${title} ${place}`) ?? "") ? 1 : 2;
  };
  return all.map((row) => ({ row, rank: rank(row) })).sort((a, b) => a.rank - b.rank).slice(0, MOST.incidents)
    .map(({ row: { id, title, when, place } }) => {
      const note = [when, place, kept.has(id) ? "" : say("outside the filters")].filter(Boolean).join(" · ");
      return { id, words: title, note };
    });
}

/**
 * @param {string} typed @param {Answers} answers @param {Place[]} labels names on the map @param {Filter} filter
 * @returns {Promise<Found>}
 */
async function find(typed, answers, labels, filter) {
  const words = settleWords(typed);
  const key = lettersOf(words);
  // Letters that only the gazetteer can read are for it to judge.
  const isRead = normalise(words) !== null;
  if (!words || (isRead && key.length < LEAST_LETTERS)) return { groups: [], countries: [], places: [], incidents: [] };
  const [incidents, spots] = await Promise.all([
    incidentsFor(words, answers, filter), answers.places ? answers.places(words) : null]);
  return {
    groups: isRead ? groupsFor(key, answers.known) : [], countries: isRead ? countriesFor(key, labels) : [],
    places: spots ? spots.slice(0, MOST.places).map(placeOf) : isRead ? townsFor(key, labels) : [], incidents,
  };
}

export { find };
