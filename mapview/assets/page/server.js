// Owns the stage's answers from the program: columns where these are few enough, else answer by answer.
import { ServerFeed, getJson, inTongue } from "../feed.js";
import { EmbeddedAnswers } from "./answers.js";
import { toText } from "./filter.js";
import { Patience } from "./patience.js";

/**
 * @import { Answers, Bar, Known, Telling, Told } from "./answers.js"
 * @import { Step } from "./days.js"
 * @import { Filter } from "./filter.js"
 * @import { PageData } from "./records.js"
 * @typedef {[first: number, last: number | null, isCertain: boolean, n: number]} Spread months since the
 *   year 0 in which so many may lie, and whether they fit the filter wherever in these they do
 * @typedef {Told & { place?: [number, number] }} Placed
 */

/** @param {string} api @param {string} version @param {string} [knownOn] */
function asker(api, version, knownOn) {
  return (/** @type {string} */ name, /** @type {Record<string, string | number>} */ values) => {
    const query = new URLSearchParams({ v: version, ...(knownOn ? { known: knownOn } : {}), ...inTongue() });
    for (const [key, value] of Object.entries(values)) query.set(key, String(value));
    return getJson(`${api}/${name}?${query}`);
  };
}

/** @param {ReturnType<typeof asker>} ask @returns {Telling} */
const telling = (ask) => ({
  incident: (id) => ask("told", { id }),
  area: (id) => ask("told", { area: id }),
  extent: (text) => ask("extent", { f: text }),
  tolls: async (text) => (await ask("tolls", { f: text })).tolls,
  places: async (typed) => (await ask("places", { q: typed })).places,
  said: async (text, which) => (await ask("said", { f: text, which })).sentences,
});

/**
 * Bars of months that some incidents may lie in; what begins outside of them is left out.
 * @param {Spread[]} spreads @param {Step} step @param {number} first @param {number} last
 * @param {(month: number) => number} dayOf the first day of a month
 */
function barsOf(spreads, step, first, last, dayOf) {
  /** @type {Bar[]} */
  const bars = Array.from({ length: last - first + 1 }, () => ({ certain: 0, possible: 0 }));
  const indexOf = (/** @type {number} */ month) => step.index(dayOf(month));
  for (const [begin, end, isCertain, n] of spreads) {
    const [from, to] = [indexOf(begin), end === null ? Infinity : indexOf(end)];
    if (from < first || from > last) continue;
    for (let index = from; index <= Math.min(to, last); index += 1) bars[index - first].possible += n;
    if (isCertain && from === to) bars[from - first].certain += n;
  }
  return bars;
}

/** @implements {Answers} */
class ServerAnswers {
  /** @param {string} api @param {Known} known @param {(month: number) => number} dayOf */
  constructor(api, known, dayOf) {
    this.known = known;
    this.dayOf = dayOf;
    this.feed = new ServerFeed(api, known.known_on);
    this.patience = new Patience();
    const ask = asker(api, known.version, known.known_on);
    /** @type {typeof ask} */
    this.ask = (name, values) => this.patience.ask(() => ask(name, values));
    /** Asks for counts, which wait until the map is drawn. @type {typeof ask} */
    this.count = (name, values) => this.feed.drawn.then(() => this.ask(name, values));
    this.telling = telling(this.ask);
    this.said = this.telling.said ?? null;
    this.extent = this.telling.extent ?? null;
    this.tolls = this.telling.tolls ?? null;
    this.places = this.telling.places ?? null;
    /** @type {{ key: string, spreads: Promise<Spread[]> } | null} */
    this.spreads = null;
  }

  /** @type {Answers["summary"]} */
  summary(text) {
    return this.count("summary", { f: text });
  }

  /** @type {Answers["bins"]} */
  async bins(filter, step, first, last) {
    const key = toText({ ...filter, from: null, to: null, certain: false });
    if (this.spreads?.key !== key) {
      this.spreads = { key, spreads: this.count("spreads", { f: key }).then((answer) => answer.spreads) };
    }
    return barsOf(await this.spreads.spreads, step, first, last, this.dayOf);
  }

  /** @type {Answers["rows"]} */
  rows(text, { column, down, which }, offset, limit) {
    return this.ask("rows", { f: text, sort: `${down ? "-" : ""}${column}`, which, offset, limit });
  }

  /** @type {Answers["areaRows"]} */
  async areaRows(text) {
    return (await this.ask("area-rows", { f: text })).areas;
  }

  /** @type {Answers["incident"]} */
  async incident(id) {
    const told = await this.telling.incident(id, 0);
    return told.detail ? told : null;
  }

  /** @type {Answers["area"]} */
  async area(id) {
    const told = await this.telling.area(id, 0);
    return told.detail ? told : null;
  }

  /** @type {Answers["place"]} */
  async place(id) {
    return (/** @type {Placed} */ (await this.telling.incident(id, 0))).place ?? null;
  }

  /** @type {Answers["areaPlace"]} */
  async areaPlace(id) {
    return (/** @type {Placed} */ (await this.telling.area(id, 0))).place ?? null;
  }
}

/**
 * The answers for what the program holds.
 * @param {string} api prefix of the routes @param {(month: number) => number} dayOf
 * @param {string} known the day whose state of the data is asked for; empty for that of now
 * @returns {Promise<Answers>}
 */
async function answersOf(api, dayOf, known) {
  const query = new URLSearchParams({ ...(known ? { known } : {}), ...inTongue() }).toString();
  const asked = query && `?${query}`;
  /** @type {PageData | (Known & { incidents: null })} */
  const data = await getJson(`${api}/stage${asked}`);
  if (data.incidents === null) return new ServerAnswers(api, data, dayOf);
  const whole = /** @type {PageData} */ (data);
  return new EmbeddedAnswers(whole, telling(asker(api, whole.version, whole.known_on)));
}

export { answersOf, barsOf };
