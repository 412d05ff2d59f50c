// Owns which entries the legend has for what is on the map; pure, no page needed.
import { cartography } from "./cartography.js";
import { clip } from "./dom.js";
import { keyOf } from "./hiding.js";
import { FIRST, LONGEST, NO_OWN, OTHER } from "./own.js";
import { standingOf } from "./standings.js";
import { isEnglish, parted, say } from "./tongue.js";

/**
 * @import { Area } from "./feed.js"
 * @import { Hidden } from "./hiding.js"
 * @import { Own } from "./own.js"
 * @typedef {{
 *   kinds: Set<number>, areas: Area[], bounds?: boolean, assumed?: boolean, disputed?: boolean, hidden?: Hidden,
 *   own?: Own,
 * }} Present what is on the map: kinds of incidents, base areas, and whether a disc of which some only
 *   may fit, a point of which nobody says how exact it is, and a disputed border are in view; `hidden`
 *   is what was taken off
 * @typedef {{
 *   form: string, words: string, hatch: number, kind?: number, status?: number, absent?: boolean, group?: string,
 *   hidden?: boolean,
 * }} LegendEntry
 */

/**
 * The groups with base areas, the one with most that are certain first, each as an entry.
 * @param {Area[]} areas
 */
function groupEntries(areas) {
  /** @type {Map<string, { sure: number, n: number, entry: LegendEntry }>} */
  const groups = new Map();
  for (const { group, group_name: words, hatch, faded } of areas) {
    const { sure, n } = groups.get(group) ?? { sure: 0, n: 0 };
    groups.set(group, { sure: sure + Number(!faded), n: n + 1, entry: { form: "hatch", words, hatch, group } });
  }
  const order = [...groups].sort(([a, one], [b, other]) => (
    other.sure - one.sure || other.n - one.n || (a < b ? -1 : 1)));
  return order.map(([, { entry }]) => entry);
}

/**
 * The forms of the legend that are on the map, of those that may not be.
 * @param {Present} present
 */
function formsOf({ areas, bounds, assumed, disputed }) {
  const forms = new Set(areas.filter((one) => !one.ended).map((one) => standingOf(one).id));
  if (areas.some((one) => one.ended)) forms.add("lost");
  if (areas.some((one) => one.faded)) forms.add("faded");
  if (bounds) forms.add("bounds");
  if (assumed) forms.add("assumed");
  if (disputed) forms.add("border");
  return forms;
}

const SOMETIMES = new Set([
  ...cartography.standings.map(({ id }) => id), "lost", "faded", "bounds", "assumed", "border"]);

/**
 * All entries that the data can have: with types that stand for themselves first, of ours those that occur.
 * @param {Own} own
 */
function entriesOf({ types, kinds }) {
  if (!types.length) return cartography.legend;
  const [{ section }] = cartography.legend_own;
  const known = types.flatMap((words, i) => (
    words ? [{ ...cartography.legend_own[i], words: clip(words, LONGEST) }] : []));
  const isOurs = ({ form = "", kind = 0 }) => form !== "symbol" || (kind !== OTHER && kinds.has(kind));
  const others = { section, form: "symbol", words: cartography.texts.other_types, kind: OTHER, status: 0 };
  // A sample is of what is on the map.
  const ours = cartography.legend.filter(isOurs)
    .map((one) => (one.form === "symbol" ? one : { ...one, kind: known[0]?.kind ?? FIRST }));
  return [...known, others, ...ours];
}

/**
 * The words of an entry in the language that is spoken; those of sources stay theirs.
 * @param {Pick<LegendEntry, "form" | "status" | "words">} entry
 */
function wordsOf({ form, status = 0, words }) {
  if (form !== "hollow" || isEnglish()) return say(words);
  const { mark, label } = cartography.statuses[status];
  const told = say(label);
  const values = { mark, status: told.charAt(0).toLowerCase() + told.slice(1) };
  return mark ? say("Hollow with “{mark}”: {status}", values) : say("Hollow: {status}", values);
}

/**
 * Entries of the legend by section; those of what is not on the map are absent.
 * @param {Present} present
 */
function sectionsOf(present) {
  const groups = groupEntries(present.areas);
  const hatch = groups.length ? groups[0].hatch : 0;
  const forms = formsOf(present);
  /** @type {Map<string, LegendEntry[]>} */
  const sections = new Map();
  for (const entry of entriesOf(present.own ?? NO_OWN)) {
    const { section, form, kind } = entry;
    const absent = form === "hatch" || (form === "symbol" && !present.kinds.has(kind)) ||
      (SOMETIMES.has(form) && !forms.has(form));
    const words = wordsOf(entry);
    const entries = (form === "hatch" && groups.length ? groups : [{ ...entry, words, hatch, absent }])
      .map((one) => (present.hidden?.has(keyOf(one)) ? { ...one, absent: false, hidden: true } : one));
    sections.set(section, [...(sections.get(section) ?? []), ...entries]);
  }
  return [...sections];
}

/** Says what was taken off the map; empty where nothing was. @param {Present} present */
function hiddenWords(present) {
  const names = sectionsOf(present).flatMap(([, entries]) => entries.flatMap((one) => (one.hidden ? [one.words] : [])));
  return names.length ? say("Taken off the map: {names}.", { names: parted(names) }) : "";
}

export { hiddenWords, sectionsOf };
