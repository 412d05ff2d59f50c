// Owns the stage: brings bar, filters, map, timeline, sheet and table in line with one state.
import { Limit } from "../buttons.js";
import { byId, tell, write } from "../dom.js";
import { create } from "../layer.js";
import { ownOf } from "../own.js";
import { comma, parted, say } from "../tongue.js";
import { edgesOf } from "../view.js";
import { State } from "./address.js";
import { Beside } from "./beside.js";
import { Controls } from "./controls.js";
import { Details } from "./details.js";
import { besideDetails, uncover } from "./embedding.js";
import { Eyes } from "./eyes.js";
import { GoTo } from "./goto.js";
import { watchKeys } from "./keys.js";
import { offerPicture } from "./picture.js";
import { ShapeDrawing } from "./drawing.js";
import { LATE, Latest } from "./patience.js";
import { countWords } from "./scope.js";
import { TablePanel } from "./tablepanel.js";
import { Timeline } from "./timeline.js";
import { said } from "./words.js";

const [CHOSEN_ZOOM, REST_MS, BESIDE_MS] = [7, 150, 100];
const WIDE = "(min-width: 1180px)"; // where filters stand beside the map from the start

/**
 * @import { Sources } from "../basemap.js"
 * @import { Home } from "../extent.js"
 * @import { Tiles } from "../layer.js"
 * @import { Asked } from "../pressing.js"
 * @import { Changed, Place } from "./address.js"
 * @import { Answers, Summary } from "./answers.js"
 * @import { GroupLink } from "./details.js"
 * @import { Handing } from "./picking.js"
 * @import { MapView } from "../view.js"
 * @typedef {object} Options
 * @property {Answers} answers
 * @property {Summary} all of all records
 * @property {Sources} basemap
 * @property {Tiles | null} [tiles]
 * @property {Home} home
 * @property {Place} place where the state is written
 * @property {(text: string) => string} linkTo the address of a state
 * @property {GroupLink} groupLink
 * @property {Document | null} [around] the page around a frame, where keys are pressed too
 * @property {Handing} [handing] what the program makes of rows that are selected
 * @property {(map: L.Map) => void} [tame] lets a page be scrolled over its maps
 * @property {string} [unfiltered] what is said in the place of filters where none is set
 * @property {boolean} isSmall whether it stands in a small frame, with filters closed at first
 */

/** @param {import("../dom.js").Told} told */
function fault(told) {
  const node = byId("fault");
  tell(node, told);
  node.hidden = !told;
}

class Stage {
  /** @param {L.Map} map whose container stands in the stage @param {Options} options */
  constructor(map, options) {
    this.options = options;
    const { answers, place, home } = options;
    this.answers = answers;
    this.state = new State(answers.known, place);
    this.own = ownOf(answers.known, options.all.facets.type);
    // Before there is a map, whose first view and legend depend on its width.
    this.openDrawer(window.matchMedia(WIDE).matches && !options.isSmall);
    map.invalidateSize({ animate: false });
    this.layer = create(map, {
      feed: answers.feed, basemap: options.basemap, tiles: options.tiles ?? null, own: this.own,
      onSelect: (id) => this.chosenOnMap(() => this.state.select(id), id),
      onSelectAreas: (areas) => this.chosenOnMap(() => this.state.selectAreas(areas), areas[0]),
      onViewChange: (view) => this.state.moved(view),
      onPress: (asked) => this.toggle(asked),
    });
    options.tame?.(map);
    this.layer.extent.setHome(home);
    this.limit = new Limit((isLimited) => {
      this.layer.extent.release();
      this.state.change({ bounds: isLimited ? null : edgesOf(map) });
    }).addTo(map);
    /** Whether the address says which part of the map is shown at first. */
    this.hasView = this.state.view !== null;
    this.showView({ animate: false });
    this.timer = 0;
    this.asked = 0;
    this.counted = "";
    this.waiting = ""; // for what: a message, or nothing
    this.started = false;
    this.resting = 0;
    this.lagging = 0;
    this.followed = ""; // the filter that the map went along with last
    this.isFollowing = false; // the first view is that of the address, or of all that it finds
    /** Settled once the details are shown that were asked for last. */
    this.shown = Promise.resolve();
    const { state, layer } = this;
    const theme = () => layer.theme;
    this.details = new Details(byId("side"), {
      answers, onChoose: (id) => this.choose(id), onChooseAreas: (ids) => state.selectAreas(ids),
      onClose: () => this.close(), onStep: (by) => this.step(by),
      link: (id) => options.linkTo(new URLSearchParams({ id }).toString()), groupLink: options.groupLink,
      theme, address: options.handing?.address ?? null,
    });
    this.controls = new Controls({
      answers, all: options.all, state, theme, unfiltered: options.unfiltered ?? "" });
    this.timeline = new Timeline({ answers, state });
    this.panel = new TablePanel({
      state, answers, theme, onChoose: (id) => this.choose(id), onChooseArea: (id) => this.chooseArea(id),
      handing: options.handing ?? null });
    this.table = this.panel.incidents;
    this.areaTable = this.panel.areas;
    if (!options.isSmall) offerPicture(this);
    this.drawing = new ShapeDrawing(this);
    this.goTo = new GoTo(this);
    this.summaries = new Latest((text) => answers.summary(text));
    this.summary = this.summaries.ask(this.state.text);
    this.beside = new Beside(this);
    this.eyes = new Eyes(this);
    watchKeys([document, ...(options.around ? [options.around] : [])], (event) => this.onKey(event));
    this.listen();
    state.onChange((what) => this.changed(what));
    if (answers.patience) answers.patience.onChange = (told) => this.showWaiting(told);
    this.changed({ filter: true, selected: true, panel: true, beside: true, hidden: true });
    this.goToChosen();
    this.tellFaults();
    if (this.state.view) this.hold(this.state.view);
    this.shown.then(() => byId("stage").classList.add("mp-placed"));
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether it was for the stage */
  onKey({ key, ctrlKey, metaKey, altKey, shiftKey }) {
    if (altKey) return false;
    if (ctrlKey || metaKey) return key.toLowerCase() === "z" && !shiftKey && this.state.undo();
    if (key === "c") this.beside.take();
    return key === "c" || (key === "/" && this.goTo.take());
  }

  listen() {
    byId("drawer-button").addEventListener("click", () => {
      this.openDrawer(Boolean(byId("drawer").hidden));
      if (!byId("drawer").hidden) byId("words").focus({ preventScroll: true });
    });
    byId("to-map").addEventListener("click", () => {
      const wake = byId("wake"); // over a map that sleeps
      (wake.hidden ? this.layer.map.getContainer() : wake).focus({ preventScroll: true });
    });
    byId("drawer").addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.openDrawer(false);
      byId("drawer-button").focus();
    });
    const { tiles } = this.options;
    byId("tiles-box").hidden = !tiles;
    if (tiles) {
      const { host } = new URL(tiles.url.replace("{s}", "a"));
      byId("tiles-box").title = say("Tells {host} which part of the world you look at.", { host });
    }
    byId("tiles").addEventListener("change", ({ target }) => (
      this.layer.useTiles(/** @type {HTMLInputElement} */ (target).checked)));
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.retheme());
  }

  retheme() {
    this.controls.retheme();
    this.table.retheme();
    this.beside.twin.retheme();
  }

  /** @param {boolean} isOpen */
  openDrawer(isOpen) {
    byId("drawer").hidden = !isOpen;
    byId("drawer-button").setAttribute("aria-expanded", String(isOpen));
  }

  /** Ask for what an entry of the legend stands for too, or no longer. @param {Asked} asked */
  toggle({ types = [], sourceTypes = [], group }) {
    const { filter } = this.state;
    const turned = (/** @type {string[]} */ chosen, /** @type {readonly string[]} */ some) => {
      const rest = chosen.filter((one) => !some.includes(one));
      return rest.length < chosen.length ? rest : [...chosen, ...some];
    };
    if (group) this.state.change({ groups: turned(filter.groups, [group]) });
    else if (types.length) this.state.change({ types: turned(filter.types, types) });
    else this.state.change({ sourceTypes: turned(filter.sourceTypes, sourceTypes) });
  }

  /** Say what could not be understood in the address, or take back what was said. */
  tellFaults() {
    const faults = parted(this.state.faults);
    fault(faults && say("In the address, {faults}. The rest was used.", { faults }));
  }

  /** Bring everything in line with the state. @param {Changed} what */
  changed({ filter, selected, panel, view, beside, hidden }) {
    const { state, layer } = this;
    const { id, areas } = state.selected;
    layer.setState({
      filter: state.text, version: this.answers.known.version, selected: id, area: areas[0] ?? null });
    if (filter) {
      if (view) {
        this.followed = state.text;
        this.entitle();
      } else this.follow();
      this.timeline.show();
      this.showSummary();
      if (!state.isDragged) this.bringAlong();
      else this.lagging ||= window.setTimeout(() => this.bringAlong(), BESIDE_MS);
    }
    if (selected || beside) this.beside.show();
    if (hidden || beside) this.eyes.show();
    if (beside) this.controls.showChips();
    if (panel) this.panel.later();
    if (selected) this.shown = this.showDetails();
    if (view) this.arrive();
  }

  /** What stands beside map, bars and counts: those keep up with each frame of a drag, this ten times a second. */
  bringAlong() {
    window.clearTimeout(this.lagging);
    this.lagging = 0;
    this.limit.tell(this.state.text);
    this.drawing.show();
    this.controls.showFields();
    this.beside.show();
    this.panel.later();
  }

  /** Go along with the filter: at once after a rest, and at the end of what changes quickly, as in a drag. */
  follow() {
    if (!this.resting) this.goAlong();
    window.clearTimeout(this.resting);
    this.resting = window.setTimeout(() => {
      this.resting = 0;
      this.entitle();
      if (this.followed !== this.state.text) this.goAlong();
    }, REST_MS);
  }

  /** Go to what the filter finds, unless somebody chose this view and sees some of it. */
  async goAlong() {
    const { text } = this.state;
    this.followed = text;
    const home = await this.answers.extent?.(text);
    if (!home || text !== this.state.text) return;
    const { extent } = this.layer;
    extent.setHome(home);
    if (this.isFollowing) extent.follow();
    else if (!this.hasView && text && this.state.selected.id === null) extent.goHome({ animate: false });
    this.isFollowing = true;
  }

  /** Counts of all kinds; what was asked before and comes late is left aside. */
  async showSummary() {
    const mine = (this.asked += 1);
    this.summary = this.summaries.ask(this.state.text);
    this.counted = "";
    const summary = await this.summary;
    if (mine !== this.asked) return;
    this.counted = `${countWords(summary)}.`;
    this.showCount();
    this.controls.showCounts(summary);
    this.controls.offerLooser(summary);
  }

  /** @param {string} told what is waited for: a message of the catalogue, or nothing */
  showWaiting(told) {
    this.waiting = told;
    this.showCount();
  }

  /**
   * What this filter finds. Numbers of the one before must not be taken for it: once a wait began they are
   * pale until this one is counted, whichever question was answered first.
   */
  showCount() {
    const told = this.waiting === LATE && this.counted ? "" : this.waiting;
    if (!told && !this.counted) return;
    byId("stage").classList.toggle("mp-waiting", Boolean(told));
    write(byId("count"), told ? say(told) : this.counted);
  }

  /** Another address was opened in this page: go where it says. */
  arrive() {
    this.tellFaults();
    if (this.state.view) this.hold(this.state.view);
    else this.goToChosen();
  }

  /**
   * Show a view just as it was told, once all that stands beside the map is there: what opens or closes
   * there moves the map, and so does running to it, by parts of a pixel.
   * @param {MapView} view
   */
  async hold(view) {
    await this.shown;
    this.layer.map.invalidateSize({ animate: false });
    this.state.view = view;
    this.showView({ animate: false, reset: true }); // else Leaflet goes there by whole pixels
  }

  /** Show the view of the address, or the first one. @param {{ animate?: boolean, reset?: boolean }} [motion] */
  showView(motion) {
    const { view } = this.state;
    if (view) this.layer.map.setView([view.lat, view.lon], view.zoom, motion);
    else this.layer.extent.goHome(motion);
  }

  async showDetails() {
    const { id, areas } = this.state.selected;
    this.table.mark(id);
    this.areaTable.mark(areas[0] ?? null);
    try {
      await this.details.show(this.state.selected);
      this.entitle();
    } catch (error) {
      const isTold = error instanceof Error && error.name !== "TypeError";
      fault(isTold ? error : say("The record could not be shown."));
    }
  }

  /** Tabs, bookmarks and steps back are told apart by the record that is read, or else by the filter. */
  entitle() {
    const { state, answers } = this;
    const record = byId("side").querySelector(".mp-title")?.textContent;
    this.options.place.call?.(record || said(state.filter, answers.known).map(({ words }) => words).join(comma()));
  }

  /** @param {() => void} change @param {string | null} id */
  async chosenOnMap(change, id) {
    change();
    if (!id) return;
    await this.shown;
    const what = byId("side").querySelector("h2")?.textContent ?? "";
    this.layer.input.say(say("{what} is shown beside the map.", { what }));
    const place = await this.chosenPlace();
    if (place) uncover(this.layer.map, byId("side"), place);
  }

  /** Longitude and latitude of the incident or base area that is chosen, if it is on the map. */
  async chosenPlace() {
    const { id, areas } = this.state.selected;
    if (id !== null) return this.answers.place(id);
    return areas.length ? this.answers.areaPlace(areas[0]) : null;
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

  /** Go to the record before or after this one, in the order of the table. @param {number} by */
  async step(by) {
    const { text, order } = this.state;
    if (!this.table.rows.length || this.table.text !== text) await this.table.show(text, order);
    const next = this.table.beside(by);
    if (next) this.choose(next);
  }

  /** What was chosen is read next, so the keyboard goes there. */
  async lookAtDetails() {
    await this.shown;
    byId("rows").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
    byId("side").focus({ preventScroll: true });
  }

  close() {
    const { id, areas } = this.state.selected;
    this.state.select(null);
    const name = CSS.escape(id ?? areas[0] ?? "");
    const row = byId("table").hidden ? null : byId("rows").querySelector(`tr[data-id="${name}"] button`);
    if (row instanceof HTMLElement) row.focus({ preventScroll: true });
    else this.layer.map.getContainer().focus({ preventScroll: true });
  }

  /** An address that names a record and no view, or a choice in a list: go there. */
  async goToChosen() {
    const stays = this.state.view && !this.started;
    this.started = true;
    const place = await this.chosenPlace();
    if (!place || stays) return;
    await this.shown; // details may cover a part of the map
    const { map } = this.layer;
    const zoom = Math.max(map.getZoom(), CHOSEN_ZOOM);
    const seen = besideDetails(map, byId("side"), place, zoom);
    this.layer.flyTo(seen.lng, seen.lat, zoom);
  }
}

export { Stage, fault };
