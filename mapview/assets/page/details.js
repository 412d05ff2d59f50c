// Owns the sheet: an incident or base area with who says what of it, as text only.
import { clip, dirOf, element } from "../dom.js";
import { comma, digits, isEnglish, say } from "../tongue.js";
import { copyButton } from "./copying.js";
import { EVERYTHING, toText } from "./filter.js";
import { recordData, recordPicture } from "./record.js";
import { fileName, saveJson, savePicture } from "./saving.js";
import { strip } from "./strip.js";

/**
 * @import { Theme } from "../symbols.js"
 * @import { Selected } from "./address.js"
 * @import { Answers, Told } from "./answers.js"
 * @import { Handing } from "./picking.js"
 * @typedef {[words: string, address?: string]} Source
 * @typedef {{
 *   by?: string, stance?: string, value?: string, note?: string, source: number, figure?: number,
 *   locator?: string, cites?: number[], differs?: number, party?: string, own?: number,
 * }} Claim sources are positions in the list of sources; `figure` is the number of a toll, and
 *   `own` where the value is in the words of a record that is not in the language of the stage
 * @typedef {{ heading: string, summary: string, claims: Claim[], leads?: number, own?: number }} ClaimGroup
 *   `leads`
 *   where it is what readers come for: tolls and responsibility
 * @typedef {[words: string, tone: string, help: string]} Badge
 * @typedef {[name: string, value: string]} Fact
 *
 * What is said of an incident or base area, as briefing/page/details.py writes it.
 * @typedef {{
 *   id: string, title?: string, when: string, badges?: Badge[], tolls?: Fact[], combined?: string[],
 *   summary?: string, note?: string, facts?: Fact[], claims?: ClaimGroup[],
 *   parties?: Record<string, [id: string, words: string][]>, position?: [lon: number, lat: number],
 *   citation?: string, related?: [id: string, words: string][],
 * }} Detail
 * @typedef {(group: string) => string | null} GroupLink address of a group's page, where there is one
 */

/** Of what records say themselves: they stay in their language, whatever the stage speaks. */
const OWN = { lang: "en", dir: "auto" };

/** @param {"h2" | "p"} tag @param {string} words @param {string} name @param {Record<string, string>} [own] */
const line = (tag, words, name, own = { dir: "auto" }) => element(tag, { class: name, ...own, text: words });

/**
 * A source as it is cited; only addresses that the program found safe are here at all.
 * @param {Source} source
 */
function cite([words, url]) {
  const text = element("bdi", { lang: "en", text: words });
  if (!url || !/^https?:\/\//i.test(url)) return text;
  const attributes = { href: url, target: "_blank", rel: "noopener noreferrer" };
  return element("a", attributes, [text]);
}

/** The sources of one record, numbered in the order in which they are named. */
class Numbers {
  /** @param {Source[]} sources */
  constructor(sources) {
    this.sources = sources;
    /** @type {number[]} */
    this.order = [];
  }

  /** A number that leads to the source below. @param {number} source */
  chip(source) {
    if (!this.order.includes(source)) this.order.push(source);
    const number = String(this.order.indexOf(source) + 1);
    const chip = element("button", {
      type: "button", class: "mp-chip", text: digits(number), title: this.sources[source]?.[0],
      "aria-label": say("Source {n}", { n: number }) });
    chip.addEventListener("click", () => {
      const item = chip.closest(".mp-detail")?.querySelector(`[data-source="${number}"]`);
      if (!(item instanceof HTMLElement)) return;
      item.focus({ preventScroll: true });
      item.scrollIntoView({ block: "center" });
    });
    return chip;
  }

  list() {
    const items = this.order.map((source, i) => (
      element("li", { "data-source": String(i + 1), tabindex: "-1" }, [cite(this.sources[source])])));
    return [element("h3", { text: say("Sources") }), element("ol", { class: "mp-sources" }, items)];
  }
}

/** @param {string} words @param {string | undefined} party @param {GroupLink} link @param {boolean} isOwn */
function named(words, party, link, isOwn) {
  const href = party ? link(party) : null;
  const text = element("bdi", { class: "mp-value", lang: isOwn ? "en" : null, text: words });
  return href ? element("a", { href, target: "_top" }, [text]) : text;
}

/** @param {Claim} claim @param {Numbers} numbers @param {GroupLink} link */
function claimLine(claim, numbers, link) {
  /** @type {(Node | string)[]} */
  const parts = [];
  if (claim.by || claim.stance) {
    const by = element("bdi", claim.by ? { lang: "en", text: claim.by } : { text: say("The source") });
    parts.push(element("span", {}, [by, (claim.stance ? ` ${claim.stance}` : "") + (claim.value ? ": " : "")]));
  }
  if (claim.value) parts.push(named(claim.value, claim.party, link, Boolean(claim.own)));
  if (claim.note) parts.push(" ", element("bdi", { class: "mp-remark", lang: "en", text: claim.note }));
  parts.push(" ", numbers.chip(claim.source));
  if (claim.locator) parts.push(" ", element("bdi", { class: "mp-cite", lang: "en", text: claim.locator }));
  if (claim.cites) parts.push(element("span", { class: "mp-cite", text: ` ${say("citing")}` }));
  for (const cited of claim.cites ?? []) parts.push(" ", numbers.chip(cited));
  return element("li", claim.differs ? { class: "mp-differs" } : {}, parts);
}

/** @param {ClaimGroup} group @param {Numbers} numbers @param {GroupLink} link */
function claimGroup(group, numbers, link) {
  const heading = element("bdi", { lang: group.own ? "en" : null, text: group.heading });
  const summary = element("small", { text: group.summary });
  return element("section", { class: "mp-claims" }, [
    element("h4", {}, [heading, " ", summary]), ...strip(group.claims, numbers),
    element("ul", {}, group.claims.map((claim) => claimLine(claim, numbers, link))),
  ]);
}

/** @param {Badge} badge */
const badge = ([words, tone, help]) => element("span", {
  class: `mp-badge mp-${tone}`, title: help || null, text: words });

/** @param {Fact} fact @param {(Node | string)[]} [value] */
const pair = ([name, words], value) => element("div", {}, [
  element("dt", { text: name }), element("dd", { dir: dirOf(words) }, value ?? [words])]);

/** Where it is, for looking it up elsewhere. @param {Detail} detail @returns {[Fact, Node[]][]} */
function identity({ id, position }) {
  const code = element("code", { dir: "ltr", text: clip(id, 200) });
  /** @type {[Fact, Node[]][]} */
  const facts = [[[say("Id"), id], [code]]];
  if (position) {
    const words = `${position[1]}, ${position[0]}`;
    const copy = copyButton(say("Copy"), () => words);
    facts.unshift([[say("Point drawn"), words], [element("code", { dir: "ltr", text: words }), copy]]);
  }
  return facts;
}

/**
 * All that is said of an incident or base area.
 * @param {Told} told @param {GroupLink} link @param {(Node | string)[]} files buttons that save it
 */
function article({ detail, sources }, link, files) {
  const numbers = new Numbers(sources);
  const groups = detail.claims ?? [];
  const [leading, others] = [groups.filter(({ leads }) => leads), groups.filter(({ leads }) => !leads)];
  const claims = (/** @type {ClaimGroup[]} */ some) => some.map((group) => claimGroup(group, numbers, link));
  /** @type {HTMLElement[]} */
  const parts = [
    detail.title ? line("h2", detail.title, "mp-title", OWN) : line("h2", say("Untitled"), "mp-title"),
    line("p", detail.when, "mp-when"),
    element("p", { class: "mp-badges" }, (detail.badges ?? []).map(badge)),
  ];
  if (detail.tolls) parts.push(element("dl", { class: "mp-tolls" }, detail.tolls.map((one) => pair(one))));
  if (detail.combined) {
    const together = detail.combined.join(comma());
    parts.push(line("p", say("One toll for this and: {others}.", { others: together }), "mp-remark"));
  }
  if (leading.length) parts.push(element("h3", { text: say("Who says what") }), ...claims(leading));
  // Of a base area it is the time that is stated, in our words.
  if (detail.summary) parts.push(line("p", detail.summary, "mp-summary", detail.citation ? OWN : undefined));
  if (detail.note) parts.push(line("p", detail.note, "mp-remark", OWN));
  const facts = (detail.facts ?? []).map((/** @type {Fact} */ fact) => {
    const parties = detail.parties?.[fact[0]];
    const names = parties?.flatMap(([id, words], i) => [...(i ? [comma()] : []), named(words, id, link, true)]);
    const isOwn = !isEnglish() && ![say("Type"), say("Position")].includes(fact[0]);
    return pair(fact, names ?? (isOwn ? [element("bdi", { lang: "en", text: fact[1] })] : undefined));
  });
  facts.push(...identity(detail).map(([fact, value]) => pair(fact, value)));
  parts.push(element("dl", { class: "mp-facts" }, facts));
  parts.push(element("p", { class: "mp-save" }, [say("Save this record:"), " ", ...files]));
  const rest = leading.length ? say("Also said") : say("Claims");
  if (others.length) parts.push(element("h3", { text: rest }), ...claims(others));
  if (!groups.length) parts.push(line("p", say("No claims are recorded."), "mp-remark"));
  else parts.push(...numbers.list());
  return element("article", { class: "mp-detail", lang: isEnglish() ? "en" : null }, parts);
}

/** A button that reads as a line of text. @param {string} words @param {() => void} onClick */
function lineButton(words, onClick) {
  const button = element("button", { type: "button", class: "mp-line", dir: "auto", text: clip(words, 300) });
  button.addEventListener("click", onClick);
  return button;
}

class Details {
  /**
   * @param {HTMLElement} side
   * @param {{
   *   answers: Answers, onChoose: (id: string) => void, onChooseAreas: (ids: string[]) => void,
   *   onClose: () => void, onStep: (by: number) => void, link: (id: string) => string,
   *   groupLink: GroupLink, theme: () => Theme, address: Handing["address"] | null,
   * }} options
   */
  constructor(side, options) {
    this.side = side;
    this.options = options;
    this.wanted = 0;
    side.addEventListener("keydown", (event) => {
      if (event.key === "Escape") options.onClose();
    });
  }

  /** Show what is selected; with nothing selected, no sheet. @param {Selected} selected */
  async show(selected) {
    this.wanted += 1;
    const mine = this.wanted;
    const parts = await this.parts(selected);
    if (mine !== this.wanted) return; // something else was chosen meanwhile
    this.side.hidden = !parts.length;
    this.side.replaceChildren(...parts);
    // Readers who listen hear what was chosen, since the keyboard goes there.
    const title = this.side.querySelector(".mp-title")?.textContent;
    this.side.setAttribute("aria-label", title ? say("Record: {title}", { title }) : say("Record"));
    this.side.scrollTop = 0;
  }

  /** @param {Selected} selected @returns {Promise<Node[]>} */
  async parts({ id, areas }) {
    if (id !== null) return this.incident(id);
    return areas.length ? this.areas(areas) : [];
  }

  /**
   * This record as a picture, and as data: those that the program exports, or what the page holds.
   * @param {Told} told
   */
  files(told) {
    const { answers: { known: { version } }, address, theme } = this.options;
    const { id } = told.detail;
    const nameOf = (/** @type {string} */ ending) => fileName("record", id, version, ending);
    const button = (/** @type {string} */ words, /** @type {() => void} */ press) => {
      const one = element("button", { type: "button", class: "mp-copy", text: words });
      one.addEventListener("click", press);
      return one;
    };
    const text = toText({ ...EVERYTHING, ids: [id] });
    return [
      button(say("Picture (PNG)"), () => savePicture(recordPicture(told, theme(), version), nameOf("png"))), " ",
      address ? element("a", {
        class: "mp-copy", href: address("geojson", text), download: nameOf("geojson"),
        text: say("Data ({format})", { format: "GeoJSON" }) })
        : button(say("Data ({format})", { format: "JSON" }), () => saveJson(recordData(told, version), nameOf("json"))),
    ];
  }

  /** @param {Node[]} tools @param {boolean} steps whether others stand before and after it */
  head(tools, steps) {
    const button = (/** @type {string} */ words, /** @type {string} */ label, /** @type {() => void} */ press) => {
      const one = element("button", { type: "button", text: words, "aria-label": label, title: label });
      one.addEventListener("click", press);
      return one;
    };
    const { onClose, onStep } = this.options;
    const close = button(say("Close"), say("Close"), onClose);
    close.className = "mp-close";
    return element("div", { class: "mp-sheet-head" }, [
      ...(steps ? [
        button("‹", say("Previous in the table"), () => onStep(-1)),
        button("›", say("Next in the table"), () => onStep(1)),
      ] : []), ...tools, close]);
  }

  /** @param {string} id */
  async incident(id) {
    const told = await this.options.answers.incident(id);
    if (!told) {
      const text = say("There is no incident {id} here.", { id: clip(id, 80) });
      return [this.head([], false), element("p", { text })];
    }
    const { detail } = told;
    const tools = [copyButton(say("Copy link"), () => this.options.link(id))];
    const { citation } = detail;
    if (citation) tools.push(copyButton(say("Copy citation"), () => `${citation} ${this.options.link(id)}`));
    /** @type {Node[]} */
    const parts = [this.head(tools, true), article(told, this.options.groupLink, this.files(told))];
    if (detail.related) {
      const buttons = detail.related.map(([other, words]) => lineButton(words, () => this.options.onChoose(other)));
      parts.push(element("h3", { text: say("Related") }), ...buttons);
    }
    return parts;
  }

  /** @param {string[]} ids */
  async areas(ids) {
    const { answers } = this.options;
    const found = await Promise.all(ids.map(async (id) => ({ id, told: await answers.area(id) })));
    const known = found.flatMap(({ id, told }) => (told ? [{ id, told }] : []));
    if (!known.length) {
      const text = say("There is no base area {id} here.", { id: clip(ids[0], 80) });
      return [this.head([], false), element("p", { text })];
    }
    /** @type {Node[]} */
    const parts = [this.head([], false), article(known[0].told, this.options.groupLink, this.files(known[0].told))];
    const others = known.slice(1).map(({ id, told: { detail } }) => lineButton(`${detail.title}: ${detail.when}`, () => {
      this.options.onChooseAreas([id, ...known.map((one) => one.id).filter((one) => one !== id)]);
    }));
    if (others.length) parts.push(element("h3", { text: say("Also at this place") }), ...others);
    return parts;
  }
}

export { Details };
