// Owns the quiet ground under the data: sea, land, lakes, rivers, borders, provinces, districts.
import { copiesIn, inView, traceFill, traceLine, traceOutline } from "./geometry.js";
import { prepare } from "./labels.js";
import { say } from "./tongue.js";
import { coast, decodeArcs, lines, polygons } from "./topology.js";

/** First zoom that shows the lines between provinces. */
const PROVINCES_FROM = 4;
/** First zoom that the outlook on the provinces is too coarse for. */
const WHOLE_FROM = 6;
/** First zooms that show rivers, and the lines between districts. */
const RIVERS_FROM = 4;
const DISTRICTS_FROM = 7;

/**
 * @import { Box, Coords, Shape, View, Viewport } from "./geometry.js"
 * @import { Label, Place } from "./labels.js"
 * @import { Theme } from "./symbols.js"
 * @import { Line, Topology } from "./topology.js"
 * @typedef {{
 *   world: Source<Topology>, provinces: Source<Topology>, labels: Source<Place[]>, detail?: Source<Topology>,
 *   outlook?: Source<Topology>,
 * }} Sources the outlook is of the provinces: some, and lines that do for small scales
 * @typedef {CanvasRenderingContext2D} Ctx
 */

/**
 * An address, what unpacks it, or what is there.
 * @template T @typedef {string | T | (() => Promise<T>)} Source
 */

/** @template T @param {Source<T>} source @returns {Promise<T>} */
async function load(source) {
  if (source instanceof Function) return source();
  if (typeof source !== "string") return source;
  const response = await fetch(source);
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}

/** @param {Topology} topology */
function worldOf(topology) {
  const arcs = decodeArcs(topology);
  return {
    countries: polygons(topology, arcs, "countries"),
    lakes: polygons(topology, arcs, "lakes"),
    borders: lines(topology, arcs, "borders"),
    coast: coast(topology, arcs, "countries"),
  };
}

/** @param {Topology} topology */
function provincesOf(topology) {
  const arcs = decodeArcs(topology);
  /** @type {Map<string | number, Shape>} */
  const shapes = new Map(polygons(topology, arcs, "provinces").map((one) => [one.properties.code, one.shape]));
  return { shapes, lines: lines(topology, arcs, "province_lines") };
}

class Basemap {
  /**
   * @param {Sources} sources
   * @param {{ onChange: () => void, onError: (sentence: string) => void }} hooks
   */
  constructor(sources, { onChange, onError }) {
    this.sources = sources;
    this.onChange = onChange;
    this.onError = onError;
    /** @type {ReturnType<typeof worldOf> | null} */
    this.world = null;
    /** @type {Label[]} */
    this.labels = [];
    /** @type {ReturnType<typeof provincesOf> | null} */
    this.provinces = null;
    /** @type {ReturnType<typeof provincesOf> | null} */
    this.outlook = null;
    /** @type {import("./country_names.js").Lands} outlines of countries by their code */
    this.lands = new Map();
    this.provincesAsked = false;
    this.outlookAsked = false;
    this.zoom = 0;
    /** @type {Line[]} */
    this.rivers = [];
    /** @type {Line[]} */
    this.districtLines = [];
    this.detailAsked = false;
    this.hidden = false;
    this.read(sources.world, (topology) => {
      this.world = worldOf(topology);
      this.lands = new Map(this.world.countries.map(({ properties, shape }) => [String(properties.iso), shape]));
    });
    this.read(sources.labels, (labels) => {
      this.labels = prepare(labels);
    });
  }

  /** @template T @param {Source<T>} source @param {(value: T) => void} use */
  async read(source, use) {
    try {
      use(await load(source));
      this.onChange();
    } catch {
      this.onError(say("Part of the background map could not be loaded; incidents are still drawn."));
    }
  }

  /** Ask for the provinces: on small scales, and where nothing more was asked for, for the outlook on them. */
  askProvinces() {
    if (this.provincesAsked) return;
    const { outlook } = this.sources;
    if (!outlook || this.zoom >= WHOLE_FROM) this.askAllProvinces();
    else if (!this.outlookAsked) {
      this.outlookAsked = true;
      this.read(outlook, (topology) => {
        this.outlook = provincesOf(topology);
      });
    }
  }

  askAllProvinces() {
    if (this.provincesAsked) return;
    this.provincesAsked = true;
    this.read(this.sources.provinces, (topology) => {
      this.provinces = provincesOf(topology);
    });
  }

  askDetail() {
    if (this.detailAsked || !this.sources.detail) return;
    this.detailAsked = true;
    this.read(this.sources.detail, (topology) => {
      const arcs = decodeArcs(topology);
      this.rivers = lines(topology, arcs, "rivers");
      this.districtLines = lines(topology, arcs, "district_lines");
    });
  }

  /** Outline of a province, or null when unknown or not loaded yet. @param {string | null} code */
  province(code) {
    if (!code) return null;
    this.askProvinces();
    const { provinces, outlook } = this;
    if (outlook && !outlook.shapes.has(code)) this.askAllProvinces();
    return provinces?.shapes.get(code) ?? outlook?.shapes.get(code) ?? null;
  }

  /** Whether asking for a province again later may give a better answer. */
  get provincesPending() {
    return (this.provincesAsked && !this.provinces) || (this.outlookAsked && !this.outlook);
  }

  /** Paint everything but the names. @param {Ctx} ctx @param {Theme} theme @param {View} view */
  draw(ctx, theme, view) {
    const { colors } = theme;
    this.zoom = view.zoom;
    if (this.hidden) {
      ctx.clearRect(0, 0, view.width, view.height);
      return;
    }
    ctx.fillStyle = colors.sea;
    ctx.fillRect(0, 0, view.width, view.height);
    if (!this.world) return;
    this.fill(ctx, view, this.world.countries, colors.land);
    this.southOfTheMap(ctx, view, colors.land);
    if (view.zoom >= RIVERS_FROM) this.askDetail();
    if (view.zoom >= DISTRICTS_FROM) this.stroke(ctx, view, this.districtLines, colors.district_line, 0.8);
    if (view.zoom >= RIVERS_FROM) {
      this.stroke(ctx, view, this.rivers, colors.river, view.zoom < 6 ? 0.8 : view.zoom < 9 ? 1.2 : 1.8);
    }
    this.fill(ctx, view, this.world.lakes, colors.sea);
    if (view.zoom >= PROVINCES_FROM) this.drawProvinces(ctx, view, colors.province_line);
    for (const { shape } of this.world.lakes) this.strokeShape(ctx, view, shape, colors.lake_line, 0.7);
    this.stroke(ctx, view, this.world.coast, colors.coast, view.zoom < 4 ? 0.7 : 1);
    const width = view.zoom < 4 ? 0.9 : view.zoom < 7 ? 1.2 : 1.6;
    const settled = this.world.borders.filter((b) => !Number(b.properties.disputed));
    this.stroke(ctx, view, settled, colors.border, width);
    this.stroke(ctx, view, this.disputed(), colors.disputed, width, [4, 3]);
  }

  /** @param {Ctx} ctx @param {View} view @param {string} color */
  drawProvinces(ctx, view, color) {
    this.askProvinces();
    const { lines: some } = this.provinces ?? this.outlook ?? { lines: [] };
    const faint = view.zoom < 6;
    ctx.globalAlpha = faint ? 0.65 : 1;
    this.stroke(ctx, view, some, color, faint ? 0.7 : 1);
    ctx.globalAlpha = 1;
  }

  disputed() {
    return this.world?.borders.filter((b) => Number(b.properties.disputed)) ?? [];
  }

  /** Whether a disputed border runs through a part of the map. @param {Viewport} view */
  showsDisputed(view) {
    if (this.hidden) return false;
    let parts = 0;
    const pen = { moveTo() {}, lineTo() { parts += 1; } };
    for (const { coords, box } of this.disputed()) {
      for (const copy of copiesIn(view)) {
        if (inView(box, view, copy)) traceLine(pen, coords, view, copy, false);
      }
    }
    return parts > 0;
  }

  /** @param {Ctx} ctx @param {View} view @param {{ shape: Shape }[]} features @param {string} color */
  fill(ctx, view, features, color) {
    ctx.beginPath();
    for (const { shape } of features) {
      for (const copy of view.copies) {
        if (inView(shape.box, view, copy)) traceFill(ctx, shape, view, copy);
      }
    }
    ctx.fillStyle = color;
    ctx.fill("evenodd");
  }

  /**
   * Antarctica goes on below the edge of the map.
   * @param {Ctx} ctx @param {View} view @param {string} color
   */
  southOfTheMap(ctx, view, color) {
    const edge = view.scale - view.top;
    if (edge >= view.height) return;
    ctx.fillStyle = color;
    ctx.fillRect(0, edge - 0.5, view.width, view.height - edge + 1);
  }

  /**
   * @param {Ctx} ctx @param {View} view @param {{ coords: Coords, box: Box }[]} features
   * @param {string} color @param {number} width @param {number[]} [dash]
   */
  stroke(ctx, view, features, color, width, dash = []) {
    ctx.beginPath();
    for (const { coords, box } of features) {
      for (const copy of view.copies) {
        if (inView(box, view, copy)) traceLine(ctx, coords, view, copy, false);
      }
    }
    this.ink(ctx, color, width, dash);
  }

  /**
   * @param {Ctx} ctx @param {View} view @param {Shape} shape @param {string} color
   * @param {number} width
   */
  strokeShape(ctx, view, shape, color, width) {
    ctx.beginPath();
    for (const copy of view.copies) traceOutline(ctx, shape, view, copy);
    this.ink(ctx, color, width, []);
  }

  /** @param {Ctx} ctx @param {string} color @param {number} width @param {number[]} dash */
  ink(ctx, color, width, dash) {
    ctx.lineJoin = "round";
    ctx.strokeStyle = color;
    ctx.lineWidth = width;
    ctx.setLineDash(dash);
    ctx.stroke();
    ctx.setLineDash([]);
  }
}

export { Basemap };
