// Owns charts of how many: bars in two shades on an axis, which filter where they are pressed.
import { between } from "../counting.js";
import { element } from "../dom.js";
import { number, say } from "../tongue.js";

const AT_FIRST = 8;

/**
 * @import { Count } from "../counting.js"
 * @typedef {{
 *   label: string, counts: Count[], isOn: boolean, isIn: boolean, press: () => void,
 *   isOther?: boolean, isTold?: boolean, lang?: string,
 * }} Bar its counts for the filter and, where there is one, for what it is compared with; whether it is
 *   filtered by; whether either takes it in; whether only the other does, of one count; whether its label
 *   has room on the axis
 */

/** The end of an axis that holds a number: a round one, of which there is a half. @param {number} most */
function axisEnd(most) {
  const size = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  return [1, 2, 3, 4, 6, 8, 10].map((times) => times * size).find((end) => end >= most && end % 2 === 0) ?? most;
}

/** @param {Count} count @param {number} end the axis's @param {string} name of its colours */
function barOf([certain, possible], end, name) {
  const node = element("i", { class: `mp-beam ${name}`, "aria-hidden": "true" });
  node.style.setProperty("--certain", `${(certain / end) * 100}%`);
  node.style.setProperty("--possible", `${(possible / end) * 100}%`);
  return node;
}

/** A chart, which is a table: what screen readers read is what is seen. */
class Chart {
  /** @param {string} title @param {{ isTall?: boolean }} [form] whether bars stand beside each other */
  constructor(title, { isTall = false } = {}) {
    this.title = title;
    this.isTall = isTall;
    this.isWhole = false;
    /** @type {Bar[]} */
    this.bars = [];
    /** @type {string[]} */
    this.names = [];
    const form = isTall ? "mp-tall" : "mp-flat";
    this.axis = element("div", { class: "mp-chart-axis", "aria-hidden": "true" });
    // Laid out in another way, a table is none for browsers unless it is said.
    this.table = element("table", { class: "mp-chart-table", role: "table", "aria-label": title });
    this.more = element("button", { type: "button", class: "mp-line" });
    this.more.addEventListener("click", () => {
      this.isWhole = !this.isWhole;
      this.draw();
    });
    this.node = element("section", { class: `mp-chart ${form}`, "aria-label": title }, [
      element("h3", { text: title }), element("div", { class: "mp-chart-body" }, [this.axis, this.table]), this.more]);
    this.table.addEventListener("keydown", (event) => this.onKey(event));
  }

  /** @param {Bar[]} bars @param {string[]} names of what is counted, one or two */
  show(bars, names) {
    this.bars = bars;
    this.names = names;
    this.node.hidden = !bars.length;
    this.draw();
  }

  draw() {
    const { bars, isTall, isWhole } = this;
    const { activeElement } = document;
    const focused = this.table.contains(activeElement) ? activeElement?.textContent : null;
    const shown = bars.filter(({ isOn }, i) => isTall || isWhole || i < AT_FIRST || isOn);
    const end = axisEnd(Math.max(1, ...bars.flatMap(({ counts }) => counts.map(([, possible]) => possible))));
    this.axis.replaceChildren(...[0, end / 2, end].map((n) => {
      const tick = element("span", { text: number(n) });
      tick.style.setProperty("--at", String(n / end));
      return tick;
    }));
    const head = element("tr", { role: "row", class: "mp-hidden" }, [this.title, ...this.names].map((text) => (
      element("th", { role: "columnheader", scope: "col", text }))));
    this.table.replaceChildren(
      element("thead", { role: "rowgroup" }, [head]),
      element("tbody", { role: "rowgroup" }, shown.map((bar) => this.row(bar, end))));
    const hidden = bars.length - shown.length;
    this.more.hidden = isTall || (!hidden && !isWhole);
    this.more.textContent = isWhole ? say("Show fewer") : say("{n} more", { n: hidden });
    const buttons = this.buttons();
    const kept = buttons.find(({ textContent }) => textContent === focused);
    for (const button of buttons) button.tabIndex = button === (kept ?? buttons[0]) ? 0 : -1;
    kept?.focus({ preventScroll: true });
  }

  /** @param {Bar} bar @param {number} end */
  row({ label, counts, isOn, isIn, press, lang, isOther = false, isTold = true }, end) {
    const numbers = counts.map(([certain, possible]) => between(certain, possible));
    const button = element("button", {
      type: "button", dir: "auto", lang, "aria-pressed": String(isOn), text: label,
      title: say("{label}: {values}", { label, values: numbers.join(` ${say("against")} `) })
        + (isOn ? `. ${say("Press to take it out of the filter")}` : "") });
    button.addEventListener("click", press);
    const cells = counts.map((count, i) => element("td", { role: "cell" }, [
      barOf(count, end, i || isOther ? "mp-b" : "mp-a"), element("span", { class: "mp-n", text: numbers[i] })]));
    const state = `${isOn ? "mp-on" : ""} ${isIn ? "" : "mp-off"} ${isTold ? "" : "mp-untold"}`.trim();
    return element("tr", { role: "row", class: state }, [
      element("th", { role: "rowheader", scope: "row" }, [button]), ...cells]);
  }

  /** @returns {HTMLButtonElement[]} */
  buttons() {
    return [...this.table.querySelectorAll("button")];
  }

  /** One stop of the keyboard a chart; arrows go on from there. @param {KeyboardEvent} event */
  onKey(event) {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    const buttons = this.buttons();
    const at = buttons.indexOf(/** @type {any} */ (event.target));
    if (step === undefined || at < 0) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(buttons.length - 1, at + step));
    buttons[at].tabIndex = -1;
    buttons[next].tabIndex = 0;
    buttons[next].focus();
  }
}

export { Chart, axisEnd };
