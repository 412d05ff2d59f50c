// Owns the widget of a notebook: our page in a frame of its own, and the state that both sides know.

/**
 * What a notebook keeps of a widget, on its own side and on that of Python.
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(name: string, value: unknown) => void} set
 * @property {() => void} save_changes
 * @property {(name: string, listener: () => void) => void} on
 * @property {(name: string, listener: () => void) => void} off
 */

// What is in the frame has no origin: it reaches neither the notebook nor what the browser keeps for it.
const MAY = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox";

/** A frame with our page. @param {Model} model @returns {HTMLIFrameElement} */
function frameOf(model) {
  const frame = document.createElement("iframe");
  frame.title = "Map of documented incidents";
  frame.setAttribute("sandbox", MAY);
  frame.name = model.get("state"); // where the page begins
  frame.style.cssText = `display:block;box-sizing:border-box;width:100%;height:${model.get("height")}px;border:0`;
  return frame;
}

/**
 * Show the page, and tell both sides of the state what the other one changes.
 * @param {{ model: Model, el: HTMLElement }} view
 */
function render({ model, el }) {
  const frame = frameOf(model);
  const address = URL.createObjectURL(new Blob([model.get("page")], { type: "text/html;charset=utf-8" }));
  let known = model.get("state");
  const hear = (/** @type {MessageEvent} */ { source, data }) => {
    const text = data?.mapviewState;
    if (source !== frame.contentWindow || typeof text !== "string") return;
    known = text;
    model.set("state", text);
    model.save_changes();
  };
  const tell = () => {
    const text = model.get("state");
    if (text === known) return;
    known = text;
    frame.contentWindow?.postMessage({ mapviewState: text }, "*");
  };
  window.addEventListener("message", hear);
  model.on("change:state", tell);
  frame.src = address;
  el.append(frame);
  return () => {
    window.removeEventListener("message", hear);
    model.off("change:state", tell);
    URL.revokeObjectURL(address);
  };
}

const widget = { render };

export { widget as default };
