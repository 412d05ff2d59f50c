// Owns the map's life inside the app's frame: its view in the page's address, clicks to the script.
import { element } from "./dom.js";
import { ServerFeed } from "./feed.js";
import { lineDrawing } from "./icons.js";
import { create } from "./layer.js";
import { parse, toText } from "./view.js";

/**
 * @import { Sources } from "./basemap.js"
 * @import { State, Tiles } from "./layer.js"
 * @import { MapView } from "./view.js"
 * @typedef {{ go?: MapView | null, ask?: number }} Wishes a place to go to; a number with which
 *   the app asks once for the view
 */

const KEY = "view";

/** The page around the frame, or null when a browser does not let us see it. */
function page() {
  try {
    return window.parent.location.href ? window.parent : null;
  } catch {
    return null;
  }
}

/** The view that the page's address asks for: {lon, lat, zoom}, or null. */
function askedView() {
  const outer = page();
  const text = outer && new URLSearchParams(outer.location.search).get(KEY);
  return parse(text ?? "");
}

/** Write the view into the page's address, without a new history entry. @param {MapView | null} view */
function rememberView(view) {
  const outer = page();
  if (!outer || !view) return;
  const text = toText(view);
  const address = new URL(outer.location.href);
  if (address.searchParams.get(KEY) === text) return;
  address.searchParams.set(KEY, text);
  const query = address.search.replaceAll("%2C", ",");
  outer.history.replaceState(outer.history.state, "", address.pathname + query + address.hash);
}

/** A button that limits the filter to what the map shows. @param {() => void} onLimit */
function limitControl(onLimit) {
  const control = new L.Control({ position: "topleft" });
  control.onAdd = () => {
    const words = "Show only what lies within this view";
    const button = element("a", { href: "#", role: "button", title: words, "aria-label": words }, [
      lineDrawing("M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4")]);
    button.addEventListener("click", (event) => {
      event.preventDefault();
      onLimit();
    });
    const bar = element("div", { class: "leaflet-bar mapview-limit" }, [button]);
    L.DomEvent.disableClickPropagation(bar);
    return bar;
  };
  return control;
}

/**
 * Put the incident map on the app's Leaflet map.
 * @param {L.Map} map
 * @param {{ api: string, basemap: Sources, tiles: Tiles | null, bounds: L.LatLngBoundsLiteral }} config
 * @returns the map, whose setState may also ask for its view, or to go somewhere
 */
function mountInFrame(map, config) {
  const asked = askedView();
  const show = () => {
    if (asked) map.setView([asked.lat, asked.lon], asked.zoom, { animate: false });
    else map.fitBounds(config.bounds, { animate: false });
  };
  show();
  // The frame gets its height only after the map is made.
  map.once("resize", show);
  let view = asked;

  // The app listens to clicks on any layer and is given the event's `latlng` as it is.
  const messenger = L.layerGroup([]).addTo(map);
  const tell = (/** @type {object} */ message) => messenger.fire("click", { latlng: { ...message, n: Date.now() } });

  const incidents = create(map, {
    feed: new ServerFeed(config.api),
    basemap: config.basemap,
    tiles: config.tiles,
    onSelect: (id) => tell({ id }),
    onSelectAreas: (areas) => tell({ areas }),
    onViewChange: (now) => {
      view = now;
      rememberView(now);
    },
  });
  limitControl(() => {
    const box = map.getBounds();
    const turn = (/** @type {number} */ lon) => ((((lon + 180) % 360) + 360) % 360) - 180;
    const whole = box.getEast() - box.getWest() >= 360;
    const edges = [
      whole ? -180 : turn(box.getWest()),
      Math.max(-90, box.getSouth()),
      whole ? 180 : turn(box.getEast()),
      Math.min(90, box.getNorth()),
    ];
    tell({ bounds: edges.map((edge) => edge.toFixed(4)).join(",") });
  }).addTo(map);

  let gone = "null";
  let told = 0;
  const setState = incidents.setState.bind(incidents);
  /** @param {Partial<State> & Wishes} state */
  incidents.setState = ({ go, ask, ...state }) => {
    setState(state);
    if (ask && ask !== told) {
      told = ask;
      const { lng: lon, lat } = map.getCenter().wrap();
      const { x, y } = map.getSize();
      tell({ view: toText({ lon, lat, zoom: map.getZoom() }), size: [x, y], ask });
    }
    const wanted = JSON.stringify(go ?? null);
    if (go) map.off("resize", show);
    if (go && wanted !== gone) incidents.flyTo(go.lon, go.lat, Math.max(map.getZoom(), go.zoom));
    gone = wanted;
    // A rerun of the script writes its own part of the address only.
    setTimeout(() => rememberView(view), 400);
  };
  window.addEventListener("message", ({ data }) => {
    if (data?.type === "streamlit:render" && data.theme?.base) incidents.setTheme(data.theme.base);
  });
  return incidents;
}

export { mountInFrame };
