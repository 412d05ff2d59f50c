// Owns showing the legend, the credits and the border note; their words are the cartography's.
import { cartography } from "./cartography.js";
import { element, clip, sharpCanvas } from "./dom.js";
import { hiddenWords, sectionsOf } from "./entries.js";
import { keyOf } from "./hiding.js";
import { lineDrawing, replay } from "./icons.js";
import { OTHER } from "./own.js";
import { shield } from "./panel.js";
import { say, term } from "./tongue.js";

const WIDE = 1280;
const { width: WIDTH, height: HEIGHT } = cartography.icon_size;

/**
 * @import { LegendEntry, Present } from "./entries.js"
 * @import { Primitive } from "./icons.js"
 * @import { Tiles } from "./layer.js"
 * @import { Pressing } from "./pressing.js"
 * @import { Theme } from "./symbols.js"
 */

/** @type {Record<string, Primitive[]>} */
const ICONS = cartography.icons;

/** The icon of an entry of the legend. @param {Theme} theme @param {LegendEntry} entry */
function icon(theme, { form, kind, status = 0, hatch }) {
  const primitives = form === "hollow" ? cartography.symbols[status].place : ICONS[form];
  return sharpCanvas(WIDTH, HEIGHT, (ctx) => {
    ctx.translate(WIDTH / 2, HEIGHT / 2);
    replay(ctx, theme, primitives, { kind, hatch });
  });
}

const EYE = "M1 8s2.6-4.6 7-4.6S15 8 15 8s-2.6 4.6-7 4.6S1 8 1 8zM8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z";
const CROSSED = `${EYE}M2.5 13.5l11-11`;

/** The eye of an entry, which takes it off the map. @param {LegendEntry} entry @param {Pressing} pressing */
function eye(entry, pressing) {
  const words = clip(entry.words, 80);
  const message = entry.hidden ? term("Show on the map: {what}") : term("Hide on the map: {what}");
  const what = say(message, { what: words });
  const button = element("button", {
    type: "button", class: "mapview-eye", "aria-label": what, title: what, "data-key": `eye ${keyOf(entry)}` }, [
    lineDrawing(entry.hidden ? CROSSED : EYE)]);
  button.addEventListener("click", () => pressing.hide(entry));
  return button;
}

/**
 * Gives the icon of an entry, drawn once and moved after that: each entry stands in a legend once.
 * @typedef {(entry: LegendEntry) => HTMLCanvasElement} Drawn
 *
 * @param {Drawn} drawn @param {LegendEntry} entry @param {Pressing | null} pressing
 */
function line(drawn, entry, pressing) {
  const look = [entry.absent && "mapview-absent", entry.hidden && "mapview-hidden"].filter(Boolean).join(" ");
  const hides = pressing?.canHide(entry) && !entry.absent ? [eye(entry, pressing)] : [];
  return element("li", look ? { class: look } : {}, [...named(drawn, entry, pressing), ...hides]);
}

/** Icon and words of an entry, as a button where it filters. @type {(...of: Parameters<typeof line>) => Node[]} */
function named(drawn, entry, pressing) {
  const words = element("bdi", { text: clip(entry.words, 140) });
  const parts = [drawn(entry), words];
  if (!pressing?.canPress(entry)) return parts;
  const button = element("button", {
    type: "button", "aria-pressed": String(pressing.isPressed(entry)), "data-key": `press ${keyOf(entry)}`,
    title: pressing.isPressed(entry) ? say("Take it out of the filter") : say("Show only this") }, parts);
  button.addEventListener("click", () => pressing.press(entry));
  for (const event of ["mouseenter", "focus"]) button.addEventListener(event, () => pressing.point(entry));
  for (const event of ["mouseleave", "blur"]) button.addEventListener(event, () => pressing.point(null));
  return [button];
}

const note = (/** @type {string} */ text) => element("li", { class: "mapview-note", text: say(text) });

/** Whether it is a kind that we have a word for. @param {LegendEntry} entry */
const isOurs = ({ form, kind = OTHER }) => form === "symbol" && kind < OTHER;

/** Collapsible legend; a button, so that it works by keyboard. */
class Legend extends L.Control {
  /** @param {Pressing | null} [pressing] */
  constructor(pressing = null) {
    super({ position: "topright" });
    this._pressing = pressing;
    this._open = false;
    this._key = "";
    /** @type {Map<string, HTMLCanvasElement>} icons by theme and entry */
    this._icons = new Map();
    this._button = element("button", {
      type: "button", class: "mapview-legend-button", text: say("Legend") });
    this._button.addEventListener("click", () => this._toggle(!this._open));
    this.body = element("div", {
      class: "mapview-legend-body", tabindex: "0", role: "region", "aria-label": say("Legend") });
  }

  /** @param {L.Map} map */
  onAdd(map) {
    const node = element("div", { class: "mapview-legend" }, [this._button, this.body]);
    node.addEventListener("keydown", (event) => {
      event.stopPropagation(); // keys pressed here are not meant for the map
      if (event.key === "Escape" && this._open) {
        this._toggle(false);
        this._button.focus();
      }
    });
    this._toggle(map.getSize().x >= WIDE);
    return shield(node);
  }

  /** Close it where the map is no longer as wide as where it opens by itself. @param {L.Map} map */
  fold(map) {
    if (this._open && map.getSize().x < WIDE) this._toggle(false);
  }

  /** @param {boolean} open */
  _toggle(open) {
    this._open = open;
    this.body.hidden = !open;
    this._button.setAttribute("aria-expanded", String(open));
  }

  /** Pixels at the right that it covers while it is open, of a map of so many pixels. @param {number} width */
  coveredWidth(width) {
    const node = this.body.parentElement;
    return this._open && node && width >= WIDE ? node.offsetWidth : 0;
  }

  /** @param {Theme} theme @param {LegendEntry} entry */
  _iconOf(theme, entry) {
    const key = `${theme.theme} ${window.devicePixelRatio} ${JSON.stringify(entry)}`;
    const known = this._icons.get(key) ?? icon(theme, entry);
    this._icons.set(key, known);
    return known;
  }

  /**
   * Write the legend anew when something in it changed.
   * @param {Theme} theme @param {Present} present
   */
  update(theme, present) {
    const sections = sectionsOf(present);
    const pressed = sections.flatMap(([, entries]) => entries.map((one) => this._pressing?.isPressed(one)));
    const key = JSON.stringify([theme.theme, sections, pressed]);
    if (key === this._key) return;
    this._key = key;
    const { activeElement: focused } = document;
    const at = focused instanceof HTMLElement && this.body.contains(focused) ? focused.dataset.key : undefined;
    const nodes = sections.flatMap(([title, entries]) => [
      element("h2", { text: say(title) }),
      // Where nobody can show it again, what is off the map is named apart.
      element("ul", {}, [
        ...entries.filter((one) => this._pressing || !one.hidden).map((entry) => (
          line((one) => this._iconOf(theme, one), entry, this._pressing))),
        ...(entries.some(({ form }) => form === "hatch") ? [note(cartography.texts.hatched)] : []),
      ]),
    ]);
    const hidden = sections.flatMap(([, entries]) => entries).filter((one) => one.hidden).length;
    this._button.textContent = hidden ? say("Legend, {n} hidden", { n: hidden }) : say("Legend");
    const ofOurs = sections.findIndex(([, entries]) => entries.some(isOurs));
    if (ofOurs >= 0) nodes[2 * ofOurs + 1].append(note(cartography.texts.families));
    if (present.own?.types.length) nodes.at(1)?.append(note(cartography.texts.own));
    if (hidden && !this._pressing) nodes.at(-1)?.append(note(hiddenWords(present)));
    nodes.at(-1)?.append(note(cartography.texts.border_note), note(cartography.texts.attribution));
    this.body.replaceChildren(...nodes);
    const same = [...this.body.querySelectorAll("button")].find((one) => at && one.dataset.key === at);
    same?.focus({ preventScroll: true });
  }
}

/** The line of credits; long on wide maps, short on phones (the legend has it in full). */
class Credits extends L.Control {
  /** @param {Tiles | null} [tiles] */
  constructor(tiles) {
    super({ position: "bottomright" });
    this._tiles = tiles;
  }

  onAdd() {
    const { attribution, border_note: long, credits_short: short } = cartography.texts;
    const ground = this._tiles ? this._tiles.attribution : attribution;
    return element("div", { class: "mapview-credits" }, [
      element("span", { class: "mapview-wide", text: `${say(ground)} ${say(long)}` }),
      element("span", { class: "mapview-narrow", dir: "auto", text: this._tiles ? ground : say(short) }),
    ]);
  }
}

export { Credits, Legend, icon };
