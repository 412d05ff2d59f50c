// Owns how many records a filter keeps, in words: events and counts apart, as Python says it.
import { between, grouped as number } from "../counting.js";
import { isEnglish, parted, say } from "../tongue.js";

/**
 * @import { Summary } from "./answers.js"
 * @typedef {{
 *   events: number, placed: number, aggregates: number,
 *   uncertain_events: number, uncertain_placed: number, uncertain_aggregates: number,
 *   all_events: number, all_aggregates: number,
 * }} Totals as geodata/scope.py has them
 * @typedef {[one: string, many: string]} Nouns
 */

/** @type {Nouns} */
const EVENTS = ["event", "events"];
/** @type {Nouns} */
const AGGREGATES = ["campaign or count", "campaigns and counts"];

/** @param {number} count @param {number} total @param {Nouns} nouns @param {number} [uncertain] of them */
function share(count, total, nouns, uncertain = 0) {
  const of = uncertain || count !== total ? ` of ${number(total)}` : "";
  return `${between(count - uncertain, count)}${of} ${nouns[total === 1 ? 0 : 1]}`;
}

/** @param {Totals} totals */
function onMap({ events, placed, uncertain_events: uncertain = 0, uncertain_placed: unsure = 0 }) {
  const unplaced = events - placed;
  if (placed && unplaced) {
    const without = between(unplaced - (uncertain - unsure), unplaced);
    return `: ${between(placed - unsure, placed)} on the map, ${without} without a known place`;
  }
  const place = placed ? "on the map" : "without a known place";
  return events === 1 ? `, ${place}` : `, all ${place}`;
}

/** That nothing was found of what there is, which may be one. @param {number} events @param {number} aggregates */
function noneOf(events, aggregates) {
  const [event, aggregate] = [`the one ${EVENTS[0]}`, `the one ${AGGREGATES[0]}`];
  if (events === 1 && aggregates === 1) return `Neither ${event} nor ${aggregate}`;
  if (events + aggregates === 1) return `Not ${events ? event : aggregate}`;
  const kinds = /** @type {[number, Nouns][]} */ ([[events, EVENTS], [aggregates, AGGREGATES]]);
  const said = kinds.filter(([n]) => n).map(([n, nouns]) => share(n, n, nouns));
  return events === 1 ? `Not ${event}, and none of the ${said[1]}` : `None of the ${said.join(" and ")}`;
}

/** What `scopeWords` says, with each number behind what it counts. @param {Totals} totals @param {string} whole */
function scopeCounted(totals, whole) {
  const {
    events, placed, aggregates, all_events: allEvents, uncertain_events: unsure, uncertain_placed: unsurePlaced,
    uncertain_aggregates: unsureAggregates } = totals;
  if (!events && !aggregates) {
    const none = say("No incidents");
    return whole ? say("{none} of {all} in the record", { none, all: allEvents + totals.all_aggregates }) : none;
  }
  const parts = [];
  if (events || allEvents) {
    const n = between(events - unsure, events);
    const isPart = unsure || events !== allEvents;
    parts.push(isPart ? say("Events: {n} of {all} in the record", { n, all: allEvents }) : say("Events: {n}", { n }));
    if (events) parts.push(say("on the map: {n}", { n: between(placed - unsurePlaced, placed) }));
    const without = events - placed;
    if (without) {
      parts.push(say("without a known place: {n}", { n: between(without - (unsure - unsurePlaced), without) }));
    }
  }
  if (aggregates) {
    parts.push(say("campaigns and counts, listed: {n}", { n: between(aggregates - unsureAggregates, aggregates) }));
  }
  return parted(parts);
}

/** @param {Totals} totals @param {string} whole what they are a part of */
function scopeWords(totals, whole) {
  if (!isEnglish()) return scopeCounted(totals, whole);
  const { events, aggregates, all_events: allEvents, all_aggregates: allAggregates } = totals;
  if (!events && !aggregates) {
    return allEvents || allAggregates ? noneOf(allEvents, allAggregates) + whole : "No incidents";
  }
  /** @type {[string, string][]} */
  const parts = [];
  if (events) parts.push([share(events, allEvents, EVENTS, totals.uncertain_events), onMap(totals)]);
  else if (allEvents) parts.push([noneOf(allEvents, 0), ""]);
  if (aggregates) {
    parts.push([share(aggregates, allAggregates, AGGREGATES, totals.uncertain_aggregates), ", listed"]);
  }
  // "None of the 82 events" says itself that these are all there are.
  const first = parts.findIndex(([words]) => /^[\d,]+( to [\d,]+)? of /.test(words));
  return parts.map(([words, rest], i) => words + (i === first ? whole : "") + rest).join("; ");
}

/** @param {number} count @param {number} drawn */
function areaWords(count, drawn) {
  if (!count) return "";
  if (!isEnglish()) return say("base areas: {n}; on the map: {drawn}", { n: count, drawn });
  if (count === 1) return `1 base area, ${drawn ? "" : "not "}on the map`;
  const of = drawn === count ? "all" : `${drawn ? number(drawn) : "none"} of them`;
  return `${number(count)} base areas, ${of} on the map`;
}

/** How many records a filter finds. @param {Summary} summary */
function countWords({ totals, areas }) {
  return parted([scopeWords(totals, ""), areaWords(areas.count, areas.drawn)]);
}

export { areaWords, countWords, scopeWords };
