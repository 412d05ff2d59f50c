// Owns the details beside the map: an incident or base area with all its claims, as text only.
import { clip, element } from "../dom.js";
import { open } from "./packed.js";

const line = (tag, words, name) => element(tag, { class: name, dir: "auto", text: words });

/** A source as it is cited; only addresses that the program found safe are here at all. */
function cite([words, url]) {
  const text = element("bdi", { text: words });
  if (!url || !/^https?:\/\//i.test(url)) return text;
  const attributes = { href: url, target: "_blank", rel: "noopener noreferrer" };
  return element("a", attributes, [text]);
}

function claimLine(claim, sources) {
  const parts = [];
  if (claim.by || claim.stance) {
    const by = element("bdi", { text: claim.by || "The source" });
    const said = (claim.stance ? ` ${claim.stance}` : "") + (claim.value ? ": " : "");
    parts.push(element("span", {}, [by, said]));
  }
  if (claim.value) parts.push(element("bdi", { class: "mp-value", text: claim.value }));
  if (claim.note) parts.push(" ", element("bdi", { class: "mp-remark", text: claim.note }));
  const where = [cite(sources[claim.source])];
  if (claim.locator) where.push(", ", element("bdi", { text: claim.locator }));
  for (const cited of claim.cites || []) where.push("; citing ", cite(sources[cited]));
  parts.push(element("span", { class: "mp-cite" }, where));
  return element("li", claim.differs ? { class: "mp-differs" } : {}, parts);
}

function claimGroup(group, sources) {
  const summary = element("small", { text: group.summary });
  return element("section", { class: "mp-claims" }, [
    element("h4", {}, [`${group.heading} `, summary]),
    element("ul", {}, group.claims.map((claim) => claimLine(claim, sources))),
  ]);
}

const badge = ([words, tone, help]) => element("span", {
  class: `mp-badge mp-${tone}`, title: help || null, text: words });

const pair = ([name, value]) => element("div", {}, [
  element("dt", { text: name }), element("dd", { dir: "auto", text: value })]);

/** All that is said of an incident or base area. */
function article(detail, sources) {
  const parts = [
    line("h2", detail.title || "Untitled", "mp-title"),
    line("p", detail.when, "mp-when"),
    element("p", { class: "mp-badges" }, (detail.badges || []).map(badge)),
  ];
  if (detail.tolls) {
    const [killed, injured] = detail.tolls;
    parts.push(element("dl", { class: "mp-tolls" }, [["Killed", killed], ["Injured", injured]].map(pair)));
  }
  if (detail.combined) {
    parts.push(line("p", `One toll for this and: ${detail.combined.join(", ")}.`, "mp-remark"));
  }
  if (detail.summary) parts.push(line("p", detail.summary, "mp-summary"));
  if (detail.note) parts.push(line("p", detail.note, "mp-remark"));
  if (detail.facts) parts.push(element("dl", { class: "mp-facts" }, detail.facts.map(pair)));
  parts.push(element("h3", { text: "Claims" }));
  const groups = (detail.claims || []).map((group) => claimGroup(group, sources));
  parts.push(...(groups.length ? groups : [line("p", "No claims are recorded.", "mp-remark")]));
  return element("article", { class: "mp-detail" }, parts);
}

/** A button that reads as a line of text. */
function lineButton(words, onClick) {
  const button = element("button", { type: "button", class: "mp-line", dir: "auto", text: clip(words, 300) });
  button.addEventListener("click", onClick);
  return button;
}

class Details {
  /**
   * @param {HTMLElement} side
   * @param {{records: object, onChoose: function(string), onChooseAreas: function(string[]),
   *   onClose: function(), embedded: boolean}} options
   */
  constructor(side, options) {
    this.side = side;
    this.options = options;
    this.wanted = 0;
  }

  async block(id) {
    return open(id);
  }

  /** Show what is selected; with nothing selected, the newest incidents of the filter. */
  async show(selected, text) {
    this.wanted += 1;
    const mine = this.wanted;
    const parts = await this.parts(selected, text);
    if (mine !== this.wanted) return; // something else was chosen meanwhile
    this.side.hidden = this.options.embedded && !selected.id && !selected.areas.length;
    this.side.replaceChildren(...parts);
    this.side.scrollTop = 0;
  }

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

  async incident(id) {
    const { records } = this.options;
    const at = records.position.get(id);
    if (at === undefined) {
      return [this.closeButton(), element("p", { text: `There is no incident ${clip(id, 80)} in this page.` })];
    }
    const { block } = records.data;
    const [details, sources] = await Promise.all([
      this.block(`packed-details-${Math.floor(at / block)}`), this.block("packed-sources")]);
    const detail = details[at % block];
    const parts = [this.closeButton(), article(detail, sources)];
    if (!records.incidents.placed[at]) {
      const words = badge(["Not on the map", "quiet", "No source places it more closely"]);
      parts[1].querySelector(".mp-badges").append(words);
    }
    if (detail.related) {
      const buttons = detail.related.map(([other, words]) => lineButton(words, () => this.options.onChoose(other)));
      parts.push(element("h3", { text: "Related" }), ...buttons);
    }
    return parts;
  }

  async areas(ids) {
    const { records } = this.options;
    const known = ids.filter((id) => records.areaPosition.has(id));
    if (!known.length) {
      return [this.closeButton(), element("p", { text: `There is no base area ${clip(ids[0], 80)} in this page.` })];
    }
    const [details, sources] = await Promise.all([
      this.block("packed-area-details"), this.block("packed-sources")]);
    const of = (id) => details[records.areaPosition.get(id)];
    const parts = [this.closeButton(), article(of(known[0]), sources)];
    const others = known.slice(1).map((id) => lineButton(`${of(id).title}: ${of(id).when}`, () => {
      this.options.onChooseAreas([id, ...known.filter((one) => one !== id)]);
    }));
    if (others.length) parts.push(element("h3", { text: "Also at this place" }), ...others);
    return parts;
  }

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
    const hint = (words) => element("p", { class: "mp-hint", text: words });
    const more = rest > 0 ? [hint(`and ${rest.toLocaleString("en")} more in the table.`)] : [];
    return [hint("Choose an incident on the map, in the table, or here. Newest first:"), ...newest, ...more];
  }
}

export { Details };
