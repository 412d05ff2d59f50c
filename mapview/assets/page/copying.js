// Owns copying a text with one press.
import { element } from "../dom.js";
import { say } from "../tongue.js";

const TOLD_MS = 1500;

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Frames and pages on disk may not use the clipboard in that way.
    const field = element("textarea", { class: "mp-hidden", "aria-hidden": "true" });
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

/** A button that copies what `text` gives when it is pressed. @param {string} words @param {() => string} text */
function copyButton(words, text) {
  const button = element("button", { type: "button", class: "mp-copy", text: words });
  button.addEventListener("click", async () => {
    await copy(text());
    button.focus({ preventScroll: true });
    button.textContent = say("Copied");
    window.setTimeout(() => { button.textContent = words; }, TOLD_MS);
  });
  return button;
}

export { copyButton };
