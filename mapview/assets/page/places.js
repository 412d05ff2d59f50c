// Owns where the state of the stage is written: after "#" in a page, in the query around a frame.
import { clip } from "../dom.js";
import { ENGLISH } from "../tongue.js";

/**
 * @import { Place } from "./address.js"
 */

const REPAIR_MS = 250;
const APART_MS = 100; // browsers take milliseconds to write an address, and few of them a second
const LONGEST_MS = 1000; // in a drag that goes on: each write is work for the browser, and for the page around
const MOST_QUICK = 3; // what follows as quickly once or twice is no drag
const MOST_TITLE = 120;
const ONE_STEP_MS = 1000; // what follows as quickly belongs to one drag, and is one step back

/** Whether a hash names a place in the page instead of what is shown. @param {string} hash */
function isPlace(hash) {
  return !hash.includes("=") && hash.length > 1 && document.getElementById(hash.slice(1)) !== null;
}

/** Write an address where a browser allows it. @param {Window} page @param {string} address @param {boolean} isStep */
function put(page, address, isStep) {
  try {
    page.history[isStep ? "pushState" : "replaceState"](page.history.state, "", address);
  } catch (error) {
    // Some frames and viewers forbid it, or so many writes; the page works without an address.
    if (!(error instanceof DOMException) || error.name !== "SecurityError") throw error;
  }
}

/** The title of a window that shows a part of something. @param {string} words @param {string} whole */
const titleOf = (words, whole) => (words ? `${clip(words, MOST_TITLE)} – ${whole}` : whole);

/** Which changes are steps of their own: not what follows quickly, as in a drag. */
class Steps {
  constructor() {
    this.last = -Infinity;
  }

  /** @param {boolean} isStep whether a change by itself would be one */
  take(isStep) {
    const now = performance.now();
    const isApart = now - this.last > ONE_STEP_MS;
    if (isStep) this.last = now;
    return isStep && isApart;
  }
}

/** Writes an address, and of what follows quickly, as in a drag, the last once it rests, or goes on for long. */
class Pen {
  /** @param {(address: string, isStep: boolean) => void} use */
  constructor(use) {
    this.use = use;
    this.last = -Infinity; // when one was written
    this.asked = -Infinity;
    this.quick = 0; // how many were asked for, one right after the other
    this.timer = 0;
    /** @type {string | null} */
    this.waiting = null;
  }

  /** @param {string} address @param {boolean} isStep one to go back over, which is written at once */
  write(address, isStep) {
    if (isStep) this.flush();
    const now = performance.now();
    this.quick = now - this.asked < APART_MS ? this.quick + 1 : 0;
    this.asked = now;
    this.drop();
    if (!isStep && this.quick >= MOST_QUICK && now - this.last < LONGEST_MS) {
      this.waiting = address;
      this.timer = window.setTimeout(() => this.flush(), APART_MS);
      return;
    }
    this.last = now;
    this.use(address, isStep);
  }

  flush() {
    const { waiting } = this;
    this.drop();
    if (waiting === null) return;
    this.last = performance.now();
    this.use(waiting, false);
  }

  /** Forget what waits: somebody went to another address, or back to the one that stands there. */
  drop() {
    if (this.timer) window.clearTimeout(this.timer);
    this.timer = 0;
    this.waiting = null;
  }
}

/**
 * The part after `#`; an embedded map is told its view, and what is off the map, where links to the app
 * have them.
 * @implements {Place}
 */
class Hash {
  /** @param {boolean} hasSteps whether one goes back over changes: of a frame, the page around would go back */
  constructor(hasSteps) {
    this.hasSteps = hasSteps;
    this.steps = new Steps();
    this.written = "";
    this.left = ""; // what a browser made of it
    this.whole = ""; // what the page is called by itself
    this.pen = new Pen((hash, isStep) => {
      if (this.isOther()) return;
      put(window, hash, isStep);
      this.left = window.location.hash;
    });
  }

  /** Whether somebody has just put another address there, of which the browser tells us in a moment. */
  isOther() {
    const { hash } = window.location;
    return Boolean(this.left && hash && hash !== this.left && !isPlace(hash));
  }

  read() {
    const hash = window.location.hash.slice(1);
    const query = new URLSearchParams(hash);
    const asked = new URLSearchParams(window.location.search);
    for (const name of ["hide", "view"]) {
      if (!query.has(name)) for (const value of asked.getAll(name)) query.append(name, value);
    }
    return query.toString();
  }

  /** @param {string} words */
  call(words) {
    this.whole ||= document.title;
    document.title = titleOf(words, this.whole);
  }

  /** @param {string} text @param {boolean} isStep */
  write(text, isStep) {
    if (this.isOther()) return;
    const isNew = this.written !== "" && this.written !== `#${text}`;
    this.written = `#${text}`;
    const isApart = this.steps.take(isStep && isNew);
    if (this.written === "#" && !window.location.hash) return;
    this.pen.write(this.written, this.hasSteps && isApart);
  }

  /** @param {() => void} listener */
  onChange(listener) {
    window.addEventListener("hashchange", () => {
      if (window.location.hash === this.written) return;
      this.pen.drop();
      const { hash } = window.location;
      if (isPlace(hash)) this.pen.use(this.written, false); // what is chosen stays
      else {
        this.written = hash || "#";
        this.left = hash;
        listener();
      }
    });
  }
}

/**
 * What was left, in a language that was chosen since; without one it stays.
 * @param {string} left @param {string} lang
 */
function inLanguage(left, lang) {
  if (!lang) return left;
  const query = new URLSearchParams(left);
  if (lang === ENGLISH) query.delete("lang");
  else query.set("lang", lang);
  return query.toString().replaceAll("%2C", ",");
}

/**
 * The query of the page around the frame. Others write that address too, and write what they knew, so
 * it is put right; while another page takes its place, the frame is still here for a moment.
 * @implements {Place}
 */
class Around {
  /**
   * @param {Window & { mapviewLeft?: { text: string, version: string } | null }} page
   * @param {string} version of the data; what was chosen of others is not found again
   * @param {readonly string[]} [languages] that may be asked for
   */
  constructor(page, version, languages = []) {
    this.page = page;
    this.version = version;
    this.path = page.location.pathname;
    /** @type {string | null} */
    this.text = null;
    this.title = "";
    this.others = ""; // the title that stood there before ours
    this.steps = new Steps();
    this.languages = languages;
    this.known = this.knownNow();
    this.isLeft = false; // for other data, which another frame shows
    /** @type {((text: string) => void) | null} */
    this.onLeft = null;
    this.pen = new Pen((address, isStep) => {
      if (page.location.pathname === this.path) put(page, address, isStep);
    });
    window.setInterval(() => this.repair(), REPAIR_MS);
    window.addEventListener("pagehide", () => {
      this.pen.flush();
      this.disown();
      page.mapviewLeft = { text: this.text ?? "", version };
    });
  }

  read() {
    const asked = this.page.location.search.slice(1);
    const { mapviewLeft } = this.page;
    const left = mapviewLeft?.version === this.version ? mapviewLeft.text : "";
    this.page.mapviewLeft = null;
    if (this.text !== null) return asked;
    // Pages beside the map lead back to it with nothing but their language.
    const query = new URLSearchParams(asked);
    const lang = query.get("lang") ?? "";
    return left && [...query.keys()].every((key) => key === "lang") ? inLanguage(left, lang) : asked || left;
  }

  /** @param {string} text @param {boolean} isStep */
  write(text, isStep) {
    if (this.isLeft || this.page.location.pathname !== this.path) return;
    const isNew = this.text !== null && this.text !== text;
    this.text = text;
    if (this.query() === text) {
      this.pen.drop();
      return;
    }
    const isApart = this.steps.take(isStep);
    this.pen.write(this.address(text), isNew && isApart);
  }

  /** @param {string} words */
  call(words) {
    this.title = titleOf(words, "Mapview");
    this.entitle();
  }

  /** Others write the title of that page too, and know nothing of what is shown. */
  entitle() {
    const { document, location } = this.page;
    const isHere = this.title && !this.isLeft && location.pathname === this.path;
    if (isHere && document.title !== this.title) {
      this.others = document.title;
      document.title = this.title;
    }
    // A page that is opened may have its title before its address, and has it back then.
    if (location.pathname !== this.path) this.disown();
  }

  /** Give the page its title back: one that is opened may have it before the frame is gone. */
  disown() {
    const { document } = this.page;
    if (this.title && document.title === this.title && this.others) document.title = this.others;
  }

  /** @param {string} text */
  address(text) {
    return this.path + (text ? `?${text}` : "") + this.page.location.hash;
  }

  /** Open a state of other data, which another frame shows. @param {string} text */
  leave(text) {
    this.pen.drop();
    this.isLeft = true;
    this.onLeft?.(text);
  }

  /** Of which day the data are, and in which language: another frame shows those of another one. */
  knownNow() {
    const query = new URLSearchParams(this.page.location.search);
    return [query.get("known"), query.get("lang")].join();
  }

  query() {
    return this.page.location.search.slice(1);
  }

  repair() {
    this.entitle();
    // What waits in a drag is written when it rests.
    if (this.isLeft || this.text === null || this.pen.waiting !== null) return;
    if (this.page.location.pathname !== this.path || this.query() === this.text) return;
    put(this.page, this.address(this.text), false);
  }

  /** @param {() => void} listener */
  onChange(listener) {
    const back = () => {
      if (this.page.location.pathname !== this.path) return;
      if (this.knownNow() !== this.known) {
        this.leave(this.query());
        return;
      }
      this.pen.drop();
      this.text = this.query();
      listener();
    };
    this.page.addEventListener("popstate", back);
    window.addEventListener("pagehide", () => this.page.removeEventListener("popstate", back));
  }
}

/**
 * What the page around a frame tells and is told: a notebook, which hands the first state over as the
 * frame's name. The frame's own address stays as it is.
 * @implements {Place}
 */
class Told {
  constructor() {
    this.text = window.name;
    this.pen = new Pen((text) => window.parent.postMessage({ mapviewState: text }, "*"));
  }

  read() {
    return this.text;
  }

  /** @param {string} text */
  write(text) {
    if (text === this.text) return;
    this.text = text;
    this.pen.write(text, false);
  }

  /** @param {() => void} listener */
  onChange(listener) {
    window.addEventListener("message", ({ source, data }) => {
      const text = data?.mapviewState;
      if (source !== window.parent || typeof text !== "string" || text === this.text) return;
      this.pen.drop();
      this.text = text;
      listener();
    });
  }
}

export { Around, Hash, Told };
