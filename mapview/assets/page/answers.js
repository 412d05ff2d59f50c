// Owns what the stage asks of its records: one interface, and its answers from columns in the browser.
import { WORLD, unitToLat, unitToLon } from "../geometry.js";
import { Records, feedOf } from "./records.js";

/**
 * @import { Home } from "../extent.js"
 * @import { Feed } from "../feed.js"
 * @import { Step } from "./days.js"
 * @import { Detail, Source } from "./details.js"
 * @import { Patience } from "./patience.js"
 * @import { Filter } from "./filter.js"
 * @import { Count } from "../counting.js"
 * @import { PageData, SortColumn, Words } from "./records.js"
 * @import { Totals } from "./scope.js"
 * @import { FacetName } from "./tally.js"
 * @typedef {{ certain: number, possible: number }} Bar
 * @typedef {{
 *   totals: Totals, areas: { count: number, drawn: number }, facets: Record<FacetName, Count[]>,
 * }} Summary counts by the position of the values in what is known
 * @typedef {Record<Words, string> & {
 *   kind: number, status: number, placed: number, event: number,
 * }} Row an incident as a table shows it
 * @typedef {{ id: string, drawn: boolean, faded: boolean, undated: boolean, detail: Detail }} AreaLine
 * @typedef {{ detail: Detail, sources: Source[] }} Told what is said of a record
 * @typedef {{
 *   name: string, matched: string, country: string, precision: string, lon: number, lat: number, radius_km: number,
 * }} Spot a place of the gazetteer, as geodata/places/finding.py has it
 * @typedef {{
 *   low: number, high: number, bounds: string, high_is_open: boolean, low_is_about: boolean, high_is_about: boolean,
 *   incidents: { certain: number, possible: number } }} Sum of figures that count everybody, as
 *   mapview/programs/tolls.py has it
 * @typedef {Record<"fatalities" | "injured", Sum>} Tolls
 * @typedef {"all" | "placed" | "unplaced"} Rows
 * @typedef {{ column: SortColumn, down: boolean, which: Rows }} Order
 * @typedef {{ rows: Row[], total: number }} Part
 *
 * Everything is asked by the text of a filter. A page answers from its own columns, the server from
 * its store; both alike.
 * @typedef {object} Answers
 * @property {Known} known
 * @property {Feed} feed for the map
 * @property {Patience | null} patience waits for a program that has no answer for now; a page on disk has all
 * @property {(text: string) => Promise<Summary>} summary
 * @property {(filter: Filter, step: Step, first: number, last: number) => Promise<Bar[]>} bins
 * @property {(text: string, order: Order, offset: number, limit: number) => Promise<Part>} rows
 * @property {(text: string) => Promise<AreaLine[]>} areaRows
 * @property {(id: string) => Promise<Told | null>} incident
 * @property {(id: string) => Promise<Told | null>} area
 * @property {(id: string) => Promise<number[] | null>} place longitude and latitude on the map
 * @property {(id: string) => Promise<number[] | null>} areaPlace
 * @property {((text: string) => Promise<Home>) | null} extent where what is found lies; a page on disk stays
 *   where it is
 * @property {((text: string, which: Rows) => Promise<string[]>) | null} said sums and places in words, of the
 *   rows that are shown; a page on disk has none
 * @property {((text: string) => Promise<Tolls>) | null} tolls sums of what was found, by the program's rule; a
 *   page on disk has none
 * @property {((typed: string) => Promise<Spot[]>) | null} places of the gazetteer by their name; a page on disk
 *   has none
 * @typedef {Omit<PageData, "incidents" | "points" | "circles">} Known
 *
 * @typedef {object} Telling
 * @property {(id: string, at: number) => Promise<Told>} incident
 * @property {(id: string, at: number) => Promise<Told>} area
 * @property {Answers["said"]} [said]
 * @property {Answers["extent"]} [extent]
 * @property {Answers["tolls"]} [tolls]
 * @property {Answers["places"]} [places]
 */

/** @type {Words[]} */
const WORDS = ["id", "title", "when", "what", "place", "known", "killed", "together", "injured", "responsibility"];

/** @implements {Answers} */
class EmbeddedAnswers {
  /** @param {PageData} data @param {Telling} telling gives what is said of a record */
  constructor(data, telling) {
    this.known = data;
    this.data = data;
    /** @type {Answers["patience"]} */
    this.patience = null;
    this.records = new Records(data);
    this.said = telling.said ?? null;
    this.extent = telling.extent ?? null;
    this.tolls = telling.tolls ?? null;
    this.places = telling.places ?? null;
    this.feed = feedOf(this.records);
    this.telling = telling;
  }

  /** @type {Answers["summary"]} */
  async summary(text) {
    const { records } = this;
    const areas = records.areaList(text);
    const names = /** @type {FacetName[]} */ (Object.keys(records.kept(text).possible.facets));
    const facets = Object.fromEntries(names.map((name) => [name, records.facet(text, name)]));
    return {
      totals: records.totals(text),
      areas: { count: areas.length, drawn: areas.filter(({ drawn }) => drawn).length },
      facets: /** @type {Summary["facets"]} */ (facets),
    };
  }

  /** @type {Answers["bins"]} */
  async bins(filter, step, first, last) {
    return this.records.bins(filter, step, first, last);
  }

  /** @type {Answers["rows"]} */
  async rows(text, { column, down, which }, offset, limit) {
    const { records } = this;
    const { incidents } = records;
    const placed = Number(which === "placed");
    const found = records.list(text).filter((i) => which === "all" || incidents.placed[i] === placed);
    const sorted = records.sorted(found, column, down);
    return { rows: sorted.slice(offset, offset + limit).map((i) => this.row(i)), total: found.length };
  }

  /** @param {number} i */
  row(i) {
    const { kind, status, placed, event, ...columns } = this.records.incidents;
    const words = Object.fromEntries(WORDS.map((name) => [name, columns[name][i]]));
    return /** @type {Row} */ ({
      ...words, kind: kind[i], status: status[i], placed: placed[i], event: event[i] });
  }

  /** @type {Answers["areaRows"]} */
  async areaRows(text) {
    const list = this.records.areaList(text);
    const told = await Promise.all(list.map(({ id, index }) => this.telling.area(id, index)));
    return list.map(({ id, drawn, faded, undated }, i) => ({ id, drawn, faded, undated, detail: told[i].detail }));
  }

  /** @type {Answers["incident"]} */
  async incident(id) {
    const at = this.records.position.get(id);
    return at === undefined ? null : this.telling.incident(id, at);
  }

  /** @type {Answers["area"]} */
  async area(id) {
    const at = this.records.areaPosition.get(id);
    return at === undefined ? null : this.telling.area(id, at);
  }

  /** @type {Answers["place"]} */
  async place(id) {
    const row = this.records.pointOf.get(this.records.position.get(id) ?? -1);
    if (row === undefined) return null;
    const { x, y } = this.data.points;
    return [unitToLon(x[row] / WORLD), unitToLat(y[row] / WORLD)];
  }

  /** @type {Answers["areaPlace"]} */
  async areaPlace(id) {
    const area = this.records.drawnAreas.get(id);
    return area ? [area.lon, area.lat] : null;
  }
}

export { EmbeddedAnswers };
