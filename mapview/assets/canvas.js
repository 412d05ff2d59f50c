// Owns a canvas that covers the map and a margin, and follows Leaflet's pans and zooms.
import { contextOf, element } from "./dom.js";
import { copiesIn } from "./geometry.js";

/** Share of the viewport drawn beyond each edge, so that a pan shows no gap. */
const MARGIN = 0.25;
const REST_MS = 150;
/** Pixels beside the edge of what is seen that no country's name lies in: the scale and credits stand below. */
const [CLEAR_PX, BELOW_PX] = [6, 34];

/**
 * @import { Box, View } from "./geometry.js"
 * @typedef {L.Map & { _getNewPixelOrigin: (center: L.LatLng, zoom: number) => L.Point }} InnerMap
 */

class CanvasLayer extends L.Layer {
  /**
   * @param {string} pane name of the map pane to live in
   * @param {(ctx: CanvasRenderingContext2D, view: View) => void} paint draws one view
   */
  constructor(pane, paint) {
    super();
    L.setOptions(this, { pane });
    this._paint = paint;
    this._frame = 0;
    this._margin = MARGIN;
    this._resting = 0;
    this._origin = L.point(0, 0); // of the pixels that the canvas was laid out in
    this._isStretched = false;
    this._center = L.latLng(0, 0);
    this._zoom = 0;
    this._bounds = L.bounds([0, 0], [0, 0]);
    /** @type {View | undefined} nothing before the layer is added */
    this._view = undefined;
    this._zoomAnimated = false; // Leaflet sets it as the layer is added
    this._canvas = element("canvas", { class: "mapview-canvas", "aria-hidden": "true" });
  }

  onAdd() {
    this.getPane()?.append(this._canvas);
    this._canvas.classList.toggle("leaflet-zoom-animated", this._zoomAnimated);
    this.reset();
    return this;
  }

  onRemove() {
    cancelAnimationFrame(this._frame);
    window.clearTimeout(this._resting);
    this._canvas.remove();
    return this;
  }

  getEvents() {
    const events = { moveend: this._settle, resize: this._settle, move: this._onMove, zoom: this._onZoom };
    const zoomanim = (/** @type {L.ZoomAnimEvent} */ { center, zoom }) => this._stretch(center, zoom);
    return /** @type {ReturnType<L.Layer["getEvents"] & {}>} */ (
      this._zoomAnimated ? { ...events, zoomanim } : events);
  }

  /** Paint again, in place. */
  repaint() {
    if (!this._map || !this._view) return;
    const { dpr } = this._view;
    const ctx = contextOf(this._canvas);
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, this._canvas.width, this._canvas.height);
    ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
    this._paint(ctx, this._view);
  }

  /**
   * Paint what is new, soon: only what is seen, which is less than half; the margin comes back when nothing
   * more is new, as at the end of a drag over time, or when the map is moved.
   */
  follow() {
    if (!this._map || !this._view) return;
    this._rest();
    if (this._margin) this._fit(0);
    else this.repaint();
  }

  /** Come over what is seen, with the margin, when nothing more is new. */
  _rest() {
    window.clearTimeout(this._resting);
    this._resting = window.setTimeout(() => this.reset(), REST_MS);
  }

  /**
   * The map came to rest, or has another size, as when something opens beside it: what is drawn and still
   * covers it may stay until then; else what is seen is painted first.
   */
  _settle() {
    this._rest();
    if (!this._isInPlace() || !this._covers()) this._fit(0);
  }

  /** Whether the canvas lies where it was drawn for. */
  _isInPlace() {
    const { _map: map, _view: view } = this;
    return view?.dpr === (window.devicePixelRatio || 1) && !this._isStretched
      && map.getZoom() === this._zoom && map.getPixelOrigin().equals(this._origin);
  }

  /** Whether it reaches over all that is seen. */
  _covers() {
    const corner = this._map.containerPointToLayerPoint([0, 0]);
    return this._bounds.contains(L.bounds(corner, corner.add(this._map.getSize())));
  }

  /** What the canvas shows now, in world pixels of the current zoom. */
  view() {
    return this._view;
  }

  /** Move the canvas over the current viewport and paint it. */
  reset() {
    window.clearTimeout(this._resting);
    this._fit(MARGIN);
  }

  /** The same, with so much beyond each edge. @param {number} margin as a share of the viewport */
  _fit(margin) {
    const map = this._map;
    this._margin = margin;
    const size = map.getSize();
    const least = map.containerPointToLayerPoint(size.multiplyBy(-margin)).round();
    const extent = size.multiplyBy(1 + 2 * margin).round();
    const origin = map.getPixelOrigin().add(least);
    const dpr = window.devicePixelRatio || 1;
    this._center = map.getCenter();
    this._zoom = map.getZoom();
    this._origin = map.getPixelOrigin();
    this._isStretched = false;
    this._bounds = L.bounds(least, least.add(extent));
    const frame = {
      zoom: Math.round(this._zoom), scale: 256 * 2 ** this._zoom, left: origin.x, top: origin.y,
      width: extent.x, height: extent.y,
    };
    const { x, y } = map.containerPointToLayerPoint([0, 0]).subtract(least);
    /** @type {Box} */
    const seen = [x + CLEAR_PX, y + CLEAR_PX, x + size.x - CLEAR_PX, y + size.y - BELOW_PX];
    this._view = { ...frame, dpr, copies: copiesIn(frame), seen };
    const [width, height] = [Math.round(extent.x * dpr), Math.round(extent.y * dpr)];
    // Setting the size clears the canvas and costs memory, so only when it changed.
    if (this._canvas.width !== width || this._canvas.height !== height) {
      this._canvas.width = width;
      this._canvas.height = height;
      this._canvas.style.width = `${extent.x}px`;
      this._canvas.style.height = `${extent.y}px`;
    }
    L.DomUtil.setTransform(this._canvas, least, 1);
    this.repaint();
  }

  /** A long drag leaves the margin: paint the new ground while the hand still moves. */
  _onMove() {
    if (this._map.getZoom() !== this._zoom || this._frame) return;
    if (!this._covers()) this._later();
  }

  _onZoom() {
    this._stretch(this._map.getCenter(), this._map.getZoom());
    const ratio = this._map.getZoomScale(this._map.getZoom(), this._zoom);
    if (ratio > 2.5 || ratio < 0.5) this._later();
  }

  _later() {
    if (this._frame) return;
    this._frame = requestAnimationFrame(() => {
      this._frame = 0;
      if (this._map) this.reset();
    });
  }

  /**
   * Scale the old drawing while the zoom moves (as Leaflet's own renderers do).
   * @param {L.LatLng} center @param {number} zoom
   */
  _stretch(center, zoom) {
    window.clearTimeout(this._resting); // else it would be drawn as it lay before, amid the zoom
    this._isStretched = true;
    const map = /** @type {InnerMap} */ (this._map);
    const scale = map.getZoomScale(zoom, this._zoom);
    const half = map.getSize().multiplyBy(0.5 + this._margin);
    const moved = map.project(this._center, zoom).subtract(map._getNewPixelOrigin(center, zoom));
    L.DomUtil.setTransform(this._canvas, half.multiplyBy(-scale).add(moved), scale);
  }
}

export { CanvasLayer };
