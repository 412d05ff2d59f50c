// Owns which entries the legend has for what is on the map; pure, no page needed.
import { cartography } from "./cartography.js";

/** The groups with base areas, the one with most of them first, each as an entry. */
function groupEntries(areas) {
  const groups = new Map();
  const counts = new Map();
  for (const { group, group_name: words, hatch } of areas) {
    groups.set(group, { form: "hatch", words, hatch });
    counts.set(group, (counts.get(group) || 0) + 1);
  }
  const names = [...groups.keys()].sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1));
  return names.map((group) => groups.get(group));
}

/**
 * Entries of the legend by section; those of what is not on the map are absent.
 * @param {{kinds: Set<number>, areas: object[]}} present
 * @returns {[string, object[]][]}
 */
function sectionsOf(present) {
  const groups = groupEntries(present.areas);
  const hatch = groups.length ? groups[0].hatch : 0;
  const sections = new Map();
  for (const entry of cartography.legend) {
    const { section, form, kind } = entry;
    if (!sections.has(section)) sections.set(section, []);
    if (form === "hatch" && groups.length) sections.get(section).push(...groups);
    else {
      const absent = form === "hatch" || (form === "symbol" && !present.kinds.has(kind));
      sections.get(section).push({ ...entry, hatch, absent });
    }
  }
  return [...sections];
}

export { sectionsOf };
