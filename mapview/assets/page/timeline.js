// Owns the time slider: bars of incidents by step, a window that is dragged, stepped or played.
import { between, counted } from "../counting.js";
import { byId, element, write } from "../dom.js";
import { drawing, svg } from "../icons.js";
import { isEnglish, say } from "../tongue.js";
import * as days from "./days.js";
import { toText } from "./filter.js";
import { certainly } from "./words.js";

/** @type {Bar} */
const NONE = { certain: 0, possible: 0 };
const PLAY_MS = 800;
const MOST_BARS = 600;
const BARS_WANTED = 60;
const THUMB_PX = 18;

/**
 * @import { State } from "./address.js"
 * @import { Step } from "./days.js"
 * @import { Filter } from "./filter.js"
 * @import { Answers, Bar } from "./answers.js"
 */

const inputOf = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (byId(id));

/** A filled drawing of 16 by 16. @param {string} d */
const icon = (d) => drawing({ d, fill: "currentColor" });

const PLAY = "M4 2.5v11l9-5.5z";
const PAUSE = "M4 3h3v10H4zM9 3h3v10H9z";
const BACK = "M11.5 3v10L4.5 8z";
const ON = "M4.5 3v10l7-5z";

class Timeline {
  /** @param {{ answers: Answers, state: State }} options */
  constructor(options) {
    this.options = options;
    this.timer = 0;
    /** @type {number | null} step that playing begins after */
    this.before = null;
    this.played = 0; // steps since playing began, which together are one to go back over
    /** @type {SVGElement | null} */
    this.all = null;
    /** @type {SVGElement | null} the bars once more, as they look within the period, of which it shows its part */
    this.within = null;
    /** @type {string | null} the part of it that is shown */
    this.marked = null;
    this.drawn = "";
    this.wanted = 0;
    const { span, far, shortest_step: shortest } = options.answers.known;
    this.span = span ?? [0, 0];
    const offered = days.STEPS.slice(days.STEPS.findIndex(({ id }) => id === shortest));
    this.steps = offered.filter((step) => {
      const n = this.countOf(step);
      return n > 1 && n <= MOST_BARS;
    });
    /** @type {Step} */
    this.step = this.steps.find((step) => this.countOf(step) <= BARS_WANTED) ?? this.steps.at(-1) ?? days.STEPS[0];
    this.first = 0;
    this.count = 0;
    if (!this.works) return;
    this.listen();
    this.setStep(this.step);
    this.showPlaying();
    byId("time").hidden = false;
    byId("time-far").textContent = far;
  }

  /** Whether there is more than one step to slide over. */
  get works() {
    return this.steps.length > 0;
  }

  /** @param {Step} step */
  countOf(step) {
    return step.index(this.span[1]) - step.index(this.span[0]) + 1;
  }

  listen() {
    byId("step-back").append(icon(BACK));
    byId("step-on").append(icon(ON));
    byId("step").append(...this.steps.map((step) => element("option", { value: step.id, text: say(step.name) })));
    byId("step").addEventListener("change", () => {
      this.pause();
      this.setStep(this.steps.find((step) => step.id === inputOf("step").value) ?? this.step);
      this.show();
    });
    byId("play").addEventListener("click", () => (this.timer ? this.pause() : this.play()));
    byId("step-back").addEventListener("click", () => this.move(-1));
    byId("step-on").addEventListener("click", () => this.move(1));
    byId("all-dates").addEventListener("click", () => {
      this.pause();
      this.options.state.change({ from: null, to: null });
    });
    // With Shift held, the arrows widen and narrow the period instead of moving it.
    byId("slider").addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
      if (!event.shiftKey || by === undefined) return;
      event.preventDefault();
      this.pause();
      this.widen(by);
    });
    byId("slider").addEventListener("input", () => {
      this.pause();
      const at = Number(inputOf("slider").value);
      this.take(at, at);
    });
    this.listenToBars();
  }

  /** Drawing over the bars chooses the steps from where it began to where it is. */
  listenToBars() {
    const bars = byId("bars");
    let [left, width] = [0, 1];
    const at = (/** @type {PointerEvent} */ event) => {
      const share = (event.clientX - left) / width;
      return Math.max(0, Math.min(this.count - 1, Math.floor(share * this.count)));
    };
    /** @type {number | null} */
    let start = null;
    bars.addEventListener("pointerdown", (event) => {
      this.pause();
      ({ left, width } = bars.getBoundingClientRect()); // asked for in each frame, it is laid out twice
      const first = at(event);
      start = first;
      this.options.state.isDragged = true;
      bars.setPointerCapture(event.pointerId);
      this.take(first, first);
    });
    bars.addEventListener("pointermove", (event) => {
      if (start === null) return;
      const now = at(event);
      this.take(Math.min(start, now), Math.max(start, now));
    });
    const end = () => {
      start = null;
      this.options.state.isDragged = false;
    };
    bars.addEventListener("pointerup", end);
    bars.addEventListener("pointercancel", end);
  }

  /** @param {Step} step */
  setStep(step) {
    this.step = step;
    this.first = step.index(this.span[0]);
    this.count = this.countOf(step);
    inputOf("step").value = step.id;
    const slider = inputOf("slider");
    slider.max = String(this.count - 1);
    // The thumb's middle stands under the middle of its bar, at both ends too.
    slider.style.width = `calc(${100 - 100 / this.count}% + ${THUMB_PX}px)`;
    slider.style.marginInlineStart = `calc(${50 / this.count}% - ${THUMB_PX / 2}px)`;
    byId("first-date").textContent = step.wording(step.start(this.first));
    byId("last-date").textContent = step.wording(step.start(this.first + this.count - 1));
    this.drawn = "";
  }

  /** Set the period to steps a to b. @param {number} a @param {number} b */
  take(a, b) {
    const { step, first } = this;
    const isStep = !this.timer || this.played <= 1;
    this.options.state.change({ from: step.start(first + a), to: days.endOf(step, first + b) }, isStep);
  }

  /** The step that the filter's period begins in, or null with no period. */
  position() {
    const { from, to } = this.options.state.filter;
    if (from === null && to === null) return null;
    const day = from ?? to ?? 0;
    return Math.max(0, Math.min(this.count - 1, this.step.index(day) - this.first));
  }

  /** Move the end of the period by a step, not before its beginning. @param {number} by */
  widen(by) {
    const at = this.position() ?? 0;
    const { to } = this.options.state.filter;
    const end = to === null ? this.count - 1 : this.step.index(to) - this.first;
    this.take(at, Math.max(at, Math.min(this.count - 1, end + by)));
  }

  /** @param {number} by @returns whether there was a step to go to */
  move(by) {
    const at = this.position();
    const next = at === null ? (by > 0 ? 0 : this.count - 1) : at + by;
    if (next < 0 || next >= this.count) return false;
    this.take(next, next);
    return true;
  }

  async play() {
    const at = this.position();
    if (at === null || at === this.count - 1) this.before = await this.firstFilled() - 1;
    this.timer = window.setInterval(() => this.advance(), PLAY_MS);
    this.played = 0;
    this.advance();
    this.showPlaying();
  }

  /** The first step with an incident that is chosen. */
  async firstFilled() {
    const { answers, state } = this.options;
    const { step, first, count } = this;
    const bins = await answers.bins(state.filter, step, first, first + count - 1);
    return Math.max(0, bins.findIndex((bin) => bin.possible));
  }

  advance() {
    this.played += 1;
    if (this.before !== null) {
      const next = this.before + 1;
      this.before = null;
      this.take(next, next);
      return;
    }
    if (!this.move(1) || this.position() === this.count - 1) this.pause();
  }

  pause() {
    if (!this.timer) return;
    window.clearInterval(this.timer);
    this.timer = 0;
    this.showPlaying();
  }

  showPlaying() {
    const playing = Boolean(this.timer);
    const words = playing ? say("Pause") : say("Play through time");
    const button = byId("play");
    button.replaceChildren(icon(playing ? PAUSE : PLAY));
    button.setAttribute("aria-label", words);
    button.title = words;
    // Counts that change each second would talk over everything else.
    byId("count").setAttribute("aria-live", playing ? "off" : "polite");
  }

  /** Bring bars, slider and words in line with the filter. */
  show() {
    if (!this.works) return;
    const { filter } = this.options.state;
    this.drawBars(filter);
    const at = this.position();
    const slider = inputOf("slider");
    slider.value = String(at ?? 0);
    slider.classList.toggle("mp-idle", at === null);
    const period = days.periodWords(filter.from, filter.to);
    slider.setAttribute("aria-valuetext", period);
    write(byId("time-words"), filter.certain && at !== null ? certainly(period) : period);
    inputOf("all-dates").disabled = at === null;
  }

  /** @param {Filter} filter */
  async drawBars(filter) {
    const { step, first, count } = this;
    const key = `${step.id} ${toText({ ...filter, from: null, to: null, certain: false })}`;
    if (key !== this.drawn) {
      this.wanted += 1;
      const mine = this.wanted;
      const bins = await this.options.answers.bins(filter, step, first, first + count - 1);
      if (mine !== this.wanted) return;
      this.drawn = key;
      this.draw(bins);
    }
    this.markPeriod();
  }

  /** @param {Bar[]} bins */
  draw(bins) {
    const { count } = this;
    const highest = bins.reduce((one, other) => (other.possible > one.possible ? other : one), NONE);
    const most = Math.max(1, highest.possible);
    const gap = count > 120 ? 0 : 0.12;
    // All bars of a shade are one shape: a frame of a drag takes as long for a shape as for a bar.
    const boxes = (/** @type {(bar: Bar) => number} */ from, /** @type {(bar: Bar) => number} */ to) => (
      bins.map((bin, i) => {
        const [low, high] = [(from(bin) / most) * 96, (to(bin) / most) * 96];
        return high > low ? `M${i + gap / 2} ${100 - low}h${1 - gap}V${100 - high}h${gap - 1}z` : "";
      }).join(""));
    const exact = boxes(() => 0, ({ certain }) => certain);
    const inexact = boxes(({ certain }) => certain, ({ possible }) => possible);
    const shapes = () => [
      svg("rect", { class: "mp-back", width: count, height: 100 }),
      svg("path", { class: "mp-exact", d: exact }), svg("path", { class: "mp-inexact", d: inexact })];
    this.all = svg("g", {}, shapes());
    this.within = svg("g", { class: "mp-in" }, shapes());
    this.marked = null;
    const picture = byId("bars");
    picture.setAttribute("viewBox", `0 0 ${count} 100`);
    picture.replaceChildren(this.all, this.within);
    const { certain, possible } = highest;
    byId("most").textContent = say("highest bar: {n}", {
      n: isEnglish() ? counted([certain, possible]) : between(certain, possible) });
  }

  /** Dim the bars outside the period. */
  markPeriod() {
    const { step, first, count, all, within } = this;
    if (!all || !within) return;
    const { from, to } = this.options.state.filter;
    const [begin, end] = [from === null ? 0 : step.index(from) - first, to === null ? count : step.index(to) - first];
    const isAll = from === null && to === null;
    const share = (/** @type {number} */ bars) => `${(Math.max(0, Math.min(count, bars)) / count) * 100}%`;
    const marked = isAll ? "" : `inset(0 ${share(count - 1 - end)} 0 ${share(begin)})`;
    if (marked === this.marked) return;
    all.setAttribute("class", isAll ? "" : "mp-out");
    within.style.clipPath = marked;
    within.style.display = marked ? "" : "none";
    this.marked = marked;
  }
}

export { Timeline };
