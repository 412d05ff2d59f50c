// Owns the filter's fields: dates and numbers typed as text, types, groups and roles as boxes, base areas.
import { byId, element } from "../dom.js";
import { symbolIcon } from "../panel.js";
import { Boxes, capital, mostFrequent } from "./boxes.js";
import { between } from "./counting.js";
import * as days from "./days.js";
import { EVERYTHING, LEAST, parseNumber } from "./filter.js";

/**
 * @import { Theme } from "../symbols.js"
 * @import { State } from "./address.js"
 * @import { Filter } from "./filter.js"
 * @import { Records } from "./records.js"
 * @typedef {"from" | "to" | "killed" | "injured"} Typed parts of a filter with a field of that id
 */

const MOST_ROLES_NAMED = 2;

const inputOf = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (byId(id));
const labelOf = (/** @type {Typed} */ id) => inputOf(id).ariaLabel ?? inputOf(id).labels?.[0].textContent;

class Controls {
  /** @param {{ records: Records, state: State, theme: () => Theme }} options */
  constructor(options) {
    this.options = options;
    /** @type {{ type: number, icon: HTMLElement }[]} */
    this.icons = [];
    this.types = this.makeTypes();
    this.groups = this.makeGroups();
    this.roles = this.makeRoles();
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
    for (const id of ["types", "groups"]) closeByItself(/** @type {HTMLDetailsElement} */ (byId(id)));
  }

  /** Types that occur, the most frequent first. */
  makeTypes() {
    const { records, state } = this.options;
    const present = mostFrequent(records.typeCounts(EVERYTHING));
    this.icons = present.map((type) => ({ type, icon: element("span", { class: "mp-icon" }) }));
    byId("types").hidden = !present.length;
    return new Boxes(byId("type-boxes"), this.icons.map(({ type, icon }) => {
      const value = records.data.types[type];
      return { value, words: capital(value), icon };
    }), (types) => state.change({ types }));
  }

  /** Groups that have to do with an incident or a base area, the most frequent first. */
  makeGroups() {
    const { records, state } = this.options;
    const { groups, group_names: names, roles } = records.data;
    const counts = records.groupCounts({ ...EVERYTHING, roles });
    const order = groups.map((_, i) => i).sort((a, b) => counts[b] - counts[a] || a - b);
    byId("groups").hidden = !groups.length;
    const choices = order.map((i) => ({ value: groups[i], words: names[i] }));
    return new Boxes(byId("group-boxes"), choices, (chosen) => state.change({ groups: chosen }));
  }

  makeRoles() {
    const { records, state } = this.options;
    const choices = records.data.roles.map((value) => ({ value, words: capital(value) }));
    return new Boxes(byId("role-boxes"), choices, (roles) => state.change({ roles }));
  }

  retheme() {
    const kinds = this.options.records.data.kind_of_type;
    for (const { icon, type } of this.icons) {
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
    const { data } = records;
    const chosen = (/** @type {number} */ n) => (n ? `${n} chosen` : "all");
    /** @type {(values: string[], counts: (filter: Filter) => number[]) => (value: string) => string} */
    const among = (values, counts) => {
      const [certain, possible] = [true, filter.certain].map((one) => counts({ ...filter, certain: one }));
      return (value) => between(certain[values.indexOf(value)], possible[values.indexOf(value)], "–");
    };
    this.types.show(filter.types, among(data.types, (one) => records.typeCounts(one)));
    this.groups.show(filter.groups, among(data.groups, (one) => records.groupCounts(one)));
    this.roles.show(filter.roles, among(data.roles, (one) => records.roleCounts(one)));
    byId("types-chosen").textContent = chosen(filter.types.length);
    const roles = filter.roles.length > MOST_ROLES_NAMED ? [`${filter.roles.length} roles`] : filter.roles;
    byId("groups-chosen").textContent = [chosen(filter.groups.length), ...roles].join(", ");
    inputOf("reset").disabled = state.text === "";
  }
}

/** Close an open list by a click beside it, or by Escape. @param {HTMLDetailsElement} list */
function closeByItself(list) {
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Node && !list.contains(target)) list.open = false;
  });
  list.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !list.open) return;
    list.open = false;
    list.querySelector("summary")?.focus();
    event.stopPropagation();
  });
}

export { Controls };
