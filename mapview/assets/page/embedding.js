// Owns the map's sleep inside another page: it takes no scrolling and no keys until clicked.
(function () {
  "use strict";
  const { page } = window.Mapview;

  /**
   * Put the map to sleep; a click wakes it, Escape or leaving the frame puts it to sleep again.
   * @param {L.Map} map
   * @param {HTMLButtonElement} wake covers the map while it sleeps
   */
  function sleepy(map, wake) {
    const container = map.getContainer();
    const sleep = (giveFocus) => {
      if (!wake.hidden) return;
      container.inert = true;
      wake.hidden = false;
      if (giveFocus) wake.focus({ preventScroll: true });
    };
    wake.addEventListener("click", () => {
      wake.hidden = true;
      container.inert = false;
      container.focus({ preventScroll: true });
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") sleep(container.contains(document.activeElement));
    });
    document.documentElement.addEventListener("mouseleave", (event) => {
      if (!event.buttons) sleep(false); // a drag may go outside and come back
    });
    window.addEventListener("blur", () => sleep(false));
    wake.hidden = true;
    sleep(false);
  }

  page.embedding = Object.freeze({ sleepy });
})();
