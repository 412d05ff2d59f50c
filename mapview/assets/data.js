// Owns asking a feed for what the view needs, once, and keeping the last good answer.
import { COLUMNS, FeedError, UNREACHABLE, countEach, isAbort, padded, split } from "./feed.js";
import { answerLeft, areasLeft, isKindHidden } from "./hiding.js";
import { say } from "./tongue.js";

/**
 * @import { Count } from "./counting.js"
 * @import { Answer, AreasAnswer, CellsAnswer, Feed } from "./feed.js"
 * @import { Box, Frame, Viewport } from "./geometry.js"
 * @import { Entry } from "./marks.js"
 * @typedef {{ filter: string, version: string }} State
 * @typedef {{
 *   key: string, areasKey: string, needsAreas: boolean, box: Box, zoom: number, state: State,
 * }} Request
 */

/** Columns of several answers, one after the other. @template T @param {T[]} answers */
const joined = (answers) => (/** @type {(keyof T)[]} */ names) => /** @type {T} */ (
  Object.fromEntries(names.map((name) => [name, answers.flatMap((answer) => answer[name])])));

/** Points as clusters of one, for joining with an answer in clusters. @param {Answer} answer */
function asClusters(answer) {
  if (answer.mode === "clusters") return answer;
  const { version, total, x, y } = answer;
  const kinds = answer.kind.map((kind) => countEach([kind]));
  const certain = kinds.map((one, i) => (answer.certain[i] ? one : []));
  return /** @type {CellsAnswer} */ ({
    version, total, x, y, mode: "clusters", n: kinds.map(() => 1), kinds, certain, cell: 0 });
}

/** Join the answers for both sides of the date line. @param {Answer[]} answers @returns {Answer} */
function merge(answers) {
  if (answers.length === 1) return answers[0];
  const total = answers[0].total + answers[1].total;
  if (answers.every((answer) => answer.mode === "points")) {
    return { ...answers[0], ...joined(answers)([...COLUMNS, "certain"]), total };
  }
  const both = answers.map(asClusters);
  const cell = Math.max(...both.map((answer) => answer.cell));
  return { ...both[0], ...joined(both)(["x", "y", "n", "kinds", "certain"]), total, cell };
}

/**
 * Whether a box (units, possibly a world further on) contains what the view shows.
 * @param {Box} box @param {Frame} view
 */
function contains(box, { left, top, width, height, scale }) {
  const [y0, y1] = [Math.max(0, top / scale), Math.min(1, (top + height) / scale)];
  if (y0 < box[1] || y1 > box[3]) return false;
  if (box[2] - box[0] >= 1) return true;
  const shift = Math.floor(box[0]) - Math.floor(left / scale);
  return [shift - 1, shift, shift + 1].some((k) => (
    left / scale + k >= box[0] && (left + width) / scale + k <= box[2]));
}

class Data {
  /**
   * @param {Feed} feed
   * @param {{ onData: () => void, onError: (error: FeedError | null) => void }} hooks
   */
  constructor(feed, { onData, onError }) {
    this.feed = feed;
    this.onData = onData;
    this.onError = onError;
    /** @type {Answer | null} */
    this.whole = null;
    /** @type {Answer | null} the same without what is taken off the map */
    this.answer = null;
    /** @type {AreasAnswer} */
    this.beside = { areas: [], unplaced: {} };
    /** @type {AreasAnswer["areas"]} */
    this.areas = [];
    /** @type {Set<string>} */
    this.hidden = new Set();
    /** @type {(hidden: Set<string>) => void} a reader took something off, or showed it again */
    this.onHide = () => {};
    /** @type {Request & { started: number } | null} request that `answer` belongs to */
    this.shown = null;
    /** @type {Request & { controller: AbortController } | null} */
    this.pending = null;
    /** @type {string | null} */
    this.areasKey = null;
  }

  /**
   * Ask for what the view needs, unless it is here or on its way.
   * @param {Viewport} view @param {State} state
   */
  want(view, state) {
    const key = JSON.stringify([state.version, state.filter, view.zoom]);
    /** @template {Request} T @param {T | null} request */
    const fits = (request) => (request && request.key === key && contains(request.box, view) ? request : null);
    const areasKey = JSON.stringify([state.version, state.filter]);
    const needsAreas = areasKey !== this.areasKey;
    if (fits(this.pending)?.areasKey === areasKey) return;
    if (fits(this.shown) && !needsAreas) {
      this.abort(); // came back to what is already here
      return;
    }
    this.fetch({ key, areasKey, needsAreas, box: padded(view, view.zoom), zoom: view.zoom, state });
  }

  /** Take something off the map, or show it again. @param {string} key as `keyOf` of the legend's entries */
  toggle(key) {
    const hidden = new Set(this.hidden);
    if (!hidden.delete(key)) hidden.add(key);
    this.hide(hidden);
    this.onHide(hidden);
  }

  /** Take these off the map, and nothing else. @param {Set<string>} keys */
  hide(keys) {
    if (keys.size === this.hidden.size && [...keys].every((key) => this.hidden.has(key))) return;
    this.hidden = keys;
    this.leave();
    this.onData();
  }

  /** Keep what is not taken off. */
  leave() {
    this.answer = this.whole && answerLeft(this.whole, this.hidden);
    this.areas = areasLeft(this.beside.areas, this.hidden);
  }

  abort() {
    if (this.pending) this.pending.controller.abort();
    this.pending = null;
  }

  /** @param {Request} request */
  async fetch(request) {
    this.abort();
    const controller = new AbortController();
    const started = performance.now();
    const { filter, version } = request.state;
    this.pending = { ...request, controller };
    const mine = this.pending;
    const { signal } = controller;
    try {
      const views = split(request.box).map((box) => (
        this.feed.view({ version, filter, zoom: request.zoom, box }, signal)));
      const areas = request.needsAreas ? this.feed.areas({ version, filter }, signal) : this.beside;
      const [found, ...answers] = await Promise.all([areas, ...views]);
      if (this.pending !== mine) return;
      this.whole = merge(answers);
      this.beside = found;
      this.leave();
      this.areasKey = request.areasKey;
      this.shown = { ...request, started };
      this.pending = null;
    } catch (error) {
      if (this.pending !== mine) return;
      this.pending = null;
      controller.abort();
      if (isAbort(error)) return;
      // Anything else than our own error is a broken answer, which a reader can only retry.
      this.onError(error instanceof FeedError ? error : new FeedError(say(UNREACHABLE), true));
      return;
    }
    this.onError(null);
    this.onData();
  }

  /** Incidents inside the cells of a cluster, for its list. @param {number[]} indexes */
  async list(indexes) {
    const { answer, shown } = this;
    /** @type {Count} */
    const none = [0, 0];
    if (answer?.mode !== "clusters" || !shown) return { entries: [], more: none };
    const size = 2 ** answer.cell;
    /** @type {Map<string, Box>} */
    const cells = new Map();
    for (const i of indexes.slice(0, 6)) {
      const [x, y] = [Math.floor(answer.x[i] / size) * size, Math.floor(answer.y[i] / size) * size];
      cells.set(`${x},${y}`, [x, y, x + size, y + size]);
    }
    const { filter, version } = shown.state;
    const lists = await Promise.all([...cells.values()].map((box) => this.feed.list({ version, filter, box })));
    /** @type {Entry[]} */
    const all = lists.flatMap((list) => list.id.map((id, i) => ({
      id, title: list.title[i], date: list.date[i], kind: list.kind[i], status: list.status[i],
      certain: list.certain[i] === 1 })));
    const entries = all.filter(({ kind }) => !isKindHidden(this.hidden, kind));
    const more = lists.reduce((sum, list) => /** @type {Count} */ (sum.map((n, i) => n + list.more[i])), none);
    return { entries, more };
  }
}

export { Data, merge, contains };
