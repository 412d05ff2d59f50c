// Owns the picture of what is seen: the map with filter in words, counts, legend, scale and credit.
import { cartography } from "../cartography.js";
import { byId } from "../dom.js";
import { hiddenWords, sectionsOf } from "../entries.js";
import { icon } from "../legend.js";
import { say } from "../tongue.js";
import { ALL, BOUNDS } from "./compare.js";
import { toText } from "./filter.js";
import { Lettering, sheet } from "./lettering.js";
import { picture } from "./printing.js";
import { fileName, savePicture } from "./saving.js";

const EDGE = 16;
const COLUMN_PX = 270;
const SHARP = 2;
const RULE_PX = 2;
const TABLE_PX = 720;
const CAMERA = "M2 5h3l1.2-1.8h3.6L11 5h3v8H2zM8 11.2a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8z";
const { width: ICON_WIDTH, height: ICON_HEIGHT } = cartography.icon_size;

/**
 * @import { LegendEntry, Present } from "../entries.js"
 * @import { IncidentMap } from "../layer.js"
 * @import { Theme } from "../symbols.js"
 * @import { Style } from "./lettering.js"
 * @import { Stage } from "./stage.js"
 */

/** A map as it is seen; of an online ground it has nothing, and shows ours. @param {IncidentMap} layer */
function mapOf(layer) {
  const { hidden } = layer.basemap;
  layer.basemap.hidden = false;
  try {
    return picture(layer, SHARP);
  } finally {
    layer.basemap.hidden = hidden;
  }
}

/** What the filter asks for, and what it finds. @param {IncidentMap} layer */
function wordsOf(layer) {
  const asked = [...byId("chips").querySelectorAll("li span")].map((one) => one.textContent).join(" · ");
  const found = [byId("count").textContent ?? "", layer.extent.outside.words, hiddenWords(layer.present())];
  return { asked, found: found.filter(Boolean).join(" ") };
}

/** What a page on disk is called; the app has no title of its own. */
const titleOf = () => (
  document.body.classList.contains("mp-app") ? "" : document.querySelector("h1")?.textContent ?? "");

/** The legend of what is on the map, in columns. @param {Lettering} letters @param {Present} present */
function legendBelow(letters, present) {
  const { theme } = letters;
  const columns = Math.max(1, Math.floor(letters.width / COLUMN_PX));
  for (const [title, entries] of sectionsOf(present)) {
    const shown = entries.filter(({ absent, hidden }) => !absent && !hidden);
    if (!shown.length) continue;
    letters.write(say(title), { size: 12, weight: 600, color: theme.colors.ink_muted, after: 2 });
    for (let i = 0; i < shown.length; i += columns) row(letters, theme, shown.slice(i, i + columns), columns);
    letters.y += 6;
  }
}

/**
 * Entries beside each other.
 * @param {Lettering} letters @param {Theme} theme @param {LegendEntry[]} entries @param {number} columns
 */
function row(letters, theme, entries, columns) {
  const width = letters.width / columns;
  const bottoms = entries.map((entry, i) => {
    const x = letters.x + i * width;
    letters.ctx.drawImage(icon(theme, entry), x, letters.y - 2, ICON_WIDTH, ICON_HEIGHT);
    const words = new Lettering(letters.ctx, theme, {
      x: x + ICON_WIDTH + 6, y: letters.y + ICON_HEIGHT / 2 - 10, width: width - ICON_WIDTH - 14 });
    words.write(entry.words, { size: 12, after: 0 });
    return Math.max(words.y, letters.y + ICON_HEIGHT);
  });
  letters.y = Math.max(...bottoms);
}

/** Whom the ground is from, and of which data all is. @param {Lettering} letters @param {string} version */
function credit(letters, version) {
  const { attribution, border_note: note } = cartography.texts;
  letters.rule();
  const words = `${say(attribution)} ${say(note)} ${say("Data version {version}", { version })}.`;
  letters.write(words, { size: 11, color: letters.theme.colors.ink_muted });
}

/** @param {Stage} stage */
function stagePicture({ layer, answers }) {
  const { theme } = layer;
  const { x: width, y: height } = layer.map.getSize();
  const map = mapOf(layer);
  const { asked, found } = wordsOf(layer);
  return sheet(width, theme, (ctx) => {
    const letters = new Lettering(ctx, theme, { x: EDGE, y: EDGE - 4, width: width - 2 * EDGE });
    letters.write(titleOf(), { size: 18, weight: 650 });
    letters.write(asked, { size: 15, weight: 600 });
    letters.write(found, { size: 12, color: theme.colors.ink_muted, after: 8 });
    ctx.drawImage(map, 0, letters.y, width, height);
    letters.y += height + 10;
    legendBelow(letters, layer.present());
    credit(letters, answers.known.version);
    return letters.y + EDGE / 2;
  });
}

/** What is on one of two maps, for one legend. @param {Present} one @param {Present} other @returns {Present} */
const onEither = (one, other) => ({
  ...one, kinds: new Set([...one.kinds, ...other.kinds]), areas: [...one.areas, ...other.areas],
  bounds: one.bounds || other.bounds, assumed: one.assumed || other.assumed,
  disputed: one.disputed || other.disputed });

/**
 * Both maps of a comparison, as they stand on the screen, with what is told of both.
 * @param {Stage} stage @param {IncidentMap} beside @param {string[][]} rows as `Beside.told` has them
 */
function pairPicture({ layer, answers, beside: { words } }, beside, rows) {
  const { theme } = layer;
  const layers = [layer, beside];
  const [one, other] = layers.map(({ map }) => map.getContainer().getBoundingClientRect());
  const isBelow = other.top > one.top;
  const width = isBelow ? one.width : one.width + other.width + RULE_PX;
  const maps = layers.map(mapOf);
  const present = onEither(layer.present(), beside.present());
  return sheet(width, theme, (ctx) => {
    const muted = { size: 12, color: theme.colors.ink_muted };
    const letters = new Lettering(ctx, theme, { x: EDGE, y: EDGE - 4, width: width - 2 * EDGE });
    letters.write(titleOf(), { size: 18, weight: 650 });
    const heads = layers.map(({ extent }, i) => {
      const [x, map] = [isBelow || i === 0 ? 0 : one.width + RULE_PX, [one, other][i]];
      return { x, map, outside: extent.outside.words, letters: new Lettering(ctx, theme, {
        x: x + EDGE, y: letters.y, width: map.width - 2 * EDGE }) };
    });
    /** @param {typeof heads[0]} head @param {number} i */
    const name = ({ letters: above, outside }, i) => {
      above.write(`${"AB"[i]}: ${words[i]}`, { size: 15, weight: 600 });
      above.write(outside, { ...muted, after: 8 });
    };
    if (isBelow) {
      heads.forEach((head, i) => {
        head.letters.y = letters.y;
        name(head, i);
        ctx.drawImage(maps[i], 0, head.letters.y, head.map.width, head.map.height);
        letters.y = head.letters.y + head.map.height + 10;
      });
    } else {
      heads.forEach(name);
      const top = Math.max(...heads.map((head) => head.letters.y));
      heads.forEach(({ x, map }, i) => ctx.drawImage(maps[i], x, top, map.width, map.height));
      letters.y = top + Math.max(one.height, other.height) + 10;
    }
    rows.forEach((cells, i) => cellsBelow(letters, cells, i ? { size: 12 } : { ...muted, weight: 600 }));
    letters.write([say(BOUNDS), hiddenWords(present)].filter(Boolean).join(" "), { ...muted, after: 10 });
    legendBelow(letters, present);
    credit(letters, answers.known.version);
    return letters.y + EDGE / 2;
  });
}

/**
 * A line of a table: its name, and three cells.
 * @param {Lettering} letters @param {string[]} cells @param {Style} style
 */
function cellsBelow(letters, cells, style) {
  const width = Math.min(letters.width, TABLE_PX) / (cells.length + 1);
  const bottoms = cells.map((text, i) => {
    const x = letters.x + (i ? (i + 1) * width : 0);
    const cell = new Lettering(letters.ctx, letters.theme, { x, y: letters.y, width: (i ? 1 : 2) * width - 8 });
    cell.write(text, { ...style, after: 2 });
    return cell.y;
  });
  letters.y = Math.max(...bottoms);
}

/** Save a picture of what is seen: of one map, or of two that are compared. @param {Stage} stage */
async function saveView(stage) {
  const { state, answers, beside } = stage;
  const { version } = answers.known;
  const asked = () => JSON.stringify([state.text, beside.other && toText(beside.other)]);
  let before = asked();
  let rows = await beside.told();
  // Whoever changes a filter meanwhile gets the figures of what stands there now.
  while (before !== asked()) {
    before = asked();
    rows = await beside.told();
  }
  const { twin: { layer }, other } = beside;
  if (layer && other) {
    const both = `${state.text || ALL} against ${toText(other) || ALL}`;
    savePicture(pairPicture(stage, layer, rows), fileName("comparison", both, version, "png"));
  } else savePicture(stagePicture(stage), fileName("map", state.text, version, "png"));
}

/** A button on the map that saves its picture. @param {Stage} stage */
function offerPicture(stage) {
  stage.layer.extent.bar.add(say("Save a picture of the map (PNG)"), CAMERA, () => saveView(stage));
}

export { offerPicture, saveView };
