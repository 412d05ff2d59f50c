// Owns taking a file that is dropped anywhere on a page.

/** Whether files are dragged, and not text or a link. @param {DragEvent} event */
const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

/**
 * Take a file that is dropped anywhere on a page.
 * @param {Document} page
 * @param {{ over: (is: boolean) => void, take: (files: readonly File[]) => void }} options `over` is told
 *   whether one is held above it
 */
function watchDrops(page, { over, take }) {
  for (const name of /** @type {const} */ (["dragenter", "dragover"])) {
    page.addEventListener(name, (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      over(true);
    });
  }
  page.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) over(false);
  });
  page.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    over(false);
    take([...(event.dataTransfer?.files ?? [])]);
  });
}

export { watchDrops };
