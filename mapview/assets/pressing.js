// Owns what pressing an entry of the legend asks for, types of incidents or a group, and what its eye hides.
import { cartography } from "./cartography.js";
import { keyOf } from "./hiding.js";

/**
 * @import { LegendEntry } from "./entries.js"
 * @import { IncidentMap } from "./layer.js"
 * @typedef {{ types?: readonly string[], group?: string }} Asked
 *
 * What pressing an entry does, where it does something, and pointing at one.
 * @typedef {{
 *   canPress: (entry: LegendEntry) => boolean, isPressed: (entry: LegendEntry) => boolean,
 *   press: (entry: LegendEntry) => void, point: (entry: LegendEntry | null) => void,
 *   canHide: (entry: LegendEntry) => boolean, hide: (entry: LegendEntry) => void,
 * }} Pressing
 */

/** @param {LegendEntry} entry @returns {Asked} */
function askedBy({ form, kind, group }) {
  if (group) return { group };
  return form === "symbol" ? { types: cartography.kinds[kind ?? 0].types } : {};
}

/**
 * @param {Pick<IncidentMap, "state" | "point" | "data">} layer @param {(asked: Asked) => void} [onPress]
 * @returns {Pressing}
 */
function pressing(layer, onPress) {
  const chosen = (/** @type {string} */ key) => new URLSearchParams(layer.state.filter).getAll(key);
  return {
    canPress: (entry) => Boolean(onPress) && Object.keys(askedBy(entry)).length > 0,
    isPressed: (entry) => {
      const { group, types = [] } = askedBy(entry);
      return group ? chosen("group").includes(group) : types.some((one) => chosen("type").includes(one));
    },
    press: (entry) => onPress?.(askedBy(entry)),
    canHide: (entry) => keyOf(entry) !== "",
    hide: (entry) => layer.data.toggle(keyOf(entry)),
    point: (entry) => layer.point(entry?.group ?? null, "legend"),
  };
}

export { pressing };
