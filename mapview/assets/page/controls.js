// Owns the filter's fields: dates and numbers typed as text, event types as boxes with counts, base areas.
import { element, plural } from "../dom.js";
import { symbolIcon } from "../panel.js";
import * as days from "./days.js";
import { EVERYTHING, LEAST, parseNumber } from "./records.js";

const byId = (id) => document.getElementById(id);
const labelOf = (id) => byId(id).ariaLabel || byId(id).labels[0].textContent;

class Controls {
  /** @param {{records: object, state: object, theme: function(): object}} options */
  constructor(options) {
    this.options = options;
    this.boxes = [];
    this.makeTypes();
    this.listen();
    byId("areas-box").hidden = !options.records.data.area_rows.length;
  }

  listen() {
    const { state } = this.options;
    for (const [id, first] of [["from", true], ["to", false]]) {
      byId(id).addEventListener("change", () => this.takeDate(id, first));
    }
    for (const { name } of LEAST) byId(name).addEventListener("change", () => this.takeNumber(name));
    byId("certain").addEventListener("change", (event) => state.change({ certain: event.target.checked }));
    byId("areas").addEventListener("change", (event) => state.change({ areas: event.target.checked }));
    byId("reset").addEventListener("click", () => {
      this.fault("");
      state.change(EVERYTHING);
      this.show(); // a date that was refused is still in its field
    });
    byId("controls").addEventListener("submit", (event) => event.preventDefault());
    const types = byId("types");
    document.addEventListener("click", (event) => {
      if (!types.contains(event.target)) types.open = false;
    });
    types.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !types.open) return;
      types.open = false;
      types.querySelector("summary").focus();
      event.stopPropagation();
    });
  }

  /** Types that occur, the most frequent first. */
  makeTypes() {
    const { records, state } = this.options;
    const counts = records.typeCounts(EVERYTHING);
    const present = counts.map((n, type) => [n, type]).filter(([n]) => n)
      .sort((a, b) => b[0] - a[0] || a[1] - b[1]);
    this.boxes = present.map(([, type]) => {
      const name = records.data.types[type];
      const box = element("input", { type: "checkbox", value: name });
      box.addEventListener("change", () => state.change({
        types: this.boxes.filter((one) => one.box.checked).map((one) => one.name) }));
      const count = element("span", { class: "mp-n" });
      return { box, name, type, count, icon: element("span", { class: "mp-icon" }) };
    });
    byId("type-boxes").replaceChildren(...this.boxes.map(({ box, name, count, icon }) => {
      const words = name[0].toUpperCase() + name.slice(1);
      return element("label", {}, [box, icon, element("span", { text: words }), count]);
    }));
    byId("types").hidden = !present.length;
    this.retheme();
  }

  retheme() {
    const kinds = this.options.records.data.kind_of_type;
    for (const { icon, type } of this.boxes) {
      icon.replaceChildren(symbolIcon(this.options.theme(), { kind: kinds[type], status: 0, area: false }));
    }
  }

  fault(sentence) {
    byId("filter-fault").textContent = sentence;
  }

  takeDate(id, first) {
    const typed = byId(id).value.trim();
    const day = typed ? days.parse(typed, first) : null;
    const { from, to } = { ...this.options.state.filter, [id]: day };
    let wrong = "";
    if (typed && day === null) {
      wrong = `${labelOf(id)} must be a date such as 2018-07-29, 2018-07 or 2018, got “${typed}”.`;
    } else if (from !== null && to !== null && to < from) {
      wrong = `To must not be before From, got ${days.iso(from)} to ${days.iso(to)}.`;
    }
    this.take(id, day, wrong);
  }

  takeNumber(id) {
    const typed = byId(id).value.trim();
    const least = typed ? parseNumber(typed) : null;
    const wrong = typed && least === null
      ? `${labelOf(id)} must be a whole number from 0 on, got “${typed}”.` : "";
    this.take(id, least, wrong);
  }

  /** Take what was typed into a field; what is wrong is told and changes nothing. */
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
    const typed = (id, words) => {
      byId(id).value = filter[id] === null ? "" : words(filter[id]);
      byId(id).removeAttribute("aria-invalid");
    };
    for (const id of ["from", "to"]) typed(id, days.iso);
    for (const { name } of LEAST) typed(name, String);
    byId("certain").checked = filter.certain;
    byId("areas").checked = filter.areas;
    const counts = records.typeCounts(filter);
    for (const { box, name, type, count } of this.boxes) {
      box.checked = filter.types.includes(name);
      count.textContent = counts[type].toLocaleString("en");
    }
    byId("types-chosen").textContent = filter.types.length ? `${filter.types.length} chosen` : "all";
    byId("reset").disabled = state.text === "";
  }
}

/** How many incidents are shown, and how many of them are not on the map; `brief` for a frame. */
function countWords(records, text, brief) {
  const { shown, placed } = records.kept(text);
  const n = (number) => number.toLocaleString("en");
  const all = brief ? n(records.count) : plural(records.count, "incident", "incidents");
  const parts = [shown === records.count && !brief ? `${all} shown` : `${n(shown)} of ${all} shown`];
  if (shown > placed) parts.push(`${n(shown - placed)} ${brief ? "" : "of them "}not on the map`);
  const areas = records.areas(text).length;
  if (areas) parts.push(`${plural(areas, "base area", "base areas")}${brief ? "" : " on the map"}`);
  return brief ? parts.join("; ") : `${parts.join("; ")}.`;
}

export { Controls, countWords };
