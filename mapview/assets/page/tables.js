// Owns the tables of incidents and of base areas: order, what is shown at once, choosing rows.
import { clip, element, plural } from "../dom.js";
import { symbolIcon } from "../panel.js";

const NARROW = "(max-width: 640px)"; // where rows become cards (panels.css)
const atFirst = () => (window.matchMedia(NARROW).matches ? 30 : 100);
const MORE = 1000;

/**
 * @import { Theme } from "../symbols.js"
 * @import { Answers, AreaLine, Order, Row } from "./answers.js"
 * @import { SortColumn, Words } from "./records.js"
 * @typedef {HTMLTableElement} TableElement
 * @typedef {{
 *   answers: Answers, theme: () => Theme, onChoose: (id: string) => void,
 *   onOrder: (order: Order) => void,
 * }} Options
 */

/**
 * A cell; cards show its label, where the head of the table is not shown.
 * @param {string | undefined} words @param {string} name @param {string} [label]
 */
const cell = (words, name, label) => element("td", { class: name, "data-label": label }, [
  element("span", { dir: "auto", text: words })]);

/**
 * A button that shows more rows.
 * @param {HTMLElement} node @param {number} left @param {(n: number) => void} onMore
 */
function moreButton(node, left, onMore) {
  node.replaceChildren();
  if (left <= 0) return;
  const next = Math.min(MORE, left);
  const button = element("button", { type: "button", text: `Show ${next.toLocaleString("en")} more` });
  button.addEventListener("click", () => onMore(next));
  node.append(`${plural(left, "row", "rows")} more. `, button);
}

/** @param {string | undefined} words */
const titleButton = (words) => (
  element("button", { type: "button", class: "mp-line", dir: "auto", text: clip(words, 300) }));

/** Mark the row of a record. @param {HTMLElement} body @param {string | null} id */
function mark(body, id) {
  for (const row of body.querySelectorAll("[aria-current]")) row.removeAttribute("aria-current");
  if (id === null) return;
  body.querySelector(`tr[data-id="${CSS.escape(id)}"]`)?.setAttribute("aria-current", "true");
}

/** @param {HTMLTableRowElement} row @param {string} id @param {(id: string) => void} onChoose */
function choosable(row, id, onChoose) {
  row.dataset.id = id;
  row.addEventListener("click", () => {
    if (!String(window.getSelection())) onChoose(id); // somebody marks text to copy it
  });
  return row;
}

/** @type {[words: string, column: SortColumn | null][]} */
const COLUMNS = [
  ["Date", "start"], ["Incident", "title"], ["Place", "place"], ["Type", "what"],
  ["Killed", "killed"], ["Injured", "injured"], ["Responsibility", null],
];
/** What is sorted from the highest to the lowest at first. */
const DOWN_FIRST = ["start", "killed", "injured"];

class IncidentTable {
  /** @param {TableElement} table @param {HTMLElement} more @param {Options} options */
  constructor(table, more, options) {
    this.more = more;
    this.options = options;
    this.body = element("tbody");
    this.text = "";
    /** @type {Order} */
    this.order = { column: "start", down: true, which: "all" };
    /** @type {Row[]} */
    this.rows = [];
    this.total = 0;
    this.asked = 0;
    /** @type {string | null} */
    this.selected = null;
    /** @type {Map<string, string>} */
    this.icons = new Map();
    this.heads = COLUMNS.map(([words, column]) => this.head(words, column));
    const caption = element("caption", { class: "mp-hidden", text: "Incidents that the filters show" });
    table.replaceChildren(caption, element("thead", {}, [element("tr", {}, this.heads)]), this.body);
  }

  /** @param {string} words @param {SortColumn | null} column */
  head(words, column) {
    if (!column) return element("th", { scope: "col", text: words });
    const button = element("button", { type: "button", text: words });
    button.addEventListener("click", () => {
      const { order } = this;
      const down = order.column === column ? !order.down : DOWN_FIRST.includes(column);
      this.options.onOrder({ ...order, column, down });
    });
    // Browsers leave buttons out where a page of paper repeats the head.
    const printed = element("span", { class: "mp-print-only", "aria-hidden": "true", text: words });
    return element("th", { scope: "col", "data-column": column }, [button, printed]);
  }

  /** @param {string} text @param {Order} order @param {number} [limit] */
  async show(text, order, limit = atFirst()) {
    this.asked += 1;
    const mine = this.asked;
    const { rows, total } = await this.options.answers.rows(text, order, 0, limit);
    if (mine !== this.asked) return;
    Object.assign(this, { text, order, rows, total });
    for (const head of this.heads) {
      const sorted = head.dataset.column === order.column;
      if (sorted) head.setAttribute("aria-sort", order.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    this.body.replaceChildren(...rows.map((row) => this.row(row)));
    if (!rows.length) this.body.append(element("tr", {}, [element("td", { colspan: "9", text: "None." })]));
    this.offerMore();
    mark(this.body, this.selected);
  }

  offerMore() {
    moreButton(this.more, this.total - this.rows.length, async (n) => {
      const { text, order, rows: { length }, asked } = this;
      const { rows } = await this.options.answers.rows(text, order, length, n);
      if (asked !== this.asked) return;
      this.rows.push(...rows);
      this.body.append(...rows.map((row) => this.row(row)));
      this.offerMore();
      this.body.rows[length]?.querySelector("button")?.focus();
    });
  }

  /** Anew, in the colours of another theme. */
  retheme() {
    this.icons.clear();
    return this.show(this.text, this.order, Math.max(atFirst(), this.rows.length));
  }

  /** The record before or after the selected one. @param {number} by @returns {string | null} */
  beside(by) {
    const at = this.rows.findIndex(({ id }) => id === this.selected);
    return this.rows[at === -1 ? 0 : at + by]?.id ?? null;
  }

  /** @param {string | null} id */
  mark(id) {
    this.selected = id;
    mark(this.body, id);
  }

  /**
   * Picture of a symbol, made once for each kind and status.
   * @param {number} kind @param {number} status
   */
  icon(kind, status) {
    const key = `${kind},${status}`;
    const src = this.icons.get(key) ?? symbolIcon(this.options.theme(), { kind, status, area: false }).toDataURL();
    this.icons.set(key, src);
    return element("img", { src, alt: "", width: "30", height: "28" });
  }

  /** @param {Row} row */
  row(row) {
    const one = (/** @type {Words} */ name) => row[name];
    const title = element("td", { class: "mp-what" }, [titleButton(one("title"))]);
    if (!row.placed) {
      const words = row.event ? "not on the map" : "campaign or count, listed only";
      title.append(element("span", { class: "mp-badge mp-quiet", text: words }));
    }
    const type = element("td", { class: "mp-kind" }, [
      this.icon(row.kind, row.status), element("span", { dir: "auto", text: one("what") })]);
    const place = element("td", { class: "mp-where" }, [
      element("bdi", { text: one("place") }), element("small", { text: one("known") })]);
    const killed = cell(one("killed"), "mp-toll", "Killed");
    if (one("together")) killed.append(element("small", { dir: "auto", text: one("together") }));
    return choosable(element("tr", {}, [
      cell(one("when"), "mp-date"), title, place, type, killed,
      cell(one("injured"), "mp-toll", "Injured"), cell(one("responsibility"), "mp-who", "Responsibility"),
    ]), one("id"), this.options.onChoose);
  }
}

class AreaTable {
  /** @param {TableElement} table @param {HTMLElement} more @param {Pick<Options, "answers" | "onChoose">} options */
  constructor(table, more, options) {
    this.more = more;
    this.options = options;
    this.body = element("tbody");
    this.asked = 0;
    /** @type {string | null} */
    this.selected = null;
    const heads = ["Group", "What and where", "Stated period", "Told as"];
    const row = element("tr", {}, heads.map((words) => element("th", { scope: "col", text: words })));
    const caption = element("caption", { class: "mp-hidden", text: "Base areas that the filters show" });
    table.replaceChildren(caption, element("thead", {}, [row]), this.body);
  }

  /** @param {string} text */
  async show(text) {
    this.asked += 1;
    const mine = this.asked;
    const areas = await this.options.answers.areaRows(text);
    if (mine !== this.asked) return;
    this.body.replaceChildren(...areas.map((area) => this.row(area)));
    if (!areas.length) this.body.append(element("tr", {}, [element("td", { colspan: "9", text: "None." })]));
    mark(this.body, this.selected);
  }

  /** @param {string | null} id */
  mark(id) {
    this.selected = id;
    mark(this.body, id);
  }

  /** @param {AreaLine} area */
  row({ id, drawn, faded, detail }) {
    const group = element("td", { class: "mp-what" }, [titleButton(detail.title)]);
    if (!drawn) group.append(element("span", { class: "mp-badge mp-quiet", text: "not on the map" }));
    if (faded) group.append(element("span", { class: "mp-badge mp-quiet", text: "not certain for the period" }));
    const told = (detail.badges ?? []).map(([words]) => words).join(" · ");
    return choosable(element("tr", {}, [
      group, cell(detail.when, "mp-where"), cell(detail.summary, "mp-period", "Period"),
      cell(told, "mp-told", "Told as"),
    ]), id, this.options.onChoose);
  }
}

export { IncidentTable, AreaTable };
