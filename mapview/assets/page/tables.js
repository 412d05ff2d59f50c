// Owns the tables of incidents and of base areas: order, what is shown at once, choosing a row.
import { clip, element, plural } from "../dom.js";
import { symbolIcon } from "../panel.js";

const NARROW = "(max-width: 640px)"; // where rows become cards (panels.css)
const atFirst = () => (window.matchMedia(NARROW).matches ? 30 : 200);
const MORE = 1000;

/**
 * @import { Theme } from "../symbols.js"
 * @import { Detail } from "./details.js"
 * @import { Records, SortColumn, Words } from "./records.js"
 * @typedef {HTMLTableElement} TableElement
 * @typedef {ReturnType<Records["areaList"]>[0]} AreaRow
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

/** What two tables share: rows that are made only as far as they are asked for. @template Row */
class Table {
  /**
   * @param {HTMLElement} more where more rows are offered
   * @param {(id: string) => void} onChoose
   */
  constructor(more, onChoose) {
    this.more = more;
    this.onChoose = onChoose;
    this.body = element("tbody");
    /** @type {Row[]} */
    this.rows = [];
    this.limit = atFirst();
    /** @type {string | null} */
    this.selected = null;
  }

  /** @abstract @param {Row} row @returns {HTMLTableRowElement} */
  row(row) {
    throw new Error(`a table must say how a row is made, got ${row}`);
  }

  /** @param {Row[]} rows @param {number} [limit] */
  fill(rows, limit = atFirst()) {
    this.rows = rows;
    this.limit = limit;
    this.body.replaceChildren(...rows.slice(0, limit).map((row) => this.row(row)));
    if (!rows.length) this.body.append(this.empty());
    this.offerMore();
  }

  empty() {
    return element("tr", {}, [element("td", { colspan: "9", text: "None." })]);
  }

  offerMore() {
    moreButton(this.more, this.rows.length - this.limit, (n) => {
      const first = this.limit;
      this.limit += n;
      this.body.append(...this.rows.slice(first, this.limit).map((row) => this.row(row)));
      this.offerMore();
      this.body.rows[first].querySelector("button")?.focus();
    });
  }

  /**
   * Make rows until so many are there, for paper.
   * @param {number} most @returns how many are left out
   */
  complete(most) {
    if (this.limit < most && this.limit < this.rows.length) this.fill(this.rows, most);
    return Math.max(0, this.rows.length - this.limit);
  }

  /** Anew, in the colours of another theme. */
  retheme() {
    this.fill(this.rows, this.limit);
  }

  /** Back to as many rows as at first. */
  shrink() {
    this.limit = atFirst();
    this.retheme();
  }

  /** @param {string | null} id */
  mark(id) {
    this.selected = id;
    for (const row of this.body.querySelectorAll("[aria-current]")) row.removeAttribute("aria-current");
    const row = id === null ? null : [...this.body.rows].find((one) => one.dataset.id === id);
    row?.setAttribute("aria-current", "true");
  }

  /** @param {HTMLTableRowElement} row @param {string} id */
  choosable(row, id) {
    row.dataset.id = id;
    if (id === this.selected) row.setAttribute("aria-current", "true");
    row.addEventListener("click", () => {
      if (!String(window.getSelection())) this.onChoose(id); // somebody marks text to copy it
    });
    return row;
  }

  /** @param {string | undefined} words */
  titleButton(words) {
    return element("button", { type: "button", class: "mp-line", dir: "auto", text: clip(words, 300) });
  }
}

/** @type {[words: string, column: SortColumn | null][]} */
const COLUMNS = [
  ["Date", "start"], ["Incident", "title"], ["Place", "place"], ["Type", "what"],
  ["Killed", "killed"], ["Injured", null], ["Responsibility", null],
];

/** @extends {Table<number>} */
class IncidentTable extends Table {
  /**
   * @param {TableElement} table @param {HTMLElement} more
   * @param {{ records: Records, theme: () => Theme, onChoose: (id: string) => void }} options
   */
  constructor(table, more, { records, theme, onChoose }) {
    super(more, onChoose);
    this.records = records;
    this.theme = theme;
    this.text = "";
    /** @type {{ column: SortColumn, down: boolean }} */
    this.order = { column: "start", down: true };
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
      const down = this.order.column === column ? !this.order.down : column === "killed" || column === "start";
      this.order = { column, down };
      this.show(this.text);
    });
    // Browsers leave buttons out where a page of paper repeats the head.
    const printed = element("span", { class: "mp-print-only", "aria-hidden": "true", text: words });
    return element("th", { scope: "col", "data-column": column }, [button, printed]);
  }

  /** @param {string} text */
  show(text) {
    const { column, down } = this.order;
    this.text = text;
    for (const head of this.heads) {
      const sorted = head.dataset.column === column;
      if (sorted) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    this.fill(this.records.sorted(this.records.list(text), column, down));
  }

  retheme() {
    this.icons.clear();
    super.retheme();
  }

  /**
   * Picture of a symbol, made once for each kind and status.
   * @param {number} kind @param {number} status
   */
  icon(kind, status) {
    const key = `${kind},${status}`;
    const src = this.icons.get(key) ?? symbolIcon(this.theme(), { kind, status, area: false }).toDataURL();
    this.icons.set(key, src);
    return element("img", { src, alt: "", width: "30", height: "28" });
  }

  /** @param {number} i */
  row(i) {
    const { incidents } = this.records;
    const one = (/** @type {Words} */ name) => incidents[name][i];
    const title = element("td", { class: "mp-what" }, [this.titleButton(one("title"))]);
    if (!incidents.placed[i]) {
      const words = incidents.event[i] ? "not on the map" : "campaign or count, listed only";
      title.append(element("span", { class: "mp-badge mp-quiet", text: words }));
    }
    const type = element("td", { class: "mp-kind" }, [
      this.icon(incidents.kind[i], incidents.status[i]),
      element("span", { dir: "auto", text: one("what") }),
    ]);
    const place = element("td", { class: "mp-where" }, [
      element("bdi", { text: one("place") }), element("small", { text: one("known") })]);
    const killed = cell(one("killed"), "mp-toll", "Killed");
    if (one("together")) killed.append(element("small", { dir: "auto", text: one("together") }));
    return this.choosable(element("tr", {}, [
      cell(one("when"), "mp-date"), title, place, type, killed,
      cell(one("injured"), "mp-toll", "Injured"), cell(one("responsibility"), "mp-who", "Responsibility"),
    ]), one("id"));
  }
}

/** @extends {Table<AreaRow>} */
class AreaTable extends Table {
  /**
   * @param {TableElement} table @param {HTMLElement} more
   * @param {{ records: Records, details: Detail[], onChoose: (id: string) => void }} options
   */
  constructor(table, more, { records, details, onChoose }) {
    super(more, onChoose);
    this.records = records;
    this.details = details;
    const heads = ["Group", "What and where", "Stated period", "Told as"];
    const row = element("tr", {}, heads.map((words) => element("th", { scope: "col", text: words })));
    const caption = element("caption", { class: "mp-hidden", text: "Base areas that the filters show" });
    table.replaceChildren(caption, element("thead", {}, [row]), this.body);
  }

  /** @param {string} text */
  show(text) {
    this.fill(this.records.areaList(text));
  }

  /** @param {AreaRow} area */
  row({ index, id, drawn, faded }) {
    const detail = this.details[index];
    const group = element("td", { class: "mp-what" }, [this.titleButton(detail.title)]);
    if (!drawn) group.append(element("span", { class: "mp-badge mp-quiet", text: "not on the map" }));
    if (faded) group.append(element("span", { class: "mp-badge mp-quiet", text: "not certain for the period" }));
    const told = (detail.badges ?? []).map(([words]) => words).join(" · ");
    return this.choosable(element("tr", {}, [
      group, cell(detail.when, "mp-where"), cell(detail.summary, "mp-period", "Period"),
      cell(told, "mp-told", "Told as"),
    ]), id);
  }
}

export { IncidentTable, AreaTable };
