// Owns which entries the legend has for what is on the map; pure, no page needed.
import { cartography } from "./cartography.js";

/**
 * @import { Area } from "./feed.js"
 * @typedef {{ kinds: Set<number>, areas: Area[], bounds?: boolean, disputed?: boolean }} Present what
 *   is on the map: kinds of incidents, base areas, and whether a disc of which some only may fit and
 *   a disputed border are in view
 * @typedef {{
 *   form: string, words: string, hatch: number, kind?: number, status?: number, absent?: boolean, group?: string,
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
 * Entries of the legend by section; those of what is not on the map are absent.
 * @param {Present} present
 */
function sectionsOf(present) {
  const groups = groupEntries(present.areas);
  const hatch = groups.length ? groups[0].hatch : 0;
  /** @type {Map<string, LegendEntry[]>} */
  const sections = new Map();
  for (const entry of cartography.legend) {
    const { section, form, kind } = entry;
    const absent = form === "hatch" || (form === "symbol" && !present.kinds.has(kind)) ||
      (form === "bounds" && !present.bounds) || (form === "border" && !present.disputed);
    const entries = form === "hatch" && groups.length ? groups : [{ ...entry, hatch, absent }];
    sections.set(section, [...(sections.get(section) ?? []), ...entries]);
  }
  return [...sections];
}

export { sectionsOf };
