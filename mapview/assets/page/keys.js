// Owns keys that work wherever the keyboard is, but not where somebody types.

/** Whether a key is typed into something. @param {EventTarget | null} target */
function isTyping(target) {
  const node = /** @type {HTMLElement | null} */ (target);
  return Boolean(node?.closest?.("input:not([type=checkbox], [type=range]), textarea, select, [contenteditable=true]"));
}

/**
 * @param {Document[]} documents where keys are pressed @param {(event: KeyboardEvent) => boolean} press whether
 *   a key was meant for the stage
 */
function watchKeys(documents, press) {
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (!isTyping(event.target) && press(event)) event.preventDefault();
  };
  for (const one of documents) one.addEventListener("keydown", onKey);
  window.addEventListener("pagehide", () => {
    for (const one of documents) one.removeEventListener("keydown", onKey);
  });
}

export { watchKeys };
