// Owns where the map goes by itself: to what was found, on asking to all of it; and what lies outside.
import { Bar, Outside } from "./buttons.js";
import { between as range, counted } from "./counting.js";
import { isAbort, split } from "./feed.js";
import { visible } from "./geometry.js";
import { isEnglish, say } from "./tongue.js";
import { toText } from "./view.js";

const MIN_ZOOM = 2;
const MOST_FIT_ZOOM = 8;
const MOST_SHIFT = 1 / 6; // of the view, for what lies beside the place where most lies
const EDGE_PX = 40;
const CONTROLS_PX = 30;

/**
 * @import { Feed, InView } from "./feed.js"
 * @import { IncidentMap } from "./layer.js"
 *
 * West, south, east, north in degrees; across 180° west is more than east.
 * @typedef {[number, number, number, number]} Bounds
 * @typedef {{ near: Bounds, between: Bounds[], whole: Bounds }} Home where most lies of what is
 *   shown, with more and more of the rest, and all of it
 */

/** Leaflet's bounds; those across 180° end in the next copy of the world. @param {Bounds} bounds */
const corners = ([west, south, east, north]) => L.latLngBounds(
  [south, west], [north, east < west ? east + 360 : east]);

/** Bounds in the pixels of the world at a zoom. @param {L.Map} map @param {Bounds} bounds @param {number} zoom */
function pixels(map, bounds, zoom) {
  const box = corners(bounds);
  const [min, max] = [box.getNorthWest(), box.getSouthEast()].map((at) => map.project(at, zoom));
  return { min, max, middle: min.add(max).divideBy(2) };
}

class Extent {
  /** @param {IncidentMap} owner @param {Feed} feed */
  constructor(owner, feed) {
    this.owner = owner;
    this.feed = feed;
    /** @type {Home | null} */
    this.home = null;
    this.fitted = "";
    this.isAwaited = false;
    /** @type {{ zoom: number, middle: L.LatLng } | null} what was fitted while nothing was seen */
    this.unseen = null;
    this.leavesIfEmpty = false;
    this.isCounted = false;
    /** @type {InView} */
    this.inView = { inside: [0, 0], placed: [0, 0] };
    this.filter = "";
    /** @type {AbortController | null} */
    this.pending = null;
    this.bar = new Bar(() => this.goHome()).addTo(owner.map);
    this.outside = new Outside(() => this.showAll()).addTo(owner.map);
    owner.map.on("moveend", this.onMoveEnd, this);
    owner.map.on("resize", this.onResize, this);
  }

  remove() {
    this.pending?.abort();
    this.pending = null;
    this.owner.map.off("moveend", this.onMoveEnd, this);
    this.owner.map.off("resize", this.onResize, this);
    for (const control of [this.bar, this.outside]) control.remove();
  }

  /** Say where what is shown lies. @param {Home} home */
  setHome(home) {
    this.home = home;
    this.limitZoom();
  }

  /** What was fitted while nothing could be seen, as in a closed tab, is fitted once it can be. */
  onResize() {
    const { map } = this.owner;
    this.limitZoom();
    if (!this.unseen || !map.getSize().x || !map.getSize().y) return;
    const { zoom, middle } = this.unseen;
    this.unseen = null;
    // Unless the map has gone elsewhere since, as to what was chosen.
    const away = map.project(map.getCenter(), zoom).distanceTo(map.project(middle, zoom));
    if (map.getZoom() === zoom && away < map.getSize().x / 2) this.goHome({ animate: false });
  }

  /** Let narrow maps zoom out as far as all of it needs, and no map further than it is used to. */
  limitZoom() {
    const { map } = this.owner;
    if (!this.home || !map.getSize().x) return;
    map.options.minZoom = 0;
    map.setMinZoom(Math.min(MIN_ZOOM, this.zoomOf(this.home.whole)));
  }

  /** What is fitted keeps clear of the edge, the buttons and an open legend. */
  padding() {
    const { x, y } = this.owner.map.getSize();
    const edge = Math.min(EDGE_PX, Math.round(Math.min(x, y) / 16));
    const upperLeft = L.point(edge + CONTROLS_PX, edge);
    return { upperLeft, lowerRight: L.point(edge + this.owner.legend.coveredWidth(x), edge) };
  }

  /** The zoom at which some bounds are fitted. @param {Bounds} bounds */
  zoomOf(bounds) {
    const { upperLeft, lowerRight } = this.padding();
    const around = upperLeft.add(lowerRight);
    return Math.min(MOST_FIT_ZOOM, this.owner.map.getBoundsZoom(corners(bounds), false, around));
  }

  /**
   * Show where most lies, and what more a small move takes in at the same zoom.
   * @param {{ animate?: boolean }} [motion]
   */
  goHome(motion) {
    if (!this.home) return;
    const { near, between, whole } = this.home;
    const shifts = [...between, whole].map((one) => this.shift(near, one));
    this.fit(near, motion, shifts.filter((one) => one !== null).pop());
  }

  showAll() {
    if (this.home) this.fit(this.home.whole);
  }

  /**
   * Pixels by which the view of some bounds has to move for wider ones to be in it too, or null
   * where that is too far.
   * @param {Bounds} near @param {Bounds} wide
   */
  shift(near, wide) {
    const { map } = this.owner;
    const zoom = this.zoomOf(near);
    if (this.zoomOf(wide) !== zoom) return null;
    const { upperLeft, lowerRight } = this.padding();
    const free = map.getSize().subtract(upperLeft).subtract(lowerRight);
    const [inner, outer] = [near, wide].map((one) => pixels(map, one, zoom));
    const middle = inner.middle;
    const along = (/** @type {"x" | "y"} */ axis) => {
      const half = free[axis] / 2;
      return Math.min(0, outer.min[axis] - middle[axis] + half)
        + Math.max(0, outer.max[axis] - middle[axis] - half);
    };
    const [x, y] = [along("x"), along("y")];
    const isSmall = Math.abs(x) <= free.x * MOST_SHIFT && Math.abs(y) <= free.y * MOST_SHIFT;
    return isSmall ? L.point(x, y) : null;
  }

  /**
   * Show some bounds, or what lies a few pixels beside them.
   * @param {Bounds} bounds @param {{ animate?: boolean }} [motion] @param {L.Point | null} [aside]
   */
  fit(bounds, motion = this.owner.motion(), aside = null) {
    const { map } = this.owner;
    const { upperLeft, lowerRight } = this.padding();
    const zoom = this.zoomOf(bounds);
    const uneven = lowerRight.subtract(upperLeft).divideBy(2);
    const middle = pixels(map, bounds, zoom).middle.add(uneven).add(aside ?? [0, 0]);
    this.isAwaited = true;
    const { x, y } = map.getSize();
    const at = map.unproject(middle, zoom);
    this.unseen = x && y ? null : { zoom, middle: at };
    map.setView(at, zoom, motion);
  }

  /** Take the view as somebody's own from now on: it does not follow the filter. */
  release() {
    this.fitted = "";
  }

  /** The filter has changed: go to what it finds, unless somebody chose this view and sees some. */
  follow() {
    if (this.fitted && this.fitted === this.here()) this.goHome();
    else {
      this.leavesIfEmpty = true;
      if (this.filter === this.owner.state.filter) this.leaveIfEmpty();
    }
  }

  /** Go to what was found where the view shows none of it. */
  leaveIfEmpty() {
    const [inside, placed] = [this.inView.inside[1], this.inView.placed[1]];
    if (this.leavesIfEmpty && placed && !inside) this.goHome();
    this.leavesIfEmpty = false;
  }

  here() {
    return toText(this.owner.mapView());
  }

  onMoveEnd() {
    if (this.isAwaited) this.fitted = this.here();
    this.isAwaited = false;
  }

  /** Count what the view shows. @param {{ filter: string, version: string }} state */
  async count({ filter, version }) {
    this.pending?.abort();
    const controller = new AbortController();
    this.pending = controller;
    const boxes = split(visible(this.owner.viewport()));
    try {
      const counts = await this.feed.count({ filter, version, boxes }, controller.signal);
      if (this.pending === controller) this.tell(counts, filter);
    } catch (error) {
      // What is not known is not said; that nothing can be had is said by what asks for the data.
      if (!isAbort(error) && this.pending === controller) this.outside.tell([0, 0]);
    }
  }

  /** @param {InView} counts @param {string} filter */
  tell({ inside, placed }, filter) {
    this.outside.tell([placed[0] - inside[0], placed[1] - inside[1]]);
    if (this.isCounted && filter !== this.filter) {
      const words = isEnglish() ? `${counted(inside)} on this part of the map.`
        : say("Incidents on this part of the map: {n}.", { n: range(...inside) });
      this.owner.input.say(`${words} ${this.outside.words}`.trim());
    }
    this.filter = filter;
    this.isCounted = true;
    this.inView = { inside, placed };
    this.leaveIfEmpty();
  }
}

export { Extent, MIN_ZOOM };
