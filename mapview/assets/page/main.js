// Owns the start of the page, and what follows from each change of its state.
import { byId } from "../dom.js";
import { WORLD, unitToLat, unitToLon } from "../geometry.js";
import { create } from "../layer.js";
import { State } from "./address.js";
import { Controls } from "./controls.js";
import { Details } from "./details.js";
import { besideDetails, followLink, sleepy, uncover } from "./embedding.js";
import { narrowedWords } from "./filter.js";
import { PageError, config as readConfig, open } from "./packed.js";
import { watch } from "./printing.js";
import { Records, feedOf } from "./records.js";
import { countWords } from "./scope.js";
import { AreaTable, IncidentTable } from "./tables.js";
import { Timeline } from "./timeline.js";

const CHOSEN_ZOOM = 7;
const TABLES_AFTER_MS = 60;

/**
 * @import { Place } from "../labels.js"
 * @import { Topology } from "../topology.js"
 * @import { Changed } from "./address.js"
 * @import { Detail } from "./details.js"
 * @import { Config } from "./packed.js"
 * @import { PageData } from "./records.js"
 * @typedef {{
 *   records: PageData, world: Topology, provinces: Topology, labels: Place[],
 *   areaDetails: Detail[],
 * }} Parts what the page carries
 */

/** @param {string} sentence */
function fault(sentence) {
  const node = byId("fault");
  node.textContent = sentence;
  node.hidden = !sentence;
}

/** Scrolling goes through the page until somebody has clicked into the map. @param {L.Map} map */
function wheelOnlyWithFocus(map) {
  map.scrollWheelZoom.disable();
  const container = map.getContainer();
  container.addEventListener("focusin", () => map.scrollWheelZoom.enable());
  container.addEventListener("focusout", () => map.scrollWheelZoom.disable());
}

class Page {
  /** @param {Config} config @param {Parts} parts */
  constructor(config, parts) {
    this.config = config;
    this.records = new Records(parts.records);
    this.state = new State(parts.records);
    const map = L.map("map", { worldCopyJump: true, attributionControl: false }).setView([0, 0], 2);
    this.feed = feedOf(this.records);
    const { world, provinces, labels } = parts;
    this.layer = create(map, {
      feed: this.feed, basemap: { world, provinces, labels },
      onSelect: (id) => this.chosenOnMap(() => this.state.select(id), id),
      onSelectAreas: (areas) => this.chosenOnMap(() => this.state.selectAreas(areas), areas[0]),
      onViewChange: (view) => this.state.moved(view),
    });
    this.layer.extent.setHome(config.home);
    this.showView({ animate: false });
    this.frame = 0;
    this.timer = 0;
    this.started = false;
    /** Settled once the details are shown that were asked for last. */
    this.shown = Promise.resolve();
    const { records, state, layer } = this;
    const theme = () => layer.theme;
    this.details = new Details(byId("side"), {
      records, embedded: config.embedded, onChoose: (id) => this.choose(id),
      onChooseAreas: (ids) => state.selectAreas(ids),
      onClose: () => this.close(),
    });
    this.controls = new Controls({ records, state, theme });
    this.timeline = new Timeline({ records, state });
    this.tables = config.embedded ? [] : this.makeTables(parts.areaDetails);
    if (config.embedded) {
      sleepy(map, byId("wake"));
      followLink({ version: parts.records.version, changed: config.changed });
    } else wheelOnlyWithFocus(map);
    this.state.onChange((what) => this.changed(what));
    this.changed({ filter: true, selected: true });
    this.fillTables();
    this.goToChosen();
    this.tellFaults();
  }

  /** Say what could not be understood in the address, or take back what was said. */
  tellFaults() {
    const { faults } = this.state;
    fault(faults.length ? `In the address, ${faults.join("; ")}. The rest was used.` : "");
  }

  /** The tables of incidents and of base areas, and what belongs to them. @param {Detail[]} details */
  makeTables(details) {
    const { records, layer } = this;
    const table = (/** @type {string} */ id) => /** @type {HTMLTableElement} */ (byId(id));
    const incidents = new IncidentTable(table("incident-table"), byId("incident-more"), {
      records, theme: () => layer.theme, onChoose: (id) => this.choose(id) });
    const areas = new AreaTable(table("area-table"), byId("area-more"), {
      records, details, onChoose: (id) => this.chooseArea(id) });
    const tables = [incidents, areas];
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      incidents.retheme();
      this.controls.retheme();
    });
    watch({ layer, tables, words: () => this.printedWords() });
    return tables;
  }

  /** What paper says under the map: how far the reader narrowed the page, and what it shows. */
  printedWords() {
    const { filter } = this.state;
    const narrowed = this.state.text
      ? `As narrowed in the page: ${narrowedWords(filter, this.records.data)} ` : "";
    return `${narrowed}${byId("count").textContent} ${this.layer.extent.outside.words}`.trim();
  }

  /** Bring everything in line with the state. @param {Changed} what */
  changed({ filter, selected, view }) {
    const { state, layer } = this;
    const { text } = state;
    const { id, areas } = state.selected;
    layer.setState({
      filter: text, version: this.records.data.version, selected: id, area: areas[0] ?? null });
    if (filter) {
      byId("count").textContent = `${countWords(this.records, text)}.`;
      this.controls.show();
      this.timeline.show();
      this.later();
    }
    if (selected || (filter && id === null && !areas.length)) this.shown = this.showDetails();
    if (view) this.arrive();
  }

  /** Another address was opened in this page: go where it says. */
  arrive() {
    this.tellFaults();
    if (this.state.view) this.showView();
    else this.goToChosen();
  }

  /** Show the view of the address, or the first one. @param {{ animate?: boolean }} [motion] */
  showView(motion) {
    const { view } = this.state;
    if (view) this.layer.map.setView([view.lat, view.lon], view.zoom, motion);
    else this.layer.extent.goHome(motion);
  }

  /** Fill the tables once the map is painted; while a slider is dragged, only at its last place. */
  later() {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
    this.frame = requestAnimationFrame(() => {
      this.timer = window.setTimeout(() => this.fillTables(), TABLES_AFTER_MS);
    });
  }

  fillTables() {
    const { text } = this.state;
    for (const table of this.tables) table.show(text);
    if (!this.config.embedded) byId("areas-section").hidden = !this.records.areaList(text).length;
  }

  async showDetails() {
    const { id, areas } = this.state.selected;
    [id, areas[0] ?? null].forEach((one, i) => this.tables[i]?.mark(one));
    try {
      await this.details.show(this.state.selected, this.state.text);
    } catch (error) {
      fault(error instanceof PageError ? error.message : "The details could not be shown.");
    }
  }

  /** @param {() => void} change @param {string | null} id */
  async chosenOnMap(change, id) {
    change();
    if (!id) return;
    this.layer.input.say("Its details are shown beside the map.");
    if (!this.config.embedded) return;
    await this.shown;
    const place = this.chosenPlace();
    if (place) uncover(this.layer.map, byId("side"), place);
  }

  /** Longitude and latitude of the incident or base area that is chosen, if it is on the map. */
  chosenPlace() {
    const { id, areas } = this.state.selected;
    const area = id === null ? this.records.drawnAreas.get(areas[0]) : null;
    if (area) return [area.lon, area.lat];
    const row = this.records.pointOf.get(this.records.position.get(id ?? "") ?? -1);
    if (row === undefined) return null;
    const { x, y } = this.records.data.points;
    return [unitToLon(x[row] / WORLD), unitToLat(y[row] / WORLD)];
  }

  /** Choose an incident from a list: show its details and go to it. @param {string} id */
  choose(id) {
    this.state.select(id);
    this.goToChosen();
    this.lookAtDetails();
  }

  /** @param {string} id */
  chooseArea(id) {
    this.state.selectAreas([id]);
    this.goToChosen();
    this.lookAtDetails();
  }

  /** Details are read next, so the keyboard goes there, and the page with it. */
  lookAtDetails() {
    if (this.config.embedded) return;
    const side = byId("side");
    side.focus({ preventScroll: true });
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const stage = side.parentElement ?? side;
    // On narrow screens the details stand under the map, and they are what was asked for.
    const isBelow = side.offsetWidth > stage.offsetWidth / 2;
    const seen = isBelow ? side : stage;
    const { top } = seen.getBoundingClientRect();
    if (top < 0 || top > window.innerHeight / 3) {
      seen.scrollIntoView({ behavior: still ? "auto" : "smooth", block: "start" });
    }
  }

  close() {
    this.state.select(null);
    this.layer.map.getContainer().focus({ preventScroll: true });
  }

  /** An address that names a record and no view, or a choice in a list: go there. */
  async goToChosen() {
    const place = this.chosenPlace();
    const stays = this.state.view && !this.started;
    this.started = true;
    if (!place || stays) return;
    await this.shown; // details may cover a part of the map
    const [lon, lat] = place;
    const { map } = this.layer;
    const zoom = Math.max(map.getZoom(), CHOSEN_ZOOM);
    const seen = this.config.embedded
      ? besideDetails(map, byId("side"), [lon, lat], zoom) : { lng: lon, lat };
    this.layer.flyTo(seen.lng, seen.lat, zoom);
  }
}

async function start() {
  const config = readConfig();
  /**
   * @type {[Promise<PageData>, Promise<Topology>, Promise<Topology>, Promise<Place[]>, Promise<Detail[]>]}
   */
  const blocks = [
    open("packed-records"), open("packed-world"), open("packed-provinces"), open("packed-labels"),
    open("packed-area-details"),
  ];
  const [records, world, provinces, labels, areaDetails] = await Promise.all(blocks);
  const page = new Page(config, { records, world, provinces, labels, areaDetails });
  Object.assign(window, { mapviewPage: page, mapviewMap: page.layer });
}

start().catch((error) => {
  fault(error instanceof PageError ? error.message : "This page could not be shown.");
  document.documentElement.dataset.mapviewFault = String(error);
});
