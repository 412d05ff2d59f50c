// Owns what pressing an entry of the legend asks for, types of incidents or a group, and what its eye hides.
import { cartography } from "./cartography.js";
import { keyOf } from "./hiding.js";
import { FIRST, NO_OWN, OTHER } from "./own.js";

/**
 * @import { LegendEntry } from "./entries.js"
 * @import { IncidentMap } from "./layer.js"
 * @import { Own } from "./own.js"
 * @typedef {{ types?: readonly string[], sourceTypes?: readonly string[], group?: string }} Asked
 *
 * What pressing an entry does, where it does something, and pointing at one.
 * @typedef {{
 *   canPress: (entry: LegendEntry) => boolean, isPressed: (entry: LegendEntry) => boolean,
 *   press: (entry: LegendEntry) => void, point: (entry: LegendEntry | null) => void,
 *   canHide: (entry: LegendEntry) => boolean, hide: (entry: LegendEntry) => void,
 * }} Pressing
 */

/** @param {LegendEntry} entry @param {Own} own @returns {Asked} */
function askedBy({ form, kind = 0, group }, { types, others }) {
  if (group) return { group };
  if (form !== "symbol") return {};
  if (kind >= FIRST) return { sourceTypes: [types[kind - FIRST]] };
  if (kind === OTHER && types.length) return others.length ? { sourceTypes: others } : {};
  return { types: cartography.kinds[kind].types };
}

/**
 * @param {Pick<IncidentMap, "state" | "point" | "data" | "options">} layer @param {(asked: Asked) => void} [onPress]
 * @returns {Pressing}
 */
function pressing(layer, onPress) {
  const asked = (/** @type {LegendEntry} */ entry) => askedBy(entry, layer.options.own ?? NO_OWN);
  let known = { filter: "", query: new URLSearchParams() }; // asked for each entry in each frame of a drag
  const chosen = (/** @type {string} */ key) => {
    const { filter } = layer.state;
    if (filter !== known.filter) known = { filter, query: new URLSearchParams(filter) };
    return known.query.getAll(key);
  };
  return {
    canPress: (entry) => Boolean(onPress) && Object.keys(asked(entry)).length > 0,
    isPressed: (entry) => {
      const { group, types = [], sourceTypes = [] } = asked(entry);
      if (group) return chosen("group").includes(group);
      return types.some((one) => chosen("type").includes(one))
        || sourceTypes.some((one) => chosen("source_type").includes(one));
    },
    press: (entry) => onPress?.(asked(entry)),
    canHide: (entry) => keyOf(entry) !== "",
    hide: (entry) => layer.data.toggle(keyOf(entry)),
    point: (entry) => layer.point(entry?.group ?? null, "legend"),
  };
}

export { pressing };
