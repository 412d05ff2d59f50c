// Owns a facet: a list of boxes to tick, each with a small bar and how many incidents it would show.
import { byId, element } from "../dom.js";
import { symbolIcon } from "../panel.js";
import { between } from "../counting.js";
import { say } from "../tongue.js";

const AT_FIRST = 8;

/**
 * @import { Theme } from "../symbols.js"
 * @import { Count } from "../counting.js"
 * @typedef {{ value: string, words: string, kind?: number, lang?: string }} Choice `lang` of words of records
 * @typedef {{
 *   label: HTMLElement, box: HTMLInputElement, count: HTMLElement, bar: HTMLElement, icon: HTMLElement | null,
 *   shown: Count,
 * }} Row with the count that it shows
 */

class Facet {
  /**
   * @param {string} id of its element @param {Choice[]} choices in the order of the counts
   * @param {Count[]} all how many there are of each whatever the filter
   * @param {(values: string[]) => void} onChange told what is ticked
   */
  constructor(id, choices, all, onChange) {
    this.id = id;
    this.choices = choices;
    this.isWhole = false;
    this.chosen = ""; // what is ticked, as it was shown last
    /** @type {Count[]} */
    this.counts = all;
    /** @type {Row[]} */
    this.rows = choices.map(({ value, words, kind, lang }) => {
      const box = element("input", { type: "checkbox", value });
      const [count, bar] = [element("span", { class: "mp-n" }), element("i", { class: "mp-share" })];
      const icon = kind === undefined ? null : element("span", { class: "mp-icon" });
      const name = element("span", { class: "mp-name", dir: "auto", lang, text: words });
      box.addEventListener("change", () => onChange(
        this.rows.flatMap((row, i) => (row.box.checked ? [choices[i].value] : []))));
      const label = element("label", {}, [box, ...(icon ? [icon] : []), name, bar, count]);
      return { label, box, count, bar, icon, shown: [-1, -1] };
    });
    // The most frequent first; what occurs nowhere only where it is asked for.
    this.order = choices.map((_, i) => i).sort((a, b) => all[b][1] - all[a][1] || a - b);
    // Groups have their counts in the usual roles, and some stand in others, or hold base areas alone.
    this.occurs = all.map(([, possible]) => possible > 0 || id === "groups");
    this.most = Math.max(1, ...all.map(([, possible]) => possible));
    this.more = element("button", { type: "button", class: "mp-line" });
    this.more.addEventListener("click", () => {
      this.isWhole = !this.isWhole;
      this.fold();
    });
    byId(`${id}-boxes`).replaceChildren(...this.order.map((i) => this.rows[i].label), this.more);
    byId(id).hidden = !this.occurs.some(Boolean);
    this.fold();
  }

  /** Show the most frequent values, those that are ticked, and all on demand. */
  fold() {
    let [shown, hidden] = [0, 0];
    for (const i of this.order) {
      const { label, box } = this.rows[i];
      const isOffered = this.occurs[i] || box.checked;
      label.hidden = !isOffered || (!this.isWhole && shown >= AT_FIRST && !box.checked);
      if (!label.hidden) this.showCount(i);
      shown += Number(isOffered && !label.hidden);
      hidden += Number(isOffered && label.hidden);
    }
    this.more.hidden = !hidden && !this.isWhole;
    this.more.textContent = this.isWhole ? say("Show fewer") : say("{n} more", { n: hidden });
  }

  /** @param {readonly string[]} chosen @param {Count[]} counts */
  show(chosen, counts) {
    this.counts = counts;
    const key = JSON.stringify(chosen);
    if (key === this.chosen) {
      // In each frame of a drag the counts alone are others.
      this.rows.forEach(({ label }, i) => {
        if (!label.hidden) this.showCount(i);
      });
      return;
    }
    this.chosen = key;
    this.rows.forEach(({ box }, i) => { box.checked = chosen.includes(this.choices[i].value); });
    byId(`${this.id}-chosen`).textContent = chosen.length ? say("{n} chosen", { n: chosen.length }) : "";
    this.fold();
  }

  /** @param {number} i */
  showCount(i) {
    const row = this.rows[i];
    const [least, possible] = this.counts[i];
    if (row.shown[0] === least && row.shown[1] === possible) return;
    row.shown = [least, possible];
    row.count.textContent = between(least, possible, "–");
    row.bar.style.setProperty("--certain", `${(least / this.most) * 100}%`);
    row.bar.style.setProperty("--possible", `${(possible / this.most) * 100}%`);
  }

  /** @param {Theme} theme */
  retheme(theme) {
    this.rows.forEach(({ icon }, i) => {
      const { kind } = this.choices[i];
      if (!icon || kind === undefined) return;
      // Each canvas that is seen is a layer of its own, and handed on anew in each frame of a drag.
      const src = symbolIcon(theme, { kind, status: 0, area: false }).toDataURL();
      icon.replaceChildren(element("img", { src, alt: "" }));
    });
  }
}

export { Facet };
