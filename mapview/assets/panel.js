// Owns what opens over the map: the list of a stack, the tooltip, the notice bar.
import { MAY_FIT, between, counted } from "./counting.js";
import { element, clip, sharpCanvas, tell } from "./dom.js";
import { AGAIN_MS } from "./feed.js";
import { drawSymbol } from "./symbols.js";
import { say, term } from "./tongue.js";

const TITLE_LENGTH = 160;

/**
 * @import { Count } from "./counting.js"
 * @import { Entry } from "./marks.js"
 * @import { Symbol, Theme } from "./symbols.js"
 * @typedef {{ x: number, y: number }} At a position in the map's container
 */

/** Small picture of a symbol for lists. @param {Theme} theme @param {Omit<Symbol, "x" | "y">} symbol */
function symbolIcon(theme, symbol) {
  return sharpCanvas(30, 28, (ctx) => drawSymbol(ctx, theme, { x: 14, y: 14, ...symbol }));
}

/** Keep a panel's own clicks and scrolling from the map underneath. @param {HTMLElement} node */
function shield(node) {
  L.DomEvent.disableClickPropagation(node);
  L.DomEvent.disableScrollPropagation(node);
  return node;
}

/** List of the incidents of one stack: a dialog that Esc closes and that gives focus back. */
class ListPanel {
  /** @param {L.Map} map @param {(id: string) => void} onSelect */
  constructor(map, onSelect) {
    this.map = map;
    this.onSelect = onSelect;
    /** @type {HTMLElement | null} */
    this.node = null;
    /** @type {At} */
    this.at = { x: 0, y: 0 };
    // What opens beside the map must not cover it; the map keeps its middle, and so what it stands at.
    map.on("resize", (event) => {
      const { oldSize, newSize } = /** @type {L.ResizeEvent} */ (event);
      if (!this.node) return;
      const { x, y } = newSize.subtract(oldSize).divideBy(2);
      this.stand(this.node, { x: this.at.x + x, y: this.at.y + y });
    });
  }

  /**
   * @param {Theme} theme @param {Entry[]} entries
   * @param {{ at: At, more?: Count, selected?: string | null, isPlace?: boolean }} options where it opens,
   *   how many entries are left out, which is chosen, and whether all are known to be at one place
   */
  open(theme, entries, { at, more: [least, most] = [0, 0], selected = null, isPlace = false }) {
    this.close(false);
    const certain = entries.filter((entry) => entry.certain).length;
    const found = /** @type {Count} */ ([certain + least, entries.length + most]);
    const count = isPlace ? counted(found, "incident here", "incidents here", term("Incidents here: {n}"))
      : counted(found, "incident in this area", "incidents in this area", term("Incidents in this area: {n}"));
    const close = element("button", {
      type: "button", class: "mapview-close", "aria-label": say("Close the list"), text: "×" });
    close.addEventListener("click", () => this.close(true));
    const items = entries.map((entry) => element("li", {}, [this.button(theme, entry, selected)]));
    const list = element("ul", { class: "mapview-entries" }, items);
    const rest = element("p", { class: "mapview-more", text: say("and {n} more", { n: between(least, most) }) });
    rest.hidden = most <= 0;
    const head = element("div", { class: "mapview-panel-head" }, [element("h2", { text: count }), close]);
    const attributes = { class: "mapview-panel", role: "dialog", "aria-label": count };
    const node = shield(element("div", attributes, [head, list, rest]));
    node.addEventListener("keydown", (event) => this.onKey(node, event));
    this.node = node;
    this.map.getContainer().append(node);
    this.stand(node, at);
    (list.querySelector("button") ?? close).focus({ preventScroll: true });
  }

  /** @param {Theme} theme @param {Entry} entry @param {string | null} selected */
  button(theme, entry, selected) {
    const status = theme.statuses[entry.status] ?? theme.statuses[0];
    const date = status.hollow ? `${entry.date} · ${say(status.id)}` : entry.date;
    const note = [clip(date, 60), ...(entry.certain ? [] : [say(MAY_FIT)])].join(" · ");
    const text = element("span", { class: "mapview-entry-text" }, [
      element("bdi", { class: "mapview-entry-title", lang: "en", text: clip(entry.title, TITLE_LENGTH) }),
      element("span", { class: "mapview-entry-date", text: note }),
    ]);
    const icon = symbolIcon(theme, { kind: entry.kind, status: entry.status, area: false });
    const current = entry.id === selected ? "true" : null;
    const attributes = { type: "button", class: "mapview-entry", "aria-current": current };
    const button = element("button", attributes, [icon, text]);
    button.addEventListener("click", () => {
      for (const other of button.closest("ul")?.querySelectorAll("[aria-current]") ?? []) {
        other.removeAttribute("aria-current");
      }
      button.setAttribute("aria-current", "true");
      this.onSelect(entry.id);
    });
    return button;
  }

  /**
   * Stand beside the anchor, inside the map; narrow maps get a sheet at the bottom (CSS).
   * @param {HTMLElement} node @param {At} at
   */
  stand(node, { x, y }) {
    this.at = { x, y };
    const size = this.map.getSize();
    const box = node.getBoundingClientRect();
    const sheetTop = size.y - box.height;
    if (box.width >= size.x && y > sheetTop - 40) this.map.panBy([0, y - sheetTop * 0.6]);
    const right = x + 34;
    const left = right + box.width + 8 <= size.x ? right : Math.max(8, x - 34 - box.width);
    const top = Math.min(Math.max(8, y - 40), Math.max(8, size.y - box.height - 34));
    node.style.setProperty("--mapview-left", `${Math.round(left)}px`);
    node.style.setProperty("--mapview-top", `${Math.round(top)}px`);
  }

  /** @param {HTMLElement} node @param {KeyboardEvent} event */
  onKey(node, event) {
    const buttons = /** @type {HTMLElement[]} */ ([...node.querySelectorAll(".mapview-entry")]);
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "Escape") this.close(true);
    else if (step && buttons.length) {
      const at = buttons.findIndex((one) => one === document.activeElement);
      buttons[(at + step + buttons.length) % buttons.length].focus();
    } else if (event.key !== "Home" && event.key !== "End") {
      event.stopPropagation(); // letters and + - belong to the list while it has focus
      return;
    } else if (buttons.length) buttons[event.key === "Home" ? 0 : buttons.length - 1].focus();
    event.stopPropagation();
    event.preventDefault();
  }

  /** @param {boolean} giveFocusBack */
  close(giveFocusBack) {
    if (!this.node) return;
    this.node.remove();
    this.node = null;
    if (giveFocusBack) this.map.getContainer().focus({ preventScroll: true });
  }
}

/** Lines of text beside the pointer or the focused mark. */
class Tooltip {
  /** @param {HTMLElement} container */
  constructor(container) {
    this.container = container;
    this.node = element("div", { class: "mapview-tooltip", "aria-hidden": "true", hidden: "" });
    container.append(this.node);
  }

  /** @param {string[]} lines the first is the title @param {At} at */
  show(lines, { x, y }) {
    const parts = lines.filter(Boolean).map((text, i) => element("bdi", {
      class: i ? "mapview-tooltip-line" : "mapview-tooltip-title",
      text: clip(text, TITLE_LENGTH),
    }));
    this.node.replaceChildren(...parts);
    this.node.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = this.node;
    const flip = x + 16 + width > this.container.clientWidth;
    const left = Math.max(4, flip ? x - 16 - width : x + 16);
    const top = Math.max(4, Math.min(y + 14, this.container.clientHeight - height - 4));
    this.node.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  hide() {
    this.node.hidden = true;
  }

  remove() {
    this.node.remove();
  }
}

/** One sentence on the map about what went wrong, with a way to try again, which is also done by itself. */
class Notice {
  /** @param {HTMLElement} container @param {() => void} onRetry */
  constructor(container, onRetry) {
    this.text = element("span");
    this.retry = element("button", { type: "button", class: "mapview-retry", text: say("Retry") });
    this.retry.addEventListener("click", () => onRetry());
    this.onRetry = onRetry;
    this.timer = 0;
    this.node = shield(element("div", { class: "mapview-notice", role: "status" }, [this.text, this.retry]));
    this.clear();
    container.append(this.node);
  }

  /** @param {import("./dom.js").Told} told @param {boolean} canRetry */
  show(told, canRetry) {
    window.clearTimeout(this.timer);
    if (canRetry) this.timer = window.setTimeout(this.onRetry, AGAIN_MS);
    tell(this.text, told);
    this.retry.hidden = !canRetry;
    this.node.classList.add("mapview-notice-open");
  }

  clear() {
    window.clearTimeout(this.timer);
    this.text.textContent = "";
    this.retry.hidden = true;
    this.node.classList.remove("mapview-notice-open");
  }

  remove() {
    this.node.remove();
  }
}

export { ListPanel, Tooltip, Notice, symbolIcon, shield };
