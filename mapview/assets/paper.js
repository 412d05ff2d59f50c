// Owns the app's paper: what the stage shows, put into the page around its frame before that is printed.
import { byId, element } from "./dom.js";
import { legend, paperPicture } from "./page/printing.js";

/** @import { Stage } from "./page/stage.js" */

/** A part of the stage as it is read on paper: no buttons, the numbers of sources in brackets. @param {Element} part */
function read(part) {
  const copy = /** @type {Element} */ (part.cloneNode(true));
  const left = ".mp-sheet-head, .mp-save, .mp-pick, .mp-strip, .mp-copy, .mp-more button, th button";
  for (const one of copy.querySelectorAll(left)) one.remove();
  for (const chip of copy.querySelectorAll(".mp-chip")) chip.replaceWith(` [${chip.textContent}] `);
  for (const line of copy.querySelectorAll("button")) line.replaceWith(element("p", { text: line.textContent ?? "" }));
  copy.removeAttribute("id");
  return copy;
}

/** @param {Stage} stage */
function paperOf({ layer, state }) {
  const words = [...byId("chips").querySelectorAll("span")].map((one) => one.textContent).join(" · ");
  const said = [words, byId("count").textContent, layer.extent.outside.words];
  return element("div", { class: "mv-paper" }, [
    element("h1", { text: "Mapview" }), ...said.map((text) => element("p", { dir: "auto", text: text ?? "" })),
    paperPicture(layer), legend(layer),
    ...[byId("side"), ...(state.panel ? [byId("rows")] : [])].filter((part) => !part.hidden).map(read),
  ]);
}

/**
 * A frame is printed as the part of it that is seen, so the page around is given all of it.
 * @param {Window} around @param {Stage} stage
 */
function watchPaper(around, stage) {
  const { layer } = stage;
  /** @type {{ paper: HTMLElement, theme: "light" | "dark" | null } | null} */
  let printed = null;
  const after = () => {
    if (!printed) return;
    printed.paper.remove();
    layer.setTheme(printed.theme);
    printed = null;
  };
  const before = () => {
    after();
    const theme = layer.themeChoice;
    layer.setTheme("light");
    printed = { paper: paperOf(stage), theme };
    around.document.body.append(printed.paper);
  };
  around.addEventListener("beforeprint", before);
  around.addEventListener("afterprint", after);
  window.addEventListener("pagehide", () => {
    after();
    around.removeEventListener("beforeprint", before);
    around.removeEventListener("afterprint", after);
  });
}

export { watchPaper };
