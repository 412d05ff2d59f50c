// Owns place names: which are shown at a zoom, where they stand, what they must not touch.
import { FONT } from "./dom.js";
import { lonToUnit, latToUnit } from "./geometry.js";

/** Boxes on the screen, in a grid so that a thousand labels do not test each other. */
class Occupied {
  constructor(cell = 64) {
    this.cell = cell;
    this.grid = new Map();
  }

  *cells([x0, y0, x1, y1]) {
    for (let i = Math.floor(x0 / this.cell); i <= Math.floor(x1 / this.cell); i += 1) {
      for (let j = Math.floor(y0 / this.cell); j <= Math.floor(y1 / this.cell); j += 1) {
        yield `${i},${j}`;
      }
    }
  }

  add(box) {
    for (const key of this.cells(box)) {
      if (!this.grid.has(key)) this.grid.set(key, []);
      this.grid.get(key).push(box);
    }
  }

  hits(box) {
    for (const key of this.cells(box)) {
      for (const other of this.grid.get(key) || []) {
        const apart = box[0] >= other[2] || box[2] <= other[0] || box[1] >= other[3] || box[3] <= other[1];
        if (!apart) return true;
      }
    }
    return false;
  }
}

const widths = new Map();

function widthOf(ctx, text, font, spacing) {
  const key = `${font}|${text}`;
  if (!widths.has(key)) {
    ctx.font = font;
    if (widths.size > 5000) widths.clear();
    widths.set(key, ctx.measureText(text).width + spacing * text.length);
  }
  return widths.get(key);
}

/** Font of a label by its rank: hierarchy comes from size and weight, not from colour. */
function fontOf(label, zoom) {
  if (label.kind === "country") {
    const size = Math.min(14, Math.max(9.5, 10.5 - label.rank * 0.5 + (zoom - 2 - label.rank) * 0.8));
    return { size, font: `500 ${size}px ${FONT}`, spacing: size * 0.14 };
  }
  const size = zoom <= 3 ? 10.5 : label.rank <= 1 ? 12 : label.rank <= 3 ? 11.5 : 11;
  return { size, font: `${label.rank === 0 && zoom > 3 ? 600 : 400} ${size}px ${FONT}`, spacing: 0 };
}

/**
 * Places to try for a label beside its dot, the best first. Only where a symbol covers the
 * dot may the label stand farther off: the symbol then marks the town.
 */
function candidates(x, y, width, height, covered) {
  const out = [];
  for (const gap of covered ? [14, 19, 25, 33] : [5]) {
    out.push([x + gap, y - height / 2], [x - gap - width, y - height / 2],
      [x - width / 2, y - gap - height], [x - width / 2, y + gap],
      [x + gap * 0.8, y - gap * 0.6 - height], [x + gap * 0.8, y + gap * 0.6]);
  }
  return out;
}

function centred(x, y, width, height) {
  const left = x - width / 2;
  const top = y - height / 2;
  return [0, -1, 1, -2, 2].map((lines) => [left, top + lines * height]);
}

/** Add units and order to the labels once, after loading. */
function prepare(labels) {
  return labels
    .map((label) => ({ ...label, x: lonToUnit(label.lon), y: latToUnit(label.lat) }))
    .sort((a, b) => a.rank - b.rank);
}

/**
 * Labels that a zoom may show, the most important first. On small scales countries go
 * first; later towns do, since a country's name can stand anywhere inside it.
 */
function inOrder(labels, zoom) {
  const isLate = ({ kind }) => (kind === "country") === (zoom >= 4);
  const order = ({ rank, ...label }) => Math.max(0, rank - 1) * 2 + Number(isLate(label));
  return labels
    .filter((label) => label.rank + 2 <= zoom && !(label.kind === "country" && zoom > 7))
    .sort((a, b) => order(a) - order(b));
}

/**
 * Choose labels that fit.
 * @param {object[]} labels prepared
 * @param {object} view what the canvas shows
 * @param {Occupied} occupied boxes already taken; grows
 * @param {Occupied} symbols boxes of the incidents' symbols alone
 * @returns {object[]} placed labels with their boxes
 */
function place(ctx, labels, view, occupied, symbols) {
  const placed = [];
  for (const label of labels) {
    for (const copy of view.copies) {
      const x = (label.x + copy) * view.scale - view.left;
      const y = label.y * view.scale - view.top;
      if (x < -60 || y < -20 || x > view.width + 60 || y > view.height + 20) continue;
      const found = placeOne(ctx, label, [x, y], view.zoom, occupied, symbols);
      if (found) placed.push(found);
    }
  }
  return placed;
}

/** Whether a town's name may be written: its dot is free, or under a symbol that marks the town. */
function mayBeNamed(label, covered, at, zoom, occupied) {
  return covered ? label.rank <= 2 || zoom >= 8 : !occupied.hits(at);
}

/** Take room for one label at its place on the screen, if there is any. */
function placeOne(ctx, label, [x, y], zoom, occupied, symbols) {
  const isCountry = label.kind === "country";
  const { size, font, spacing } = fontOf(label, zoom);
  const text = isCountry ? label.name.toUpperCase() : label.name;
  const width = widthOf(ctx, text, font, spacing);
  const height = size * 1.2;
  const at = [x - 1, y - 1, x + 1, y + 1];
  const covered = !isCountry && symbols.hits(at);
  if (!isCountry && !mayBeNamed(label, covered, at, zoom, occupied)) return null;
  const spots = isCountry ? centred(x, y, width, height) : candidates(x, y, width, height, covered);
  const air = zoom <= 3 ? 7 : zoom <= 5 ? 4 : 2; // fewer names on small scales
  const room = ([left, top]) => [left - air, top - air / 2, left + width + air, top + height + air / 2];
  const spot = spots.find((one) => !occupied.hits(room(one)));
  if (!spot) return null;
  occupied.add(room(spot));
  if (!isCountry) occupied.add([x - 3, y - 3, x + 3, y + 3]);
  const dot = isCountry || covered ? null : [x, y];
  return { text, font, spacing, isCountry, rank: label.rank, dot, at: [spot[0], spot[1] + height / 2] };
}

/** Paint text with a halo in the ground's colour. */
function paintText(ctx, text, [x, y], font, color, halo, spacing = 0) {
  ctx.font = font;
  ctx.letterSpacing = `${spacing}px`;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3;
  ctx.strokeStyle = halo;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = color;
  ctx.fillText(text, x, y);
  ctx.letterSpacing = "0px";
}

/** Paint placed labels. */
function paint(ctx, theme, placed) {
  const { colors } = theme;
  for (const label of placed) {
    if (!label.dot) continue;
    ctx.beginPath();
    ctx.arc(label.dot[0], label.dot[1], label.rank === 0 ? 2.3 : 1.8, 0, 2 * Math.PI);
    ctx.fillStyle = colors.city_dot;
    ctx.strokeStyle = colors.label_halo;
    ctx.lineWidth = 1.5;
    ctx.stroke();
    ctx.fill();
  }
  for (const { text, at, font, spacing, isCountry } of placed) {
    const color = isCountry ? colors.country_label : colors.city_label;
    paintText(ctx, text, at, font, color, colors.label_halo, spacing);
  }
}

export { Occupied, prepare, inOrder, place, paint, paintText, widthOf };
