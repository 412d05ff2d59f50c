// Owns the incident map: ties ground, data, marks, panels and input to one Leaflet map.
import { Basemap } from "./basemap.js";
import { Scale } from "./buttons.js";
import { CanvasLayer } from "./canvas.js";
import { Data } from "./data.js";
import { Drawing } from "./drawing.js";
import { Extent } from "./extent.js";
import { unitToLat, unitToLon } from "./geometry.js";
import { Input } from "./input.js";
import { Credits, Legend } from "./legend.js";
import { ListPanel, Notice, Tooltip } from "./panel.js";
import { pressing } from "./pressing.js";
import { leaveFullScreen, prefers, setUp } from "./setting.js";
import { look } from "./symbols.js";
import { HeldView } from "./view.js";

const VIEW_CHANGE_MS = 150;

/**
 * @import { Sources } from "./basemap.js"
 * @import { Area, Feed, FeedError } from "./feed.js"
 * @import { View, Viewport } from "./geometry.js"
 * @import { Asked } from "./pressing.js"
 * @import { Mark } from "./marks.js"
 * @import { Own } from "./own.js"
 * @import { MapView } from "./view.js"
 * @typedef {{ filter: string, version: string, selected: string | null, area: string | null }} State
 * @typedef {{ url: string, attribution: string }} Tiles
 *
 * @typedef {object} Options
 * @property {Feed} feed
 * @property {Sources} basemap
 * @property {Own} [own] types that stand for themselves
 * @property {Tiles | null} [tiles] online ground instead of ours
 * @property {boolean} [isSecond] whether it stands beside another, of which the page tells
 * @property {(id: string | null) => void} [onSelect]
 * @property {(ids: string[]) => void} [onSelectAreas] the smallest first
 * @property {(view: MapView) => void} [onViewChange]
 * @property {(asked: Asked) => void} [onPress] the filter for what an entry of the legend stands for
 * @property {(paint: { ms: number, filter: string, mode: string }) => void} [onPainted]
 */

class IncidentMap {
  /** @param {L.Map} map @param {Options} options */
  constructor(map, options) {
    this.map = map;
    this.options = options;
    /** @type {State} */
    this.state = { filter: "", version: "", selected: null, area: null };
    /** @type {Record<"map" | "legend", string | null>} the group that the pointer is on, and where */
    this.pointed = { map: null, legend: null };
    this.held = new HeldView();
    this.ready = false; // nothing is asked for before the first setState
    this.isZooming = false;
    this.isLate = false; // whether data came since, and wait to be painted
    /** @type {Record<string, unknown> | null} for tests and measurements */
    this.lastPaint = null;
    /** @type {"light" | "dark" | null} null follows the reader's system */
    this.themeChoice = null;
    this.theme = look(this.themeName(), options.own);
    /** @type {Mark[]} */
    this.latest = [];
    this.drawnKey = "";
    this.viewTimer = 0;
    setUp(map);
    this.basemap = new Basemap(options.basemap, {
      onChange: () => {
        this.repaintAll();
        this.updateLegend();
      },
      onError: (sentence) => this.notice.show(sentence, false),
    });
    this.data = new Data(options.feed, {
      onData: () => this.onData(),
      onError: (error) => this.onError(error),
    });
    this.drawing = new Drawing(this.basemap, this.data);
    /** Online ground, which is asked for nothing before somebody switches it on. */
    this.tiles = options.tiles ? L.tileLayer(options.tiles.url, { maxZoom: 19 }) : null;
    this.ground = new CanvasLayer("mapview-ground", (ctx, view) => {
      this.basemap.draw(ctx, this.theme, view);
    });
    this.overlay = new CanvasLayer("mapview-incidents", (ctx, view) => this.draw(ctx, view));
    const container = map.getContainer();
    this.tooltip = new Tooltip(container);
    this.list = new ListPanel(map, (id) => this.select(id));
    this.notice = new Notice(container, () => this.request());
    this.legend = new Legend(pressing(this, options.onPress)).addTo(map);
    this.scale = new Scale().addTo(map);
    this.credits = new Credits().addTo(map);
    this.extent = new Extent(this, options.feed);
    this.input = new Input(this);
    this.ground.addTo(map);
    this.overlay.addTo(map);
    map.on("moveend", this.onMoveEnd, this).on("move", this.onMove, this);
    map.on("zoomstart", this.onZoomStart, this).on("zoomanim", this.onZoomAnim, this);
    this.darkQuery = prefers("color-scheme: dark");
    this.onScheme = () => this.applyTheme();
    this.darkQuery.addEventListener("change", this.onScheme);
    this.resize = new ResizeObserver(() => {
      const { x, y } = map.getSize();
      // Told of no change, Leaflet forgets its middle but for whole pixels, and the address would drift.
      if (container.clientWidth !== x || container.clientHeight !== y) map.invalidateSize({ animate: false });
    });
    this.resize.observe(container);
    this.applyTheme();
  }

  /** Use the online ground instead of ours, or ours again. @param {boolean} isOn */
  useTiles(isOn) {
    if (!this.tiles) return;
    this.basemap.hidden = isOn;
    this.tiles[isOn ? "addTo" : "removeFrom"](this.map);
    this.credits.remove();
    this.credits = new Credits(isOn ? this.options.tiles : null).addTo(this.map);
    this.repaintAll();
  }

  /** "light" or "dark"; anything else follows the reader's system. @param {string | null} name */
  setTheme(name) {
    this.themeChoice = name === "light" || name === "dark" ? name : null;
    this.applyTheme();
  }

  themeName() {
    return this.themeChoice ?? (prefers("color-scheme: dark").matches ? "dark" : "light");
  }

  applyTheme() {
    this.theme = look(this.themeName(), this.options.own);
    const container = this.map.getContainer();
    container.dataset.mapviewTheme = this.theme.theme;
    for (const [name, color] of Object.entries(this.theme.colors)) {
      container.style.setProperty(`--mapview-${name.replaceAll("_", "-")}`, color);
    }
    this.updateLegend();
    this.repaintAll();
  }

  /** Options for Leaflet's moves: none at all for readers who asked for less motion. */
  motion() {
    return { animate: prefers("reduced-motion: reduce").matches ? false : undefined };
  }

  /**
   * Say what to show. Cheap when nothing changed; the view stays; the old drawing stays
   * until the new data are here.
   * @param {Partial<State>} state
   */
  setState(state) {
    const old = this.state;
    this.state = { ...old, ...state };
    const isChanged = (/** @type {keyof State} */ name) => this.state[name] !== old[name];
    const asks = !this.ready || isChanged("filter") || isChanged("version");
    this.ready = true;
    if (asks) {
      this.map.whenReady(() => {
        this.request();
        this.extent.count(this.state);
      });
    }
    if (isChanged("selected") || isChanged("area")) this.overlay.repaint();
  }

  /** Go to a place, the shorter way around the world. @param {number} lon @param {number} lat @param {number} zoom */
  flyTo(lon, lat, zoom) {
    const near = lon + Math.round((this.map.getCenter().lng - lon) / 360) * 360;
    const { animate } = this.motion();
    if (animate === false) this.map.setView([lat, near], zoom, { animate });
    else this.map.flyTo([lat, near], zoom, { duration: 0.9 });
  }

  /** Remove everything from the map and stop all requests. */
  destroy() {
    const { map } = this;
    clearTimeout(this.viewTimer);
    this.data.abort();
    this.basemap.onChange = () => {}; // parts of it may still come
    this.resize.disconnect();
    this.darkQuery.removeEventListener("change", this.onScheme);
    map.off("moveend", this.onMoveEnd, this).off("move", this.onMove, this);
    map.off("zoomstart", this.onZoomStart, this).off("zoomanim", this.onZoomAnim, this);
    this.input.remove();
    this.extent.remove();
    this.list.close(false);
    this.tooltip.remove();
    this.notice.remove();
    for (const part of [this.legend, this.scale, this.credits, this.ground, this.overlay]) part.remove();
    this.tiles?.remove();
    map.getContainer().classList.remove("mapview");
  }

  /** @param {string | null} id */
  select(id) {
    if (id === null && this.state.selected === null && this.state.area === null) return;
    this.state = { ...this.state, selected: id, area: null };
    this.overlay.repaint();
    if (id !== null) leaveFullScreen();
    this.options.onSelect?.(id);
  }

  /** Choose the base areas at one place. @param {string[]} ids the smallest first */
  selectAreas(ids) {
    this.state = { ...this.state, selected: null, area: ids[0] };
    this.overlay.repaint();
    leaveFullScreen();
    this.options.onSelectAreas?.(ids);
  }

  /**
   * Hatch the base areas of a group, or of none more than is asked for.
   * @param {string | null} group @param {"map" | "legend"} where
   */
  point(group, where = "map") {
    if (group === this.pointed[where]) return;
    this.pointed[where] = group;
    this.overlay.repaint();
  }

  /** Which base areas are hatched: of a group that is pointed at, chosen, or filtered by. */
  get isLoud() {
    const { areas, shown } = this.data;
    const chosen = areas.find((one) => one.id === this.state.area)?.group;
    const isFiltered = new URLSearchParams(shown?.state.filter).has("group");
    const asked = [chosen, this.pointed.map, this.pointed.legend];
    return (/** @type {Area} */ { group }) => isFiltered || asked.includes(group);
  }

  /** The visible part at a zoom, from one world pixel on. @returns {Viewport} */
  viewport({ x: left, y: top } = this.origin(), zoom = this.map.getZoom()) {
    const { x: width, y: height } = this.map.getSize();
    return { left, top, width, height, zoom: Math.round(zoom), scale: 256 * 2 ** zoom };
  }

  request(view = this.viewport()) {
    if (this.ready && view.width > 0 && view.height > 0) this.data.want(view, this.state);
  }

  onMoveEnd() {
    this.isZooming = false;
    this.mapView(); // held before anything beside the map moves it
    this.request();
    this.updateLegend();
    if (this.isLate) this.tellPainted();
    clearTimeout(this.viewTimer);
    this.viewTimer = window.setTimeout(() => {
      if (this.ready) this.extent.count(this.state);
      this.options.onViewChange?.(this.mapView());
    }, VIEW_CHANGE_MS);
  }

  /** Its middle and zoom. @returns {MapView} */
  mapView() {
    return this.held.view(this.map);
  }

  onZoomStart() {
    this.list.close(this.hasFocus());
  }

  /** Ask while the map still zooms for what it comes to. @param {L.ZoomAnimEvent} event */
  onZoomAnim({ center, zoom }) {
    this.isZooming = true;
    const { map } = this;
    this.request(this.viewport(map.project(center, zoom).subtract(map.getSize().divideBy(2)), zoom));
  }

  hasFocus() {
    return this.map.getContainer().contains(document.activeElement);
  }

  onMove() {
    if (this.input.focused) this.tooltip.hide();
  }

  /** @param {FeedError | null} error */
  onError(error) {
    if (error) this.notice.show(error, error.canRetry);
    else this.notice.clear();
  }

  onData() {
    const { answer, shown } = this.data;
    if (!answer || !shown) return;
    const { filter, version } = shown.state;
    const key = JSON.stringify([version, filter]);
    const isNew = this.drawnKey !== key;
    if (this.drawnKey && isNew) this.list.close(this.hasFocus());
    this.drawnKey = key;
    // What is stretched by a zoom is painted at its end.
    this.isLate = this.isZooming;
    if (this.isLate) return;
    this.overlay[isNew ? "follow" : "repaint"]();
    this.updateLegend();
    this.tellPainted();
  }

  tellPainted() {
    this.isLate = false;
    const { answer, shown } = this.data;
    if (!answer || !shown) return;
    const { started, state: { filter } } = shown;
    this.options.onPainted?.({ ms: performance.now() - started, filter, mode: answer.mode });
  }

  /** What the filter has on the map, for a legend. */
  present() {
    const { data: { beside: { areas }, hidden }, options: { own } } = this;
    const marks = this.marks();
    const kinds = marks.flatMap((mark) => mark.kinds.flatMap((n, kind) => (n ? [kind] : [])));
    const bounds = marks.some((mark) => !mark.single && mark.certain < mark.n);
    const disputed = this.basemap.showsDisputed(this.viewport());
    return { kinds: new Set(kinds), areas, bounds, assumed: marks.some((mark) => mark.assumed), disputed, hidden, own };
  }

  updateLegend() {
    this.legend.update(this.theme, this.present());
  }

  /** Symbols and stacks at the current zoom. */
  marks() {
    const marks = this.drawing.marks(this.theme, this.drawnView().scale);
    if (marks !== this.latest) this.input.refocus(marks);
    this.latest = marks;
    return marks;
  }

  repaintAll() {
    this.ground.repaint();
    this.overlay.repaint();
  }

  /** Paint what lies over the ground. @param {CanvasRenderingContext2D} ctx @param {View} view */
  draw(ctx, view) {
    const started = performance.now();
    const marks = this.marks();
    const { selected, area } = this.state;
    const { isLoud, input: { focused } } = this;
    this.drawing.paint(ctx, this.theme, view, marks, { selected, area, focused, isLoud });
    if (this.data.answer) this.note(marks, performance.now() - started);
  }

  /**
   * Leave a trace of the paint for tests and measurements.
   * @param {Mark[]} marks @param {number} drawMs
   */
  note(marks, drawMs) {
    const points = marks.filter((mark) => mark.single).length;
    const { answer, areas: { length }, shown } = this.data;
    const filter = shown?.state.filter ?? "";
    this.lastPaint = {
      filter, mode: answer?.mode, points, clusters: marks.length - points, areas: length,
      at: Date.now(), draw_ms: drawMs,
    };
    const traces = this.options.isSecond ? {} : document.documentElement.dataset;
    Object.assign(traces, { mapviewFilter: filter, mapviewPainted: String(marks.length) });
  }

  /** What the canvas shows; it is more than the viewport. @returns {View} */
  drawnView() {
    return this.overlay.view() ?? { ...this.viewport(), copies: [0], dpr: 1 };
  }

  /** World pixel of the map's upper left corner. */
  origin() {
    return this.map.getPixelBounds().getTopLeft();
  }

  /** Canvas position of a position in the map's container. @param {L.Point} point */
  canvasPoint(point) {
    const { left, top } = this.drawnView();
    return this.origin().subtract([left, top]).add(point);
  }

  /** Where a mark stands in the map's container: its copy nearest to the middle. @param {Mark} mark */
  containerPointOf(mark) {
    const { left, top, width, scale } = this.viewport();
    const copy = Math.round((left + width / 2) / scale - mark.x);
    return L.point((mark.x + copy) * scale - left, mark.y * scale - top);
  }

  /** Marks with their place in the container, for tests. */
  painted() {
    return this.marks().map((mark) => {
      const { x, y } = this.containerPointOf(mark);
      const [lon, lat] = [unitToLon(mark.x), unitToLat(mark.y)];
      return { ...mark, x, y, lon, lat, ids: [...mark.ids] };
    });
  }
}

/** Draw incidents on a Leaflet map. @param {L.Map} map @param {Options} options */
const create = (map, options) => new IncidentMap(map, options);

export { IncidentMap, create };
