// Owns the state of the page: filter, selection and view; it stands in the address after "#".
import * as view from "../view.js";
import { EVERYTHING, fromText, toText } from "./filter.js";

/**
 * @import { MapView } from "../view.js"
 * @import { Filter, Known } from "./filter.js"
 * @typedef {{ id: string | null, areas: string[] }} Selected an incident, or base areas of a place
 * @typedef {{ filter?: boolean, selected?: boolean, view?: boolean }} Changed
 */

/** @type {Selected} */
const NOTHING = Object.freeze({ id: null, areas: [] });

/** Whether a hash names a place in the page instead of what is shown. @param {string} hash */
function isPlace(hash) {
  return !hash.includes("=") && hash.length > 1 && document.getElementById(hash.slice(1)) !== null;
}

class State {
  /** @param {Known} known what a filter may name */
  constructor(known) {
    this.known = known;
    /** @type {Filter} */
    this.filter = EVERYTHING;
    this.selected = NOTHING;
    /** @type {MapView | null} */
    this.view = null;
    /** @type {((what: Changed) => void)[]} */
    this.listeners = [];
    /** @type {string[]} */
    this.faults = [];
    this.written = "";
    this.read();
    window.addEventListener("hashchange", () => {
      if (window.location.hash === this.written) return;
      if (isPlace(window.location.hash)) {
        this.write(); // a link within the page went there; what is chosen stays
        return;
      }
      this.read();
      this.tell({ filter: true, selected: true, view: true });
    });
  }

  get text() {
    return toText(this.filter);
  }

  /** Call `listener` with what changed. @param {(what: Changed) => void} listener */
  onChange(listener) {
    this.listeners.push(listener);
  }

  /** @param {Changed} what */
  tell(what) {
    this.write();
    for (const listener of this.listeners) listener(what);
  }

  /** @param {Partial<Filter>} part */
  change(part) {
    const before = this.text;
    this.filter = { ...this.filter, ...part };
    if (this.text !== before) this.tell({ filter: true });
  }

  /** @param {string | null} id */
  select(id) {
    this.selected = id === null ? NOTHING : { id, areas: [] };
    this.tell({ selected: true });
  }

  /** @param {string[]} areas */
  selectAreas(areas) {
    this.selected = { id: null, areas };
    this.tell({ selected: true });
  }

  /** @param {MapView} now */
  moved(now) {
    this.view = now;
    this.write();
  }

  read() {
    const hash = window.location.hash.slice(1);
    const query = new URLSearchParams(hash);
    const { filter, faults } = fromText(hash, this.known);
    this.filter = filter;
    this.faults = faults;
    this.selected = { id: query.get("id") || null, areas: query.getAll("area").filter(Boolean) };
    // A link to an embedded map says it where links to the app do.
    const asked = query.get("view") ?? new URLSearchParams(window.location.search).get("view");
    this.view = view.parse(asked ?? "");
  }

  /** Write the state into the address, without a new entry in the browser's history. */
  write() {
    const query = new URLSearchParams(this.text);
    if (this.selected.id !== null) query.append("id", this.selected.id);
    for (const area of this.selected.areas.slice(0, 20)) query.append("area", area);
    if (this.view) query.append("view", view.toText(this.view));
    this.written = `#${query.toString().replaceAll("%2C", ",")}`;
    if (this.written === "#" && !window.location.hash) return;
    try {
      window.history.replaceState(null, "", this.written);
    } catch (error) {
      // Some frames and viewers forbid it, or so many writes; the page works without an address.
      if (!(error instanceof DOMException) || error.name !== "SecurityError") throw error;
    }
  }
}

export { State };
