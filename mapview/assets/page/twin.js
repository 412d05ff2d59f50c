// Owns the second map: what the filter is compared with, drawn by the same layer and moved along.
import { byId, clip, element } from "../dom.js";
import { create } from "../layer.js";
import { say } from "../tongue.js";
import { toText } from "./filter.js";

/**
 * @import { IncidentMap } from "../layer.js"
 * @import { Filter } from "./filter.js"
 * @import { Stage } from "./stage.js"
 */

/** Move two maps along with each other. @param {L.Map} one @param {L.Map} other @returns {() => void} no longer */
function tie(one, other) {
  let isMoving = false;
  const follow = (/** @type {L.Map} */ leader, /** @type {L.Map} */ follower) => () => {
    if (isMoving || !follower.getSize().x) return;
    isMoving = true;
    follower.setView(leader.getCenter(), leader.getZoom(), { animate: false });
    isMoving = false;
  };
  const [there, back] = [follow(one, other), follow(other, one)];
  one.on("move zoomend", there);
  other.on("move zoomend", back);
  return () => one.off("move zoomend", there); // the other goes away whole
}

class Twin {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    /** @type {IncidentMap | null} */
    this.layer = null;
    this.untie = () => {};
  }

  /**
   * Show a filter beside the map's own, or the one map again.
   * @param {Filter | null} filter @param {string[]} words of both filters
   */
  show(filter, words) {
    const { state: { selected: { id, areas } }, answers } = this.stage;
    byId("twins").hidden = !filter;
    byId("canvas").parentElement?.classList.toggle("mp-two", Boolean(filter));
    if (!filter) {
      this.close();
      return;
    }
    this.layer ??= this.open();
    this.layer.setState({
      filter: toText(filter), version: answers.known.version, selected: id, area: areas[0] ?? null });
    ["A", "B"].forEach((name, i) => {
      const line = byId(`name-${name.toLowerCase()}`);
      line.replaceChildren(element("b", { text: name }), ` ${clip(words[i], 160)}`);
      line.title = words[i];
    });
  }

  open() {
    const { stage } = this;
    const own = stage.layer.map;
    const node = element("div", { class: "mp-canvas", id: "canvas-beside" });
    byId("canvas").after(node);
    own.invalidateSize({ animate: false }); // it has less room now
    stage.layer.legend.fold(own);
    const map = L.map(node, { worldCopyJump: true, attributionControl: false, zoomControl: false })
      .setView(own.getCenter(), own.getZoom());
    const layer = create(map, {
      feed: stage.answers.feed, basemap: stage.options.basemap, own: stage.own, isSecond: true,
      onSelect: (id) => stage.chosenOnMap(() => stage.state.select(id), id),
      onSelectAreas: (ids) => stage.chosenOnMap(() => stage.state.selectAreas(ids), ids[0]),
    });
    stage.options.tame?.(map);
    layer.setTheme(stage.layer.themeChoice);
    layer.extent.setHome(stage.options.home); // of everything, and so of what it shows
    node.setAttribute("aria-label", `${say("B, what is compared with.")} ${node.getAttribute("aria-label")}`);
    this.untie = tie(own, map);
    return layer;
  }

  close() {
    const { layer } = this;
    if (!layer) return;
    this.layer = null;
    const node = layer.map.getContainer();
    this.untie();
    layer.destroy();
    layer.map.remove();
    node.remove();
    this.stage.layer.map.invalidateSize({ animate: false });
  }

  retheme() {
    this.layer?.setTheme(this.stage.layer.themeChoice);
  }
}

export { Twin };
