// Owns what stands beside the map on demand: charts of what is shown, and what it is compared with.
import { between } from "../counting.js";
import { byId, element } from "../dom.js";
import { capital, say, term } from "../tongue.js";
import { Chart } from "./charts.js";
import {
  ALL, BOUNDS, WAYS, difference, differenceWords, inLine, isWay, otherOf, sumsDiffer,
} from "./compare.js";
import * as days from "./days.js";
import { toText } from "./filter.js";
import { saveView } from "./picture.js";
import { Twin } from "./twin.js";

const MOST_BARS = 60;
const MOST_TOLD = 6;
const NO_PERIOD = term("There is no period to go back from: choose one with From and to.");
const NO_TOLLS = term("Sums of tolls are told in the app alone.");

/**
 * @import { Count } from "../counting.js"
 * @import { Bar, Summary, Tolls } from "./answers.js"
 * @import { Filter } from "./filter.js"
 * @import { Stage } from "./stage.js"
 * @import { FacetName } from "./tally.js"
 */

/** @type {readonly { name: FacetName, id: "types" | "sourceTypes" | "groups" | "countries", title: string }[]} */
const FACETS = [
  { name: "type", id: "types", title: term("By type") },
  { name: "source_type", id: "sourceTypes", title: term("By type as the source has it") },
  { name: "group", id: "groups", title: term("By group") },
  { name: "country", id: "countries", title: term("By country") },
];

/** @type {readonly [string, (summary: Summary) => Count][]} */
const KINDS = [
  [term("Events"), ({ totals: { events: n, uncertain_events: unsure } }) => [n - unsure, n]],
  [term("On the map"), ({ totals: { placed: n, uncertain_placed: unsure } }) => [n - unsure, n]],
  [term("Campaigns and counts"), ({ totals: { aggregates: n, uncertain_aggregates: unsure } }) => [n - unsure, n]],
];
/** @type {readonly [keyof Tolls, string][]} */
const TOLLS = [
  ["fatalities", term("Killed, where figures are given")], ["injured", term("Injured, where figures are given")]];

const head = () => ["", "A", "B", say("A against B")];

/** Filters without their period, as bars through time count them. @param {Filter} filter */
const timeless = (filter) => toText({ ...filter, from: null, to: null, certain: false });

/** Whether days reach into the period of a filter. @param {Filter} filter @param {number} first @param {number} last */
const reaches = ({ from, to }, first, last) => (from === null || last >= from) && (to === null || first <= to);

class Beside {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.asked = 0;
    this.opener = "charts-button"; // where the keyboard goes back to
    this.twin = new Twin(stage);
    this.time = new Chart(say("By year"), { isTall: true });
    this.charts = FACETS.map(({ title }) => new Chart(say(title)));
    byId("charts-list").append(...[this.time, ...this.charts].map(({ node }) => node));
    this.choice = /** @type {HTMLSelectElement} */ (byId("compare"));
    this.listen();
  }

  listen() {
    const { state } = this.stage;
    byId("charts-button").addEventListener("click", () => this.open(!this.isSeen));
    byId("compare-button").addEventListener("click", () => this.take());
    byId("charts-close").addEventListener("click", () => this.open(false));
    byId("charts").addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.open(false);
    });
    this.choice.addEventListener("change", () => state.compare(this.choice.value || null));
    byId("hold").addEventListener("click", () => state.compare(state.text || ALL));
    byId("swap").addEventListener("click", () => {
      if (this.other) state.swap(this.other);
    });
    byId("compared-picture").addEventListener("click", () => saveView(this.stage));
  }

  /** A record is read in its place, as long as one is chosen. */
  get isSeen() {
    return this.stage.state.charts && byId("side").hidden;
  }

  /** @param {boolean} isOpen */
  open(isOpen) {
    const { state } = this.stage;
    if (isOpen) {
      state.select(null);
      byId("side").hidden = true;
    }
    state.showCharts(isOpen);
    byId(isOpen ? "charts" : this.opener).focus({ preventScroll: true });
    this.opener = "charts-button";
  }

  /** Go where it is chosen what is compared. */
  take() {
    this.open(true);
    this.opener = "compare-button";
    window.focus();
    this.choice.focus();
  }

  /** The filter that is compared with, if there is one. */
  get other() {
    const { state, answers } = this.stage;
    return otherOf(state.compared, state.filter, answers.known);
  }

  /** Both filters in one line each; none without a comparison. */
  get words() {
    const { stage: { state, answers: { known } }, other } = this;
    return other ? [inLine(state.filter, known), inLine(other, known)] : [];
  }

  /** Bring all of it in line with the state. */
  show() {
    const { stage: { state }, other, words } = this;
    byId("charts").hidden = !state.charts;
    byId("charts-button").setAttribute("aria-expanded", String(state.charts));
    byId("compare-button").setAttribute("aria-expanded", String(state.charts && state.compared !== null));
    this.twin.show(other, words);
    if (!state.charts) return;
    this.showChoice();
    this.fill();
  }

  showChoice() {
    const { stage: { state: { compared }, answers: { known } }, other } = this;
    const held = compared !== null && compared !== ALL && !isWay(compared) && other
      ? [[compared, say("Held: {filter}", { filter: inLine(other, known) })]] : [];
    const choices = [["", say("Nothing")], ...Object.entries(WAYS).map(([value, message]) => [value, say(message)]),
      [ALL, say("Everything, without filters")], ...held];
    this.choice.replaceChildren(...choices.map(([value, text]) => element("option", { value, text })));
    this.choice.value = compared ?? "";
    byId("swap").hidden = !other;
    byId("compared-picture").hidden = !other || this.stage.options.isSmall; // frames may save nothing
    const note = say(BOUNDS) + (this.stage.answers.tolls ? "" : ` ${say(NO_TOLLS)}`);
    byId("compare-note").textContent = other ? note : compared === null ? "" : say(NO_PERIOD);
    byId("compared").hidden = !other;
  }

  async fill() {
    this.asked += 1;
    const { asked: mine, stage: { state: { filter, text }, answers, summary }, other } = this;
    const texts = other ? [text, toText(other)] : [text];
    const [summaries, bins] = await Promise.all([
      Promise.all([summary, ...texts.slice(1).map((one) => answers.summary(one))]), this.bins(filter, other)]);
    if (mine !== this.asked) return;
    this.drawTime(filter, other, bins);
    FACETS.forEach((_, i) => this.drawFacet(i, filter, other, summaries));
    if (!other) return;
    this.drawTotals(summaries, []);
    const tolls = answers.tolls ? await Promise.all(texts.map(answers.tolls)) : [];
    if (mine === this.asked && tolls.length) this.drawTotals(summaries, tolls);
  }

  /** The widest step of which there are not too many, from years on. */
  get step() {
    const [first, last] = this.stage.answers.known.span ?? [0, 0];
    const steps = days.STEPS.filter(({ id }) => ["year", "decade", "century"].includes(id));
    return steps.find((step) => step.index(last) - step.index(first) < MOST_BARS) ?? steps[2];
  }

  /** @param {Filter} filter @param {Filter | null} other @returns {Promise<Bar[][]>} */
  async bins(filter, other) {
    const { step, stage: { answers } } = this;
    if (!answers.known.span) return [[]];
    const [first, last] = answers.known.span.map(step.index);
    const isOne = !other || timeless(other) === timeless(filter);
    return Promise.all((isOne ? [filter] : [filter, other]).map((one) => answers.bins(one, step, first, last)));
  }

  /** @param {Filter} filter @param {Filter | null} other @param {Bar[][]} bins */
  drawTime(filter, other, bins) {
    const { step, stage: { state, answers: { known } } } = this;
    const begin = step.index(known.span?.[0] ?? 0);
    const every = Math.ceil(bins[0].length / MOST_TOLD);
    this.time.show(bins[0].map((_, i) => {
      const [from, to] = [step.start(begin + i), days.endOf(step, begin + i)];
      const isOn = filter.from === from && filter.to === to;
      const [isIn, isInOther] = [reaches(filter, from, to), Boolean(other && reaches(other, from, to))];
      return {
        label: step.brief(from), isOn, isIn: isIn || isInOther, isOther: isInOther && !isIn && bins.length === 1,
        counts: bins.map((some) => [some[i].certain, some[i].possible]), isTold: i % every === 0,
        press: () => state.change(isOn ? { from: null, to: null } : { from, to }) };
    }), this.names(bins.length));
  }

  /** What is counted, for one count or two. @param {number} n */
  names(n) {
    return n > 1 ? ["A", "B"] : [say("Incidents")];
  }

  /** @param {number} at @param {Filter} filter @param {Filter | null} other @param {Summary[]} summaries */
  drawFacet(at, filter, other, summaries) {
    const { name, id } = FACETS[at];
    const { state, options: { all } } = this.stage;
    const choices = this.stage.controls.choices()[id];
    const order = choices.map((_, i) => i).sort((a, b) => all.facets[name][b][1] - all.facets[name][a][1] || a - b);
    this.charts[at].show(order.flatMap((i) => {
      const { value, words, lang } = choices[i];
      const counts = summaries.map(({ facets }) => facets[name][i]);
      const isOn = filter[id].includes(value);
      if (!isOn && counts.every(([, possible]) => !possible)) return [];
      const isIn = [filter, ...(other ? [other] : [])].some((one) => !one[id].length || one[id].includes(value));
      const next = isOn ? filter[id].filter((one) => one !== value) : [...filter[id], value];
      const label = id === "sourceTypes" ? words : capital(words);
      return [{ label, lang, counts, isOn, isIn, press: () => state.change({ [id]: next }) }];
    }), this.names(summaries.length));
  }

  /** The lines of the table, its head first; none without a comparison. */
  async told() {
    const { stage: { state: { text }, answers }, other } = this;
    if (!other) return [];
    const texts = [text, toText(other)];
    const summaries = await Promise.all(texts.map((one) => answers.summary(one)));
    return [head(), ...this.rowsOf(summaries, answers.tolls ? await Promise.all(texts.map(answers.tolls)) : [])];
  }

  /**
   * Counts by kind and sums of tolls, and how far both differ: what is counted, of A, of B, A against B.
   * @param {Summary[]} summaries @param {Tolls[]} tolls
   */
  rowsOf(summaries, tolls) {
    const bounds = KINDS.map(([words, count]) => /** @type {const} */ ([words, summaries.map(count)]));
    const sums = (tolls.length ? TOLLS : []).map(([about, words]) => (
      /** @type {const} */ ([words, tolls.map(({ [about]: sum }) => (sum.incidents.possible ? sum : null))])));
    const { stage: { state: { text } }, other: against } = this;
    const isSame = against !== null && toText(against) === text;
    // However far one number is known, it does not differ from itself.
    return [...bounds.map(([words, [one, other]]) => [say(words), between(...one), between(...other),
      differenceWords(isSame ? [0, 0] : difference(one, other))]),
    ...sums.map(([words, [one, other]]) => [
      say(words), ...[one, other].map((sum) => (sum ? sum.bounds : say("no figure"))),
      isSame ? differenceWords([0, 0]) : one && other ? sumsDiffer(one, other) : say("not known")])];
  }

  /** @param {Summary[]} summaries @param {Tolls[]} tolls */
  drawTotals(summaries, tolls) {
    const rows = this.rowsOf(summaries, tolls).map(([words, ...cells]) => element("tr", {}, [
      element("th", { scope: "row", text: words }), ...cells.map((text) => element("td", { text }))]));
    const heads = head().map((text) => (
      element(text ? "th" : "td", text ? { scope: "col", text } : {})));
    byId("compared").replaceChildren(
      element("thead", {}, [element("tr", {}, heads)]), element("tbody", {}, rows));
  }
}

export { Beside };
