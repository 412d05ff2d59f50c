// Owns showing the legend, the credits and the border note; their words are the cartography's.
import { cartography } from "./cartography.js";
import { element, clip, sharpCanvas } from "./dom.js";
import { sectionsOf } from "./entries.js";
import { replay } from "./icons.js";
import { shield } from "./panel.js";

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

/** @param {Theme} theme @param {LegendEntry} entry @param {Pressing | null} pressing */
function line(theme, entry, pressing) {
  const words = element("bdi", { text: clip(entry.words, 140) });
  const parts = [icon(theme, entry), words];
  if (!pressing?.canPress(entry)) return element("li", entry.absent ? { class: "mapview-absent" } : {}, parts);
  const button = element("button", {
    type: "button", "aria-pressed": String(pressing.isPressed(entry)),
    title: pressing.isPressed(entry) ? "Take it out of the filter" : "Show only this" }, parts);
  button.addEventListener("click", () => pressing.press(entry));
  for (const event of ["mouseenter", "focus"]) button.addEventListener(event, () => pressing.point(entry));
  for (const event of ["mouseleave", "blur"]) button.addEventListener(event, () => pressing.point(null));
  return element("li", entry.absent ? { class: "mapview-absent" } : {}, [button]);
}

const note = (/** @type {string} */ text) => element("li", { class: "mapview-note", text });

/** Collapsible legend; a button, so that it works by keyboard. */
class Legend extends L.Control {
  /** @param {Pressing | null} [pressing] */
  constructor(pressing = null) {
    super({ position: "topright" });
    this._pressing = pressing;
    this._open = false;
    this._key = "";
    this._button = element("button", {
      type: "button", class: "mapview-legend-button", text: "Legend" });
    this._button.addEventListener("click", () => this._toggle(!this._open));
    this.body = element("div", {
      class: "mapview-legend-body", tabindex: "0", role: "region", "aria-label": "Legend" });
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
    const at = [...this.body.querySelectorAll("button")].indexOf(/** @type {any} */ (document.activeElement));
    const nodes = sections.flatMap(([title, entries]) => [
      element("h2", { text: title }),
      element("ul", {}, entries.map((entry) => line(theme, entry, this._pressing))),
    ]);
    nodes.at(-1)?.append(note(cartography.texts.border_note), note(cartography.texts.attribution));
    this.body.replaceChildren(...nodes);
    if (at >= 0) this.body.querySelectorAll("button")[at]?.focus({ preventScroll: true });
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
      element("span", { class: "mapview-wide", text: `${ground} ${long}` }),
      element("span", { class: "mapview-narrow", text: this._tiles ? ground : short }),
    ]);
  }
}

export { Credits, Legend, icon };
