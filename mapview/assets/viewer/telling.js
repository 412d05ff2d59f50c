// Owns what became of each row of a file, in words, and the sources that its records name.
import { element } from "../dom.js";
import { cite } from "./claims.js";
import { drawnPoints, isAreaDrawn } from "./columns.js";

/**
 * @import { Collected } from "./columns.js"
 */

const MOST_NAMED = 12;
const many = (/** @type {number} */ n, /** @type {string} */ one) => `${n.toLocaleString("en")} ${one}${n === 1 ? "" : "s"}`;

/** Reasons with the rows that they hold for. @param {Collected} collected */
function byReason({ left }) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const { where, why } of left) {
    const rows = found.get(why);
    if (rows) rows.push(where);
    else found.set(why, [where]);
  }
  return found;
}

/** Rows that are named, and how many more. @param {string[]} rows such as "line 4" */
function rowsWords(rows) {
  const [word] = rows[0].split(" ");
  const named = rows.slice(0, MOST_NAMED).map((one) => one.split(" ")[1]).join(", ");
  const more = rows.length > MOST_NAMED ? ` and ${(rows.length - MOST_NAMED).toLocaleString("en")} more` : "";
  return `${word}${rows.length > 1 ? "s" : ""} ${named}${more}`;
}

/** What became of all rows, in one sentence. @param {Collected} collected */
function accountWords(collected) {
  const { incidents, areas, rows, left } = collected;
  const shown = incidents.filter((one) => drawnPoints(one).length).length + areas.filter(isAreaDrawn).length;
  const listed = incidents.length + areas.length - shown;
  const reasons = [...byReason(collected)].map(([why, some]) => `${why} (${rowsWords(some)})`).slice(0, 3);
  const out = left.length ? `${left.length.toLocaleString("en")} left out: ${reasons.join("; ")}` : "none left out";
  return `${many(rows, "row")}: ${shown.toLocaleString("en")} on the map, ${listed.toLocaleString("en")} `
    + `without a place that a map can show, ${out}.`;
}

/** Why rows were left out, a sentence each. @param {Collected} collected */
const leftWords = (collected) => [...byReason(collected)].map(([why, rows]) => (
  `${many(rows.length, "row")} left out, as ${why}: ${rowsWords(rows)}.`));

/** The sources that claims were read in, as they are cited. @param {Collected} collected */
function sourceItems({ sources, incidents, areas }) {
  const claims = [...incidents, ...areas].flatMap((one) => one.claims);
  const used = new Set(claims.map(({ source }) => source));
  return sources.filter(({ id }) => used.has(id)).map((one) => {
    const [words, address] = cite(one, one.id);
    const text = element("bdi", { text: words });
    const link = address ? element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, [text]) : text;
    return element("li", {}, [link]);
  });
}

export { accountWords, leftWords, sourceItems };
