// Owns place names: which are shown at a zoom, where they stand, what they must not touch.
import { keptSpotsOf } from "./country_names.js";
import { FONT, unplacedWords } from "./dom.js";
import { lonToUnit, latToUnit } from "./geometry.js";
import { Pen, transformOf, writePassing, writeText } from "./sprites.js";
import { countryName, isFromRight, placeName } from "./tongue.js";

/**
 * @import { Lands } from "./country_names.js"
 * @import { Unplaced } from "./feed.js"
 * @import { Box, View } from "./geometry.js"
 * @import { Theme } from "./symbols.js"
 * @typedef {{
 *   name: string, kind: string, rank: number, lon: number, lat: number, country: string,
 * }} Place
 * @typedef {Place & { x: number, y: number, text: string, below?: string }} Label a place with its position in
 *   units, and its name as it is written; `below` stands under the name of a country
 * @typedef {NonNullable<ReturnType<typeof placeOne>>} PlacedLabel
 * @typedef {CanvasRenderingContext2D} Ctx
 */

/** What stands under the name of a country. */
const BELOW_FONT = `600 11px ${FONT}`;
const BELOW_PX = 14;

/** Boxes on the screen, in a grid so that a thousand labels do not test each other. */
class Occupied {
  constructor(cell = 64) {
    this.cell = cell;
    /** @type {Map<number, Box[]>} */
    this.grid = new Map();
  }

  /** The cell in a row and a column; canvases have far fewer. @param {number} i @param {number} j */
  static keyOf(i, j) {
    return i * 65536 + j;
  }

  /** @param {Box} box */
  add(box) {
    const { cell, grid } = this;
    const [i1, j0, j1] = [Math.floor(box[2] / cell), Math.floor(box[1] / cell), Math.floor(box[3] / cell)];
    for (let i = Math.floor(box[0] / cell); i <= i1; i += 1) {
      for (let j = j0; j <= j1; j += 1) {
        const here = grid.get(Occupied.keyOf(i, j));
        if (here) here.push(box);
        else grid.set(Occupied.keyOf(i, j), [box]);
      }
    }
  }

  /** @param {Box} box */
  hits(box) {
    const { cell, grid } = this;
    const [i1, j0, j1] = [Math.floor(box[2] / cell), Math.floor(box[1] / cell), Math.floor(box[3] / cell)];
    for (let i = Math.floor(box[0] / cell); i <= i1; i += 1) {
      for (let j = j0; j <= j1; j += 1) {
        const here = grid.get(Occupied.keyOf(i, j));
        if (here?.some((other) => (
          box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]))) return true;
      }
    }
    return false;
  }
}

/** @type {Map<string, Map<string, number>>} by font, then by text: a key made of both takes long to find */
const widths = new Map();

/** @param {Ctx} ctx @param {string} text @param {string} font @param {number} spacing */
function widthOf(ctx, text, font, spacing) {
  let ofFont = widths.get(font);
  if (!ofFont) widths.set(font, (ofFont = new Map()));
  const known = ofFont.get(text);
  if (known !== undefined) return known;
  ctx.font = font;
  const width = ctx.measureText(text).width + spacing * text.length;
  if (ofFont.size > 2000) ofFont.clear();
  ofFont.set(text, width);
  return width;
}

/**
 * Width of a count with its words, whose figures are others in each frame of a drag.
 * @param {Ctx} ctx @param {string} text @param {string} font
 */
const widthOfCount = (ctx, text, font) => (text.match(/\d|\D+/g) ?? [])
  .reduce((sum, part) => sum + widthOf(ctx, part, font, 0), 0);

/**
 * @typedef {{ size: number, font: string, spacing: number }} Lettering
 * @type {Map<number, Lettering>} by kind, rank and zoom, since a text that is put together takes long to find
 */
const fonts = new Map();

/** Font of a label. @param {Label} label @param {number} zoom */
function fontOf(label, zoom) {
  const key = ((zoom * 64 + label.rank) * 2 + Number(label.kind === "country")) * 2 + Number(Boolean(label.below));
  let font = fonts.get(key);
  if (!font) fonts.set(key, (font = makeFont(label, zoom)));
  return font;
}

/**
 * By its rank: hierarchy comes from size and weight, not from colour.
 * @param {Label} label @param {number} zoom @returns {Lettering}
 */
function makeFont(label, zoom) {
  if (label.kind === "country") {
    const size = Math.min(14, Math.max(9.5, 10.5 - label.rank * 0.5 + (zoom - 2 - label.rank) * 0.8));
    // With a count it must find room among symbols.
    const apart = isFromRight() ? 0 : 1; // letters that are joined cannot be set apart
    if (label.below && zoom < 6) return { size: 10, font: `500 10px ${FONT}`, spacing: 0.5 * apart };
    return { size, font: `500 ${size}px ${FONT}`, spacing: size * 0.14 * apart };
  }
  const size = zoom <= 3 ? 10.5 : label.rank <= 1 ? 12 : label.rank <= 3 ? 11.5 : 11;
  return { size, font: `${label.rank === 0 && zoom > 3 ? 600 : 400} ${size}px ${FONT}`, spacing: 0 };
}

/**
 * Places to try for a label beside its dot, the best first. Only where a symbol covers the
 * dot may the label stand farther off: the symbol then marks the town.
 * @param {number} x @param {number} y @param {number} width @param {number} height
 * @param {boolean} covered
 */
function candidates(x, y, width, height, covered) {
  /** @type {[number, number][]} */
  const out = [];
  for (const gap of covered ? [14, 19, 25, 33] : [5]) {
    out.push([x + gap, y - height / 2], [x - gap - width, y - height / 2],
      [x - width / 2, y - gap - height], [x - width / 2, y + gap],
      [x + gap * 0.8, y - gap * 0.6 - height], [x + gap * 0.8, y + gap * 0.6]);
  }
  return out;
}

/** Add units and order to the labels once, after loading. @param {Place[]} labels @returns {Label[]} */
function prepare(labels) {
  return labels
    .map((label) => ({
      ...label, x: lonToUnit(label.lon), y: latToUnit(label.lat),
      text: label.kind === "country" ? countryName(label.country, label.name).toUpperCase()
        : placeName(label.name, label.country) }))
    .sort((a, b) => a.rank - b.rank);
}

/** @type {WeakMap<Label[], Label[]>} those of countries, which are a tenth of all */
const countries = new WeakMap();

/**
 * Names of the countries that hold events which are not on the map, with how many. It stands at the
 * name of the country and nowhere else: a mark would look like a place.
 * @param {Label[]} labels @param {Unplaced} unplaced @returns {Label[]}
 */
function withUnplaced(labels, unplaced) {
  let found = countries.get(labels);
  if (!found) countries.set(labels, (found = labels.filter(({ kind }) => kind === "country")));
  return found.flatMap((label) => {
    const counts = unplaced[label.country];
    return counts ? [{ ...label, below: unplacedWords(counts) }] : [];
  });
}

/**
 * Labels that a zoom may show, the most important first. On small scales countries go
 * first; later towns do, since a country's name can stand anywhere inside it.
 * @param {Label[]} labels @param {number} zoom
 */
function inOrder(labels, zoom) {
  const isLate = (/** @type {Label} */ { kind }) => (kind === "country") === (zoom >= 4);
  const order = (/** @type {Label} */ label) => Math.max(0, label.rank - 1) * 2 + Number(isLate(label));
  return labels
    .filter((label) => label.rank + 2 <= zoom && !(label.kind === "country" && zoom > 7))
    .sort((a, b) => order(a) - order(b));
}

/**
 * Choose labels that fit.
 * @param {Ctx} ctx
 * @param {Label[]} labels prepared
 * @param {View} view
 * @param {Occupied} occupied boxes already taken; grows
 * @param {Occupied} symbols boxes of the incidents' symbols alone
 * @param {Lands} lands outlines of countries, in which their names stand
 */
function place(ctx, labels, view, occupied, symbols, lands) {
  const placed = [];
  for (const label of labels) {
    for (const copy of view.copies) {
      const x = (label.x + copy) * view.scale - view.left;
      const y = label.y * view.scale - view.top;
      const isFar = x < -60 || y < -20 || x > view.width + 60 || y > view.height + 20;
      if (isFar && label.kind !== "country") continue;
      const inCountry = (/** @type {number} */ width, /** @type {number} */ height) => (
        keptSpotsOf(label.country, lands, view, copy, { x, y, width, height, insists: Boolean(label.below) }));
      const found = placeOne(ctx, label, [x, y], view.zoom, occupied, symbols, inCountry);
      if (found) placed.push(found);
    }
  }
  return placed;
}

/**
 * Whether a town's name may be written: its dot is free, or under a symbol that marks the town. On
 * small scales a name beside a symbol would stand in another country.
 * @param {Label} label @param {boolean} covered @param {Box} at @param {number} zoom
 * @param {Occupied} occupied
 */
function mayBeNamed(label, covered, at, zoom, occupied) {
  return covered ? (label.rank <= 2 && zoom >= 4) || zoom >= 8 : !occupied.hits(at);
}

/** @template T @param {Iterable<T>} some @param {(one: T) => boolean} isFree */
function firstFree(some, isFree) {
  for (const one of some) if (isFree(one)) return one;
  return null;
}

/**
 * Size of a name with what stands under it.
 * @param {Ctx} ctx @param {Label} label @param {number} own @param {number} line
 */
function withBelow(ctx, { below }, own, line) {
  if (!below) return { under: 0, width: own, height: line };
  const under = widthOfCount(ctx, below, BELOW_FONT);
  return { under, width: Math.max(own, under), height: line + BELOW_PX };
}

/**
 * Take room for one label at its place on the screen, if there is any.
 * @param {Ctx} ctx @param {Label} label @param {[number, number]} at @param {number} zoom
 * @param {Occupied} occupied @param {Occupied} symbols
 * @param {(width: number, height: number) => Iterable<[number, number]>} inCountry places for the name of a
 *   country
 */
function placeOne(ctx, label, [x, y], zoom, occupied, symbols, inCountry) {
  const isCountry = label.kind === "country";
  const { text } = label;
  const { size, font, spacing } = fontOf(label, zoom);
  const own = widthOf(ctx, text, font, spacing);
  const line = size * 1.2;
  const { under, width, height } = withBelow(ctx, label, own, line);
  /** @type {Box} */
  const middle = [x - 1, y - 1, x + 1, y + 1];
  const covered = !isCountry && symbols.hits(middle);
  if (!isCountry && !mayBeNamed(label, covered, middle, zoom, occupied)) return null;
  const spots = isCountry ? inCountry(width, height) : candidates(x, y, width, height, covered);
  const air = label.below ? 1 : zoom <= 3 ? 7 : zoom <= 5 ? 4 : 2; // fewer names on small scales
  /** @type {(spot: [number, number]) => Box} */
  const room = ([left, top]) => [left - air, top - air / 2, left + width + air, top + height + air / 2];
  const spot = firstFree(spots, (one) => !occupied.hits(room(one)));
  if (!spot) return null;
  occupied.add(room(spot));
  if (!isCountry) occupied.add([x - 3, y - 3, x + 3, y + 3]);
  const dot = isCountry || covered ? null : [x, y];
  const below = { text: label.below ?? "", at: [spot[0] + (width - under) / 2, spot[1] + line + BELOW_PX / 2] };
  const at = [spot[0] + (width - own) / 2, spot[1] + line / 2];
  return { text, font, spacing, isCountry, rank: label.rank, dot, at, below };
}

/** Paint placed labels. @param {Ctx} ctx @param {Theme} theme @param {PlacedLabel[]} placed */
function paint(ctx, theme, placed) {
  const { colors } = theme;
  const seenAs = transformOf(ctx);
  for (const { dot, rank } of placed) {
    if (!dot) continue;
    const r = rank === 0 ? 2.3 : 1.8;
    new Pen(ctx, theme, dot[0], dot[1], seenAs).stamp(`town ${r}`, r + 1, (to) => {
      to.beginPath();
      to.arc(0, 0, r, 0, 2 * Math.PI);
      to.fillStyle = colors.city_dot;
      to.strokeStyle = colors.label_halo;
      to.lineWidth = 1.5;
      to.stroke();
      to.fill();
    });
  }
  for (const { text, at, font, spacing, isCountry, below } of placed) {
    const color = isCountry ? colors.country_label : colors.city_label;
    const halo = colors.label_halo;
    writeText(ctx, at[0], at[1], { text, font, color, halo, spacing }, seenAs);
    if (!below.text) continue;
    writePassing(ctx, below.at[0], below.at[1], {
      text: below.text, font: BELOW_FONT, color: colors.city_label, halo }, seenAs);
  }
}

export { Occupied, prepare, withUnplaced, inOrder, place, paint, widthOf };
