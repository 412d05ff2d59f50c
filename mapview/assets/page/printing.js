// Owns paper: the map as it is on the screen but sharp and light, all rows, the legend.
import { FONT, byId, contextOf, element } from "../dom.js";
import { copiesIn } from "../geometry.js";
import { Legend } from "../legend.js";
import { say, term } from "../tongue.js";

const SHARP = 3;
const MOST_ROWS = 5000;
const PAPER_PX = 630; // A4 between its margins, with names of 11 px as 9 pt
const [FLATTEST, TALLEST] = [0.62, 1.1];

/**
 * @import { View } from "../geometry.js"
 * @import { IncidentMap } from "../layer.js"
 * @import { Stage } from "./stage.js"
 */

/** Paint what the map shows on a canvas of its own. @param {IncidentMap} layer @param {number} [sharp] */
function picture(layer, sharp = SHARP) {
  const frame = layer.viewport();
  const view = { ...frame, dpr: sharp, copies: copiesIn(frame) };
  const size = { width: Math.round(view.width * sharp), height: Math.round(view.height * sharp) };
  const [ground, data] = [element("canvas", size), element("canvas", size)];
  const [under, over] = [contextOf(ground), contextOf(data)];
  for (const ctx of [under, over]) ctx.setTransform(sharp, 0, 0, sharp, 0, 0);
  layer.basemap.draw(under, layer.theme, view);
  layer.draw(over, view);
  scaleBar(over, layer, view);
  under.setTransform(1, 0, 0, 1, 0, 0);
  under.drawImage(data, 0, 0);
  return ground;
}

/**
 * The same at the width of the paper, so that names are not too small to read there.
 * @param {IncidentMap} layer
 */
function paperPicture(layer) {
  const { map } = layer;
  const container = map.getContainer();
  const { x, y } = map.getSize();
  const [center, zoom, snap] = [map.getCenter(), map.getZoom(), map.options.zoomSnap];
  const shape = Math.min(TALLEST, Math.max(FLATTEST, y / x));
  const width = Math.min(PAPER_PX, x);
  container.style.width = `${width}px`;
  // The stage gives the map its height with an importance of its own.
  container.style.setProperty("height", `${Math.round(width * shape)}px`, "important");
  map.options.zoomSnap = 0;
  map.invalidateSize({ animate: false, pan: false });
  map.setView(center, zoom + Math.log2(width / x), { animate: false });
  const canvas = picture(layer);
  container.style.width = "";
  container.style.height = "";
  map.options.zoomSnap = snap;
  map.invalidateSize({ animate: false, pan: false });
  map.setView(center, zoom, { animate: false });
  return canvas;
}

/**
 * The scale as the screen has it, at the lower left.
 * @param {CanvasRenderingContext2D} ctx @param {IncidentMap} layer @param {View} view
 */
function scaleBar(ctx, layer, view) {
  const line = layer.map.getContainer().querySelector(".leaflet-control-scale-line");
  if (!(line instanceof HTMLElement)) return;
  const [x, y, width] = [12, view.height - 12, line.offsetWidth];
  const { paper, ink } = layer.theme.colors;
  ctx.globalAlpha = 0.85;
  ctx.fillStyle = paper;
  ctx.fillRect(x - 5, y - 20, width + 10, 26);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = ink;
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  ctx.moveTo(x, y - 5);
  ctx.lineTo(x, y);
  ctx.lineTo(x + width, y);
  ctx.lineTo(x + width, y - 5);
  ctx.stroke();
  ctx.fillStyle = ink;
  ctx.font = `11px ${FONT}`;
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  ctx.fillText(line.textContent ?? "", x + 4, y - 5);
}

/** The legend, all of it, apart from the one on the map. @param {IncidentMap} layer */
function legend(layer) {
  const one = new Legend();
  one.update(layer.theme, layer.present());
  return one.body;
}

const ROWS = [
  [term("Incidents"), "incident-table", "incident-more"], [term("Base areas of groups"), "area-table", "area-more"]];

/** @param {HTMLElement} node */
function shown(node) {
  node.hidden = false;
  return node;
}

/**
 * Get the page ready for paper before it is printed, and back afterwards.
 * @param {Stage} stage @param {() => string} words what stands under the map
 */
function watch(stage, words) {
  const { layer, table, areaTable } = stage;
  /** @type {{ theme: "light" | "dark" | null, open: HTMLDetailsElement[] } | null} */
  let before = null;
  stage.answers.areaRows(""); // unpacked now, as paper does not wait
  window.addEventListener("beforeprint", () => {
    if (before) return;
    /** @type {NodeListOf<HTMLDetailsElement>} */
    const folded = document.querySelectorAll(".mp-cited:not([open])");
    before = { theme: layer.themeChoice, open: [...folded] };
    layer.setTheme("light");
    for (const one of before.open) one.open = true;
    byId("print-map").replaceChildren(paperPicture(layer));
    byId("print-legend").replaceChildren(element("h2", { text: say("Legend") }), legend(layer));
    byId("print-words").textContent = words();
    const { text, order } = stage.state;
    // Paper has the rows where it has the rest of the document.
    byId("print-rows").replaceChildren(...ROWS.flatMap(([title, ...ids]) => [
      element("h2", { text: say(title) }), ...ids.map((id) => shown(byId(id)))]));
    table.icons.clear();
    // All that they show is unpacked, so both are there before paper is.
    areaTable.show(text);
    table.show(text, { ...order, which: "all" }, MOST_ROWS).then(() => {
      const left = table.total - table.rows.length;
      table.more.textContent = left
        ? say("{n} more rows are not printed; narrow the filters to print them.", { n: left }) : "";
    });
  });
  window.addEventListener("afterprint", () => {
    if (!before) return;
    for (const one of before.open) one.open = false;
    layer.setTheme(before.theme);
    before = null;
    for (const [, ...ids] of ROWS) byId("rows").append(...ids.map(byId));
    for (const id of ["print-map", "print-legend", "print-rows"]) byId(id).replaceChildren();
    stage.panel.show();
    table.icons.clear();
    stage.panel.fill();
  });
}

export { legend, paperPicture, picture, watch };
