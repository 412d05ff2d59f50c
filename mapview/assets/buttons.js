// Owns the buttons on the map beside Leaflet's own; what they do is told by whom they belong to.
import { between, counted } from "./counting.js";
import { element } from "./dom.js";
import { lineDrawing } from "./icons.js";
import { shield } from "./panel.js";
import { isEnglish, say } from "./tongue.js";

const HOUSE = "M2.5 8 8 2.5 13.5 8M4 7v6.5h8V7M6.8 13.5V9.6h2.4v3.9";
const VIEW_FUNNEL = "M1.5 2.5h13v11h-13zM4.8 5.6h6.4L9 8.2v2.6l-2-1V8.2z";
const CORNERS = "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4";

/** @import { Count } from "./counting.js" */

/**
 * A button of the bar at the upper left.
 * @param {string} words @param {string} drawing @param {() => void} press
 */
function barButton(words, drawing, press) {
  const button = element("button", { type: "button", title: words, "aria-label": words }, [
    lineDrawing(drawing)]);
  button.addEventListener("click", press);
  return button;
}

/** Name the buttons by which a map is zoomed, which Leaflet names in English. @param {L.Map} map */
function nameZoom(map) {
  for (const [name, words] of [["in", say("Zoom in")], ["out", say("Zoom out")]]) {
    const button = map.getContainer().querySelector(`.leaflet-control-zoom-${name}`);
    button?.setAttribute("title", words);
    button?.setAttribute("aria-label", words);
  }
}

/** Buttons for the first view and, where a browser has it, for the full screen. */
class Bar extends L.Control {
  /** @param {() => void} onHome */
  constructor(onHome) {
    super({ position: "topleft" });
    this._onHome = onHome;
    this._node = element("div", { class: "leaflet-bar mapview-bar" });
  }

  /** Put one more button below. @param {string} words @param {string} drawing @param {() => void} press */
  add(words, drawing, press) {
    const button = barButton(words, drawing, press);
    this._node.append(button);
    return button;
  }

  /** @param {L.Map} map */
  onAdd(map) {
    const container = map.getContainer();
    nameZoom(map);
    const buttons = [barButton(say("Show what was found"), HOUSE, this._onHome)];
    if (document.fullscreenEnabled) {
      buttons.push(barButton(say("Full screen"), CORNERS, () => {
        if (document.fullscreenElement) document.exitFullscreen();
        else container.requestFullscreen();
      }));
    }
    this._node.prepend(...buttons);
    return shield(this._node);
  }
}

/** Says how many incidents lie outside the view, with a button that shows all. */
class Outside extends L.Control {
  /** @param {() => void} onPress */
  constructor(onPress) {
    super({ position: "bottomleft" });
    this.words = "";
    this._text = element("span");
    const button = element("button", { type: "button", text: say("Show them") });
    button.addEventListener("click", onPress);
    this._node = shield(element("div", { class: "mapview-outside" }, [this._text, button]));
    this.tell([0, 0]);
  }

  onAdd() {
    return this._node;
  }

  /** @param {Count} count */
  tell(count) {
    const [, possible] = count;
    const words = isEnglish() ? `${counted(count, "incident lies", "incidents lie")} outside this part of the map.`
      : say("Incidents outside this part of the map: {n}.", { n: between(...count) });
    this.words = possible ? words : "";
    this._text.textContent = this.words;
    this._node.hidden = !possible;
  }
}

/**
 * A button that limits the filter to what the map shows, or takes the limit away. It is as narrow as those above
 * it: what is fitted lies beside them, and would lie under words.
 */
class Limit extends L.Control {
  /** @param {(isLimited: boolean) => void} onPress */
  constructor(onPress) {
    super({ position: "topleft" });
    this._isLimited = false;
    this._button = barButton("", VIEW_FUNNEL, () => onPress(this._isLimited));
    this._node = element("div", { class: "leaflet-bar mapview-bar mapview-limit" }, [this._button]);
    this.tell("");
  }

  onAdd() {
    return shield(this._node);
  }

  /** @param {string} filter */
  tell(filter) {
    this._isLimited = new URLSearchParams(filter).has("bounds");
    const [words, more] = this._isLimited
      ? [say("Lift the limit"), say("also find what lies elsewhere, or has no known place")]
      : [say("Limit to this view"), say("find only what lies within it; what has no known place is left out")];
    this._button.ariaLabel = words;
    this._button.title = say("{label}: {values}", { label: words, values: more });
    this._node.classList.toggle("mapview-limited", this._isLimited);
  }
}

/** The scale, with its number and unit in the language that is spoken. */
class Scale extends L.Control.Scale {
  constructor() {
    super({ imperial: false, maxWidth: 120 });
  }

  /** @param {HTMLElement} line @param {string} text @param {number} share of the longest line */
  _updateScale(line, text, share) {
    const [n, unit] = text.split(" ");
    const words = unit === "km" ? say("{n} km", { n: Number(n) }) : say("{n} m", { n: Number(n) });
    line.style.width = `${Math.round(120 * share)}px`;
    // Words that are longer than the line go on behind it, also in letters that are read from the right.
    line.replaceChildren(element("bdi", { text: isEnglish() ? text : words }));
  }
}

export { Bar, Limit, Outside, Scale };
