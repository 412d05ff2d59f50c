// Owns pointer and keyboard: hovering, choosing, opening stacks, stepping through marks.
import { areasAt } from "./areas.js";
import { MAY_FIT, between, counted } from "./counting.js";
import { clip, element } from "./dom.js";
import { FeedError, UNREACHABLE } from "./feed.js";
import { unitToLat, unitToLon } from "./geometry.js";
import { entriesOf, extentOf, isOnePlace, markAt } from "./marks.js";
import { stateOf } from "./standings.js";
import { comma, say, term } from "./tongue.js";

const LIST_AT_MOST = 12;
const LIST_FROM_ZOOM = 12;
const TOUCH_SLACK = 14;
const MOUSE_SLACK = 3;

const HOW_TO = term("Map of incidents. Arrow keys move it, plus and minus zoom, N and P step through the incidents "
  + "in view, Enter opens one.");

/**
 * @import { Count } from "./counting.js"
 * @import { Area } from "./feed.js"
 * @import { Box } from "./geometry.js"
 * @import { IncidentMap } from "./layer.js"
 * @import { Entry, Mark } from "./marks.js"
 * @import { At } from "./panel.js"
 */

class Input {
  /** @param {IncidentMap} owner */
  constructor(owner) {
    this.owner = owner;
    /** @type {Mark | null} */
    this.focused = null;
    this.frame = 0;
    const container = owner.map.getContainer();
    this.live = element("div", { class: "mapview-live", "aria-live": "polite" });
    container.append(this.live);
    container.setAttribute("role", "application");
    container.setAttribute("aria-label", say(HOW_TO));
    this.listening = new AbortController();
    const { signal } = this.listening;
    container.addEventListener("mousemove", (event) => this.hoverLater(event), { signal });
    container.addEventListener("mouseleave", () => this.leave(), { signal });
    container.addEventListener("keydown", (event) => this.onKey(event), { signal });
    container.addEventListener("blur", (event) => this.onBlur(event), { signal });
    owner.map.on("click", this.onClick, this);
    owner.map.on("zoomstart dragstart", this.leave, this);
  }

  remove() {
    const { map } = this.owner;
    cancelAnimationFrame(this.frame);
    this.listening.abort();
    map.off("click", this.onClick, this);
    map.off("zoomstart dragstart", this.leave, this);
    this.live.remove();
  }

  /** Words about a mark: title, date, how exactly the place is known. @param {Mark} mark */
  describe(mark) {
    const { data: { answer }, theme } = this.owner;
    if (!mark.single || answer?.mode !== "points") {
      const kinds = mark.kinds
        .flatMap((n, i) => (
          n && i in theme.kinds ? [{ n, sure: mark.certainKinds[i] ?? 0, label: theme.kinds[i].label }] : []))
        .sort((a, b) => b.n - a.n)
        .map(({ n, sure, label }) => say("{label}: {values}", { label: say(label), values: between(sure, n) }));
      return [counted([mark.certain, mark.n]), ...kinds.slice(0, 5)];
    }
    const i = mark.members[0];
    const status = theme.statuses[answer.status[i]] ?? theme.statuses[0];
    const date = status.hollow ? `${answer.date[i]} · ${say(status.id)}` : answer.date[i];
    const precision = say(theme.precisions[answer.precision[i]]?.words ?? "");
    return [answer.title[i], date, precision, mark.certain ? "" : say(MAY_FIT)];
  }

  /**
   * Words about the base areas at one place: the smallest in full, the others by name.
   * @param {Area[]} areas
   */
  describeAreas([area, ...others]) {
    const names = [...new Set(others.map((one) => one.group_name))]
      .filter((name) => name !== area.group_name);
    const also = names.length > 3 ? [...names.slice(0, 3), "…"] : names;
    const here = [say(area.kind), area.place].filter(Boolean).join(" · ");
    const besides = also.length ? say("Also here: {names}", { names: also.join(comma()) }) : "";
    return [area.group_name, here, area.period, stateOf(area), besides];
  }

  /** @param {L.Point} point @param {number} slack */
  markAt(point, slack) {
    const corner = this.owner.canvasPoint(point);
    return markAt(this.owner.marks(), this.owner.drawnView(), corner.x, corner.y, slack);
  }

  /** @param {L.Point} point */
  areasAt(point) {
    const { data, basemap } = this.owner;
    const view = this.owner.drawnView();
    const at = this.owner.canvasPoint(point);
    const x = (at.x + view.left) / view.scale;
    const y = (at.y + view.top) / view.scale;
    return areasAt(data.areas, basemap, view, x - Math.floor(x), y);
  }

  /** @param {MouseEvent} event */
  hoverLater(event) {
    const target = /** @type {Element} */ (event.target);
    const inControl = target.closest(".leaflet-control, .mapview-panel, .mapview-notice");
    if (inControl || event.buttons) {
      this.leave();
      return;
    }
    const point = this.owner.map.mouseEventToContainerPoint(event);
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.hover(point));
  }

  /** @param {L.Point} point */
  hover(point) {
    const { map, tooltip } = this.owner;
    const mark = this.markAt(point, MOUSE_SLACK);
    const areas = mark ? [] : this.areasAt(point);
    map.getContainer().classList.toggle("mapview-over", Boolean(mark));
    if (mark) tooltip.show(this.describe(mark), point);
    else if (areas.length) tooltip.show(this.describeAreas(areas), point);
    else tooltip.hide();
    this.owner.point(areas[0]?.group ?? null);
  }

  leave() {
    cancelAnimationFrame(this.frame);
    this.owner.point(null);
    this.owner.tooltip.hide();
    this.owner.map.getContainer().classList.remove("mapview-over");
  }

  /** @param {L.LeafletMouseEvent} event */
  onClick(event) {
    const { pointerType = "" } = /** @type {Partial<PointerEvent>} */ (event.originalEvent ?? {});
    const touch = pointerType ? pointerType === "touch" : window.matchMedia("(pointer: coarse)").matches;
    const mark = this.markAt(event.containerPoint, touch ? TOUCH_SLACK : MOUSE_SLACK);
    this.owner.list.close(false);
    if (mark) {
      this.open(mark);
      if (touch && mark.single) this.owner.tooltip.show(this.describe(mark), event.containerPoint);
      return;
    }
    const areas = this.areasAt(event.containerPoint);
    if (areas.length) {
      this.owner.tooltip.show(this.describeAreas(areas), event.containerPoint);
      this.owner.selectAreas(areas.map((area) => area.id));
    } else {
      this.owner.tooltip.hide();
      this.owner.select(null);
    }
  }

  /** Choose an incident, list a stack, or go closer. @param {Mark} mark */
  open(mark) {
    const { data, map, theme } = this.owner;
    this.leave();
    if (mark.single) {
      this.owner.select([...mark.ids][0]);
      return;
    }
    const atEnd = map.getZoom() >= map.getMaxZoom();
    if (data.answer?.mode !== "points") {
      const closer = Math.min(map.getMaxZoom(), map.getZoom() + 2);
      if (atEnd) this.listCells(mark);
      else map.setView(this.latLngOf(mark), closer, this.owner.motion());
      return;
    }
    const extent = extentOf(mark, data.answer);
    const furthest = 256 * 2 ** (LIST_FROM_ZOOM + 1);
    const together = Math.max(extent[2] - extent[0], extent[3] - extent[1]) * furthest < 20;
    if (mark.n <= LIST_AT_MOST || map.getZoom() >= LIST_FROM_ZOOM || atEnd || together) {
      this.showList(mark, entriesOf(mark, data.answer), [0, 0], isOnePlace(mark, data.answer, theme));
    } else this.zoomTo(extent);
  }

  /** @param {Mark} mark */
  latLngOf(mark) {
    return this.owner.map.containerPointToLatLng(this.owner.containerPointOf(mark));
  }

  /** @param {Box} extent */
  zoomTo(extent) {
    const { map } = this.owner;
    const [west, east] = [unitToLon(extent[0]), unitToLon(extent[2])];
    const world = Math.round((map.getCenter().lng - (west + east) / 2) / 360) * 360;
    const bounds = L.latLngBounds(
      [unitToLat(extent[3]), west + world], [unitToLat(extent[1]), east + world]);
    const fit = map.getBoundsZoom(bounds, false, L.point(120, 120));
    const zoom = Math.min(map.getMaxZoom(), Math.max(map.getZoom() + 1, fit));
    map.setView(bounds.getCenter(), zoom, this.owner.motion());
  }

  /** @param {Mark} mark @param {Entry[]} entries @param {Count} more @param {boolean} [isPlace] */
  showList(mark, entries, more, isPlace = false) {
    const { list, theme, state } = this.owner;
    const at = this.owner.containerPointOf(mark);
    list.open(theme, entries, { at, more, selected: state.selected, isPlace });
  }

  /** @param {Mark} mark */
  async listCells(mark) {
    try {
      const { entries, more } = await this.owner.data.list(mark.members);
      this.showList(mark, entries, more);
    } catch (error) {
      this.owner.notice.show(error instanceof FeedError ? error : say(UNREACHABLE), false);
    }
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target !== this.owner.map.getContainer()) return;
    const step = new Map([["n", 1], ["p", -1]]).get(event.key.toLowerCase());
    if (step) this.step(step);
    else if (event.key === "Enter" && this.focused) this.open(this.focused);
    else if (event.key === "Escape") this.unfocus();
    else return;
    event.preventDefault();
  }

  /** Marks in the viewport in reading order: rows from the north, each from the west. */
  visible() {
    const size = this.owner.map.getSize();
    return this.owner.marks()
      .map((mark) => ({ mark, at: this.owner.containerPointOf(mark) }))
      .filter(({ at }) => at.x >= 0 && at.y >= 0 && at.x <= size.x && at.y <= size.y)
      .sort(({ at: a }, { at: b }) => Math.floor(a.y / 60) - Math.floor(b.y / 60) || a.x - b.x);
  }

  /** Say something to readers who listen. @param {string} words */
  say(words) {
    this.live.textContent = words;
  }

  /** @param {number} by */
  step(by) {
    const visible = this.visible();
    if (!visible.length) {
      this.say(say("No incident in view."));
      return;
    }
    const now = visible.findIndex(({ mark: one }) => one === this.focused);
    const start = now < 0 && by < 0 ? 0 : now; // none yet: N takes the first, P the last
    const next = (start + by + visible.length) % visible.length;
    const { mark, at } = visible[next];
    this.focused = mark;
    const words = this.describe(mark).filter(Boolean);
    const said = words.map((text) => clip(text, 160)).join(comma());
    this.say(say("{incident}. {n} of {all} in view.", { incident: said, n: next + 1, all: visible.length }));
    this.owner.tooltip.show(words, at);
    this.owner.overlay.repaint();
  }

  /** The focus ring stays while a list of the same mark has the keyboard. @param {FocusEvent} event */
  onBlur(event) {
    const goesTo = /** @type {Node | null} */ (event.relatedTarget);
    if (!this.owner.map.getContainer().contains(goesTo)) this.unfocus();
    else this.owner.tooltip.hide();
  }

  unfocus() {
    if (!this.focused) return;
    this.focused = null;
    this.owner.tooltip.hide();
    this.owner.overlay.repaint();
  }

  /** Marks were made anew: keep the focus on the one that stands for the same. @param {Mark[]} marks */
  refocus(marks) {
    if (!this.focused) return;
    const { ids, x, y } = this.focused;
    const [id] = ids;
    this.focused = marks.find((mark) => (id ? mark.ids.has(id) : mark.x === x && mark.y === y)) ?? null;
    if (!this.focused) this.owner.tooltip.hide();
  }
}

export { Input };
