// Owns the map's life inside another page: asleep until clicked, and partly under its details.
import { byId } from "../dom.js";

const EDGE_PX = 40;

/**
 * Put the map to sleep; a click wakes it, Escape or leaving the frame puts it to sleep again.
 * @param {L.Map} map
 * @param {HTMLElement} wake covers the map while it sleeps
 */
function sleepy(map, wake) {
  const container = map.getContainer();
  const sleep = (/** @type {boolean} */ giveFocus) => {
    if (!wake.hidden) return;
    container.inert = true;
    wake.hidden = false;
    if (giveFocus) wake.focus({ preventScroll: true });
  };
  wake.addEventListener("click", () => {
    wake.hidden = true;
    container.inert = false;
    container.focus({ preventScroll: true });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") sleep(container.contains(document.activeElement));
  });
  document.documentElement.addEventListener("mouseleave", (event) => {
    const { activeElement } = document;
    const isTyping = activeElement instanceof HTMLInputElement && container.contains(activeElement);
    if (!event.buttons && !isTyping) sleep(false); // a drag may go outside and come back
  });
  window.addEventListener("blur", () => sleep(false));
  wake.hidden = true;
  sleep(false);
}

/** Wheel and one finger go through the page until somebody has clicked into the map. @param {L.Map} map */
function moveOnlyWithFocus(map) {
  const isTouch = window.matchMedia("(pointer: coarse)").matches;
  const handlers = [map.scrollWheelZoom, ...(isTouch ? [map.dragging] : [])];
  const container = map.getContainer();
  container.addEventListener("focusin", () => handlers.forEach((one) => one.enable()));
  container.addEventListener("focusout", () => handlers.forEach((one) => one.disable()));
  handlers.forEach((one) => one.disable());
}

/**
 * Pixels of the map that the open details cover: at its right, below zero at its left, or at the bottom if it is
 * narrow.
 * @param {L.Map} map @param {HTMLElement} side
 */
function covered(map, side) {
  if (side.hidden) return [0, 0];
  const [box, over] = [map.getContainer().getBoundingClientRect(), side.getBoundingClientRect()];
  if (over.width >= box.width) return [0, Math.max(0, box.bottom - over.top)];
  return over.left > box.left ? [Math.max(0, box.right - over.left), 0] : [-Math.max(0, over.right - box.left), 0];
}

/**
 * The middle of the map with which a place stands in the middle of what details leave of it.
 * @param {L.Map} map @param {HTMLElement} side @param {number[]} place @param {number} zoom
 */
function besideDetails(map, side, [lon, lat], zoom) {
  const [right, bottom] = covered(map, side);
  return map.unproject(map.project([lat, lon], zoom).add([right / 2, bottom / 2]), zoom);
}

/**
 * Move the map no further than needed for a place on it not to lie under the details.
 * @param {L.Map} map @param {HTMLElement} side @param {number[]} place
 */
function uncover(map, side, [lon, lat]) {
  const [right, bottom] = covered(map, side);
  const size = map.getSize();
  const { x, y } = map.latLngToContainerPoint([lat, lon]);
  const isSeen = x >= 0 && y >= 0 && x <= size.x && y <= size.y;
  const across = right < 0 ? Math.min(0, x + right - EDGE_PX) : right && Math.max(0, x - (size.x - right - EDGE_PX));
  const down = bottom && Math.max(0, y - (size.y - bottom - EDGE_PX));
  if (isSeen && (across || down)) map.panBy([across, down]);
}

/**
 * Say whether the link that was followed was made from other data, and lead to the whole map with
 * all that the link says. The page itself is the same for every link with one filter.
 * @param {{ version: string, changed: string }} config
 */
function followLink({ version, changed }) {
  const { search } = window.location;
  const home = document.getElementById("home");
  if (home instanceof HTMLAnchorElement) home.search = search;
  const from = new URLSearchParams(search).get("v") ?? "";
  if (!/^[0-9a-f]{12}$/.test(from) || from === version) return;
  const notice = byId("notice");
  notice.textContent = changed.replace("{link}", from).replace("{now}", version);
  notice.hidden = false;
}

/** Go to what a link names in the page itself: a frame without an origin has no address to go there by. */
function followNames() {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
    const named = link && document.getElementById(link.getAttribute("href")?.slice(1) ?? "");
    if (!link) return;
    event.preventDefault();
    named?.scrollIntoView();
    named?.focus({ preventScroll: true });
  });
}

export { sleepy, besideDetails, followLink, followNames, moveOnlyWithFocus, uncover };
