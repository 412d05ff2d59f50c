// Owns the state of the stage: filter, selection, view, what stands beside; and its text, the address.
import { ENGLISH, say } from "../tongue.js";
import * as view from "../view.js";
import { ALL, readComparison } from "./compare.js";
import { EVERYTHING, asKnown, fromText, toText, wrong } from "./filter.js";

/**
 * @import { MapView } from "../view.js"
 * @import { Order } from "./answers.js"
 * @import { Filter, Known } from "./filter.js"
 * @typedef {{ id: string | null, areas: string[] }} Selected an incident, or base areas of a place
 * @typedef {"" | "table" | "areas"} Panel what lies over the map's lower part
 * @typedef {{
 *   filter?: boolean, selected?: boolean, panel?: boolean, view?: boolean, beside?: boolean, hidden?: boolean,
 * }} Changed beside: the charts, and what is compared; hidden: what is taken off the map
 *
 * Where the state is written: the part of an address after `#`, or the query of the page around.
 * @typedef {object} Place
 * @property {() => string} read
 * @property {(text: string, isStep: boolean) => void} write a step is one to go back over
 * @property {(listener: () => void) => void} onChange somebody went to another address
 * @property {(words: string) => void} [call] say in the window's title what is shown; nothing for all of it
 * @property {(text: string) => void} [leave] open another state in place of this one
 * @property {readonly string[]} [languages] which it may ask for; a page that carries its records has one
 */

/** @type {Selected} */
const NOTHING = Object.freeze({ id: null, areas: [] });
/** @type {Order} */
const NEWEST = Object.freeze({ column: "start", down: true, which: "all" });
const COLUMNS = ["start", "title", "place", "what", "killed", "injured"];
/** What a table shows at first, and what else it may show. */
const SHOWN = Object.freeze(["date", "title", "place", "type", "killed", "injured", "who"]);
const SHOWABLE = [...SHOWN, "status", "id"];
const MOST_AREAS = 20;
const MOST_HIDDEN = 100;
const MOST_PAST = 50;
const ONE_CHANGE_MS = 1000; // the same part changed as quickly belongs to one drag, or one word

/** @param {URLSearchParams} query @returns {{ panel: Panel, order: Order }} */
function tableOf(query) {
  const panel = query.get("panel") ?? "";
  const [, sign, column] = /^(-?)(\w+)$/.exec(query.get("sort") ?? "") ?? ["", "-", "start"];
  const known = COLUMNS.includes(column);
  // Addresses of before said "unplaced" for what is now one of the rows' choices.
  const which = ["placed", "unplaced"].find((one) => panel === one) ?? "all";
  return {
    panel: panel === "areas" ? "areas" : ["table", "placed", "unplaced"].includes(panel) ? "table" : "",
    order: /** @type {Order} */ ({ column: known ? column : "start", down: !known || sign === "-", which }),
  };
}

/**
 * The columns that an address names; the title is always there.
 * @param {string | null} text @returns {readonly string[]}
 */
function columnsOf(text) {
  if (text === null) return SHOWN;
  const asked = text.split(",");
  return SHOWABLE.filter((one) => one === "title" || asked.includes(one));
}

class State {
  /** @param {Known} known what a filter may name @param {Place} place where it is written */
  constructor(known, place) {
    this.known = known;
    this.place = place;
    /** @type {Filter} */
    this.filter = EVERYTHING;
    this.selected = NOTHING;
    /** @type {MapView | null} */
    this.view = null;
    /** @type {Panel} */
    this.panel = "";
    this.order = NEWEST;
    this.columns = SHOWN;
    this.charts = false;
    /** @type {string[]} what is taken off the map: see `eyes.js` */
    this.hidden = [];
    this.lang = ""; // the language that the address asks for
    /** @type {string | null} what the filter is compared with: see `compare.js` */
    this.compared = null;
    /** @type {((what: Changed) => void)[]} */
    this.listeners = [];
    /** @type {string[]} */
    this.faults = [];
    this.isDragged = false; // more changes follow in the next frames
    /** @type {string[]} texts of the filters before, the last one last */
    this.past = [];
    this.changed = { part: "", at: 0 };
    this.read();
    place.onChange(() => {
      this.read();
      this.tell({ filter: true, selected: true, panel: true, view: true, beside: true, hidden: true }, false);
    });
  }

  get text() {
    return asKnown(toText(this.filter), this.known.known_on);
  }

  /** Call `listener` with what changed. @param {(what: Changed) => void} listener */
  onChange(listener) {
    this.listeners.push(listener);
  }

  /** @param {Changed} what @param {boolean} isStep */
  tell(what, isStep) {
    this.write(isStep);
    for (const listener of this.listeners) listener(what);
  }

  /** @param {Partial<Filter>} part @param {boolean} [isStep] whether it is one to go back over */
  change(part, isStep = true) {
    const before = this.text;
    this.filter = { ...this.filter, ...part };
    if (this.text === before) return;
    this.remember(before, Object.keys(part).join());
    this.tell({ filter: true }, isStep);
  }

  /** @param {string} before @param {string} part which of it changes */
  remember(before, part) {
    const at = performance.now();
    const isSame = part === this.changed.part && at - this.changed.at < ONE_CHANGE_MS;
    this.changed = { part, at };
    if (!isSame) this.past = [...this.past, before].slice(-MOST_PAST);
  }

  /** Go back to the filter before. @returns {boolean} whether there was one */
  undo() {
    const before = this.past.pop();
    if (before === undefined) return false;
    this.filter = fromText(before, this.known).filter;
    this.changed.part = "";
    this.tell({ filter: true }, true);
    return true;
  }

  /** @param {string | null} id */
  select(id) {
    if (id === null && this.selected === NOTHING) return;
    this.selected = id === null ? NOTHING : { id, areas: [] };
    this.tell({ selected: true }, true);
  }

  /** @param {string[]} areas */
  selectAreas(areas) {
    this.selected = { id: null, areas };
    this.tell({ selected: true }, true);
  }

  /** Open or close what lies over the map. @param {Panel} panel */
  open(panel) {
    if (panel === this.panel) return;
    this.panel = panel;
    this.tell({ panel: true }, true);
  }

  /** @param {Order} order */
  sort(order) {
    this.order = order;
    this.tell({ panel: true }, true);
  }

  /** Show these columns of the table. @param {string[]} columns */
  choose(columns) {
    this.columns = columnsOf(columns.join(","));
    this.tell({ panel: true }, false);
  }

  /** Show charts beside the map, or no longer. @param {boolean} isOpen */
  showCharts(isOpen) {
    if (isOpen === this.charts) return;
    this.charts = isOpen;
    this.tell({ beside: true }, true);
  }

  /** Take these off the map. @param {string[]} texts */
  hide(texts) {
    this.hidden = texts;
    this.tell({ hidden: true }, true);
  }

  /** Hold the filter against another, or against none. @param {string | null} compared */
  compare(compared) {
    if (compared === this.compared) return;
    this.compared = compared;
    this.tell({ beside: true }, true);
  }

  /** Filter by what was compared with, and compare with what was filtered by. @param {Filter} other */
  swap(other) {
    this.compared = this.text || ALL;
    this.change(other);
    this.tell({ beside: true }, false);
  }

  /** Open the same with the data of now. */
  leaveKnown() {
    const query = new URLSearchParams(this.toText());
    query.delete("known");
    this.place.leave?.(query.toString().replaceAll("%2C", ","));
  }

  /** Open the same in another language. @param {string} lang */
  speak(lang) {
    const query = new URLSearchParams(this.toText());
    if (lang === ENGLISH) query.delete("lang");
    else query.set("lang", lang);
    this.place.leave?.(query.toString().replaceAll("%2C", ","));
  }

  /** @param {MapView} now */
  moved(now) {
    this.view = now;
    this.write(false);
  }

  read() {
    const text = this.place.read();
    const query = new URLSearchParams(text);
    const { filter, faults } = fromText(text, this.known);
    this.filter = filter;
    const id = query.get("id");
    const areas = query.getAll("area").filter(Boolean);
    this.selected = id ? { id, areas: [] } : areas.length ? { id: null, areas } : NOTHING;
    Object.assign(this, tableOf(query));
    this.columns = columnsOf(query.get("columns"));
    this.charts = query.get("charts") === "on";
    this.hidden = query.getAll("hide").slice(0, MOST_HIDDEN);
    const comparison = readComparison(query.get("compare") ?? "", this.known);
    this.compared = comparison.compared;
    const { languages = [] } = this.place;
    const asked = languages.length ? query.get("lang") ?? "" : "";
    this.lang = languages.includes(asked) ? asked : "";
    this.faults = [...faults, ...comparison.faults];
    const wanted = say("one of {names}", { names: languages.join(", ") });
    if (asked && !this.lang) this.faults.push(wrong("lang", wanted, asked));
    this.view = view.parse(query.get("view") ?? "");
  }

  /** The text of all of it. */
  toText() {
    const query = new URLSearchParams(this.text);
    const { selected: { id, areas }, panel, order } = this;
    if (id !== null) query.append("id", id);
    for (const area of areas.slice(0, MOST_AREAS)) query.append("area", area);
    if (panel) query.append("panel", panel === "table" && order.which !== "all" ? order.which : panel);
    const sort = `${order.down ? "-" : ""}${order.column}`;
    if (sort !== "-start") query.append("sort", sort);
    if (this.columns.join() !== SHOWN.join()) query.append("columns", this.columns.join());
    if (this.charts) query.append("charts", "on");
    if (this.compared !== null) query.append("compare", this.compared);
    for (const text of this.hidden) query.append("hide", text);
    if (this.view) query.append("view", view.toText(this.view));
    if (this.lang) query.append("lang", this.lang);
    return query.toString().replaceAll("%2C", ",");
  }

  /** @param {boolean} isStep whether it is one to go back over */
  write(isStep) {
    this.place.write(this.toText(), isStep);
  }
}

export { State };
