// Owns the tables of incidents and of base areas: order, what is shown at once, choosing rows.
import { clip, dirOf, element } from "../dom.js";
import { symbolIcon } from "../panel.js";
import { doubtOf } from "../standings.js";
import { say, sayMany, term } from "../tongue.js";

const NARROW = "(max-width: 640px)"; // where rows become cards (panels.css)
const atFirst = () => (window.matchMedia(NARROW).matches ? 30 : 100);
const MORE = 1000;

/**
 * @import { Theme } from "../symbols.js"
 * @import { Answers, AreaLine, Order, Row } from "./answers.js"
 * @import { Picking } from "./picking.js"
 * @import { SortColumn, Words } from "./records.js"
 * @typedef {HTMLTableElement} TableElement
 * @typedef {{
 *   answers: Answers, theme: () => Theme, onChoose: (id: string) => void,
 *   onOrder: (order: Order) => void, picking: Picking,
 * }} Options
 * @typedef {{ id: string, words: string, column?: SortColumn, isFixed?: boolean }} Column
 */

/**
 * A cell; cards show its label, where the head of the table is not shown.
 * @param {string | undefined} words @param {string} name @param {string} [label]
 */
const cell = (words, name, label) => element("td", { class: name, "data-label": label }, [
  element("span", { dir: dirOf(words), text: words })]);

/**
 * A button that shows more rows.
 * @param {HTMLElement} node @param {number} left @param {(n: number) => void} onMore
 */
function moreButton(node, left, onMore) {
  node.replaceChildren();
  if (left <= 0) return;
  const next = Math.min(MORE, left);
  const button = element("button", { type: "button", text: say("Show {n} more", { n: next }) });
  button.addEventListener("click", () => onMore(next));
  node.append(`${sayMany("{n} row more.", "{n} rows more.", left)} `, button);
}

/** @param {string | undefined} words */
const titleButton = (words) => (
  element("button", { type: "button", class: "mp-line", dir: "auto", lang: "en", text: clip(words, 300) }));

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

/** @type {readonly Column[]} */
const COLUMNS = [
  { id: "date", words: term("Date"), column: "start" },
  { id: "title", words: term("Incident"), column: "title", isFixed: true },
  { id: "place", words: term("Place"), column: "place" }, { id: "type", words: term("Type"), column: "what" },
  { id: "killed", words: term("Killed"), column: "killed" },
  { id: "injured", words: term("Injured"), column: "injured" }, { id: "who", words: term("Responsibility") },
  { id: "status", words: term("Status") }, { id: "id", words: term("Id") },
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
    /** @type {readonly string[]} */
    this.columns = [];
    /** @type {HTMLElement[]} */
    this.heads = [];
    this.all = element("input", { type: "checkbox", "aria-label": say("Select all rows that are shown") });
    this.all.addEventListener("change", () => options.picking.set(this.rows.map(({ id }) => id), this.all.checked));
    options.picking.onChange(() => this.showPicked());
    const caption = element("caption", { class: "mp-hidden", text: say("Incidents that the filters show") });
    this.headRow = element("tr");
    table.replaceChildren(caption, element("thead", {}, [this.headRow]), this.body);
  }

  /** Show these columns. @param {readonly string[]} columns */
  take(columns) {
    if (columns === this.columns) return;
    this.columns = columns;
    const shown = COLUMNS.filter(({ id }) => columns.includes(id));
    this.heads = shown.map((one) => this.head(one));
    this.headRow.replaceChildren(element("th", { scope: "col", class: "mp-pick" }, [this.all]), ...this.heads);
  }

  showPicked() {
    const { ids } = this.options.picking;
    for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (this.body.querySelectorAll(".mp-pick input"))) {
      box.checked = ids.has(box.value);
    }
    this.all.checked = this.rows.length > 0 && this.rows.every(({ id }) => ids.has(id));
  }

  /** @param {Column} column */
  head({ words: message, column }) {
    const words = say(message);
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
    if (!rows.length) this.body.append(element("tr", {}, [element("td", { colspan: "10", text: say("None.") })]));
    this.showPicked();
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
      this.showPicked();
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
      const words = row.event ? say("not on the map") : say("campaign or count, listed only");
      title.append(element("span", { class: "mp-badge mp-quiet", text: words }));
    }
    const type = element("td", { class: "mp-kind" }, [
      this.icon(row.kind, row.status), element("span", { dir: "auto", text: one("what") })]);
    const place = element("td", { class: "mp-where" }, [
      element("bdi", { text: one("place") }), element("small", { text: one("known") })]);
    const killed = cell(one("killed"), "mp-toll", say("Killed"));
    if (one("together")) killed.append(element("small", { dir: "auto", text: one("together") }));
    /** @type {Record<string, HTMLElement>} */
    const cells = {
      date: cell(one("when"), "mp-date"), title, place, type, killed,
      injured: cell(one("injured"), "mp-toll", say("Injured")),
      who: cell(one("responsibility"), "mp-who", say("Responsibility")),
      status: cell(say(this.options.answers.known.statuses[row.status]), "mp-told", say("Status")),
      id: cell(one("id"), "mp-told", say("Id")),
    };
    const shown = COLUMNS.filter(({ id }) => this.columns.includes(id)).map(({ id }) => cells[id]);
    return choosable(element("tr", {}, [this.pick(row), ...shown]), one("id"), this.options.onChoose);
  }

  /** The box that selects a row. @param {Row} row */
  pick({ id, title }) {
    const words = say("Select {title}", { title: clip(title, 200) });
    const box = element("input", { type: "checkbox", value: id, "aria-label": words });
    box.addEventListener("change", () => this.options.picking.set([id], box.checked));
    const node = element("td", { class: "mp-pick" }, [box]);
    node.addEventListener("click", (event) => event.stopPropagation()); // it does not open the record
    return node;
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
    const heads = [say("Group"), say("What and where"), say("Stated period"), say("Told as")];
    const row = element("tr", {}, heads.map((words) => element("th", { scope: "col", text: words })));
    const caption = element("caption", { class: "mp-hidden", text: say("Base areas that the filters show") });
    table.replaceChildren(caption, element("thead", {}, [row]), this.body);
  }

  /** @param {string} text */
  async show(text) {
    this.asked += 1;
    const mine = this.asked;
    const areas = await this.options.answers.areaRows(text);
    if (mine !== this.asked) return;
    this.body.replaceChildren(...areas.map((area) => this.row(area)));
    if (!areas.length) this.body.append(element("tr", {}, [element("td", { colspan: "4", text: say("None.") })]));
    mark(this.body, this.selected);
  }

  /** @param {string | null} id */
  mark(id) {
    this.selected = id;
    mark(this.body, id);
  }

  /** @param {AreaLine} area */
  row({ id, drawn, faded, undated, detail }) {
    const group = element("td", { class: "mp-what" }, [titleButton(detail.title)]);
    if (!drawn) group.append(element("span", { class: "mp-badge mp-quiet", text: say("not on the map") }));
    if (faded) group.append(element("span", { class: "mp-badge mp-quiet", text: doubtOf({ faded, undated }) }));
    const told = (detail.badges ?? []).map(([words]) => words).join(" · ");
    return choosable(element("tr", {}, [
      group, cell(detail.when, "mp-where"), cell(detail.summary, "mp-period", say("Period")),
      cell(told, "mp-told", say("Told as")),
    ]), id, this.options.onChoose);
  }
}

export { AreaTable, COLUMNS, IncidentTable };
