// Owns links to hand on: to what is shown, and to the map inside another page.
import { element } from "../dom.js";
import { say } from "../tongue.js";
import { copyButton } from "./copying.js";

/** @import { Stage } from "./stage.js" */

/** A text that can be copied. @param {string} words @param {string} text */
const copied = (words, text) => element("div", { class: "mp-copied" }, [
  element("p", { class: "mp-hint", text: words }), element("code", { dir: "ltr", text }),
  copyButton(say("Copy"), () => text)]);

/** An element as HTML. @param {Element} node */
const htmlOf = (node) => (
  new XMLSerializer().serializeToString(node).replace(' xmlns="http://www.w3.org/1999/xhtml"', ""));

class Share {
  /**
   * @param {HTMLElement} node a menu that is filled when it is opened
   * @param {{ stage: Stage, linkTo: (text: string) => string, version: string }} options
   */
  constructor(node, options) {
    this.options = options;
    this.list = element("div", { class: "mp-menu-list mp-wide" });
    node.append(this.list);
    node.addEventListener("toggle", () => this.show());
  }

  show() {
    const { stage, linkTo, version } = this.options;
    const query = new URLSearchParams(stage.state.toText());
    query.set("v", version);
    const text = query.toString().replaceAll("%2C", ",");
    const frame = element("iframe", {
      src: linkTo("").replace(/\/?$/, `/embed?${text}`), title: say("Map of documented incidents"), width: "100%",
      height: "520", style: "border:0;max-width:100%", loading: "lazy",
      sandbox: "allow-scripts allow-popups allow-popups-to-escape-sandbox", referrerpolicy: "no-referrer",
    });
    this.list.replaceChildren(
      copied(say("A link to what is shown now. If the data have changed when it is opened, it says so."), linkTo(text)),
      copied(say("The map inside another page: paste this into its HTML. The page must be allowed to frame it; the "
        + "setting {setting} says which are.", { setting: "MAPVIEW_FRAME_ANCESTORS" }), htmlOf(frame)),
    );
  }
}

export { Share };
