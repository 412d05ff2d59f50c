// Owns the picture of what is seen: the map with filter in words, counts, legend, scale and credit.
import { cartography } from "../cartography.js";
import { byId } from "../dom.js";
import { hiddenWords, sectionsOf } from "../entries.js";
import { icon } from "../legend.js";
import { Lettering, sheet } from "./lettering.js";
import { picture } from "./printing.js";
import { fileName, savePicture } from "./saving.js";

const EDGE = 16;
const COLUMN_PX = 270;
const SHARP = 2;
const CAMERA = "M2 5h3l1.2-1.8h3.6L11 5h3v8H2zM8 11.2a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8z";
const { width: ICON_WIDTH, height: ICON_HEIGHT } = cartography.icon_size;

/**
 * @import { LegendEntry } from "../entries.js"
 * @import { IncidentMap } from "../layer.js"
 * @import { Theme } from "../symbols.js"
 * @import { Stage } from "./stage.js"
 */

/** The map as it is seen; of an online ground it has nothing, and shows ours. @param {Stage} stage */
function mapOf({ layer }) {
  const { hidden } = layer.basemap;
  layer.basemap.hidden = false;
  try {
    return picture(layer, SHARP);
  } finally {
    layer.basemap.hidden = hidden;
  }
}

/** What the filter asks for, and what it finds. @param {Stage} stage */
function wordsOf({ layer }) {
  const asked = [...byId("chips").querySelectorAll("li span")].map((one) => one.textContent).join(" · ");
  const found = [byId("count").textContent ?? "", layer.extent.outside.words, hiddenWords(layer.present())];
  return { asked, found: found.filter(Boolean).join(" ") };
}

/** The legend of what is on the map, in columns. @param {Lettering} letters @param {IncidentMap} layer */
function legendBelow(letters, layer) {
  const { theme } = layer;
  const columns = Math.max(1, Math.floor(letters.width / COLUMN_PX));
  for (const [title, entries] of sectionsOf(layer.present())) {
    const shown = entries.filter(({ absent, hidden }) => !absent && !hidden);
    if (!shown.length) continue;
    letters.write(title, { size: 12, weight: 600, color: theme.colors.ink_muted, after: 2 });
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

/** @param {Stage} stage */
function stagePicture(stage) {
  const { layer, answers } = stage;
  const { theme } = layer;
  const { x: width, y: height } = layer.map.getSize();
  const map = mapOf(stage);
  const { asked, found } = wordsOf(stage);
  const title = document.body.classList.contains("mp-app") ? "" : document.querySelector("h1")?.textContent ?? "";
  const { attribution, border_note: note } = cartography.texts;
  return sheet(width, theme, (ctx) => {
    const letters = new Lettering(ctx, theme, { x: EDGE, y: EDGE - 4, width: width - 2 * EDGE });
    letters.write(title, { size: 18, weight: 650 });
    letters.write(asked, { size: 15, weight: 600 });
    letters.write(found, { size: 12, color: theme.colors.ink_muted, after: 8 });
    ctx.drawImage(map, 0, letters.y, width, height);
    letters.y += height + 10;
    legendBelow(letters, layer);
    letters.rule();
    letters.write(`${attribution} ${note} Data ${answers.known.version}.`, { size: 11, color: theme.colors.ink_muted });
    return letters.y + EDGE / 2;
  });
}

/** A button on the map that saves its picture. @param {Stage} stage */
function offerPicture(stage) {
  stage.layer.extent.bar.add("Save a picture of the map (PNG)", CAMERA, () => {
    const { state, answers } = stage;
    savePicture(stagePicture(stage), fileName("map", state.text, answers.known.version, "png"));
  });
}

export { offerPicture, stagePicture };
