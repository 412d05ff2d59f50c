// Owns making what the stage reads of records that were read from a file: the columns of briefing/page/data.py.
import { cartography } from "../cartography.js";
import { WORLD } from "../geometry.js";
import { normalise } from "../page/search.js";
import { boxOf, pointIn, standingOf, validityOf, validityWords } from "./areas.js";
import { Belongings } from "./belonging.js";
import { FIRST_DAY, LAST_DAY, dateWords, spanOf } from "./edtf.js";
import { placeWords } from "./place.js";

/**
 * @import { PageData, Time, Validity } from "../page/records.js"
 * @import { Item } from "./belonging.js"
 *
 * Words and lists that Python hands to the page.
 * @typedef {{
 *   vocabulary: Record<string, any>, countries: Record<string, string>,
 *   abouts: [about: string, heading: string][],
 *   stances: Record<string, string>, before_party: Record<string, string>, naming: string[], founding: string[],
 *   people: Record<string, string>, figures: string[],
 *   roles: [role: string, ids: string, names: string, heading: string][],
 *   says_nothing: string[], sheets: Record<string, [heading: string, key: string][]>,
 * }} Terms
 *
 * What a file held: records as an export has them, and what became of each row.
 * @typedef {{ where: string, why: string }} Left
 * @typedef {{
 *   incidents: Item[], areas: Item[], groups: Item[], sources: Item[], relations: Item[], rows: number,
 *   left: Left[], notes: string[], told: string, version: string,
 * }} Collected
 */

/** @type {{ id: string, words: string, form: string }[]} */
const PRECISIONS = cartography.precisions;
/** @type {{ id: string, types: string[] }[]} */
const KINDS = cartography.kinds;
const OTHER = KINDS.length - 1;
const SYMBOL_OF = new Map(KINDS.flatMap(({ types }, kind) => types.map((type) => [type, kind])));
const [MOST_OWN, LEAST_OWN, LONGEST_OWN, LONGEST_LABEL, MOST_LEFT] = [8, 0.01, 200, 60, 20];
const EARTH_KM = cartography.earth.radius_km;
const LAST_LAT = cartography.earth.last_latitude;

const rankOf = (/** @type {string} */ precision) => {
  const at = PRECISIONS.findIndex(({ id }) => id === precision);
  return at < 0 ? PRECISIONS.length - 1 : at;
};
const degrees = (/** @type {number} */ radians) => (radians * 180) / Math.PI;
const inColumn = (/** @type {unknown} */ text) => String(text ?? "").replaceAll("|", " ").replaceAll("\0", " ");
const isEvent = (/** @type {Item} */ one) => one.record_kind !== "aggregate";

/**
 * Where a map may show an incident; nowhere if it is known only to the country.
 * @param {Item} item @returns {[number, number][]}
 */
const drawnPoints = (item) => (PRECISIONS[rankOf(item.geo_precision)].form === "none" ? [] : item.points);

/** Whether a map may show a base area. @param {Item} area */
const isAreaDrawn = (area) => Boolean(area.geometry) && PRECISIONS[rankOf(area.geo_precision)].form !== "none";

/** Letters to search by; what no alphabet here has is left out. @param {unknown[]} words */
const searchText = (words) => words.filter(Boolean).join(" ").split(/\s+/)
  .map((word) => normalise(word) ?? "").filter(Boolean).join(" ");

/** @param {string} type */
function inFewWords(type) {
  const words = type.split(/\s+/).filter(Boolean).join(" ");
  return words.length <= LONGEST_LABEL ? words : `${words.slice(0, LONGEST_LABEL - 1)}…`;
}

/** Types in the words of sources that stand for themselves. @param {Item[]} incidents @param {Terms} terms */
function ownTypes(incidents, terms) {
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const { event_types: types, type_of_source: type } of incidents) {
    const words = inColumn(type);
    if (types[0] === "other" && words.trim()) found.set(words, (found.get(words) ?? 0) + 1);
  }
  const least = LEAST_OWN * [...found.values()].reduce((sum, n) => sum + n, 0);
  return [...found].filter(([type, n]) => (
    n >= least && type.length <= LONGEST_OWN && !terms.says_nothing.includes(type.trim().toLowerCase())))
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_OWN).map(([type]) => type);
}

/** @param {Item} item @param {string[]} own */
function kindOf({ event_types: types, type_of_source: type }, own) {
  const at = own.indexOf(inColumn(type));
  return types[0] === "other" && type && at >= 0 ? KINDS.length + at : SYMBOL_OF.get(types[0]) ?? OTHER;
}

/** What each type in the words of sources is drawn as. @param {Item[]} incidents @param {string[]} own */
function sourceTypes(incidents, own) {
  /** @type {Map<string, Map<number, number>>} */
  const drawn = new Map();
  for (const item of incidents) {
    const kinds = drawn.get(inColumn(item.type_of_source)) ?? new Map();
    const kind = kindOf(item, own);
    drawn.set(inColumn(item.type_of_source), kinds.set(kind, (kinds.get(kind) ?? 0) + 1));
  }
  const known = [...drawn.keys()].filter(Boolean).sort();
  const kindsOf = (/** @type {string} */ type) => [...(drawn.get(type) ?? [])]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const left = known.filter((type) => kindsOf(type).every(([kind]) => kind === OTHER));
  const isAll = ![...drawn].some(([type, kinds]) => kinds.has(OTHER) && !left.includes(type));
  return {
    sourceTypes: known, kind_of_source_type: known.map((type) => kindsOf(type)[0][0]), ownTypes: own,
    otherTypes: own.length && isAll && left.length <= MOST_LEFT ? left : [] };
}

/** What happened in words. @param {Item} item */
function whatWords({ event_types: types, type_of_source: type, status, claims }) {
  const leading = types[0] === "other" && type ? `“${inFewWords(inColumn(type))}”` : types[0];
  const of = (/** @type {string[]} */ abouts, lead = "") => new Set(claims.filter((/** @type {Item} */ one) => (
    one.caveat && abouts.includes(one.about))).map((/** @type {Item} */ one) => lead + one.caveat));
  const caveats = [...of(["occurrence", "event type", "date", "place"]),
    ...of(["target"], "Target: "), ...of(["means"], "Means: ")];
  const said = status === "carried out" ? "" : `; ${status}`;
  return [[leading, ...types.slice(1)].join(", "), said, ...caveats.map((one) => ` (${one})`)].join("");
}

/** Whole web-mercator coordinates. @param {number} lon @param {number} lat @returns {[number, number]} */
function project(lon, lat) {
  const phi = (Math.max(-LAST_LAT, Math.min(LAST_LAT, lat)) * Math.PI) / 180;
  const units = [(lon + 180) / 360, (1 - Math.log(Math.tan(phi) + 1 / Math.cos(phi)) / Math.PI) / 2];
  const [x, y] = units.map((unit) => Math.min(WORLD - 1, Math.max(0, Math.floor(unit * WORLD))));
  return [x, y];
}

/** How many degrees a circle reaches. @param {number} lat @param {number} km @returns {[up: number, aside: number]} */
function reachDegrees(lat, km) {
  const [angle, phi] = [km / EARTH_KM, (Math.abs(lat) * Math.PI) / 180];
  if (phi + angle >= Math.PI / 2) return [degrees(angle), 180];
  return [degrees(angle), degrees(Math.asin(Math.min(1, Math.sin(angle) / Math.cos(phi))))];
}

/** @param {Item} item @returns {string[]} */
const countriesOf = ({ country, other_countries: others }) => [country, ...(others ?? [])].filter(Boolean);

/** Groups by id: listed ones, and those that are only named. @param {Collected} collected @param {Terms} terms */
function groupsOf({ groups, incidents, areas }, terms) {
  const found = new Map(groups.map((one) => [one.id, one]));
  for (const item of incidents) {
    for (const [, column, label] of terms.roles) {
      const ids = item[column] ?? [];
      const names = item[label] ?? [];
      ids.forEach((/** @type {string} */ id, /** @type {number} */ at) => {
        if (!found.has(id)) found.set(id, { id, name: names[at] || id });
      });
    }
  }
  for (const { group, group_name: name } of areas) {
    if (!found.has(group)) found.set(group, { id: group, name: name || group });
  }
  return found;
}

/** @param {Item | undefined} group @param {string} id */
const labelOf = (group, id) => group?.short_name || group?.name || id;

/** Every spelling of the groups that are shown. @param {Item[]} groups */
function spellingsOf(groups) {
  /** @type {Record<string, string[]>} */
  const found = Object.create(null);
  for (const { id, name, short_name: short, aliases = [] } of groups) {
    for (const one of [id, name, short, ...aliases]) {
      const key = (normalise(one ?? "") ?? "").replaceAll(" ", "");
      if (key) found[key] = [...new Set([...(found[key] ?? []), id])];
    }
  }
  return found;
}

/**
 * Ids of the groups that any claim links to an incident, and where claims are missing, its parties.
 * @param {Item} item @param {Terms} terms @returns {string[]}
 */
function linkedGroups(item, terms) {
  const named = item.claims.filter((/** @type {Item} */ one) => (
    one.value && (one.role || terms.naming.includes(one.about))));
  const ids = named.map((/** @type {Item} */ one) => String(one.value));
  return [...new Set([...ids, ...terms.roles.flatMap(([, column]) => item[column] ?? [])])];
}

/** The days an incident may lie on; open ends are null. @param {Item} item @returns {[number | null, number | null]} */
function daysOf(item) {
  const span = spanOf(item.event_date);
  return [span?.first ?? null, span?.last ?? null];
}

/** @param {Item[]} incidents @returns {[number, number] | null} */
function periodOf(incidents) {
  let [first, last] = [Infinity, -Infinity];
  for (const item of incidents) {
    const [start, end] = daysOf(item);
    const begins = start ?? end;
    if (begins === null) continue;
    [first, last] = [Math.min(first, begins), Math.max(last, begins, end ?? begins)];
  }
  return first === Infinity ? null : [first, last];
}

/**
 * All that the stage draws, lists and filters by.
 * @param {Collected} collected @param {Terms} terms @param {string} version @returns {PageData}
 */
function pageData(collected, terms, version) {
  const { incidents, areas } = collected;
  const groups = groupsOf(collected, terms);
  const sources = new Map(collected.sources.map((one) => [one.id, one]));
  const belongings = new Belongings(collected.groups, collected.relations);
  const own = ownTypes(incidents, terms);
  const validities = areas.map((area) => validityOf(area, groups.get(area.group), sources, terms.founding));
  const found = incidents.map((item) => terms.roles.map(([, column]) => {
    const [start, end] = daysOf(item);
    return belongings.foundBy(item[column] ?? [], [start ?? FIRST_DAY, end ?? LAST_DAY]);
  }));
  const times = [false, true].map((sure) => areas.map((area, i) => (
    belongings.timesOfArea(area.group, /** @type {[number, number] | null} */ (validities[i].possible), sure))));
  const named = found.flat().flatMap(({ throughout, atTimes }) => [...throughout, ...atTimes.map(([group]) => group)]);
  const listed = [...new Set([...named, ...times[0].flat().map(([group]) => group)])].sort();
  const at = new Map(listed.map((group, i) => [group, i]));
  const code = (/** @type {number} */ role, /** @type {string} */ group) => role * listed.length + (at.get(group) ?? 0);
  const timesOf = (/** @type {[string, number, number][][]} */ all) => Object.fromEntries(areas.map(({ id }, i) => (
    [id, all[i].map(([group, first, last]) => /** @type {Time} */ ([at.get(group) ?? 0, first, last]))])));
  const codes = [...new Set(incidents.flatMap(countriesOf))].sort();
  const types = sourceTypes(incidents, own);
  const labels = listed.map((id) => labelOf(groups.get(id), id));
  return /** @type {PageData} */ (/** @type {unknown} */ ({
    version, ...terms.vocabulary, ...types,
    countries: codes, country_names: codes.map((one) => terms.countries[one] ?? one),
    groups: listed, group_spellings: spellingsOf(listed.flatMap((id) => groups.get(id) ?? [])),
    group_names: labels.map((label, i) => (
      labels.some((one, k) => k !== i && one === label) ? `${label} [${listed[i]}]` : label)),
    incidents: {
      ...incidentColumns(incidents, own, terms, groups),
      source_type: incidents.map((one) => types.sourceTypes.indexOf(inColumn(one.type_of_source))),
      country_codes: incidents.map((one) => countriesOf(one).map((country) => codes.indexOf(country))),
      found: found.map((roles) => roles.flatMap(({ throughout }, role) => (
        throughout.map((group) => code(role, group))))),
      found_at: found.map((roles) => roles.flatMap(({ atTimes }, role) => (
        atTimes.map(([group, first, last]) => [code(role, group), first, last])))),
    },
    ...places(incidents),
    ...areaRows(areas, validities, groups),
    area_groups: timesOf(times[0]), area_groups_certain: timesOf(times[1]),
    period: [null, null], span: periodOf(incidents), far: "", shortest_step: "day", block: 1,
  }));
}

/** @param {Item[]} items @param {string[]} own @param {Terms} terms @param {Map<string, Item>} groups */
function incidentColumns(items, own, terms, groups) {
  const { types, statuses, attributions } = terms.vocabulary;
  const column = (/** @type {(item: Item) => unknown} */ value) => items.map(value);
  const isPlaced = (/** @type {Item} */ one) => drawnPoints(one).length > 0;
  return {
    id: column((one) => one.id), title: column((one) => one.title),
    when: column((one) => one.when ?? dateWords(one.event_date)),
    start: column((one) => daysOf(one)[0]), end: column((one) => daysOf(one)[1]),
    type_codes: column((one) => [...new Set(one.event_types)].map((type) => types.indexOf(type))
      .filter((code) => code >= 0).sort((a, b) => a - b)),
    what: column(whatWords), kind: column((one) => kindOf(one, own)),
    status: column((one) => Math.max(0, statuses.indexOf(one.status))),
    attribution: column((one) => attributions.indexOf(
      attributions.includes(one.attribution) ? one.attribution : "unattributed")),
    place: column((one) => placeWords(one, terms.countries)), precision: column((one) => rankOf(one.geo_precision)),
    known: column((one) => PRECISIONS[rankOf(one.geo_precision)].words),
    placed: column((one) => Number(isPlaced(one))), event: column((one) => Number(isEvent(one))),
    off_the_map: column((one) => (isEvent(one) && !isPlaced(one) ? one.country : "")),
    killed: column((one) => one.fatalities_text), injured: column((one) => one.injured_text),
    together: column(besideKilled),
    most_killed: column((one) => one.fatalities_high), least_killed: column((one) => one.fatalities_low),
    most_injured: column((one) => one.injured_high), responsibility: column((one) => one.attribution_text),
    search: column((one) => searchText([
      one.id, one.title, one.summary, one.place, one.admin2, one.admin1, one.target, one.means, ...one.event_types,
      ...(one.cells ?? []).map((/** @type {[string, string]} */ cell) => cell[1]),
      ...linkedGroups(one, terms).flatMap((id) => {
        const group = groups.get(id);
        return group ? [group.name, group.short_name, ...(group.aliases ?? [])] : [id];
      })])),
  };
}

/** What stands below the killed in a table. @param {Item} one */
function besideKilled({ fatalities_text, injured_text, casualties_text, casualties_combined, shares_toll_beyond }) {
  const isGiven = (/** @type {string} */ text) => Boolean(text) && text !== "not stated";
  const hasToll = [fatalities_text, injured_text, casualties_text].some(isGiven);
  return [isGiven(casualties_text) ? `${casualties_text} killed or injured` : "",
    hasToll ? sharedToll(casualties_combined?.length ?? 0, shares_toll_beyond) : ""].filter(Boolean).join("; ");
}

/** @param {number} others how many are named @param {boolean} isBeyond whether there are some that are left out */
function sharedToll(others, isBeyond) {
  if (isBeyond && others) return "toll shared with other incidents, also with some that are not shown here";
  if (isBeyond) return "toll shared with incidents that are not shown here";
  if (others > 1) return "toll shared with other incidents";
  return others ? "toll shared with another incident" : "";
}

/** Points on the map in order of id, and circles that hold each place. @param {Item[]} items */
function places(items) {
  const circles = items.flatMap(({ points, radius_km: km }, of) => points.map((/** @type {number[]} */ [lon, lat]) => {
    const [up, aside] = reachDegrees(lat, km ?? 0);
    return { of, lon, lat, south: Math.max(-90, lat - up), north: Math.min(90, lat + up), reach: aside };
  }));
  const rows = items.map((item, of) => ({ item, of })).sort((a, b) => (a.item.id < b.item.id ? -1 : 1))
    .flatMap(({ item, of }) => drawnPoints(item).map(([lon, lat]) => {
      const [x, y] = project(lon, lat);
      return { of, x, y, radius_km: item.radius_km ?? null, province: item.admin1_code || null };
    }));
  return {
    points: columnsOf(rows, ["of", "x", "y", "radius_km", "province"]),
    circles: columnsOf(circles, ["of", "lon", "lat", "south", "north", "reach"]) };
}

/** @param {Item[]} rows @param {string[]} names */
const columnsOf = (rows, names) => Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])]));

/**
 * @param {Item[]} areas @param {Validity[]} validities @param {Map<string, Item>} groups
 */
function areaRows(areas, validities, groups) {
  const hatched = [...new Set(areas.filter(isAreaDrawn).map(({ group }) => group))].sort();
  const rows = areas.map((area, i) => {
    const { name, short_name: short, aliases = [] } = groups.get(area.group) ?? {};
    return {
      id: area.id, drawn: isAreaDrawn(area), country: area.country, precision: rankOf(area.geo_precision),
      box: boxOf(area.geometry), ...validities[i],
      search: searchText([area.id, area.place, area.admin1, area.kind, area.note, name, short, ...aliases]) };
  });
  const drawn = areas.flatMap((area, i) => {
    const point = isAreaDrawn(area) ? pointIn(area.geometry) : null;
    if (!point) return [];
    const { certain, last_day: last } = validities[i];
    return [{
      id: area.id, group: area.group, group_name: labelOf(groups.get(area.group), area.group),
      place: area.place || area.admin1 || "", kind: area.kind, status: area.status, period: validityWords(area),
      standing: standingOf(area.kind), faded: certain === null, undated: certain === null, ended: last !== null,
      hatch: hatched.indexOf(area.group) % cartography.hatches.length, lon: point[0], lat: point[1],
      radius_km: area.radius_km ?? null, province: area.admin1_code || null, level: area.level, ...validities[i] }];
  });
  return { area_rows: rows, areas: drawn };
}

export { drawnPoints, groupsOf, isAreaDrawn, labelOf, pageData, rankOf };
