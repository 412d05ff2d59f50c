// Owns a list of boxes to tick, each with how many incidents it would show.
import { element } from "../dom.js";

/**
 * @typedef {{ value: string, words: string, icon?: Element }} Choice
 * @typedef {{ box: HTMLInputElement, value: string, count: HTMLElement }} Row
 */

class Boxes {
  /**
   * @param {HTMLElement} parent @param {Choice[]} choices
   * @param {(values: string[]) => void} onChange told what is ticked
   */
  constructor(parent, choices, onChange) {
    /** @type {Row[]} */
    this.rows = choices.map(({ value }) => ({
      value, box: element("input", { type: "checkbox", value }), count: element("span", { class: "mp-n" }),
    }));
    const take = () => onChange(this.rows.filter(({ box }) => box.checked).map(({ value }) => value));
    for (const { box } of this.rows) box.addEventListener("change", take);
    parent.replaceChildren(...choices.map(({ words, icon }, i) => {
      const { box, count } = this.rows[i];
      return element("label", {}, [box, ...(icon ? [icon] : []), element("span", { text: words }), count]);
    }));
  }

  /** @param {readonly string[]} chosen @param {(value: string) => string} countOf in words */
  show(chosen, countOf) {
    for (const { box, value, count } of this.rows) {
      box.checked = chosen.includes(value);
      count.textContent = countOf(value);
    }
  }
}

/** Values in which something occurs, the most frequent first. @param {number[]} counts */
const mostFrequent = (counts) => counts.map((n, index) => ({ n, index })).filter(({ n }) => n)
  .sort((a, b) => b.n - a.n || a.index - b.index).map(({ index }) => index);

/** @param {string} words */
const capital = (words) => words[0].toUpperCase() + words.slice(1);

export { Boxes, mostFrequent, capital };
