// Owns the tables of incidents and of base areas: order, what is shown at once, choosing a row.
import { clip, element, plural } from "../dom.js";
import { symbolIcon } from "../panel.js";

const NARROW = "(max-width: 640px)"; // where rows become cards (panels.css)
const atFirst = () => (window.matchMedia(NARROW).matches ? 30 : 200);
const MORE = 1000;

/** A cell; cards show its label, where the head of the table is not shown. */
const cell = (words, name, label) => element("td", { class: name, "data-label": label }, [
  element("span", { dir: "auto", text: words })]);

/** A button that shows more rows, and one that shows all. */
function moreButtons(node, left, onMore) {
  node.replaceChildren();
  if (left <= 0) return;
  const button = (words, n) => {
    const one = element("button", { type: "button", text: words });
    one.addEventListener("click", () => onMore(n));
    return one;
  };
  const next = Math.min(MORE, left);
  node.append(`${plural(left, "row", "rows")} more. `, button(`Show ${next.toLocaleString("en")} more`, next));
}

/** What two tables share: rows that are made only as far as they are asked for. */
class Table {
  constructor(table, more) {
    this.table = table;
    this.more = more;
    this.body = element("tbody");
    this.rows = [];
    this.limit = atFirst();
    this.selected = null;
  }

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
    moreButtons(this.more, this.rows.length - this.limit, (n) => {
      const first = this.limit;
      this.limit += n;
      this.body.append(...this.rows.slice(first, this.limit).map((row) => this.row(row)));
      this.offerMore();
      this.body.rows[first].querySelector("button").focus();
    });
  }

  /** Make rows until so many are there, for paper. @returns {number} rows that are left out */
  complete(most) {
    if (this.limit < most && this.limit < this.rows.length) this.fill(this.rows, most);
    return Math.max(0, this.rows.length - this.limit);
  }

  mark(id) {
    this.selected = id;
    for (const row of this.body.querySelectorAll("[aria-current]")) row.removeAttribute("aria-current");
    const row = id === null ? null : [...this.body.rows].find((one) => one.dataset.id === id);
    if (row) row.setAttribute("aria-current", "true");
  }

  choosable(row, id, onChoose) {
    row.dataset.id = id;
    if (id === this.selected) row.setAttribute("aria-current", "true");
    row.addEventListener("click", () => {
      if (!String(window.getSelection())) onChoose(id); // somebody marks text to copy it
    });
    return row;
  }

  titleButton(words) {
    return element("button", { type: "button", class: "mp-line", dir: "auto", text: clip(words, 300) });
  }
}

const COLUMNS = [
  ["Date", "start"], ["Incident", "title"], ["Place", "place"], ["Type", "types"],
  ["Killed", "killed"], ["Injured", null], ["Responsibility", null],
];

class IncidentTable extends Table {
  /** @param {{records: object, theme: function(): object, onChoose: function(string)}} options */
  constructor(table, more, options) {
    super(table, more);
    this.options = options;
    this.order = { column: "start", down: true };
    this.icons = new Map();
    this.heads = COLUMNS.map(([words, column]) => this.head(words, column));
    const caption = element("caption", { class: "mp-hidden", text: "Incidents that the filters show" });
    table.replaceChildren(caption, element("thead", {}, [element("tr", {}, this.heads)]), this.body);
  }

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

  show(text) {
    const { records } = this.options;
    const { column, down } = this.order;
    this.text = text;
    for (const head of this.heads) {
      const sorted = head.dataset.column === column;
      if (sorted) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    this.fill(records.sorted(records.list(text), column, down));
  }

  /** Icons follow the theme; the rows are made anew. */
  retheme() {
    this.icons.clear();
    if (this.text !== undefined) this.fill(this.rows, this.limit);
  }

  /** Picture of a symbol, made once for each kind and status. */
  icon(kind, status) {
    const key = `${kind},${status}`;
    if (!this.icons.has(key)) {
      const canvas = symbolIcon(this.options.theme(), { kind, status, area: false });
      this.icons.set(key, canvas.toDataURL());
    }
    return element("img", { src: this.icons.get(key), alt: "", width: "30", height: "28" });
  }

  row(i) {
    const { records, onChoose } = this.options;
    const one = (name) => records.incidents[name][i];
    const status = records.data.statuses[one("status")];
    const title = element("td", { class: "mp-what" }, [this.titleButton(one("title"))]);
    if (!one("placed")) title.append(element("span", { class: "mp-badge mp-quiet", text: "not on the map" }));
    const type = element("td", { class: "mp-kind" }, [
      this.icon(one("kind"), one("status")),
      element("span", { text: status === "carried out" ? one("types") : `${one("types")} · ${status}` }),
    ]);
    const place = element("td", { class: "mp-where" }, [
      element("bdi", { text: one("place") }), element("small", { text: one("known") })]);
    return this.choosable(element("tr", {}, [
      cell(one("when"), "mp-date"), title, place, type, cell(one("killed"), "mp-toll", "Killed"),
      cell(one("injured"), "mp-toll", "Injured"), cell(one("responsibility"), "mp-who", "Responsibility"),
    ]), one("id"), onChoose);
  }
}

class AreaTable extends Table {
  /** @param {{records: object, details: object[], onChoose: function(string)}} options */
  constructor(table, more, options) {
    super(table, more);
    this.options = options;
    const heads = ["Group", "What and where", "Stated period", "Told as"];
    const row = element("tr", {}, heads.map((words) => element("th", { scope: "col", text: words })));
    const caption = element("caption", { class: "mp-hidden", text: "Base areas that the filters show" });
    table.replaceChildren(caption, element("thead", {}, [row]), this.body);
  }

  show(text) {
    this.fill(this.options.records.areaList(text));
  }

  row({ index, id, drawn, faded }) {
    const detail = this.options.details[index];
    const group = element("td", { class: "mp-what" }, [this.titleButton(detail.title)]);
    if (!drawn) group.append(element("span", { class: "mp-badge mp-quiet", text: "not on the map" }));
    if (faded) group.append(element("span", { class: "mp-badge mp-quiet", text: "after its last source" }));
    const told = (detail.badges || []).map(([words]) => words).join(" · ");
    return this.choosable(element("tr", {}, [
      group, cell(detail.when, "mp-where"), cell(detail.summary, "mp-period", "Period"),
      cell(told, "mp-told", "Told as"),
    ]), id, this.options.onChoose);
  }
}

export { IncidentTable, AreaTable };
