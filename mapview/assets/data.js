// Owns asking a feed for what the view needs, once, and keeping the last good answer.
import { COLUMNS, FeedError, UNREACHABLE, padded, split } from "./feed.js";

const concat = (answers, names) => Object.fromEntries(
  names.map((name) => [name, answers.flatMap((answer) => answer[name])]));

/** Points as clusters of one, for joining with an answer in clusters. */
function asClusters(answer) {
  if (answer.mode === "clusters") return answer;
  const kinds = answer.kind.map((kind) => Array.from({ length: kind + 1 }, (_, i) => Number(i === kind)));
  return { ...answer, mode: "clusters", n: answer.kind.map(() => 1), kinds };
}

/** Join the answers for both sides of the date line. */
function merge(answers) {
  if (answers.length === 1) return answers[0];
  const total = answers[0].total + answers[1].total;
  if (answers.every((answer) => answer.mode === "points")) {
    return { ...answers[0], ...concat(answers, COLUMNS), total };
  }
  const both = answers.map(asClusters);
  const cell = Math.max(...both.map((answer) => answer.cell || 0));
  return { ...both[0], ...concat(both, ["x", "y", "n", "kinds"]), total, cell };
}

/** Whether a box (units, possibly a world further on) contains what the view shows. */
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
   * @param {object} feed ServerFeed or EmbeddedFeed
   * @param {{onData: function(), onError: function(Error|null)}} hooks
   */
  constructor(feed, { onData, onError }) {
    this.feed = feed;
    this.onData = onData;
    this.onError = onError;
    this.answer = null;
    this.areas = [];
    this.shown = null; // request that `answer` belongs to
    this.pending = null;
    this.areasKey = null;
  }

  /**
   * Ask for what the view needs, unless it is here or on its way.
   * @param {object} view left, top, width, height and scale of the visible part, zoom
   * @param {{filter: string, version: string, period: string}} state
   */
  want(view, state) {
    const key = JSON.stringify([state.version, state.filter, view.zoom]);
    const fits = (request) => request && request.key === key && contains(request.box, view);
    const areasKey = JSON.stringify([state.version, state.filter, state.period]);
    const needsAreas = areasKey !== this.areasKey;
    if (fits(this.pending) && this.pending.areasKey === areasKey) return;
    if (fits(this.shown) && !needsAreas) {
      this.abort(); // came back to what is already here
      return;
    }
    this.fetch({ key, areasKey, needsAreas, box: padded(view, view.zoom), zoom: view.zoom, state });
  }

  abort() {
    if (this.pending) this.pending.controller.abort();
    this.pending = null;
  }

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
      const areas = request.needsAreas ? this.feed.areas({ version, filter }, signal) : this.areas;
      const [found, ...answers] = await Promise.all([areas, ...views]);
      if (this.pending !== mine) return;
      this.answer = merge(answers);
      this.areas = found;
      this.areasKey = request.areasKey;
      this.shown = { ...request, started };
      this.pending = null;
    } catch (error) {
      if (this.pending !== mine) return;
      this.pending = null;
      controller.abort();
      if (error.name === "AbortError") return;
      // Anything else than our own error is a broken answer, which a reader can only retry.
      const known = error instanceof FeedError;
      this.onError(known ? error : new FeedError(UNREACHABLE, true));
      return;
    }
    this.onError(null);
    this.onData();
  }

  /** Incidents inside the cells of a cluster, for its list. */
  async list(indexes) {
    const { answer, shown } = this;
    const size = 2 ** answer.cell;
    const cells = new Map(indexes.slice(0, 6).map((i) => {
      const [x, y] = [Math.floor(answer.x[i] / size) * size, Math.floor(answer.y[i] / size) * size];
      return [`${x},${y}`, [x, y, x + size, y + size]];
    }));
    const { filter, version } = shown.state;
    const ask = (box) => this.feed.list({ version, filter, box });
    const lists = await Promise.all([...cells.values()].map(ask));
    const entries = lists.flatMap((list) => list.id.map((id, i) => ({
      id, title: list.title[i], date: list.date[i], kind: list.kind[i], status: list.status[i] })));
    return { entries, more: lists.reduce((sum, list) => sum + (list.more || 0), 0) };
  }
}

export { Data, merge, contains };
