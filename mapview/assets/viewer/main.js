// Owns the empty viewer: takes a file that is dropped or chosen and starts the stage on what it holds.
import { cartography } from "../cartography.js";
import { watchDrops } from "../dropping.js";
import { byId, element } from "../dom.js";
import { EmbeddedAnswers } from "../page/answers.js";
import { moveOnlyWithFocus } from "../page/embedding.js";
import { PageError, open } from "../page/packed.js";
import { Hash } from "../page/places.js";
import { watch } from "../page/printing.js";
import { Stage } from "../page/stage.js";
import { narrowedWords } from "../page/words.js";
import { Telling } from "./claims.js";
import { drawnPoints, pageData } from "./columns.js";
import { ReadingError } from "./faults.js";
import { apart } from "./ground.js";
import { homeOf } from "./home.js";
import { Listening } from "./listening.js";
import { readFile } from "./reading.js";
import { accountWords, leftWords, sourceItems } from "./telling.js";

/**
 * @import { Place } from "../labels.js"
 * @import { Topology } from "../topology.js"
 * @import { Collected, Terms } from "./columns.js"
 * @typedef {{ world: Topology, provinces: Topology, labels: Place[] }} Ground
 */

const ONE = "One file at a time, please.";
const listening = new Listening();
/** @type {Stage | null} */
let current = null;

/** @param {string} words @param {boolean} isFault */
function say(words, isFault) {
  byId("said").textContent = words;
  byId("said").classList.toggle("mv-fault", isFault);
}

/** Where anything is drawn: the incidents, or else the base areas. @param {Collected} collected @param {any[]} areas */
function homeFor({ incidents }, areas) {
  const points = incidents.flatMap(drawnPoints);
  return homeOf(points.length ? points : areas.map(({ lon, lat }) => [lon, lat]));
}

/** What the document under the map says. @param {string} name @param {Collected} collected @param {string} version */
function tellOf(name, collected, version) {
  byId("about-name").textContent = name;
  byId("about-kind").textContent = collected.told;
  byId("about-rows").textContent = accountWords(collected);
  byId("about-version").textContent = version;
  byId("about-notes").replaceChildren(...collected.notes.map((text) => element("li", { text, dir: "auto" })));
  byId("about-left").hidden = !collected.left.length;
  byId("left").replaceChildren(...leftWords(collected).map((text) => element("li", { text, dir: "auto" })));
  const sources = sourceItems(collected);
  byId("about-sources").hidden = !sources.length;
  for (const link of document.querySelectorAll("a[href='#sources']")) link.toggleAttribute("hidden", !sources.length);
  byId("source-list").replaceChildren(...sources);
}

/** End the stage of the file before. */
function takeAway() {
  if (!current) return;
  current.timeline.pause();
  current.layer.destroy();
  current.layer.map.remove();
  current = null;
  listening.end();
}

/**
 * Start the stage on what a file holds.
 * @param {string} name @param {Collected} collected @param {Terms} terms @param {Ground} ground
 * @param {Node} fresh
 */
async function show(name, collected, terms, ground, fresh) {
  const { version } = collected;
  const data = pageData(collected, terms, version);
  const telling = new Telling(collected, terms);
  const answers = new EmbeddedAnswers(data, {
    incident: async (_, at) => telling.incident(collected.incidents[at]),
    area: async (_, at) => telling.area(collected.areas[at]),
  });
  const all = await answers.summary("");
  const isAgain = current !== null;
  takeAway();
  byId("stage").replaceWith(fresh.cloneNode(true));
  byId("stage").querySelectorAll("h1").forEach((one) => {
    one.textContent = name;
  });
  document.title = name;
  document.body.classList.add("mv-open");
  tellOf(name, collected, version);
  // What was asked of another file says nothing of this one.
  if (isAgain) window.history.replaceState(null, "", addressOf(""));
  const { world, provinces, labels } = ground;
  const stage = listening.during(() => {
    const made = L.map("canvas", { worldCopyJump: true, attributionControl: false }).setView([0, 0], 2);
    const one = new Stage(made, {
      answers, all, home: homeFor(collected, data.areas), place: new Hash(true),
      basemap: { world, provinces, labels, detail: () => open("packed-detail") },
      linkTo: addressOf, groupLink: () => null, isSmall: false,
      tame: moveOnlyWithFocus });
    watch(one, () => printedWords(one));
    return one;
  });
  current = stage;
  Object.assign(window, { mapviewPage: stage, mapviewMap: stage.layer });
}

/** The address of this page with a state; of none without its mark. @param {string} text */
const addressOf = (text) => [window.location.href.split("#")[0], ...(text ? [text] : [])].join("#");

/** @param {Stage} stage */
function printedWords({ state, answers, layer }) {
  const narrowed = state.text ? `As narrowed in the page: ${narrowedWords(state.filter, answers.known)} ` : "";
  return `${narrowed}${byId("count").textContent} ${layer.extent.outside.words}`.trim();
}

async function start() {
  /** @type {Terms} */
  const terms = JSON.parse(byId("page-config").textContent ?? "").terms;
  // A record may be called as something that every object has.
  const { countries, stances, before_party: before, people } = terms;
  for (const one of [countries, stances, before, people]) Object.setPrototypeOf(one, null);
  const { attribution, border_note: border } = cartography.texts;
  byId("map-credit").textContent = attribution;
  byId("border-note").textContent = border;
  const fresh = byId("stage").cloneNode(true);
  /** @type {[Promise<Topology>, Promise<Topology>, Promise<Place[]>]} */
  const blocks = [open("packed-world").then(apart), open("packed-provinces").then(apart), open("packed-labels")];
  const [world, provinces, labels] = await Promise.all(blocks);
  let [isBusy, read] = [false, 0];
  const take = async (/** @type {readonly File[]} */ files) => {
    if (files.length > 1) say(ONE, true);
    if (files.length !== 1 || isBusy) return;
    const [file] = files;
    isBusy = true;
    say(`Reading ${file.name} …`, false);
    try {
      const collected = await readFile(file, terms);
      await show(file.name, collected, terms, { world, provinces, labels }, fresh);
      say(accountWords(collected), false);
    } catch (error) {
      if (!(error instanceof ReadingError)) document.documentElement.dataset.mapviewFault = String(error);
      const why = error instanceof ReadingError ? error.message : "The file could not be shown; it may be damaged.";
      say(`${file.name}: ${why}`, true);
    }
    isBusy = false;
    read += 1;
    document.documentElement.dataset.mapviewRead = String(read);
  };
  const field = /** @type {HTMLInputElement} */ (byId("file"));
  field.addEventListener("change", () => {
    take([...(field.files ?? [])]);
    field.value = "";
  });
  watchDrops(document, { over: (is) => document.body.classList.toggle("mv-over", is), take });
  document.documentElement.dataset.mapviewReady = "";
}

start().catch((error) => {
  say(error instanceof PageError ? error.message : "This page could not be started.", true);
  document.documentElement.dataset.mapviewFault = String(error);
});
