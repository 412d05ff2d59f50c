// Owns a filter in words: a short sentence for each part that asks for something.
import { capital, comma, isEnglish, joined, number, say, sayMany } from "../tongue.js";
import * as days from "./days.js";
import { shapeWords } from "./shapes.js";

/**
 * @import { Filter } from "./filter.js"
 * @import { Known } from "./answers.js"
 * @typedef {{ words: string, without: Partial<Filter> | null }} Said a part, and what the filter is without
 *   it; nothing of which day the data are, which no filter changes
 */

const MOST_NAMES = 3;

/** Some of a list by name, and how many more. @param {string[]} names */
function named(names) {
  const rest = names.length - MOST_NAMES;
  if (rest <= 1) return names.join(comma());
  return say("{group} and {n} more", { group: names.slice(0, MOST_NAMES).join(comma()), n: rest });
}

/**
 * In the order of the choices, so that a filter reads alike however it was come to.
 * @param {string[]} values @param {string[]} all @param {string[]} [names]
 */
const namesOf = (values, all, names = all) => [...values].sort((a, b) => all.indexOf(a) - all.indexOf(b))
  .map((one) => names[all.indexOf(one)] ?? one);

/** The words of values. @param {string[]} values @param {string[]} all */
const wordsOf = (values, all) => namesOf(values, all).map((one) => say(one));

/** A label and what it is of. @param {string} label @param {string} values */
const labelled = (label, values) => (values ? say("{label}: {values}", { label, values }) : "");

/** What holds for certain. @param {string} what */
const certainly = (what) => (isEnglish() ? `${what}, certainly` : say("certainly: {what}", { what }));

/** @param {string | null} least */
function exactnessWords(least) {
  if (least === "not stated") return say("Place given, however exactly");
  return least === null ? "" : say("Place known at least to: {precision}", { precision: say(least) });
}

/** @param {number | null} least @param {number | null} most */
const boundsWords = (least, most) => [
  least === null ? "" : say("at least {n}", { n: least }), most === null ? "" : say("at most {n}", { n: most }),
].filter(Boolean).join(comma());

/** @param {number | null} least */
function injuredWords(least) {
  if (least === null) return "";
  return isEnglish() ? `At least ${number(least)} injured` : labelled(say("Injured"), boundsWords(least, null));
}

/** @param {Filter} filter @returns {string} */
function tollWords({ killed, mostKilled }) {
  if (!isEnglish()) return labelled(say("Killed"), boundsWords(killed, mostKilled));
  if (killed !== null && mostKilled !== null) return `${number(killed)} to ${number(mostKilled)} killed`;
  if (killed !== null) return `At least ${number(killed)} killed`;
  return mostKilled === null ? "" : `At most ${number(mostKilled)} killed`;
}

/** What a role is called; what is none of the named ones is another word where it stands alone. @param {string} role */
const roleWords = (role) => (role === "other" && !isEnglish() ? say("named otherwise") : say(role));

/** @param {Filter} filter @param {Known} data */
function partyWords({ groups, roles }, data) {
  const sought = roles.length || !groups.length ? roles : data.roles_sought;
  if (!sought.length) return "";
  const who = groups.length ? named(namesOf(groups, data.groups, data.group_names)) : say("Anybody");
  if (sought.length === data.roles.length) return say("{who} in any role", { who });
  if (isEnglish()) return `${who} as ${sought.join(" or ")}`;
  return say("{who}, role: {roles}", { who, roles: joined(sought.map(roleWords), "or") });
}

/** In English as many sayings as there are, since few choose more than two. @param {string[]} words */
const alternatives = (words) => (isEnglish() ? words.join(" or ") : joined(words, "or"));

/** @param {string[]} words */
function attributionWords(words) {
  if (!words.length) return "";
  return isEnglish() ? `Attribution ${alternatives(words)}` : labelled(say("Attribution"), alternatives(words));
}

/** @param {number} day */
const knownWords = (day) => (
  isEnglish() ? `As known on ${days.words(day)}` : labelled(say("As known on"), days.words(day)));

/** Parts of the world that a filter asks for. @param {Filter} filter @returns {[string, Partial<Filter>][]} */
function placeWords({ certain, bounds, within }) {
  const words = (/** @type {string} */ where) => {
    if (isEnglish()) return `${certain ? "Certainly within" : "Within"} ${where}`;
    return certain ? certainly(labelled(say("Within"), where)) : labelled(say("Within"), where);
  };
  return [
    ...(bounds ? [/** @type {[string, Partial<Filter>]} */ ([words(say("a part of the map")), { bounds: null }])] : []),
    ...(within ? [/** @type {[string, Partial<Filter>]} */ ([words(shapeWords(within)), { within: null }])] : []),
  ];
}

/**
 * What a filter asks for, part by part, in the order of its text.
 * @param {Filter} filter @param {Known} data @returns {Said[]}
 */
function said(filter, data) {
  const { from, to, certain, types, countries, statuses, attributions, ids, precision, injured } = filter;
  const { words } = filter;
  const isDated = from !== null || to !== null;
  const sure = certain && !isDated && !placeWords(filter).length;
  /** @type {[string, Partial<Filter>][]} */
  const parts = [
    [isDated ? (certain ? certainly : String)(days.periodWords(from, to)) : "", { from: null, to: null }],
    [sure ? say("Only what certainly fits") : "", { certain: false }],
    [named(wordsOf(types, data.types)), { types: [] }],
    [named(namesOf(filter.sourceTypes, data.sourceTypes)), { sourceTypes: [] }],
    [partyWords(filter, data), { groups: [], roles: [] }],
    [named(namesOf(countries, data.countries, data.country_names)), { countries: [] }],
    [alternatives(wordsOf(statuses, data.statuses)), { statuses: [] }],
    [attributionWords(wordsOf(attributions, data.attributions)), { attributions: [] }],
    [ids.length ? sayMany("{n} chosen record", "{n} chosen records", ids.length) : "", { ids: [] }],
    [exactnessWords(precision), { precision: null }],
    [tollWords(filter), { killed: null, mostKilled: null }],
    [injuredWords(injured), { injured: null }],
    [words ? `“${words}”` : "", { words: "" }],
    ...placeWords(filter),
    [filter.areas ? "" : say("Without base areas"), { areas: true }],
  ];
  const day = days.parse(data.known_on ?? "", true);
  return [...parts.flatMap(([text, without]) => (
    text ? [{ words: capital(text), without }] : [])),
  ...(day === null ? [] : [{ words: knownWords(day), without: null }])];
}

/** How far the reader narrowed the page, as sentences. @param {Filter} filter @param {Known} data */
const narrowedWords = (filter, data) => said(filter, data).map(({ words }) => `${words}.`).join(" ");

export { certainly, narrowedWords, roleWords, said };
