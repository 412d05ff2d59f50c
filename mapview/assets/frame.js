// Owns the map's life inside the app's frame: its view in the page's address, clicks to the script.
import { Limit } from "./buttons.js";
import { FeedError, ServerFeed } from "./feed.js";
import { create } from "./layer.js";
import { parse, toText } from "./view.js";

/**
 * @import { Sources } from "./basemap.js"
 * @import { Home } from "./extent.js"
 * @import { State, Tiles } from "./layer.js"
 * @import { MapView } from "./view.js"
 * @typedef {{ go?: MapView | null, ask?: number, fit?: number, home?: Home }} Wishes a place to go
 *   to; a number with which the app asks once for the view; one that changes with each change of
 *   the filter by hand; where what is shown lies
 */

const KEY = "view";
const REPAIR_MS = 250;
const SLIP_PX = 4; // by which a map moves as its frame grows
const CHECK_MS = 20_000;

/**
 * The page around the frame, or null when a browser does not let us see it. While another page takes
 * its place it keeps the last view, for coming back.
 * @returns {(Window & { mapviewLeft?: MapView | null }) | null}
 */
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

/** The view to begin with: that of the address, or that from before another page was opened. */
function firstView() {
  const outer = page();
  const left = outer?.mapviewLeft;
  if (outer) outer.mapviewLeft = null;
  return askedView() ?? left ?? null;
}

/** The page's own path: while another page takes its place, the frame is still here for a moment. */
const path = page()?.location.pathname;

/** Write the view into the page's address, without a new history entry. @param {MapView | null} view */
function rememberView(view) {
  const outer = page();
  if (!outer || !view || outer.location.pathname !== path) return;
  const text = toText(view);
  const address = new URL(outer.location.href);
  if (address.searchParams.get(KEY) === text) return;
  address.searchParams.set(KEY, text);
  const query = address.search.replaceAll("%2C", ",");
  outer.history.replaceState(outer.history.state, "", address.pathname + query + address.hash);
}

/** What the map shows as west, south, east, north, for the filter. @param {L.Map} map */
function edgesOf(map) {
  const box = map.getBounds();
  const turn = (/** @type {number} */ lon) => ((((lon + 180) % 360) + 360) % 360) - 180;
  const whole = box.getEast() - box.getWest() >= 360;
  return [
    whole ? -180 : turn(box.getWest()), Math.max(-90, box.getSouth()),
    whole ? 180 : turn(box.getEast()), Math.min(90, box.getNorth()),
  ];
}

/**
 * Keep the address of the page around the frame in line with the view: whatever writes it anew
 * writes the view that it knew. Going back or forth brings a view that the map then follows.
 * @param {() => MapView | null} seen @param {(view: MapView | null) => void} follow
 */
function keepAddress(seen, follow) {
  const outer = page();
  if (!outer) return;
  const write = () => rememberView(seen());
  const timer = window.setInterval(write, REPAIR_MS);
  const back = () => follow(askedView());
  outer.addEventListener("popstate", back);
  window.addEventListener("pagehide", () => {
    outer.mapviewLeft = seen();
    clearInterval(timer);
    outer.removeEventListener("popstate", back);
  });
}

/**
 * Say so when the program has other data than the page shows, though nobody touches the map. That it
 * cannot be reached is said by the page around the frame.
 * @param {ServerFeed} feed @param {ReturnType<typeof create>} incidents
 */
function watchVersion(feed, incidents) {
  window.setInterval(async () => {
    const { version } = incidents.state;
    if (document.hidden || !version) return;
    try {
      await feed.check(version);
    } catch (error) {
      const isOther = error instanceof FeedError && !error.canRetry;
      if (isOther && incidents.state.version === version) incidents.onError(error);
    }
  }, CHECK_MS);
}

/**
 * Put the incident map on the app's Leaflet map.
 * @param {L.Map} map
 * @param {{ api: string, basemap: Sources, tiles: Tiles | null }} config
 * @returns the map, whose setState may also say where its home is, ask for its view or go somewhere
 */
function mountInFrame(map, config) {
  map.setView([0, 0], 2, { animate: false });
  /** @type {MapView | null} the view that the address tells; null until there is one */
  let view = null;

  // The app listens to clicks on any layer and is given the event's `latlng` as it is.
  const messenger = L.layerGroup([]).addTo(map);
  const tell = (/** @type {object} */ message) => messenger.fire("click", { latlng: { ...message, n: Date.now() } });

  const feed = new ServerFeed(config.api);
  const incidents = create(map, {
    feed,
    basemap: config.basemap,
    tiles: config.tiles,
    onSelect: (id) => tell({ id }),
    onSelectAreas: (areas) => tell({ areas }),
    onViewChange: (now) => {
      view = now;
      rememberView(now);
    },
  });
  const { extent } = incidents;
  const limit = new Limit((isLimited) => {
    extent.release();
    tell({ bounds: isLimited ? "" : edgesOf(map).map((edge) => edge.toFixed(4)).join(",") });
  }).addTo(map);

  const goTo = (/** @type {MapView | null} */ asked) => {
    if (asked) map.setView([asked.lat, asked.lon], asked.zoom, { animate: false });
    else extent.goHome({ animate: false });
  };
  const first = firstView();
  /** @type {{ center: L.LatLng, zoom: number } | null} where the map arrived */
  let arrived = null;
  const hasLeft = () => arrived !== null && (map.getZoom() !== arrived.zoom
    || map.project(map.getCenter()).distanceTo(map.project(arrived.center)) > SLIP_PX);
  function arrive() {
    if (hasLeft()) {
      map.off("resize", arrive);
      return;
    }
    goTo(first);
    arrived = { center: map.getCenter(), zoom: map.getZoom() };
  }
  keepAddress(() => view, (asked) => {
    goTo(asked);
    view = asked && incidents.mapView();
  });

  let isNew = true;
  let gone = "null";
  let [told, fitted] = [0, 0];
  const setState = incidents.setState.bind(incidents);
  /** @param {Partial<State> & Wishes} state */
  incidents.setState = ({ go, ask, fit, home, ...state }) => {
    if (home) extent.setHome(home);
    if (isNew) {
      arrive();
      // The frame gets its size only after the map is made, on a slow machine in several steps.
      map.on("resize", arrive);
    }
    setState(state);
    limit.tell(incidents.state.filter);
    if (!isNew && fit && fit !== fitted) extent.follow();
    fitted = fit ?? fitted;
    isNew = false;
    if (ask && ask !== told) {
      told = ask;
      const { x, y } = map.getSize();
      tell({ view: toText(incidents.mapView()), size: [x, y], ask });
    }
    const wanted = JSON.stringify(go ?? null);
    if (go) map.off("resize", arrive);
    if (go && wanted !== gone) incidents.flyTo(go.lon, go.lat, Math.max(map.getZoom(), go.zoom));
    gone = wanted;
  };
  window.addEventListener("message", ({ data }) => {
    if (data?.type === "streamlit:render" && data.theme?.base) incidents.setTheme(data.theme.base);
  });
  watchVersion(feed, incidents);
  return incidents;
}

export { mountInFrame };
