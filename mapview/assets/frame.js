// Owns the stage inside the app's frame: the address of the page around, what is asked of the program.
import { byId, element } from "./dom.js";
import { watchDrops } from "./dropping.js";
import { FeedError, ServerFeed } from "./feed.js";
import { handOne } from "./handing.js";
import { watchPaper } from "./paper.js";
import { Around } from "./page/places.js";
import { dayOf } from "./page/days.js";
import { asKnown } from "./page/filter.js";
import { closes, exportLinks } from "./page/picking.js";
import { answersOf } from "./page/server.js";
import { Share } from "./page/sharing.js";
import { Stage, fault } from "./page/stage.js";
import { isEnglish, isFromRight, language, say, speak } from "./tongue.js";

/**
 * @import { Sources } from "./basemap.js"
 * @import { Home } from "./extent.js"
 * @import { Tiles } from "./layer.js"
 * @import { Tongue } from "./tongue.js"
 * @typedef {{ ending: string, label: string }} Format
 * @typedef {{
 *   api: string, basemap: Sources, tiles: Tiles | null, home: Home, skeleton: string, known: string,
 *   tongue: Partial<Tongue>, formats: Format[], changed: string, notices: { words: string, lines: string[] }[],
 *   takesFiles: boolean,
 * }} Config
 * @typedef {"briefing" | "data" | "about" | "groups" | "known"} Wish what only the program around can
 *   show; "known" asks for the data of the day that its address says
 */

const CHECK_MS = 20_000;

/** The page around the frame; a browser that does not let us see it has the frame's own. */
function page() {
  try {
    return window.parent.location.href ? window.parent : window;
  } catch {
    return window;
  }
}

/**
 * Say so when the program has other data than the page shows, though nobody touches the map. That it
 * cannot be reached is said by the page around the frame.
 * @param {ServerFeed} feed @param {Stage} stage
 */
function watchVersion(feed, stage) {
  window.setInterval(async () => {
    if (document.hidden) return;
    try {
      await feed.check(stage.answers.known.version);
    } catch (error) {
      if (error instanceof FeedError && !error.canRetry) stage.layer.onError(error);
    }
  }, CHECK_MS);
}

/**
 * Put the stage's skeleton, which holds no text of records, around the map.
 * @param {string} skeleton @param {L.Map} map
 */
function build(skeleton, map) {
  // folium forbids to zoom in.
  for (const one of document.querySelectorAll("meta[name=viewport]")) one.remove();
  document.documentElement.lang = language();
  document.documentElement.dir = isFromRight() ? "rtl" : "ltr";
  const parsed = new DOMParser().parseFromString(skeleton, "text/html");
  document.body.className = "mp mp-app";
  document.body.prepend(...parsed.body.childNodes);
  byId("canvas").append(map.getContainer());
  map.invalidateSize({ animate: false });
}

/** Where a file of what a filter shows is. @param {string} api @param {string} ending @param {string} text */
const exportOf = (api, ending, text) => `${api}/incidents.${ending}?${new URLSearchParams({ f: text })}`;

/**
 * What leads elsewhere: files of what is shown, and pages of the program.
 * @param {Config} config @param {Stage} stage @param {(wish: Wish) => void} tell
 */
function actions({ api, formats }, stage, tell) {
  const list = element("div", { class: "mp-menu-list" }, [
    ...exportLinks(formats, (ending) => exportOf(api, ending, stage.state.text)),
    element("p", { class: "mp-hint", text: say("What the filters show, with all claims and sources.") }),
  ]);
  byId("download").append(list);
  for (const wish of /** @type {Wish[]} */ (["briefing", "data", "about", "groups"])) {
    byId(`to-${wish}`).addEventListener("click", () => tell(wish));
  }
  for (const id of ["share", "download"]) closes(/** @type {HTMLDetailsElement} */ (byId(id)));
}

/** The buttons of the languages, which have each its own name. */
const languageButtons = () => [...byId("languages").querySelectorAll("button")];

/** Another language is another frame, with all else as it is. @param {Stage} stage */
function offerLanguages({ state }) {
  for (const button of languageButtons()) {
    if (button.lang === language()) button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => state.speak(button.lang));
  }
  closes(/** @type {HTMLDetailsElement} */ (byId("languages")));
}

/**
 * Links of the sheet to a group's page: the frame may not lead the page around it elsewhere, so the
 * program does. In a tab of its own a browser opens the link itself.
 * @param {(wish: Wish, group: string) => void} tell
 */
function openGroups(tell) {
  byId("side").addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[target=_top]") : null;
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    tell("groups", new URL(link.href).searchParams.get("of") ?? "");
  });
}

/**
 * Files of the user's own, dropped anywhere on the map: the program reads them on a page of its own.
 * @param {Config} config @param {(wish: Wish, of: string) => void} tell
 */
function takeFiles({ api, takesFiles }, tell) {
  byId("to-data").hidden = !takesFiles;
  if (!takesFiles) return;
  const tellOf = (/** @type {string} */ words, isFault = false) => {
    byId("drop-words").textContent = words;
    byId("drop-close").hidden = !isFault;
    byId("drop").hidden = !words;
    if (isFault) byId("drop-close").focus();
  };
  byId("drop-close").addEventListener("click", () => tellOf(""));
  watchDrops(document, {
    over: (is) => tellOf(is ? say("Drop the file to see it on the map") : ""),
    take: (files) => handOne(api, files, {
      say: tellOf,
      done: (file) => {
        tellOf("");
        tell("data", file);
      },
    }),
  });
}

/**
 * What is to be known first: what was left out, and that a link was made from other data.
 * @param {Config} config @param {string} from the version in the link @param {string} version
 */
function tellFirst({ changed, notices }, from, version) {
  /** @type {HTMLElement[]} */
  const said = notices.map(({ words, lines }) => element("details", {}, [
    element("summary", { text: words }), element("ul", {}, lines.map((text) => element("li", { text })))]));
  if (/^[0-9a-f]{12}$/.test(from) && from !== version) {
    said.unshift(element("p", { text: changed.replace("{link}", from).replace("{now}", version) }));
  }
  byId("notice").hidden = !said.length;
  byId("notice").replaceChildren(...said);
}

/**
 * Once a dialog of the program is closed, give the keyboard back to what opened it: the page around knows
 * of the frame alone, and not even of that.
 * @param {Window} around
 */
function awaitDialog({ document: { body } }) {
  const opener = document.activeElement;
  let isOpen = false;
  const watching = new MutationObserver(() => {
    const has = body.querySelector("[role=dialog]") !== null;
    if (has === isOpen) return;
    isOpen = has;
    if (has) return;
    watching.disconnect();
    if (body.ownerDocument.activeElement !== body || !(opener instanceof HTMLElement)) return;
    window.focus();
    opener.focus({ preventScroll: true });
  });
  watching.observe(body, { childList: true, subtree: true });
}

/** What is laid out without its styles would be measured wrongly, and the map show another part of the world. */
async function styles() {
  const links = /** @type {HTMLLinkElement[]} */ ([...document.querySelectorAll("link[rel=stylesheet]")]);
  await Promise.all(links.filter(({ sheet }) => !sheet).map((link) => new Promise((resolve) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", resolve);
  })));
}

/**
 * Put the stage on the app's Leaflet map.
 * @param {L.Map} map @param {Config} config
 */
async function mountInFrame(map, config) {
  // The app listens to clicks on any layer that is there when this returns, and is given the event's
  // `latlng` as it is; so it comes before all that is waited for.
  const messenger = L.layerGroup([]).addTo(map);
  document.body.style.visibility = "hidden"; // what is not laid out yet would be seen to move
  speak(config.tongue);
  await styles();
  map.setView([0, 0], 2, { animate: false });
  build(config.skeleton, map);
  document.body.style.visibility = "";
  const around = page();
  around.document.documentElement.lang = language(); // where it has not come with its address
  const linked = new URLSearchParams(around.location.search).get("v") ?? "";
  try {
    const answers = await answersOf(config.api, (month) => dayOf(Math.floor(month / 12), (month % 12) + 1, 1),
      config.known);
    const linkTo = (/** @type {string} */ text) => {
      const { origin, pathname } = around.location;
      const query = text ? `?${text}` : "";
      return origin + pathname + query;
    };
    /** @param {Wish} wish @param {string} [group] @param {string} [filter] instead of what is shown */
    const tell = (wish, group = "", filter) => {
      // The address waits whether the map moves on; who asks for a page of this part does not.
      if (stage.state.view) stage.state.moved(stage.layer.mapView());
      const shown = filter ?? stage.state.toText();
      const { x, y } = map.getSize();
      if (wish === "briefing" && around !== window) awaitDialog(around);
      const told = wish === "known" ? shown : asKnown(shown, answers.known.known_on);
      messenger.fire("click", { latlng: { wish, group, state: told, size: [x, y], n: Date.now() } });
    };
    const place = new Around(around, answers.known.version, languageButtons().map(({ lang }) => lang));
    // The program looks at the address again, and puts another frame in the place of this one.
    place.onLeft = (text) => tell("known", "", text);
    const stage = new Stage(map, {
      answers, all: await answers.summary(""), basemap: config.basemap, tiles: config.tiles, home: config.home,
      place, linkTo, isSmall: false,
      handing: {
        formats: config.formats,
        address: (ending, text) => exportOf(config.api, ending, asKnown(text, answers.known.known_on)),
        brief: (text) => tell("briefing", "", text),
      },
      around: around === window ? null : around.document,
      groupLink: (id) => {
        const tongue = isEnglish() ? "" : `&lang=${language()}`;
        return `${around.location.pathname}groups?of=${encodeURIComponent(id)}${tongue}`;
      },
    });
    openGroups(tell);
    offerLanguages(stage);
    actions(config, stage, tell);
    takeFiles(config, tell);
    new Share(byId("share"), { stage, linkTo, version: answers.known.version });
    watchPaper(around, stage);
    watchVersion(new ServerFeed(config.api, answers.known.known_on), stage);
    tellFirst(config, linked, answers.known.version);
    window.addEventListener("message", ({ data }) => {
      const base = data?.type === "streamlit:render" && data.theme?.base;
      if (!base) return;
      document.documentElement.dataset.theme = base;
      stage.layer.setTheme(base);
      stage.retheme();
    });
    Object.assign(window, { mapviewMap: stage.layer, mapviewPage: stage });
  } catch (error) {
    fault(error instanceof FeedError ? error : say("The map could not be shown."));
    document.documentElement.dataset.mapviewFault = String(error);
  }
}

export { mountInFrame };
