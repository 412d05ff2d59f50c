// Owns the filter's fields: dates and numbers typed as text, event types as boxes with counts, base areas.
import { byId, element, plural } from "../dom.js";
import { symbolIcon } from "../panel.js";
import * as days from "./days.js";
import { EVERYTHING, LEAST, parseNumber } from "./records.js";

/**
 * @import { Theme } from "../symbols.js"
 * @import { State } from "./address.js"
 * @import { Filter, Records } from "./records.js"
 * @typedef {"from" | "to" | "killed" | "injured"} Typed parts of a filter with a field of that id
 */

const inputOf = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (byId(id));
const labelOf = (/** @type {Typed} */ id) => inputOf(id).ariaLabel ?? inputOf(id).labels?.[0].textContent;

class Controls {
  /** @param {{ records: Records, state: State, theme: () => Theme }} options */
  constructor(options) {
    this.options = options;
    this.boxes = this.makeTypes();
    this.retheme();
    this.listen();
    byId("areas-box").hidden = !options.records.data.area_rows.length;
  }

  listen() {
    const { state } = this.options;
    byId("from").addEventListener("change", () => this.takeDate("from", true));
    byId("to").addEventListener("change", () => this.takeDate("to", false));
    for (const { name } of LEAST) byId(name).addEventListener("change", () => this.takeNumber(name));
    const [certain, areas] = [inputOf("certain"), inputOf("areas")];
    certain.addEventListener("change", () => state.change({ certain: certain.checked }));
    areas.addEventListener("change", () => state.change({ areas: areas.checked }));
    byId("reset").addEventListener("click", () => {
      this.fault("");
      state.change(EVERYTHING);
      this.show(); // a date that was refused is still in its field
    });
    byId("controls").addEventListener("submit", (event) => event.preventDefault());
    const types = /** @type {HTMLDetailsElement} */ (byId("types"));
    document.addEventListener("click", ({ target }) => {
      if (target instanceof Node && !types.contains(target)) types.open = false;
    });
    types.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !types.open) return;
      types.open = false;
      types.querySelector("summary")?.focus();
      event.stopPropagation();
    });
  }

  /** Types that occur, the most frequent first. */
  makeTypes() {
    const { records, state } = this.options;
    const counts = records.typeCounts(EVERYTHING);
    const present = counts.map((n, type) => ({ n, type })).filter(({ n }) => n)
      .sort((a, b) => b.n - a.n || a.type - b.type);
    const boxes = present.map(({ type }) => {
      const name = records.data.types[type];
      const box = element("input", { type: "checkbox", value: name });
      box.addEventListener("change", () => state.change({
        types: boxes.filter((one) => one.box.checked).map((one) => one.name) }));
      const count = element("span", { class: "mp-n" });
      return { box, name, type, count, icon: element("span", { class: "mp-icon" }) };
    });
    byId("type-boxes").replaceChildren(...boxes.map(({ box, name, count, icon }) => {
      const words = name[0].toUpperCase() + name.slice(1);
      return element("label", {}, [box, icon, element("span", { text: words }), count]);
    }));
    byId("types").hidden = !present.length;
    return boxes;
  }

  retheme() {
    const kinds = this.options.records.data.kind_of_type;
    for (const { icon, type } of this.boxes) {
      icon.replaceChildren(symbolIcon(this.options.theme(), { kind: kinds[type], status: 0, area: false }));
    }
  }

  /** @param {string} sentence */
  fault(sentence) {
    byId("filter-fault").textContent = sentence;
  }

  /** @param {"from" | "to"} id @param {boolean} first whether the first or the last day is meant */
  takeDate(id, first) {
    const typed = inputOf(id).value.trim();
    const day = typed ? days.parse(typed, first) : null;
    const filter = this.options.state.filter;
    const [from, to] = first ? [day, filter.to] : [filter.from, day];
    let wrong = "";
    if (typed && day === null) {
      wrong = `${labelOf(id)} must be a date such as 2018-07-29, 2018-07 or 2018, got “${typed}”.`;
    } else if (from !== null && to !== null && to < from) {
      wrong = `To must not be before From, got ${days.iso(from)} to ${days.iso(to)}.`;
    }
    this.take(id, day, wrong);
  }

  /** @param {"killed" | "injured"} id */
  takeNumber(id) {
    const typed = inputOf(id).value.trim();
    const least = typed ? parseNumber(typed) : null;
    const wrong = typed && least === null
      ? `${labelOf(id)} must be a whole number from 0 on, got “${typed}”.` : "";
    this.take(id, least, wrong);
  }

  /**
   * Take what was typed into a field; what is wrong is told and changes nothing.
   * @param {Typed} id @param {number | null} value @param {string} wrong
   */
  take(id, value, wrong) {
    if (wrong) {
      byId(id).setAttribute("aria-invalid", "true");
      this.fault(`${wrong} Nothing was changed.`);
      return;
    }
    this.fault("");
    this.options.state.change({ [id]: value });
    this.show();
  }

  /** Bring all fields in line with the filter. */
  show() {
    const { records, state } = this.options;
    const { filter } = state;
    /** @param {Typed} id @param {(value: number) => string} words */
    const write = (id, words) => {
      const value = filter[id];
      inputOf(id).value = value === null ? "" : words(value);
      inputOf(id).removeAttribute("aria-invalid");
    };
    write("from", days.iso);
    write("to", days.iso);
    for (const { name } of LEAST) write(name, String);
    inputOf("certain").checked = filter.certain;
    inputOf("areas").checked = filter.areas;
    const counts = records.typeCounts(filter);
    for (const { box, name, type, count } of this.boxes) {
      box.checked = filter.types.includes(name);
      count.textContent = counts[type].toLocaleString("en");
    }
    byId("types-chosen").textContent = filter.types.length ? `${filter.types.length} chosen` : "all";
    inputOf("reset").disabled = state.text === "";
  }
}

/**
 * How many incidents are shown, and how many of them are not on the map.
 * @param {Records} records @param {string} text @param {boolean} brief as in a frame
 */
function countWords(records, text, brief) {
  const { shown, placed } = records.kept(text);
  const n = (/** @type {number} */ number) => number.toLocaleString("en");
  const all = brief ? n(records.count) : plural(records.count, "incident", "incidents");
  const parts = [shown === records.count && !brief ? `${all} shown` : `${n(shown)} of ${all} shown`];
  if (shown > placed) parts.push(`${n(shown - placed)} ${brief ? "" : "of them "}not on the map`);
  const areas = records.areas(text).length;
  if (areas) parts.push(`${plural(areas, "base area", "base areas")}${brief ? "" : " on the map"}`);
  return brief ? parts.join("; ") : `${parts.join("; ")}.`;
}

export { Controls, countWords };
