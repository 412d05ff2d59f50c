// Records made for tests of the page: what is not said is as of an incident that every filter without
// a part of that kind keeps.
import { readFileSync } from "node:fs";
import { parse } from "../../../../mapview/assets/page/days.js";
import { Records } from "../../../../mapview/assets/page/records.js";

const corpus = (name) => (
  JSON.parse(readFileSync(new URL(`../../../corpus/${name}.json`, import.meta.url), "utf8")));
const TYPES = Array.from({ length: 40 }, (_, i) => `type ${String(i).padStart(2, "0")}`);
const [first, last] = [(text) => parse(text, true), (text) => parse(text, false)];

const PARTIES = {
  groups: ["cell", "is", "state"], roles: ["actor", "accused", "cleared", "target", "other"],
  roles_sought: ["actor", "target"],
};
const VALUES = {
  group_names: ["A cell", "IS", "A state"],
  group_spellings: { islamicstate: ["is"], both: ["cell", "is"] }, countries: ["AF", "IR", "PK"],
  sourceTypes: ["Grenade", "Raid"],
  country_names: ["Afghanistan", "Iran", "Pakistan"], statuses: ["carried out", "foiled", "disputed"],
  attributions: ["claimed", "disputed", "unknown"], precisions: ["settlement", "district", "province", "country"],
};
const keyOf = (text) => {
  const [role, group] = text.split(" ");
  return PARTIES.roles.indexOf(role) * PARTIES.groups.length + PARTIES.groups.indexOf(group);
};

/**
 * Records of these incidents: [id, dates, positions of types, …], each at a place of its own;
 * `found` and `foundAt` say by id which groups in roles find them, and from when to when.
 */
function records(incidents, {
  areas = [], period = [null, null], found = {}, foundAt = {}, areaGroups = {}, areaGroupsCertain = {},
  columns = {}, circles = { of: [], lon: [], south: [], north: [], reach: [] },
} = {}) {
  const column = (make) => incidents.map(make);
  const days = (ends) => ends && ends.map((text) => parse(text ?? "9999", false));
  const dated = areas.map((area) => (
    { last_day: null, ...area, possible: days(area.possible), certain: days(area.certain) }));
  return new Records({
    ...PARTIES, ...VALUES, types: TYPES, period, circles,
    area_groups: areaGroups, area_groups_certain: areaGroupsCertain,
    areas: dated.filter(({ drawn }) => drawn), area_rows: dated,
    incidents: {
      id: column(([id]) => id), title: column(([id]) => `Title ${id}`), when: column(([, dates]) => dates),
      start: column(([, dates]) => first(dates.split("/")[0])), // `..` is null
      end: column(([, dates]) => last(dates.split("/").at(-1))),
      type_codes: column(([, , codes = [0]]) => codes), kind: column(() => 0), status: column(() => 0),
      attribution: column(() => 0), source_type: column(() => -1),
      country_codes: column(() => []), search: column(() => ""),
      precision: column(() => 0), placed: column(([, , , placed = 1]) => placed),
      event: column(([, , , , , event = 1]) => event),
      most_killed: column(([, , , , killed = null]) => killed), most_injured: column(() => null),
      least_killed: column(([, , , , killed = null]) => killed), killed: column(() => ""),
      off_the_map: column(([, , , placed = 1, , country = ""]) => (placed ? "" : country)),
      found: column(([id]) => (found[id] ?? []).map(keyOf)),
      found_at: column(([id]) => (
        (foundAt[id] ?? []).map(([key, from, to]) => [keyOf(key), first(from), last(to)]))),
      ...columns,
    },
    points: {
      of: column((_, i) => i), x: column((_, i) => i), y: column(() => 0), radius_km: column(() => null),
      province: column(() => null),
    },
  });
}

/** Ids of what a filter keeps, oldest first. */
const ids = (some, text) => some.list(text).map((i) => some.incidents.id[i]);

const AREA = {
  id: "a", drawn: true, possible: ["2015-01-01", "2017-12-31"], certain: ["2015-12-31", "2016-06-01"],
  country: "AF", precision: 1, box: [65, 30, 70, 35], search: "a stronghold in achin" };
const LISTED = { ...AREA, id: "b", drawn: false, box: null };

const JOINED = {
  found: { by: ["actor cell", "actor is"], at: ["target cell"], blamed: ["accused cell", "accused is"] },
  foundAt: { by: [["actor state", "2016", "2017"]] },
};


export { AREA, JOINED, LISTED, PARTIES, TYPES, VALUES, corpus, first, ids, last, records };
