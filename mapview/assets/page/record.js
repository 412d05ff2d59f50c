// Owns one record as a file: a picture of who says what, and the same as data.
import { comma, say } from "../tongue.js";
import { Lettering, sheet } from "./lettering.js";
import { places } from "./strip.js";

const WIDTH = 760;
const EDGE = 28;
const AXIS_PX = 300; // as wide as the axis of the sheet, which this one is twice as large as

/**
 * @import { Theme } from "../symbols.js"
 * @import { Told } from "./answers.js"
 * @import { Claim, ClaimGroup, Detail, Source } from "./details.js"
 */

/**
 * A claim in words: who, how, what, a note, and the numbers of its sources.
 * @param {Claim} claim @param {number[]} order
 */
function claimWords(claim, order) {
  const who = claim.by || claim.stance ? [claim.by ?? say("The source"), claim.stance].filter(Boolean).join(" ") : "";
  const number = (/** @type {number} */ source) => {
    if (!order.includes(source)) order.push(source);
    return `[${order.indexOf(source) + 1}]`;
  };
  const own = number(claim.source);
  const said = who && claim.value ? `${who}: ${claim.value}` : who || claim.value || "";
  const cited = claim.cites?.length ? `${say("citing")} ${claim.cites.map(number).join(" ")}` : "";
  const note = claim.note ? `(${claim.note})` : "";
  return [said, note, own, claim.locator, cited].filter(Boolean).join(" ");
}

/** Different figures of a group of claims, rising, each as it is said. @param {ClaimGroup} group */
function figuresOf({ claims }) {
  /** @type {Map<number, Set<string>>} */
  const found = new Map();
  for (const { figure, value } of claims) {
    if (figure === undefined) continue;
    found.set(figure, (found.get(figure) ?? new Set()).add(value ?? String(figure)));
  }
  return [...found].sort(([a], [b]) => a - b).map(([figure, words]) => ({ figure, words: [...words].join(", ") }));
}

/** The axis of figures that differ. @param {Lettering} letters @param {ClaimGroup} group */
function axis(letters, group) {
  const figures = figuresOf(group);
  if (figures.length < 2) return;
  const { ctx, theme: { colors } } = letters;
  const scale = letters.width / AXIS_PX;
  const y = letters.y + 10;
  ctx.fillStyle = colors.ink_muted;
  ctx.fillRect(letters.x, y - 0.5, letters.width, 1);
  places(figures.map(({ figure }) => figure)).forEach(({ x, label }, i) => {
    ctx.fillStyle = colors.focus;
    ctx.beginPath();
    ctx.arc(letters.x + x * scale, y, 6, 0, 2 * Math.PI);
    ctx.fill();
    const words = new Lettering(ctx, letters.theme, { x: letters.x + label * scale, y: y + 9, width: 110 });
    words.write(figures[i].words, { size: 15, weight: 650, align: "center" });
  });
  letters.y = y + 36;
}

/** @param {Lettering} letters @param {string} title @param {ClaimGroup[]} groups @param {number[]} order */
function claimsBelow(letters, title, groups, order) {
  if (!groups.length) return;
  const { colors } = letters.theme;
  letters.rule();
  letters.write(title, { size: 15, weight: 650 });
  for (const group of groups) {
    letters.write(group.heading, { size: 14, weight: 650, after: 0 });
    letters.write(group.summary, { size: 12, color: colors.ink_muted });
    axis(letters, group);
    for (const claim of group.claims) letters.write(`– ${claimWords(claim, order)}`, { indent: 4, after: 2 });
    letters.y += 6;
  }
}

/** @param {Lettering} letters @param {Detail} detail */
function head(letters, detail) {
  const { colors } = letters.theme;
  letters.write(detail.title ?? say("Untitled"), { size: 22, weight: 650 });
  letters.write(detail.when, { size: 14, color: colors.ink_muted });
  letters.write((detail.badges ?? []).map(([words]) => words).join(" · "), { weight: 600, after: 8 });
  for (const [name, words] of detail.tolls ?? []) letters.write(`${name}: ${words}`, { size: 17, weight: 650 });
  const others = detail.combined?.join(comma());
  if (others) letters.write(say("One toll for this and: {others}.", { others }));
}

/** @param {Told} told @param {Theme} theme @param {string} version of the data */
function recordPicture({ detail, sources }, theme, version) {
  const { colors } = theme;
  const groups = detail.claims ?? [];
  return sheet(WIDTH, theme, (ctx) => {
    /** @type {number[]} */
    const order = [];
    const letters = new Lettering(ctx, theme, { x: EDGE, y: EDGE - 6, width: WIDTH - 2 * EDGE });
    head(letters, detail);
    claimsBelow(letters, say("Who says what"), groups.filter(({ leads }) => leads), order);
    for (const words of [detail.summary, detail.note]) if (words) letters.write(words, { after: 8 });
    for (const [name, words] of detail.facts ?? []) letters.write(`${name}: ${words}`, { after: 1 });
    claimsBelow(letters, say("Also said"), groups.filter(({ leads }) => !leads), order);
    if (order.length) {
      letters.rule();
      letters.write(say("Sources"), { size: 15, weight: 650 });
      order.forEach((source, i) => letters.write(`[${i + 1}] ${sources[source]?.[0] ?? ""}`, { size: 12, after: 2 }));
    }
    letters.rule();
    const words = `${say("Record: {title}", { title: detail.id })} · ${say("Data version {version}", { version })}`;
    letters.write(words, { size: 11, color: colors.ink_muted });
    return letters.y + EDGE / 2;
  });
}

/**
 * What is said of a record as data that stands alone: sources by their words, not by their place in a list.
 * @param {Told} told @param {string} version of the data
 */
function recordData({ detail, sources }, version) {
  /** @param {number} at */
  const named = (at) => {
    /** @type {Source | undefined} */
    const source = sources[at];
    return source ? { cited: source[0], ...(source[1] ? { address: source[1] } : {}) } : null;
  };
  const claims = (detail.claims ?? []).map((group) => ({
    heading: group.heading, summary: group.summary,
    claims: group.claims.map(({ source, cites, differs, ...claim }) => ({
      ...claim, ...(differs ? { differs: true } : {}), source: named(source),
      ...(cites ? { cites: cites.map(named) } : {}) })),
  }));
  return { ...detail, claims, data_version: version };
}

export { claimWords, recordData, recordPicture };
