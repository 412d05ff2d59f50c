// Owns what opens over the map's lower part: which rows and columns are shown, and their sums.
import { byId, element } from "../dom.js";
import { say, term } from "../tongue.js";
import { Picking, closes } from "./picking.js";
import { AreaTable, COLUMNS, IncidentTable } from "./tables.js";

const AFTER_MS = 60;

/**
 * @import { Theme } from "../symbols.js"
 * @import { Panel, State } from "./address.js"
 * @import { Answers, Rows } from "./answers.js"
 * @import { Handing } from "./picking.js"
 * @typedef {{
 *   state: State, answers: Answers, theme: () => Theme, onChoose: (id: string) => void,
 *   onChooseArea: (id: string) => void, handing: Handing | null,
 * }} Options
 */

/** @type {readonly [Rows | "areas", string][]} */
const TABS = [
  ["all", term("All")], ["placed", term("On the map")], ["unplaced", term("Not on the map")],
  ["areas", term("Base areas")]];

const tableOf = (/** @type {string} */ id) => /** @type {HTMLTableElement} */ (byId(id));

class TablePanel {
  /** @param {Options} options */
  constructor(options) {
    this.options = options;
    const { state, answers, theme, onChoose, onChooseArea } = options;
    this.timer = 0;
    this.picking = new Picking(options);
    this.incidents = new IncidentTable(tableOf("incident-table"), byId("incident-more"), {
      answers, theme, onChoose, onOrder: (order) => state.sort(order), picking: this.picking });
    this.incidents.take(state.columns); // also where the rows go to paper before the table was ever open
    this.areas = new AreaTable(tableOf("area-table"), byId("area-more"), { answers, onChoose: onChooseArea });
    this.tabs = TABS.map(([which, words]) => {
      const button = element("button", { type: "button", text: say(words) });
      button.addEventListener("click", () => {
        if (which === "areas") state.open("areas");
        else {
          state.panel = "table";
          state.sort({ ...state.order, which });
        }
      });
      return button;
    });
    byId("tabs").replaceChildren(...this.tabs);
    this.boxes = COLUMNS.filter(({ isFixed }) => !isFixed).map(({ id, words }) => {
      const box = element("input", { type: "checkbox", value: id });
      box.addEventListener("change", () => (
        state.choose(this.boxes.filter((one) => one.checked).map(({ value }) => value))));
      byId("columns-list").append(element("label", { class: "mp-check" }, [box, say(words)]));
      return box;
    });
    closes(/** @type {HTMLDetailsElement} */ (byId("columns")));
    this.listen();
  }

  listen() {
    const { state } = this.options;
    byId("table-button").addEventListener("click", () => this.open(state.panel ? "" : "table"));
    byId("table-close").addEventListener("click", () => this.open(""));
    byId("table").addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.open("");
    });
  }

  /** @param {Panel} panel */
  open(panel) {
    this.options.state.open(panel);
    byId(panel ? "table" : "table-button").focus({ preventScroll: true });
  }

  /** Fill the table once the map is painted; while a slider is dragged, only at its last place. */
  later() {
    this.show();
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.fill(), AFTER_MS);
  }

  /** Open or close it, as the state says. */
  show() {
    const { panel, order, columns } = this.options.state;
    byId("table").hidden = !panel;
    byId("table-button").setAttribute("aria-expanded", String(Boolean(panel)));
    this.tabs.forEach((tab, i) => {
      const isShown = TABS[i][0] === (panel === "areas" ? "areas" : order.which);
      tab.setAttribute("aria-pressed", String(isShown));
    });
    for (const box of this.boxes) box.checked = columns.includes(box.value);
    for (const [id, isArea] of /** @type {[string, boolean][]} */ ([
      ["incident-table", false], ["incident-more", false], ["columns", false], ["area-table", true],
      ["area-more", true]])) {
      byId(id).hidden = isArea !== (panel === "areas");
    }
  }

  /** Rows of what is open; the list of incidents is also what "next" goes along. */
  async fill() {
    const { text, panel, order, columns, selected } = this.options.state;
    if (panel === "areas") await this.areas.show(text);
    this.incidents.take(columns);
    if (panel === "table" || selected.id !== null) await this.incidents.show(text, order);
    if (panel === "table") await this.showSums();
    else byId("sum").textContent = "";
  }

  /** Sums of tolls, and where what is not on the map is. */
  async showSums() {
    const { answers, state } = this.options;
    const { text, order: { which } } = state;
    const sentences = await answers.said?.(text, which) ?? [];
    if (text === state.text) byId("sum").textContent = sentences.join(" ");
  }
}

export { TablePanel };
