// Owns "Go to": one field on the map that finds places, groups and incidents, and goes there.
import { byId, clip, element } from "../dom.js";
import { EARTH_RADIUS_KM, RAD, unitToLat, unitToLon } from "../geometry.js";
import { shield } from "../panel.js";
import { comma, say } from "../tongue.js";
import { find } from "./finding.js";

const TYPING_MS = 120;
const [LEAST_ZOOM, MOST_ZOOM] = [3, 9]; // closer, the ground is empty
const WIDEST = 0.45; // of the world: outlines that cross 180° are as wide as all of it

/**
 * @import { Found } from "./finding.js"
 * @import { Stage } from "./stage.js"
 * @typedef {{ words: string, note?: string, choose: () => void }} Option
 */

class GoTo {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.input = /** @type {HTMLInputElement} */ (byId("goto-words"));
    this.list = byId("goto-list");
    this.asked = 0;
    this.timer = 0;
    /** @type {{ node: HTMLElement, option: Option }[]} */
    this.options = [];
    this.active = -1;
    /** @type {HTMLElement | null} where the keyboard was */
    this.origin = null;
    this.input.placeholder = say("Go to place, group, incident");
    this.input.title = stage.answers.places
      ? say("Finds places of the whole world, in any script, groups, and incidents. Key: /")
      : say("Finds the countries and towns that the map names, groups, and incidents. Key: /");
    stage.layer.map.getContainer().append(shield(byId("goto")));
    this.listen();
  }

  listen() {
    const { input } = this;
    input.addEventListener("input", () => {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.search(), TYPING_MS);
    });
    input.addEventListener("keydown", (event) => {
      if (this.onKey(event.key)) event.preventDefault();
      event.stopPropagation(); // keys pressed here are not meant for the map
    });
    input.addEventListener("focus", () => {
      if (input.value) this.search();
    });
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the keyboard
  }

  /** Take the keyboard, to give it back when done. @returns {boolean} whether it may have it */
  take() {
    if (this.stage.layer.map.getContainer().inert) return false; // asleep
    const { activeElement } = document;
    this.origin = activeElement instanceof HTMLElement && activeElement !== document.body ? activeElement : null;
    window.focus();
    this.input.focus({ preventScroll: true });
    this.input.select();
    return true;
  }

  /** @param {string} key @returns {boolean} whether it was for the list */
  onKey(key) {
    if (key === "Escape") {
      this.leave();
      return true;
    }
    if (key === "Enter") {
      this.options[Math.max(0, this.active)]?.option.choose();
      return true;
    }
    const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
    if (!step) return false;
    const n = this.options.length;
    if (n) this.point(this.active < 0 && step < 0 ? n - 1 : (this.active + step + n) % n);
    return true;
  }

  async search() {
    this.asked += 1;
    const mine = this.asked;
    const { answers, layer, state } = this.stage;
    let found = null;
    try {
      found = await find(this.input.value, answers, layer.basemap.labels, state.filter);
    } catch (error) {
      layer.onError(/** @type {import("../feed.js").FeedError} */ (error));
    }
    if (mine !== this.asked || !found || document.activeElement !== this.input) return;
    this.show(found);
  }

  /** @param {Found} found @returns {[heading: string, options: Option[]][]} */
  sections({ groups, countries, places, incidents }) {
    const { stage } = this;
    return [
      [say("Groups: shown alone"), groups.map(({ id, words }) => (
        { words, choose: () => this.chooseGroup(id, words) }))],
      [say("Places"), [
        ...countries.map((one) => ({
          words: one.words, note: say("country"),
          choose: () => this.go(one.words, this.boxOf(one) ?? around(one, 500)) })),
        ...places.map((one) => ({
          ...one, choose: () => this.go(`${one.words}${comma()}${one.note}`, around(one, one.km)) })),
      ]],
      [say("Incidents"), incidents.map(({ id, words, note }) => ({
        words, note, choose: () => {
          this.done();
          stage.choose(id);
        } }))],
    ];
  }

  /** @param {Found} found */
  show(found) {
    this.options = [];
    this.active = -1;
    this.list.replaceChildren(...this.sections(found).flatMap(([heading, options], i) => {
      if (!options.length) return [];
      const nodes = options.map((option) => this.optionNode(option));
      const title = element("p", { class: "mp-goto-head", id: `goto-head-${i}`, text: heading });
      return [element("div", { role: "group", "aria-labelledby": title.id }, [title, ...nodes])];
    }));
    const n = this.options.length;
    const isEmpty = !n && this.input.value.trim() !== "";
    if (isEmpty) this.list.append(element("p", { class: "mp-goto-head", text: say("Nothing is called that here.") }));
    byId("goto-said").textContent = n ? say("{n} found", { n }) : isEmpty ? say("Nothing is called that here.") : "";
    this.open(n > 0 || isEmpty);
  }

  /** @param {Option} option */
  optionNode(option) {
    const node = element("div", {
      role: "option", id: `goto-option-${this.options.length}`, class: "mp-goto-option", "aria-selected": "false" }, [
      element("bdi", { text: clip(option.words, 120) }),
      ...(option.note ? [element("small", { dir: "auto", text: clip(option.note, 120) })] : [])]);
    node.addEventListener("click", () => option.choose());
    this.options.push({ node, option });
    return node;
  }

  /** @param {number} at */
  point(at) {
    this.options[this.active]?.node.setAttribute("aria-selected", "false");
    this.active = at;
    const { node } = this.options[at];
    node.setAttribute("aria-selected", "true");
    node.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", node.id);
  }

  /** @param {boolean} isOpen */
  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    this.asked += 1; // what comes now is too late
    window.clearTimeout(this.timer);
    this.options = [];
    this.open(false);
  }

  done() {
    this.close();
    this.input.value = "";
    byId("goto-said").textContent = "";
  }

  /** Give the keyboard back to where it was. */
  leave() {
    this.done();
    const back = this.origin?.isConnected ? this.origin : this.stage.layer.map.getContainer();
    this.origin = null;
    back.focus({ preventScroll: true });
  }

  /** @param {string} id @param {string} words */
  chooseGroup(id, words) {
    this.leave();
    this.stage.state.change({ groups: [id], roles: [] });
    this.stage.layer.input.say(say("Shown is what has to do with {what}.", { what: words }));
  }

  /**
   * Show a part of the world; no mark claims to know more exactly where it is.
   * @param {string} words @param {L.LatLngBoundsExpression} box
   */
  go(words, box) {
    const { map } = this.stage.layer;
    this.origin = null;
    this.leave();
    const zoom = Math.max(LEAST_ZOOM, Math.min(MOST_ZOOM, map.getBoundsZoom(box)));
    const { lat, lng } = L.latLngBounds(/** @type {L.LatLngBoundsLiteral} */ (box)).getCenter();
    this.stage.layer.flyTo(lng, lat, zoom);
    this.stage.layer.input.say(say("The map shows {what}.", { what: words }));
  }

  /** The corners of a country's outline. @param {{ iso: string }} country @returns {L.LatLngBoundsLiteral | null} */
  boxOf({ iso }) {
    const box = this.stage.layer.basemap.lands.get(iso)?.box;
    if (!box || box[2] - box[0] > WIDEST) return null;
    return [[unitToLat(box[3]), unitToLon(box[0])], [unitToLat(box[1]), unitToLon(box[2])]];
  }
}

/**
 * The corners of a circle.
 * @param {{ lon: number, lat: number }} middle @param {number} km @returns {L.LatLngBoundsLiteral}
 */
function around({ lon, lat }, km) {
  const high = km / EARTH_RADIUS_KM / RAD;
  const wide = high / Math.max(0.1, Math.cos(lat * RAD));
  return [[Math.max(-85, lat - high), lon - wide], [Math.min(85, lat + high), lon + wide]];
}

export { GoTo };
