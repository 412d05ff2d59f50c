// Owns what the sheet says of a record that was read from a file: who says what, and whether it agrees.
import { cartography } from "../cartography.js";
import { validityWords } from "./areas.js";
import { drawnPoints, groupsOf, rankOf } from "./columns.js";
import { FIRST_DAY, LAST_DAY, dateWords, precisionOf, spanOf, termWords } from "./edtf.js";
import { placeWords } from "./place.js";

/**
 * @import { Told } from "../page/answers.js"
 * @import { Badge, Claim, ClaimGroup, Detail, Fact, Source } from "../page/details.js"
 * @import { Item } from "./belonging.js"
 * @import { Collected, Terms } from "./columns.js"
 */

/** @type {{ id: string, words: string }[]} */
const PRECISIONS = cartography.precisions;
const DISAGREEING = ["denies", "doubts", "assigns to another party"];
const capital = (/** @type {string} */ text) => text.slice(0, 1).toUpperCase() + text.slice(1);
/** Words in brackets behind others; nothing for none. @param {string} text */
const bracketed = (text) => (text ? ` (${text})` : "");
const isNumber = (/** @type {unknown} */ value) => typeof value === "number";

/** Words joined as English does. @param {string[]} words */
const joinWords = (words) => [words.slice(0, -1).join(", "), ...words.slice(-1)].filter(Boolean).join(" and ");

/** An address that a link may lead to, and nothing if there is none. @param {string | undefined} url */
function safeUrl(url) {
  try {
    const parts = new URL((url ?? "").trim());
    const isSite = ["http:", "https:"].includes(parts.protocol) && !parts.username && !parts.password;
    return isSite && parts.href.length <= 2000 ? parts.href : "";
  } catch {
    return "";
  }
}

/**
 * A source in one line: author, title, publisher, date.
 * @param {Item | undefined} source @param {string} id @returns {Source}
 */
function cite(source, id) {
  if (!source) return [id];
  const { author, title, publisher, date, url } = source;
  const words = [author, `“${title}”`, publisher, date ? dateWords(date) : ""].filter(Boolean).join(", ");
  const address = safeUrl(url);
  return address ? [words, address] : [words];
}

/**
 * Sources of one family count once: those that copy one another.
 * @param {Item[]} sources @returns {(id: string) => string}
 */
function familiesOf(sources) {
  /** @type {Map<string, string>} */
  const root = new Map();
  const find = (/** @type {string} */ id) => {
    let one = id;
    for (let up = root.get(one); up !== undefined && up !== one; up = root.get(one)) {
      // Whoever asks next has half the way, as texts may copy one another in a long line.
      root.set(one, root.get(up) ?? up);
      one = up;
    }
    return one;
  };
  for (const { id, derived_from: others = [] } of sources) {
    for (const other of others) {
      const [low, high] = [find(id), find(other)].sort();
      root.set(high, low);
    }
  }
  return find;
}

const words = (/** @type {Item} */ claim) => String(claim.value).toLowerCase().split(/\s+/).filter(Boolean).join(" ");

/** @param {string[]} texts */
function neverMeet(texts) {
  const spans = texts.map((text) => spanOf(text)).filter((one) => one !== null);
  return spans.length > 0
    && Math.max(...spans.map((one) => one.first ?? FIRST_DAY)) > Math.min(...spans.map((one) => one.last ?? LAST_DAY));
}

/** @param {string[]} texts @param {boolean} isMoment */
function datesDiffer(texts, isMoment) {
  if (isMoment && neverMeet(texts)) return true;
  const periods = texts.filter((text) => text.includes("/")).map((text) => text.split("/"));
  return [0, 1].some((end) => neverMeet(periods.map((one) => one[end]).filter((one) => one && one !== "..")));
}

/** @typedef {[value: number, hedge: string][]} Said figures with their hedges */

/** @param {Item} claim @returns {[value: number, hedge: string]} */
const hedged = ({ value, qualifier }) => [isNumber(value) ? value : 0, String(qualifier ?? "")];

/** What is told in one place by one teller, by whom it counts. @param {Item[]} claims */
function accountsOf(claims) {
  /** @type {Map<string, { who: string, asOf: string, parts: Map<string, Said> }>} */
  const accounts = new Map();
  for (const claim of claims) {
    const { source, locator } = claim;
    const [by, asOf, part] = [claim.by ?? "", claim.as_of ?? "", claim.part ?? ""];
    const key = JSON.stringify([source, locator, by, asOf]);
    const account = accounts.get(key) ?? { who: JSON.stringify([source, by]), asOf, parts: new Map() };
    account.parts.set(part, [...(account.parts.get(part) ?? []), hedged(claim)]);
    accounts.set(key, account);
  }
  return [...accounts.values()];
}

/** @param {Item[]} claims @param {boolean} isOfPeople */
function figuresDiffer(claims, isOfPeople) {
  /** Of whom and of when, who tells it, where, and what is said there. @type {Map<string, Map<string, Said[]>>} */
  const told = new Map();
  for (const { who, asOf, parts } of accountsOf(claims)) {
    if (!parts.has("") && parts.size > 1 && isOfPeople) {
      parts.set("", [[[...parts.values()].flat().reduce((sum, [value]) => sum + value, 0), ""]]);
    }
    for (const [part, said] of parts) {
      const key = JSON.stringify([part, asOf]);
      const byWhom = told.get(key) ?? new Map();
      told.set(key, byWhom.set(who, [...(byWhom.get(who) ?? []), said]));
    }
  }
  return [...told.values()].some((byWhom) => new Set([...byWhom.values()].flatMap(asFigures)).size > 1);
}

const isOpen = (/** @type {string} */ hedge) => hedge === "at least" || hedge === "over";
const valuesOf = (/** @type {Said} */ said) => [...new Set(said.map(([value]) => value))].sort((a, b) => a - b);

/** Figures of one who tells, in some places; what can all be true is one, a range. @param {Said[]} places */
function asFigures(places) {
  const together = places.flat();
  if (mayAllBeTrue(together)) return [valuesOf(together).join("–")];
  return places.flatMap((said) => (mayAllBeTrue(said) || said.every(([, hedge]) => hedge === "about")
    ? [valuesOf(said).join("–")] : valuesOf(said).map(String)));
}

/** @param {Said} said */
function mayAllBeTrue(said) {
  const least = said.filter(([, hedge]) => isOpen(hedge)).map(([value, hedge]) => value + (hedge === "over" ? 1 : 0));
  const most = said.filter(([, hedge]) => hedge === "at most").map(([value]) => value);
  const given = valuesOf(said.filter(([, hedge]) => !isOpen(hedge) && hedge !== "at most"));
  return given.length <= 1 && Math.max(0, ...least, ...given) <= Math.min(...most, ...given);
}

/** Whether claims about one matter disagree. @param {Item[]} claims @param {Terms} terms @param {boolean} isLasting */
function differ(claims, terms, isLasting) {
  const { about, topic } = claims[0];
  if (claims.some(({ stance }) => DISAGREEING.includes(stance))) {
    return ["attribution", "occurrence"].includes(about) || claims.length > 1;
  }
  const isOneKind = claims.every((one) => one.about === about);
  if (isOneKind && about === "date") {
    const dates = claims.filter(({ value }) => value).map(({ value }) => String(value));
    return datesDiffer(dates, !isLasting || Boolean(topic));
  }
  if (isOneKind && terms.figures.includes(about)) return figuresDiffer(claims, about in terms.people);
  if (!topic) return false;
  const isOfOneTime = (/** @type {Item} */ a, /** @type {Item} */ b) => (a.as_of ?? "") === (b.as_of ?? "");
  return claims.some((one) => claims.some((other) => isOfOneTime(one, other) && words(one) !== words(other)));
}

/** Claims by what they are about, and after these by their topics. @param {Item[]} claims @param {Terms} terms */
function byMatter(claims, terms) {
  const topics = [...new Set(claims.map(({ topic }) => topic).filter(Boolean))];
  const plain = terms.abouts.map(([about, heading]) => (
    { heading, about, claims: claims.filter((one) => one.about === about && !one.topic) }));
  const named = topics.map((topic) => {
    const some = claims.filter((one) => one.topic === topic);
    return { heading: topic, about: some[0].about, claims: some };
  });
  return [...plain, ...named].filter((matter) => matter.claims.length);
}

class Telling {
  /** @param {Collected} collected @param {Terms} terms */
  constructor(collected, terms) {
    this.terms = terms;
    this.collected = collected;
    this.groups = groupsOf(collected, terms);
    this.sources = new Map(collected.sources.map((one) => [one.id, one]));
    this.familyOf = familiesOf(collected.sources);
    this.byId = new Map(collected.incidents.map((one) => [one.id, one]));
  }

  /** @param {Item} claim */
  value(claim) {
    const { value, about, qualifier, part, as_of: asOf, topic } = claim;
    if (value === null || value === undefined) return "";
    if (typeof value === "string" && (claim.role || this.terms.naming.includes(about))) {
      return this.groups.get(value)?.name ?? value;
    }
    if (about === "date") return dateWords(String(value));
    const hedge = !qualifier || qualifier === "exactly" ? "" : `${qualifier} `;
    const within = [part, asOf ? dateWords(asOf) : ""].filter(Boolean).join("; ");
    const kind = topic && about in this.terms.people ? ` ${this.terms.people[about]}` : "";
    const number = isNumber(value) ? value.toLocaleString("en") : String(value);
    return `${hedge}${number}${kind}${bracketed(within)}`;
  }

  /** A date with an open end, which is one that is not stated. @param {Item} claim */
  term({ value, about }) {
    const [first, last] = String(value ?? "").split("/");
    return about === "date" && last !== undefined && [first, last].includes("..") ? termWords(first, last) : "";
  }

  /** @param {Item} claim */
  stance({ stance, about, role, value }) {
    if (!stance) return "";
    if (role === "cleared") return "cleared";
    const isOfParty = about === "attribution" && value !== null && value !== undefined;
    return (isOfParty ? this.terms.before_party : this.terms.stances)[stance] ?? String(stance);
  }

  /**
   * Claims by what they are about, each as it is printed, with how far they agree.
   * @param {Item[]} claims @param {(id: string) => number} number of a source @param {boolean} isLasting
   * @returns {ClaimGroup[]}
   */
  groupsOf(claims, number, isLasting) {
    return byMatter(claims, this.terms).map(({ heading, about, claims: some }) => {
      const differs = differ(some, this.terms, isLasting);
      const leads = about in this.terms.people || about === "attribution";
      const named = isLasting && about === "occurrence" && !some[0].topic ? "What is said of it" : heading;
      return {
        heading: named, summary: this.agreement(some, differs), ...(leads ? { leads: 1 } : {}),
        claims: some.map((claim) => this.line(claim, number, differs, isLasting)) };
    });
  }

  /** @param {Item[]} claims @param {boolean} differs */
  agreement(claims, differs) {
    const texts = new Set(claims.map(({ source }) => source));
    const families = new Set(claims.map(({ source }) => this.familyOf(source)));
    const count = `${families.size} independent source${families.size > 1 ? "s" : ""}`;
    const copied = texts.size > families.size ? ` (${texts.size} texts, some copied from one another)` : "";
    const told = new Set(claims.map(({ source, by, cites }) => JSON.stringify([source, by ?? "", cites ?? []])));
    const how = told.size === 1 ? "one document disagrees with itself; " : "sources differ; ";
    return `${differs ? how : ""}${count}${copied}`;
  }

  /**
   * @param {Item} claim @param {(id: string) => number} number @param {boolean} differs @param {boolean} isLasting
   * @returns {Claim}
   */
  line(claim, number, differs, isLasting) {
    const { about, role, caveat, note, by, locator, cites = [], source, value } = claim;
    const said = (isLasting && this.term(claim)) || this.value(claim);
    const party = bracketed(about === "involved" && role !== "other" ? role : "");
    return filled({
      value: `${said}${party}`, stance: this.stance(claim), by, note: [caveat, note].filter(Boolean).join(" "),
      source: number(source), locator, cites: cites.map(number), differs: differs ? 1 : undefined,
      figure: about in this.terms.people && isNumber(value) ? value : undefined });
  }

  /** @returns {{ number: (id: string) => number, list: Source[] }} */
  numbering() {
    /** @type {Map<string, number>} */
    const numbers = new Map();
    /** @type {Source[]} */
    const list = [];
    const number = (/** @type {string} */ id) => {
      const known = numbers.get(id) ?? list.length;
      if (known === list.length) list.push(cite(this.sources.get(id), id));
      numbers.set(id, known);
      return known;
    };
    return { number, list };
  }

  /** @param {Item} item @returns {Told} */
  incident(item) {
    const { number, list } = this.numbering();
    const { terms } = this;
    const date = item.when ?? dateWords(item.event_date);
    const isPlace = item.geo_precision === "not stated" || rankOf(item.geo_precision) < rankOf("province");
    const position = isPlace ? drawnPoints(item)[0] : undefined;
    const related = (/** @type {string[]} */ ids) => (ids ?? []).flatMap((id) => this.byId.get(id) ?? []);
    const combined = related(item.casualties_combined);
    const isBeyond = item.shares_toll_beyond || combined.length < (item.casualties_combined ?? []).length;
    return { sources: list, detail: filled({
      id: item.id, title: item.title, when: `${date} · ${this.place(item)}`, badges: this.badges(item),
      tolls: item.isPlain && !item.hasTolls ? [] : tolls(item, terms),
      combined: [...combined.map((one) => `${one.title} (${dateWords(one.event_date)})`),
        ...(isBeyond ? ["incidents that are not shown here"] : [])],
      summary: item.summary, facts: this.facts(item), claims: this.groupsOf(item.claims, number, false),
      related: related(item.related).map((one) => [one.id, `${one.title}, ${dateWords(one.event_date)}`]),
      position, citation: `“${item.title}” (${date}), incident ${item.id}.` }) };
  }

  /** @param {Item} item */
  place(item) {
    const place = placeWords(item, this.terms.countries);
    const others = (item.other_countries ?? []).map((/** @type {string} */ code) => this.terms.countries[code] ?? code)
      .filter((/** @type {string} */ one) => !place.includes(one));
    return others.length ? `${place} (${item.country ? "also " : ""}concerns ${joinWords(others)})` : place;
  }

  /** @param {Item} item @returns {Badge[]} */
  badges(item) {
    const precision = precisionOf(spanOf(item.event_date) ?? { first: null, last: null, unit: "unknown" });
    /** @type {Badge[]} */
    const badges = [];
    if (!item.isPlain) {
      badges.push([capital(item.status), item.status === "disputed" ? "warn" : "plain", ""],
        [capital(item.attribution), item.attribution === "contested" ? "warn" : "plain", "Responsibility"]);
    }
    badges.push([capital(PRECISIONS[rankOf(item.geo_precision)].words), "quiet", "Place"]);
    if (precision !== "day") badges.push([`Date: ${precision}`, "quiet", "How exact the date is"]);
    if (item.record_kind === "aggregate") badges.push(["Campaign or count", "quiet", ""]);
    return badges;
  }

  /** @param {Item} item @returns {Fact[]} */
  facts(item) {
    const { radius_km: km, points, geo_basis: basis } = item;
    const circle = points.length && km !== null && km !== undefined ? `within about ${Number(km)} km of the point drawn` : "";
    const parties = this.terms.roles.map(([, ids, , heading]) => (
      [heading, (item[ids] ?? []).map((/** @type {string} */ id) => this.partyWords(item, id)).join(", ")]));
    /** @type {[string, string][]} */
    const facts = [
      ...(/** @type {[string, string][]} */ (parties)), ["Type", item.isPlain ? "" : item.event_types.join(", ")],
      ["Type as the source has it", item.type_of_source], ["Target", item.target], ["Means", item.means],
      ["Position", [basis, circle].filter(Boolean).join("; ")],
      ["Sources as the file has them", item.claims.length ? item.sources_text : ""],
      ...(item.cells ?? [])];
    return facts.filter(([, value]) => value);
  }

  /** A party with the caveats under which it is named. @param {Item} item @param {string} id */
  partyWords(item, id) {
    const group = this.groups.get(id);
    const caveats = new Set(item.claims.filter((/** @type {Item} */ one) => one.value === id && one.caveat)
      .map((/** @type {Item} */ one) => ` (${one.caveat})`));
    return `${group?.short_name || group?.name || id}${[...caveats].join("")}`;
  }

  /** @param {Item} area @returns {Told} */
  area(area) {
    const { number, list } = this.numbering();
    const group = this.groups.get(area.group);
    const circle = area.geometry && area.radius_km ? `within about ${Number(area.radius_km)} km of the point drawn` : "";
    /** @type {Fact[]} */
    const facts = [["Also called", (group?.aliases ?? []).slice(0, 12).join(", ")],
      ["Position", [area.geo_basis, circle].filter(Boolean).join("; ")]];
    return { sources: list, detail: filled({
      id: area.id, title: group?.name ?? area.group,
      when: `${capital(area.kind)} · ${placeWords({ ...area, admin2: "" }, this.terms.countries)}`,
      badges: [[capital(area.status), area.status === "alleged" ? "warn" : "plain", "How it is told"],
        [capital(PRECISIONS[rankOf(area.geo_precision)].words), "quiet", "Place"]],
      summary: `${capital(validityWords(area))}.`, note: area.note, facts: facts.filter(([, value]) => value),
      claims: this.groupsOf(area.claims, number, true) }) };
  }
}

/** @param {Item} item @param {Terms} terms @returns {Fact[]} */
function tolls(item, terms) {
  const names = [["fatalities", "Killed"], ["injured", "Injured"], ["casualties", capital(terms.people.casualties)]];
  return names.flatMap(([name, heading]) => {
    const text = item[`${name}_text`] || "not stated";
    return text === "not stated" && name === "casualties" ? [] : [/** @type {Fact} */ ([heading, text])];
  });
}

/** Values without what is empty. @param {Record<string, unknown>} values @returns {any} */
const filled = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => (
  value !== undefined && value !== "" && value !== null && !(Array.isArray(value) && !value.length))));

export { Telling, cite, safeUrl };
