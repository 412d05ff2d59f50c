// Owns what is drawn over the ground: areas, rings, names that keep clear of symbols, symbols.
import * as areas from "./areas.js";
import { Occupied, inOrder, paint as paintLabels, place, withUnplaced } from "./labels.js";
import { build, occupy, paint as paintMarks, paintLeastRings, precisionShapes } from "./marks.js";

/**
 * @import { Basemap } from "./basemap.js"
 * @import { Data } from "./data.js"
 * @import { Answer, Area } from "./feed.js"
 * @import { View } from "./geometry.js"
 * @import { Label } from "./labels.js"
 * @import { Mark } from "./marks.js"
 * @import { Theme } from "./symbols.js"
 * @typedef {CanvasRenderingContext2D} Ctx
 * @typedef {ReturnType<typeof precisionShapes>} Shapes
 * @typedef {{
 *   selected: string | null, area: string | null, focused: Mark | null, isLoud: (area: Area) => boolean,
 * }} Above what is chosen or has the keyboard, and is drawn above all else; which areas are hatched
 */

class Drawing {
  /** @param {Basemap} basemap @param {Data} data */
  constructor(basemap, data) {
    this.basemap = basemap;
    this.data = data;
    /** @type {{ answer: Answer, scale: number, marks: Mark[], shapes?: Shapes } | null} */
    this.cache = null;
    /** @type {{ from: Label[], zoom: number, labels: Label[] }} names in their order at a zoom, found once */
    this.ordered = { from: [], zoom: -1, labels: [] };
    /** @type {string[][]} names that stand with a count under them, for tests */
    this.unplaced = [];
  }

  /** Symbols and stacks, made once an answer and scale. @param {Theme} theme @param {number} scale */
  marks(theme, scale) {
    const { answer } = this.data;
    if (!answer) return [];
    if (this.cache?.answer !== answer || this.cache.scale !== scale) {
      this.cache = { answer, scale, marks: build(answer, scale, theme) };
    }
    return this.cache.marks;
  }

  /**
   * Rings and provinces of an answer, again while provinces are missing.
   * @param {Theme} theme @param {Answer} answer
   */
  shapes(theme, answer) {
    const known = this.cache?.shapes;
    if (known && !known.unmet) return known;
    const shapes = precisionShapes(answer, theme, this.basemap);
    if (this.cache) this.cache.shapes = shapes;
    return shapes;
  }

  /**
   * @param {Ctx} ctx @param {Theme} theme @param {View} view @param {Mark[]} marks
   * @param {Above} above
   */
  paint(ctx, theme, view, marks, { area, isLoud, ...above }) {
    const { basemap, data } = this;
    const { answer } = data;
    areas.drawAreas(ctx, theme, view, data.areas, basemap, isLoud);
    const chosen = data.areas.find((one) => one.id === area);
    if (chosen) areas.drawChosen(ctx, theme, view, chosen, basemap);
    if (answer) {
      const { rings, assumed, tints } = this.shapes(theme, answer);
      areas.drawTints(ctx, theme, view, tints);
      areas.drawRings(ctx, theme, view, rings, "ring");
      areas.drawRings(ctx, theme, view, assumed, "assumed");
      paintLeastRings(ctx, theme, view, marks, answer);
    }
    this.paintNames(ctx, theme, view, marks, above.selected);
    if (answer) paintMarks(ctx, theme, view, marks, answer, above);
  }

  /** @param {number} zoom */
  inOrder(zoom) {
    const { ordered, basemap: { labels: from } } = this;
    if (ordered.from !== from || ordered.zoom !== zoom) this.ordered = { from, zoom, labels: inOrder(from, zoom) };
    return this.ordered.labels;
  }

  /**
   * Names of large places, of groups, of small places.
   * @param {Ctx} ctx @param {Theme} theme @param {View} view @param {Mark[]} marks
   * @param {string | null} selected
   */
  paintNames(ctx, theme, view, marks, selected) {
    const { basemap, data } = this;
    const [occupied, symbols] = [new Occupied(), new Occupied()];
    occupy(marks, view, [occupied, symbols], selected);
    const put = (/** @type {Label[]} */ some) => {
      const placed = place(ctx, some, view, occupied, symbols, basemap.lands);
      paintLabels(ctx, theme, placed);
      return placed;
    };
    const counted = withUnplaced(basemap.labels, data.beside.unplaced);
    this.unplaced = put(counted).map(({ text, below }) => [text, below.text]);
    const said = new Set(counted.map(({ name }) => name));
    const labels = basemap.hidden ? [] : this.inOrder(view.zoom)
      .filter((label) => label.kind !== "country" || !said.has(label.name));
    put(labels.filter((label) => label.rank <= 1));
    areas.drawNames(ctx, theme, view, data.areas, basemap, occupied);
    put(labels.filter((label) => label.rank > 1));
  }
}

export { Drawing };
