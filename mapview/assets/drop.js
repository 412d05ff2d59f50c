// Owns the field of the page "Data" that takes a file: chosen, or dropped anywhere on the page.
import { byId } from "./dom.js";
import { watchDrops } from "./dropping.js";
import { handOne } from "./handing.js";
import { isFromRight, language, say, speak } from "./tongue.js";

const API = "../../api";

/** Tell Streamlit, which hosts the field. @param {string} type @param {Record<string, unknown>} more */
function tell(type, more) {
  window.parent.postMessage({ isStreamlitMessage: true, type: `streamlit:${type}`, ...more }, window.location.origin);
}

/** The page around; a browser that does not let us see it has the field's own. */
function page() {
  try {
    return window.parent.document.body ? window.parent.document : document;
  } catch {
    return document;
  }
}

/** Say what the field says, in the language of the page around it. */
function word() {
  for (const one of new Set([document, page()])) one.documentElement.lang = language();
  document.documentElement.dir = isFromRight() ? "rtl" : "ltr";
  byId("words").textContent = say("Drop a file anywhere on this page, or");
  byId("choose").textContent = say("choose one");
  byId("kinds").textContent = say("CSV, Excel, GeoJSON, KML, shapefile (as a zip) and more. It stays on this machine.");
}

function start() {
  const field = /** @type {HTMLInputElement} */ (byId("file"));
  const box = byId("box");
  const said = byId("said");
  const take = (/** @type {readonly File[]} */ files) => {
    box.classList.remove("over");
    handOne(API, files, {
      say: (words, isFault) => {
        said.textContent = words;
        said.classList.toggle("fault", isFault);
      },
      done: (file) => tell("setComponentValue", { value: { file, n: Date.now() }, dataType: "json" }),
    });
  };
  const over = (/** @type {boolean} */ is) => box.classList.toggle("over", is);
  field.addEventListener("change", () => {
    take([...(field.files ?? [])]);
    field.value = "";
  });
  // Both: a file that is held above the field's frame is not above the page around it.
  for (const one of new Set([document, page()])) watchDrops(one, { over, take });
  window.addEventListener("message", ({ data }) => {
    if (data?.type !== "streamlit:render") return;
    document.documentElement.dataset.theme = data.theme?.base ?? "light";
    speak(data.args?.tongue);
    word();
    // What was handed over is on the page by now.
    if (!said.classList.contains("fault")) said.textContent = "";
    tell("setFrameHeight", { height: document.body.scrollHeight });
  });
  tell("componentReady", { apiVersion: 1 });
}

start();

export { start };
