// Owns the legend, the credits and the border note, all worded from the style.
import { drawLeastRing, hatchOf, paintHatched } from "./areas.js";
import { cartography } from "./cartography.js";
import { element, clip, sharpCanvas } from "./dom.js";
import { shield } from "./panel.js";
import * as symbols from "./symbols.js";

const WIDE = 1000;

const entry = (icon, text, absent = false) => element("li", absent ? { class: "mapview-absent" } : {}, [
  icon, element("bdi", { text: clip(text, 140) })]);

const section = (title, items) => [element("h3", { text: title }), element("ul", {}, items)];

const icon = (paint) => sharpCanvas(34, 28, paint);

/** A symbol of the first kind, as a stand-in for any. */
const SAMPLE = { x: 16, y: 14, kind: 1, status: 0, area: false };

const sample = (theme, symbol) => icon((ctx) => symbols.drawSymbol(ctx, theme, { ...SAMPLE, ...symbol }));

function hatchIcon(theme, index, faded) {
  const hatch = hatchOf({ hatch: index }, theme);
  return icon((ctx) => {
    const trace = () => ctx.roundRect(3, 4, 28, 20, 3);
    const how = { hatch, faded, wide: false };
    paintHatched(ctx, how, trace, { x: 0, y: 0 });
  });
}

/** A corner of an area too wide to be hatched all over. */
function edgeIcon(theme, index) {
  const hatch = hatchOf({ hatch: index }, theme);
  return icon((ctx) => {
    const trace = () => ctx.roundRect(3, 4, 60, 60, 3);
    paintHatched(ctx, { hatch, faded: false, wide: true }, trace, { x: 0, y: 0 });
  });
}

function ringIcon(theme) {
  return icon((ctx) => {
    drawLeastRing(ctx, theme, 16, 14, 12.5);
    symbols.drawSymbol(ctx, theme, SAMPLE);
  });
}

function provinceIcon(theme) {
  return icon((ctx) => {
    ctx.fillStyle = theme.colors.tint;
    ctx.globalAlpha = 0.25;
    ctx.fillRect(1, 2, 31, 24);
    ctx.globalAlpha = 1;
    ctx.strokeStyle = theme.colors.ring;
    ctx.setLineDash([4, 3]);
    ctx.strokeRect(1, 2, 31, 24);
    ctx.setLineDash([]);
    symbols.drawSymbol(ctx, theme, { ...SAMPLE, area: true });
  });
}

const discIcon = (theme, area) => icon((ctx) => symbols.drawDisc(ctx, theme, {
  x: 16, y: 14, r: area ? 10 : 12.5, n: 7, kinds: [3, 2, 0, 2], area }));

function borderIcon(theme) {
  return icon((ctx) => {
    ctx.strokeStyle = theme.colors.disputed;
    ctx.lineWidth = 1.6;
    ctx.setLineDash([4, 3]);
    ctx.beginPath();
    ctx.moveTo(2, 20);
    ctx.bezierCurveTo(12, 4, 20, 26, 32, 8);
    ctx.stroke();
  });
}

function kindSection(theme, present) {
  return section("Incidents", theme.kinds.map((kind, i) => (
    entry(sample(theme, { kind: i }), kind.label, !present.kinds.has(i)))));
}

function certaintySection(theme) {
  const [, foiled, disputed] = theme.statuses;
  return section("How sure, how exact", [
    entry(sample(theme, { status: 1 }), `Hollow: ${foiled.label.toLowerCase()}`),
    entry(sample(theme, { status: 2 }), `Hollow with “${disputed.mark}”: ${disputed.label.toLowerCase()}`),
    entry(ringIcon(theme), "Ring: somewhere inside it; to scale, but not below the symbol’s size"),
    entry(provinceIcon(theme), "Shaded: known only to the province; the small symbol is no place"),
    entry(discIcon(theme, false), "Several incidents; the rim shows their kinds"),
    entry(discIcon(theme, true), "Several, none of them at a known place"),
  ]);
}

/** Groups with base areas on the map, each with its pattern. */
function areaSection(theme, areas) {
  const groups = new Map();
  for (const area of areas) if (!groups.has(area.group)) groups.set(area.group, area);
  const named = [...groups.values()].map((area) => (
    entry(hatchIcon(theme, area.hatch, false), area.group_name)));
  if (!named.length) {
    named.push(entry(hatchIcon(theme, 0, false), "Where a group was based, a pattern each", true));
  }
  const first = groups.size ? [...groups.values()][0].hatch : 0;
  return section("Base areas of groups", [
    ...named,
    entry(edgeIcon(theme, first), "Wide areas are hatched along their edge only"),
    entry(hatchIcon(theme, first, true), "Pale and dotted: after the last source for it"),
  ]);
}

/** Collapsible legend; a button, so that it works by keyboard. */
const Legend = L.Control.extend({
  options: { position: "topright" },

  onAdd(map) {
    this._open = map.getSize().x >= WIDE;
    this._button = element("button", {
      type: "button", class: "mapview-legend-button", text: "Legend" });
    this._button.addEventListener("click", () => this._toggle(!this._open));
    this._body = element("div", {
      class: "mapview-legend-body", tabindex: "0", role: "region", "aria-label": "Legend" });
    const node = element("div", { class: "mapview-legend" }, [this._button, this._body]);
    node.addEventListener("keydown", (event) => {
      event.stopPropagation(); // keys pressed here are not meant for the map
      if (event.key === "Escape" && this._open) {
        this._toggle(false);
        this._button.focus();
      }
    });
    this._toggle(this._open);
    return shield(node);
  },

  _toggle(open) {
    this._open = open;
    this._body.hidden = !open;
    this._button.setAttribute("aria-expanded", String(open));
  },

  /**
   * Write the legend anew when something in it changed.
   * @param {object} theme
   * @param {{kinds: Set<number>, areas: object[]}} present what the filter has on the map
   */
  update(theme, present) {
    const groups = present.areas.map((area) => `${area.group}:${area.hatch}`);
    const key = JSON.stringify([theme.theme, [...present.kinds].sort(), [...new Set(groups)]]);
    if (key === this._key) return;
    this._key = key;
    const notes = [
      entry(borderIcon(theme), "Disputed border"),
      element("li", { class: "mapview-note", text: theme.texts.border_note }),
      element("li", { class: "mapview-note", text: theme.texts.attribution }),
    ];
    this._body.replaceChildren(
      ...kindSection(theme, present), ...certaintySection(theme),
      ...areaSection(theme, present.areas), ...section("Ground", notes),
    );
  },
});

/** The line of credits; long on wide maps, short on phones (the legend has it in full). */
const Credits = L.Control.extend({
  options: { position: "bottomright" },

  initialize(tiles) {
    this._tiles = tiles;
  },

  onAdd() {
    const { attribution, border_note: long, credits_short: short } = cartography.texts;
    const ground = this._tiles ? String(this._tiles.attribution || "") : attribution;
    return element("div", { class: "mapview-credits" }, [
      element("span", { class: "mapview-wide", text: `${ground} ${long}` }),
      element("span", { class: "mapview-narrow", text: this._tiles ? ground : short }),
    ]);
  },
});

export { Legend, Credits };
