// Owns the details beside the map: an incident or base area with all its claims, as text only.
import { clip, element } from "../dom.js";
import { open } from "./packed.js";

/**
 * @import { State } from "./address.js"
 * @import { Records } from "./records.js"
 * @typedef {[words: string, address?: string]} Source
 * @typedef {{
 *   by?: string, stance?: string, value?: string, note?: string, source: number,
 *   locator?: string, cites?: number[], differs?: number,
 * }} Claim sources are positions in the list of sources
 * @typedef {{ heading: string, summary: string, claims: Claim[] }} ClaimGroup
 * @typedef {[words: string, tone: string, help: string]} Badge
 * @typedef {[name: string, value: string]} Fact
 *
 * What is said of an incident or base area, as briefing/page/details.py writes it.
 * @typedef {{
 *   title?: string, when: string, badges?: Badge[], tolls?: Fact[], combined?: string[],
 *   summary?: string, note?: string, facts?: Fact[], claims?: ClaimGroup[],
 *   related?: [id: string, words: string][],
 * }} Detail
 */

/** @param {"h2" | "p"} tag @param {string} words @param {string} name */
const line = (tag, words, name) => element(tag, { class: name, dir: "auto", text: words });

/**
 * A source as it is cited; only addresses that the program found safe are here at all.
 * @param {Source} source
 */
function cite([words, url]) {
  const text = element("bdi", { text: words });
  if (!url || !/^https?:\/\//i.test(url)) return text;
  const attributes = { href: url, target: "_blank", rel: "noopener noreferrer" };
  return element("a", attributes, [text]);
}

/** @param {Claim} claim @param {Source[]} sources */
function claimLine(claim, sources) {
  /** @type {(Node | string)[]} */
  const parts = [];
  if (claim.by || claim.stance) {
    const by = element("bdi", { text: claim.by ?? "The source" });
    const said = (claim.stance ? ` ${claim.stance}` : "") + (claim.value ? ": " : "");
    parts.push(element("span", {}, [by, said]));
  }
  if (claim.value) parts.push(element("bdi", { class: "mp-value", text: claim.value }));
  if (claim.note) parts.push(" ", element("bdi", { class: "mp-remark", text: claim.note }));
  /** @type {(Node | string)[]} */
  const where = [cite(sources[claim.source])];
  if (claim.locator) where.push(", ", element("bdi", { text: claim.locator }));
  for (const cited of claim.cites ?? []) where.push("; citing ", cite(sources[cited]));
  parts.push(element("span", { class: "mp-cite" }, where));
  return element("li", claim.differs ? { class: "mp-differs" } : {}, parts);
}

/** @param {ClaimGroup} group @param {Source[]} sources */
function claimGroup(group, sources) {
  const summary = element("small", { text: group.summary });
  return element("section", { class: "mp-claims" }, [
    element("h4", {}, [`${group.heading} `, summary]),
    element("ul", {}, group.claims.map((claim) => claimLine(claim, sources))),
  ]);
}

/** @param {Badge} badge */
const badge = ([words, tone, help]) => element("span", {
  class: `mp-badge mp-${tone}`, title: help || null, text: words });

/** @param {Fact} fact */
const pair = ([name, value]) => element("div", {}, [
  element("dt", { text: name }), element("dd", { dir: "auto", text: value })]);

/** All that is said of an incident or base area. @param {Detail} detail @param {Source[]} sources */
function article(detail, sources) {
  /** @type {HTMLElement[]} */
  const parts = [
    line("h2", detail.title ?? "Untitled", "mp-title"),
    line("p", detail.when, "mp-when"),
    element("p", { class: "mp-badges" }, (detail.badges ?? []).map(badge)),
  ];
  if (detail.tolls) {
    parts.push(element("dl", { class: "mp-tolls" }, detail.tolls.map(pair)));
  }
  if (detail.combined) {
    parts.push(line("p", `One toll for this and: ${detail.combined.join(", ")}.`, "mp-remark"));
  }
  if (detail.summary) parts.push(line("p", detail.summary, "mp-summary"));
  if (detail.note) parts.push(line("p", detail.note, "mp-remark"));
  if (detail.facts) parts.push(element("dl", { class: "mp-facts" }, detail.facts.map(pair)));
  parts.push(element("h3", { text: "Claims" }));
  const groups = (detail.claims ?? []).map((group) => claimGroup(group, sources));
  parts.push(...(groups.length ? groups : [line("p", "No claims are recorded.", "mp-remark")]));
  return element("article", { class: "mp-detail" }, parts);
}

/** A button that reads as a line of text. @param {string} words @param {() => void} onClick */
function lineButton(words, onClick) {
  const button = element("button", { type: "button", class: "mp-line", dir: "auto", text: clip(words, 300) });
  button.addEventListener("click", onClick);
  return button;
}

/** @type {Badge} */
const UNPLACED = ["Not on the map", "quiet", "No source places it more closely"];
/** @type {Badge} */
const LISTED = ["Not on the map", "quiet", "A campaign or a count is listed only"];

/** A block of details, and the sources that they name. @param {string} id */
async function opened(id) {
  /** @type {[Promise<Detail[]>, Promise<Source[]>]} */
  const both = [open(id), open("packed-sources")];
  const [details, sources] = await Promise.all(both);
  return { details, sources };
}

class Details {
  /**
   * @param {HTMLElement} side
   * @param {{
   *   records: Records, onChoose: (id: string) => void, onChooseAreas: (ids: string[]) => void,
   *   onClose: () => void, embedded: boolean,
   * }} options
   */
  constructor(side, options) {
    this.side = side;
    this.options = options;
    this.wanted = 0;
  }

  /**
   * Show what is selected; with nothing selected, the newest incidents of the filter.
   * @param {State["selected"]} selected @param {string} text
   */
  async show(selected, text) {
    this.wanted += 1;
    const mine = this.wanted;
    const parts = await this.parts(selected, text);
    if (mine !== this.wanted) return; // something else was chosen meanwhile
    this.side.hidden = this.options.embedded && !selected.id && !selected.areas.length;
    this.side.replaceChildren(...parts);
    this.side.scrollTop = 0;
  }

  /** @param {State["selected"]} selected @param {string} text */
  async parts(selected, text) {
    if (selected.id !== null) return this.incident(selected.id);
    if (selected.areas.length) return this.areas(selected.areas);
    return this.welcome(text);
  }

  closeButton() {
    const close = element("button", { type: "button", class: "mp-close", text: "Close" });
    close.addEventListener("click", () => this.options.onClose());
    return close;
  }

  /** @param {string} id */
  async incident(id) {
    const { records } = this.options;
    const at = records.position.get(id);
    if (at === undefined) {
      return [this.closeButton(), element("p", { text: `There is no incident ${clip(id, 80)} in this page.` })];
    }
    const { block } = records.data;
    const { details, sources } = await opened(`packed-details-${Math.floor(at / block)}`);
    const detail = details[at % block];
    const { placed, event } = records.incidents;
    const mark = event[at] ? UNPLACED : LISTED;
    const badges = [...(detail.badges ?? []), ...(placed[at] ? [] : [mark])];
    /** @type {HTMLElement[]} */
    const parts = [this.closeButton(), article({ ...detail, badges }, sources)];
    if (detail.related) {
      const buttons = detail.related.map(([other, words]) => lineButton(words, () => this.options.onChoose(other)));
      parts.push(element("h3", { text: "Related" }), ...buttons);
    }
    return parts;
  }

  /** @param {string[]} ids */
  async areas(ids) {
    const { records } = this.options;
    const known = ids.flatMap((id) => {
      const at = records.areaPosition.get(id);
      return at === undefined ? [] : [{ id, at }];
    });
    if (!known.length) {
      return [this.closeButton(), element("p", { text: `There is no base area ${clip(ids[0], 80)} in this page.` })];
    }
    const { details, sources } = await opened("packed-area-details");
    const parts = [this.closeButton(), article(details[known[0].at], sources)];
    const others = known.slice(1).map(({ id, at }) => lineButton(`${details[at].title}: ${details[at].when}`, () => {
      this.options.onChooseAreas([id, ...known.map((one) => one.id).filter((one) => one !== id)]);
    }));
    if (others.length) parts.push(element("h3", { text: "Also at this place" }), ...others);
    return parts;
  }

  /** @param {string} text */
  welcome(text) {
    const { records } = this.options;
    const all = records.list(text);
    if (!all.length) {
      const words = records.count ? "No incident matches the filters." : "This briefing has no incidents.";
      return [element("p", { class: "mp-hint", text: words })];
    }
    const newest = all.slice(-12).reverse().map((i) => lineButton(
      `${records.incidents.when[i]} — ${records.incidents.title[i]}`,
      () => this.options.onChoose(records.incidents.id[i]),
    ));
    const rest = all.length - newest.length;
    const hint = (/** @type {string} */ words) => element("p", { class: "mp-hint", text: words });
    const more = rest > 0 ? [hint(`and ${rest.toLocaleString("en")} more in the table.`)] : [];
    return [hint("Choose an incident on the map, in the table, or here. Newest first:"), ...newest, ...more];
  }
}

export { Details };
