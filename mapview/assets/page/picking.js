// Owns the rows that are selected in the table, and what can be made of them.
import { byId, element } from "../dom.js";
import { parted, say, sayMany } from "../tongue.js";
import { EVERYTHING, MOST_RECORDS, toText } from "./filter.js";

/**
 * @import { State } from "./address.js"
 * What the program makes of a filter: files by their ending, and a briefing.
 * @typedef {{
 *   formats: { ending: string, label: string }[], address: (ending: string, text: string) => string,
 *   brief: (text: string) => void,
 * }} Handing
 */

class Picking {
  /** @param {{ state: State, handing: Handing | null }} options */
  constructor({ state, handing }) {
    this.state = state;
    this.handing = handing;
    /** @type {Set<string>} */
    this.ids = new Set();
    this.words = element("span", { role: "status" });
    /** @type {(() => void)[]} */
    this.listeners = [];
    byId("picked").replaceChildren(this.words, ...this.actions());
    this.show();
  }

  /** Call `listener` when others are selected. @param {() => void} listener */
  onChange(listener) {
    this.listeners.push(listener);
  }

  /** The text of the filter that finds just these. */
  get text() {
    return toText({ ...EVERYTHING, ids: [...this.ids] });
  }

  actions() {
    const button = (/** @type {string} */ words, /** @type {() => void} */ press) => {
      const one = element("button", { type: "button", text: words });
      one.addEventListener("click", press);
      return one;
    };
    const { handing } = this;
    const made = handing ? [
      this.menu(handing), button(say("Briefing of selected …"), () => handing.brief(this.text)),
    ] : [];
    return [
      button(say("Show only these"), () => this.state.change({ ...EVERYTHING, ids: [...this.ids] })), ...made,
      button(say("Clear selection"), () => {
        this.set([...this.ids], false);
        byId("table").focus({ preventScroll: true });
      }),
    ];
  }

  /** @param {Handing} handing */
  menu({ formats, address }) {
    const links = exportLinks(formats, (ending) => address(ending, this.text));
    const menu = element("details", { class: "mp-menu" }, [
      element("summary", { text: say("Export selected …") }), element("div", { class: "mp-menu-list" }, links)]);
    closes(menu);
    return menu;
  }

  /**
   * Select rows, or no longer; no more than an address can name.
   * @param {string[]} ids @param {boolean} isPicked
   */
  set(ids, isPicked) {
    for (const id of ids) {
      if (!isPicked) this.ids.delete(id);
      else if (this.ids.size < MOST_RECORDS) this.ids.add(id);
    }
    this.isFull = isPicked && this.ids.size >= MOST_RECORDS;
    this.show();
    for (const listener of this.listeners) listener();
  }

  show() {
    const n = this.ids.size;
    byId("picked").hidden = !n;
    const words = sayMany("{n} row selected", "{n} rows selected", n);
    const limit = this.isFull ? say("at most {n} can be selected", { n: MOST_RECORDS }) : "";
    this.words.textContent = n ? parted([words, limit]) : "";
  }
}

/**
 * Links to files of what is shown when one is pressed.
 * @param {Handing["formats"]} formats @param {(ending: string) => string} address
 */
const exportLinks = (formats, address) => formats.map(({ ending, label }) => {
  const link = element("a", { href: "#", text: label, download: "", lang: "en" });
  link.addEventListener("click", () => { link.href = address(ending); });
  return link;
});

/** A menu that a click elsewhere and Escape close. @param {HTMLDetailsElement} menu */
function closes(menu) {
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Node && !menu.contains(target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.preventDefault();
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}

export { Picking, closes, exportLinks };
