// Owns choosing by a shape: a circle that is dragged, a polygon whose corners are set, or either typed.
import { byId, element } from "../dom.js";
import { shield } from "../panel.js";
import { say, term } from "../tongue.js";
import { SHAPES } from "./filter.js";
import { circleText, parseShape, polygonText, shapeOf } from "./shapes.js";

const LEAST_PX = 6;
const NEAR_PX = 10;
const FINGER_PX = 24;
const CLICK_MS = 400; // within which the click of a press comes; after a finger has drawn none does
const CIRCLE = "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z";
const POLYGON = "M3 4.5 9 2.5 13.5 8 10 13.5 3.5 11z";

/**
 * @import { Stage } from "./stage.js"
 * @typedef {"circle" | "polygon"} Kind
 */

/** @type {Record<Kind, string>} */
const HOW = {
  circle: term("Press where its middle is and drag as far as it goes. Escape ends this."),
  polygon: term("Set corner after corner; press the first one again, or Enter, to close it. Escape ends this."),
};

class ShapeDrawing {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.map = stage.layer.map;
    /** @type {Kind | null} */
    this.kind = null;
    /** @type {L.LatLng[]} */
    this.corners = [];
    /** @type {L.Path | null} what is being drawn */
    this.draft = null;
    /** @type {L.Path | null} the shape that is asked for */
    this.shown = null;
    this.hint = shield(element("p", { class: "mp-draw-hint", role: "status", hidden: "" }));
    this.map.getContainer().append(this.hint);
    const { bar } = stage.layer.extent;
    this.buttons = /** @type {Record<Kind, HTMLButtonElement>} */ ({
      circle: bar.add(say("Choose by a circle"), CIRCLE, () => this.toggle("circle")),
      polygon: bar.add(say("Choose by a polygon"), POLYGON, () => this.toggle("polygon")),
    });
    this.listen();
  }

  listen() {
    const field = /** @type {HTMLInputElement} */ (byId("within"));
    field.addEventListener("change", () => this.take(field.value));
    const container = this.map.getContainer();
    container.addEventListener("pointerdown", (event) => this.press(event), { capture: true });
    container.addEventListener("mousemove", (event) => {
      if (this.kind) event.stopImmediatePropagation(); // nothing is pointed at meanwhile
    }, { capture: true });
    container.addEventListener("keydown", (event) => {
      if (!this.kind || !["Escape", "Enter"].includes(event.key)) return;
      if (event.key === "Enter") this.finish();
      else this.stop();
      event.preventDefault();
      event.stopPropagation();
    }, { capture: true });
  }

  /** What was typed; what is wrong is told and changes nothing. @param {string} typed */
  take(typed) {
    const within = typed.trim() ? parseShape(typed) : null;
    const wrong = Boolean(typed.trim()) && within === null;
    byId("within").toggleAttribute("aria-invalid", wrong);
    byId("filter-fault").textContent = wrong
      ? say("Within must be {wanted}, got “{got}”. Nothing was changed.", { wanted: SHAPES, got: typed }) : "";
    if (!wrong) this.stage.state.change({ within });
  }

  /** @param {Kind} kind */
  toggle(kind) {
    const isOn = this.kind === kind;
    this.stop();
    if (isOn) return;
    this.kind = kind;
    this.buttons[kind].setAttribute("aria-pressed", "true");
    this.hint.textContent = say(HOW[kind]);
    this.hint.hidden = false;
    this.map.dragging.disable();
    this.map.doubleClickZoom.disable();
    this.stage.layer.input.leave();
    const container = this.map.getContainer();
    container.classList.add("mp-drawing");
    container.focus({ preventScroll: true });
  }

  stop() {
    for (const button of Object.values(this.buttons)) button.setAttribute("aria-pressed", "false");
    if (!this.kind) return;
    this.kind = null;
    this.corners = [];
    this.hint.hidden = true;
    this.draft?.remove();
    this.draft = null;
    this.map.dragging.enable();
    this.map.doubleClickZoom.enable();
    this.map.getContainer().classList.remove("mp-drawing");
  }

  /** @param {PointerEvent} event */
  press(event) {
    const target = /** @type {Element} */ (event.target);
    const isOther = target.closest(".leaflet-control, .mp-goto, .mp-draw-hint");
    if (!this.kind || event.button || !event.isPrimary || isOther) return;
    event.preventDefault();
    event.stopPropagation();
    // What follows the press is not for the map either: it would choose what lies there.
    const container = this.map.getContainer();
    const swallow = (/** @type {Event} */ click) => click.stopPropagation();
    window.addEventListener("click", swallow, { capture: true, once: true });
    const stopSwallowing = () => window.removeEventListener("click", swallow, { capture: true });
    container.addEventListener("pointerup", () => window.setTimeout(stopSwallowing, CLICK_MS), { once: true });
    const at = this.map.mouseEventToLatLng(event);
    if (this.kind === "circle") this.drag(at, event.pointerId);
    else this.addCorner(at, event.pointerType === "touch" ? FINGER_PX : NEAR_PX);
  }

  /** @param {L.LatLng} middle @param {number} pointer */
  drag(middle, pointer) {
    const circle = L.circle(middle, { ...this.style(), radius: 1 }).addTo(this.map);
    this.draft = circle;
    const container = this.map.getContainer();
    container.setPointerCapture(pointer);
    const move = (/** @type {PointerEvent} */ event) => {
      circle.setRadius(Math.max(1, this.map.distance(middle, this.map.mouseEventToLatLng(event))));
    };
    const end = () => {
      container.removeEventListener("pointermove", move);
      const edge = this.map.latLngToContainerPoint(circle.getBounds().getNorthEast());
      const isDrawn = edge.distanceTo(this.map.latLngToContainerPoint(middle)) > LEAST_PX;
      const { lat, lng } = middle.wrap();
      const within = isDrawn ? circleText(lng, lat, circle.getRadius() / 1000) : null;
      this.done(within);
    };
    container.addEventListener("pointermove", move);
    container.addEventListener("pointerup", end, { once: true });
    container.addEventListener("pointercancel", end, { once: true });
  }

  /** @param {L.LatLng} at @param {number} near within which it closes the shape */
  addCorner(at, near) {
    const [first] = this.corners;
    const pixels = (/** @type {L.LatLng} */ one) => this.map.latLngToContainerPoint(one);
    if (this.corners.length > 2 && pixels(at).distanceTo(pixels(first)) <= near) {
      this.finish();
      return;
    }
    this.corners.push(at);
    this.draft?.remove();
    this.draft = L.polygon(this.corners, this.style()).addTo(this.map);
    this.hint.textContent = `${HOW.polygon} ${this.corners.length} set.`;
  }

  finish() {
    const turn = Math.round((this.corners[0]?.lng ?? 0) / 360) * 360;
    this.done(this.kind === "polygon" ? polygonText(this.corners.map(({ lng, lat }) => [lng - turn, lat])) : null);
  }

  /** @param {string | null} within */
  done(within) {
    this.stop();
    if (within) this.stage.state.change({ within });
  }

  style() {
    const { focus } = this.stage.layer.theme.colors;
    return { color: focus, weight: 2, fillColor: focus, fillOpacity: 0.06, interactive: false };
  }

  /** Show the shape that is asked for, on the map and in its field. */
  show() {
    const { within } = this.stage.state.filter;
    const field = /** @type {HTMLInputElement} */ (byId("within"));
    field.value = within ?? "";
    field.removeAttribute("aria-invalid");
    this.shown?.remove();
    this.shown = null;
    if (!within) return;
    const { corners, km } = shapeOf(within);
    const at = corners.map(([lon, lat]) => L.latLng(lat, lon));
    this.shown = (km ? L.circle(at[0], { ...this.style(), radius: km * 1000 }) : L.polygon(at, this.style()))
      .addTo(this.map);
  }
}

export { ShapeDrawing };
