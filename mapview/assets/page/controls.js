// Owns the drawer of filters: what is typed, ticked and chosen in it, and the chips of what is set.
import { byId, clip, element } from "../dom.js";
import { capital, comma, number as numeral, say, term } from "../tongue.js";
import * as days from "./days.js";
import { Facet } from "./facets.js";
import { EVERYTHING, NUMBERS, parseNumber, settleWords, toText } from "./filter.js";
import { inLine, otherOf } from "./compare.js";
import { roleWords, said } from "./words.js";

/**
 * @import { Theme } from "../symbols.js"
 * @import { State } from "./address.js"
 * @import { Answers, Summary } from "./answers.js"
 * @import { Filter } from "./filter.js"
 * @import { Choice } from "./facets.js"
 * @import { FacetName } from "./tally.js"
 * @typedef {"from" | "to" | "killed" | "mostKilled" | "injured"} Typed parts of a filter with a field of
 *   that id
 * @typedef {"types" | "sourceTypes" | "groups" | "roles" | "countries" | "statuses" | "attributions"} Listed
 */

/** @type {readonly [Listed, FacetName][]} */
const FACETS = [
  ["types", "type"], ["sourceTypes", "source_type"], ["groups", "group"], ["roles", "role"], ["countries", "country"],
  ["statuses", "status"], ["attributions", "attribution"],
];
const TYPING_MS = 180;
const MOST_WORDS = 80;

const inputOf = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (byId(id));
/** @type {Record<Typed, string>} */
const LABELS = {
  from: term("From"), to: term("To"), killed: term("Killed, at least,"), mostKilled: term("Killed, at most,"),
  injured: term("Injured, at least,") };

class Controls {
  /** @param {{ answers: Answers, all: Summary, state: State, theme: () => Theme, unfiltered: string }} options */
  constructor(options) {
    this.options = options;
    this.timer = 0;
    const { all, state, answers: { known } } = options;
    const choices = this.choices();
    this.facets = FACETS.map(([id, name]) => new Facet(
      id, choices[id], all.facets[name], (values) => state.change({ [id]: values })));
    if (known.ownTypes.length) {
      // These are what the map shows; of ours there may be none but "other".
      const ours = known.types.filter((_, i) => all.facets.type[i][1]);
      byId("sourceTypes").toggleAttribute("open", true);
      byId("types").toggleAttribute("open", ours.length > 1);
    }
    const select = byId("precision");
    // "At least not stated" would say nothing.
    const occurring = known.precisions.filter((one, i) => all.facets.precision[i][1] && one !== "not stated");
    const any = element("option", { value: "", text: say("Any precision") });
    select.append(any, ...occurring.slice(0, -1).map((value) => (
      element("option", { value, text: capital(say(value)) }))));
    this.retheme();
    this.listen();
    byId("areas-box").hidden = !known.area_rows.length;
  }

  /** @returns {Record<Listed, Choice[]>} */
  choices() {
    const { known } = this.options.answers;
    const plain = (/** @type {string[]} */ values) => values.map((value) => ({ value, words: capital(say(value)) }));
    const named = (/** @type {string[]} */ values, /** @type {string[]} */ names) => (
      values.map((value, i) => ({ value, words: names[i] })));
    const own = (/** @type {Choice[]} */ some) => some.map((one) => ({ ...one, lang: "en" })); // records' own words
    return {
      types: known.types.map((value, i) => ({ value, words: capital(say(value)), kind: known.kind_of_type[i] })),
      sourceTypes: own(known.sourceTypes.map((value, i) => (
        { value, words: clip(value, MOST_WORDS), kind: known.kind_of_source_type[i] }))),
      groups: own(named(known.groups, known.group_names)), 
      roles: known.roles.map((value) => ({ value, words: capital(roleWords(value)) })),
      countries: named(known.countries, known.country_names), statuses: plain(known.statuses),
      attributions: plain(known.attributions),
    };
  }

  listen() {
    const { state } = this.options;
    byId("from").addEventListener("change", () => this.takeDate("from", true));
    byId("to").addEventListener("change", () => this.takeDate("to", false));
    for (const { name } of NUMBERS) byId(name).addEventListener("change", () => this.takeNumber(name));
    const [certain, areas, words, precision] = ["certain", "areas", "words", "precision"].map(inputOf);
    certain.addEventListener("change", () => state.change({ certain: certain.checked }));
    areas.addEventListener("change", () => state.change({ areas: areas.checked }));
    precision.addEventListener("change", () => state.change({ precision: precision.value || null }));
    words.addEventListener("input", () => {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.takeWords(), TYPING_MS);
    });
    words.addEventListener("change", () => this.takeWords());
    byId("reset").addEventListener("click", () => {
      this.fault("filter-fault", "");
      this.fault("date-fault", "");
      state.change(EVERYTHING);
      this.showFields(); // a date that was refused is still in its field
    });
    byId("controls").addEventListener("submit", (event) => event.preventDefault());
  }

  retheme() {
    for (const facet of this.facets) facet.retheme(this.options.theme());
  }

  /** @param {"filter-fault" | "date-fault"} id @param {string} sentence */
  fault(id, sentence) {
    byId(id).textContent = sentence;
  }

  takeWords() {
    window.clearTimeout(this.timer);
    this.options.state.change({ words: settleWords(inputOf("words").value) });
  }

  /** @param {"from" | "to"} id @param {boolean} first whether the first or the last day is meant */
  takeDate(id, first) {
    const typed = inputOf(id).value.trim();
    const day = typed ? days.parse(typed, first) : null;
    const filter = this.options.state.filter;
    const [from, to] = first ? [day, filter.to] : [filter.from, day];
    let wrong = "";
    if (typed && day === null) {
      wrong = say("{field} must be a date such as 2018-07-29, 2018-07 or 2018, got “{got}”.", {
        field: say(LABELS[id]), got: typed });
    } else if (from !== null && to !== null && to < from) {
      wrong = say("To must not be before From, got {from} to {to}.", { from: days.iso(from), to: days.iso(to) });
    }
    this.take(id, day, wrong, "date-fault");
  }

  /** @param {"killed" | "mostKilled" | "injured"} id */
  takeNumber(id) {
    const typed = inputOf(id).value.trim();
    const number = typed ? parseNumber(typed) : null;
    /** @type {Filter} */
    const { killed, mostKilled } = Object.assign({ ...this.options.state.filter }, { [id]: number });
    let wrong = "";
    if (typed && number === null) {
      wrong = say("{field} must be a whole number from 0 on, got “{got}”.", { field: say(LABELS[id]), got: typed });
    } else if (killed !== null && mostKilled !== null && mostKilled < killed) {
      wrong = say("The most killed must not be below the least, got {least} to {most}.", {
        least: killed, most: mostKilled });
    }
    this.take(id, number, wrong, "filter-fault");
  }

  /**
   * Take what was typed into a field; what is wrong is told and changes nothing.
   * @param {Typed} id @param {number | null} value @param {string} wrong @param {"filter-fault" | "date-fault"} place
   */
  take(id, value, wrong, place) {
    if (wrong) {
      byId(id).setAttribute("aria-invalid", "true");
      this.fault(place, `${wrong} ${say("Nothing was changed.")}`);
      return;
    }
    this.fault(place, "");
    this.options.state.change({ [id]: value });
    this.showFields();
  }

  /** Bring all fields in line with the filter. */
  showFields() {
    const { filter, text } = this.options.state;
    /** @param {Typed} id @param {(value: number) => string} words */
    const write = (id, words) => {
      const value = filter[id];
      inputOf(id).value = value === null ? "" : words(value);
      inputOf(id).removeAttribute("aria-invalid");
    };
    write("from", days.iso);
    write("to", days.iso);
    for (const { name } of NUMBERS) write(name, String);
    inputOf("certain").checked = filter.certain;
    inputOf("areas").checked = filter.areas;
    inputOf("precision").value = filter.precision ?? "";
    const words = inputOf("words");
    if (settleWords(words.value) !== filter.words) words.value = filter.words;
    inputOf("reset").disabled = text === "";
    this.showChips();
  }

  showChips() {
    const { state, answers } = this.options;
    const parts = said(state.filter, answers.known);
    const chips = parts.map(({ words, without }) => chip(words, () => (
      without ? state.change(without) : state.leaveKnown())));
    const other = otherOf(state.compared, state.filter, answers.known);
    const compared = other ? [chip(
      say("Compared with: {filter}", { filter: inLine(other, answers.known) }), () => state.compare(null))] : [];
    const everything = answers.known.area_rows.length ? say("All incidents and base areas") : say("All incidents");
    const all = this.options.unfiltered || `${everything}${comma()}${say("all dates")}`;
    // Its line stays where nothing is set, so that the map does not move.
    const list = byId("chips");
    const hadFocus = list.contains(document.activeElement);
    const shown = chips.length ? chips : [element("li", {}, [element("span", { text: all })])];
    list.replaceChildren(...shown, ...compared, ...this.undo());
    // What was pressed is gone: the keyboard goes to what stands in its place.
    if (hadFocus) (list.querySelector("button") ?? byId("drawer-button")).focus({ preventScroll: true });
    byId("asked").textContent = chips.length ? numeral(chips.length) : "";
  }

  /** A button that takes the last change of the filter back, where there was one. */
  undo() {
    const { state } = this.options;
    if (!state.past.length) return [];
    const button = element("button", {
      type: "button", class: "mp-undo", text: say("Undo"),
      title: say("Take the last change of the filters back (Ctrl Z)") });
    button.addEventListener("click", () => state.undo());
    return [element("li", {}, [button])];
  }

  /** Bring the counts of all choices in line with the filter. @param {Summary} summary */
  showCounts(summary) {
    const { filter } = this.options.state;
    this.facets.forEach((facet, i) => {
      const [id, name] = FACETS[i];
      facet.show(filter[id], summary.facets[name]);
    });
  }

  /** Where nothing is found, say so, with buttons that take one part of the filter away. @param {Summary} summary */
  offerLooser({ totals }) {
    const { answers, state } = this.options;
    const { filter } = state;
    const text = toText(filter);
    const isEmpty = !totals.events && !totals.aggregates;
    const hasNone = !totals.all_events && !totals.all_aggregates;
    const buttons = isEmpty && !hasNone
      ? looser(filter, answers).filter((one) => toText(one.filter) !== text) : [];
    const isHidden = !hasNone && !buttons.length;
    if (isHidden && byId("empty").hidden) return; // as in nearly each frame of a drag
    byId("empty").hidden = isHidden;
    const words = element("p", {
      text: hasNone ? say("No incidents are recorded here.") : say("No incident fits all of the filters. Without:") });
    byId("empty").replaceChildren(words, ...buttons.map((one) => {
      const button = element("button", { type: "button", text: one.words });
      button.addEventListener("click", () => state.change(one.filter));
      return button;
    }));
  }
}

/** A part of what is asked for, with a press that takes it away. @param {string} words @param {() => void} press */
function chip(words, press) {
  const label = say("Without: {what}", { what: words });
  const button = element("button", { type: "button", class: "mp-part", title: label, "aria-label": label }, [
    element("span", { dir: "auto", text: words }), element("i", { "aria-hidden": "true", text: "×" })]);
  button.addEventListener("click", press);
  return element("li", {}, [button]);
}

/** The filter without each of its parts in turn. @param {Filter} filter @param {Answers} answers */
const looser = (filter, answers) => said(filter, answers.known).flatMap(({ words, without }) => (
  without ? [{ words, filter: { ...filter, ...without } }] : []));

export { Controls };
