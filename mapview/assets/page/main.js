// Owns the start of a page on disk or in a frame: the stage on what the page carries.
import { byId } from "../dom.js";
import { say, speak } from "../tongue.js";
import { EmbeddedAnswers } from "./answers.js";
import { followLink, followNames, moveOnlyWithFocus, sleepy } from "./embedding.js";
import { PageError, carries, config as readConfig, open } from "./packed.js";
import { Hash, Told } from "./places.js";
import { watch } from "./printing.js";
import { Stage, fault } from "./stage.js";
import { narrowedWords } from "./words.js";

/**
 * @import { Place } from "../labels.js"
 * @import { Topology } from "../topology.js"
 * @import { Telling } from "./answers.js"
 * @import { Detail, Source } from "./details.js"
 * @import { PageData } from "./records.js"
 */

/** What the page says of its records, in blocks that are opened on demand. @param {number} block @returns {Telling} */
function telling(block) {
  /** @param {string} name @param {number} at */
  const told = async (name, at) => {
    /** @type {[Promise<Detail[]>, Promise<Source[]>]} */
    const both = [open(name), open("packed-sources")];
    const [details, sources] = await Promise.all(both);
    return { detail: details[at], sources };
  };
  return {
    incident: (_, at) => told(`packed-details-${Math.floor(at / block)}`, at % block),
    area: (_, at) => told("packed-area-details", at),
  };
}

/** What paper says under the map: how far the reader narrowed the page, and what it shows. @param {Stage} stage */
function printedWords({ state, answers, layer }) {
  const words = () => `${say("As narrowed in the page:")} ${narrowedWords(state.filter, answers.known)} `;
  return `${state.text ? words() : ""}${byId("count").textContent} ${layer.extent.outside.words}`.trim();
}

async function start() {
  const { home, embedded, words, changed, tells } = readConfig();
  if (carries("packed-tongue")) speak(await open("packed-tongue"));
  /** @type {[Promise<PageData>, Promise<Topology>, Promise<Topology>, Promise<Place[]>]} */
  const blocks = [open("packed-records"), open("packed-world"), open("packed-provinces"), open("packed-labels")];
  const [records, world, provinces, labels] = await Promise.all(blocks);
  const answers = new EmbeddedAnswers(records, telling(records.block));
  const map = L.map("canvas", { worldCopyJump: true, attributionControl: false }).setView([0, 0], 2);
  const has = (/** @type {string} */ id) => document.getElementById(`group-${id}`);
  const stage = new Stage(map, {
    answers, all: await answers.summary(""), home, place: tells ? new Told() : new Hash(!embedded),
    basemap: { world, provinces, labels, detail: () => open("packed-detail") },
    // A frame in a notebook has no address that anybody else could open.
    linkTo: (text) => (tells ? text : `${window.location.href.split("#")[0]}#${text}`),
    unfiltered: words || say("No further filter is set"),
    groupLink: (id) => (has(id) ? `#group-${encodeURIComponent(id)}` : null), isSmall: embedded,
    tame: embedded ? undefined : moveOnlyWithFocus,
  });
  if (tells) followNames();
  if (embedded) {
    sleepy(map, byId("wake"));
    followLink({ version: records.version, changed });
  } else {
    watch(stage, () => printedWords(stage));
  }
  Object.assign(window, { mapviewPage: stage, mapviewMap: stage.layer });
}

start().catch((error) => {
  fault(error instanceof PageError ? error.message : say("This page could not be shown."));
  document.documentElement.dataset.mapviewFault = String(error);
});
