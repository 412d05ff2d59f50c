// Owns how the address says what the eyes of the legend took off the map: in words that outlast a version.
import { cartography } from "../cartography.js";
import { isStanding } from "../hiding.js";
import { FIRST } from "../own.js";

/**
 * @import { Own } from "../own.js"
 * @import { Stage } from "./stage.js"
 */

const KIND = "kind:";
const TYPE = "type:";
const GROUP = "group:";

/**
 * The key by which the map knows what an address names; empty where these data have no such thing.
 * @param {string} text @param {Own} own @param {readonly string[]} groups
 */
function keyOf(text, { types }, groups) {
  const rest = text.slice(text.indexOf(":") + 1);
  if (text.startsWith(KIND)) {
    const kind = cartography.kinds.findIndex(({ id }) => id === rest);
    return kind < 0 ? "" : KIND + kind;
  }
  if (text.startsWith(TYPE)) return types.includes(rest) ? KIND + (FIRST + types.indexOf(rest)) : "";
  if (text.startsWith(GROUP)) return groups.includes(rest) ? text : "";
  return text.startsWith("was:") && isStanding(rest) ? text : "";
}

/** How an address names what the map knows by a key. @param {string} key @param {Own} own */
function textOf(key, { types }) {
  if (!key.startsWith(KIND)) return key;
  const kind = Number(key.slice(KIND.length));
  return kind < FIRST ? KIND + cartography.kinds[kind].id : TYPE + types[kind - FIRST];
}

/** Keeps the maps and the state of one mind about what is taken off. */
class Eyes {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    const { layer, state, own } = stage;
    layer.data.onHide = (hidden) => state.hide([...hidden].map((key) => textOf(key, own)).sort());
  }

  /** Take off what the state says. */
  show() {
    const { layer, state, own, answers, beside } = this.stage;
    const keys = new Set(state.hidden.map((text) => keyOf(text, own, answers.known.groups)).filter(Boolean));
    layer.data.hide(keys);
    beside.twin.layer?.data.hide(keys);
  }
}

export { Eyes, keyOf, textOf };
