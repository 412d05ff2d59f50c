// Owns the clock of a measurement: from the click on a widget to the frame that shows the change.
// All times are of one clock, that of the page; the map's frame lies in the same page.
(function () {
  "use strict";
  const LONGEST_MS = 90000;

  const frame = () => document.querySelector('iframe[src*="streamlit_folium"]');
  const root = () => {
    const inner = frame() && frame().contentDocument;
    return inner ? inner.documentElement : null;
  };

  /** How to see in the frame that what was wanted is there. */
  const SHOWN = {
    filter: (wanted) => root().dataset.mapviewFilter === wanted,
    markers: (wanted) => root().querySelectorAll("img.leaflet-marker-icon").length === wanted,
    anything: () => Number(root().dataset.mapviewPainted) > 0,
  };

  /** Note when the layer in the frame is told of the wanted filter. */
  function listen(record, wanted) {
    const inner = frame().contentWindow;
    const layer = inner.mapviewMap;
    if (!layer) return;
    if (!inner.benchmarkState) inner.benchmarkState = layer.setState;
    layer.setState = (state) => {
      if (state.filter === wanted && record.told === undefined) record.told = performance.now();
      inner.benchmarkState(state);
    };
    inner.performance.clearResourceTimings();
  }

  /** When the last answer of a route came to the frame, on the page's clock. */
  function answered(record) {
    const inner = frame().contentWindow.performance;
    const ends = inner.getEntriesByType("resource")
      .filter((entry) => entry.name.includes("/api/"))
      .map((entry) => entry.responseEnd + inner.timeOrigin - performance.timeOrigin);
    if (ends.length) record.answered = Math.max(...ends);
  }

  /** Resolve in the frame after the one in which the wanted state is there. */
  function untilShown(kind, wanted, record) {
    const started = performance.now();
    return new Promise((resolve, reject) => {
      const look = () => {
        if (root() && SHOWN[kind](wanted)) {
          requestAnimationFrame(() => {
            record.painted = performance.now();
            answered(record);
            resolve(record);
          });
        } else if (performance.now() - started > LONGEST_MS) {
          reject(new Error(`the map must show ${kind} ${wanted} within ${LONGEST_MS / 1000} s`));
        } else {
          requestAnimationFrame(look);
        }
      };
      look();
    });
  }

  window.benchmark = {
    /** Get ready for the next click; `result` then holds its times. */
    arm(kind, wanted) {
      const record = { origin: performance.timeOrigin };
      if (kind === "filter") listen(record, wanted);
      document.addEventListener("click", (event) => {
        record.clicked = event.timeStamp;
      }, { capture: true, once: true });
      this.result = untilShown(kind, wanted, record);
    },

    /** Wait for a state without a click. */
    until(kind, wanted) {
      return untilShown(kind, wanted, { origin: performance.timeOrigin });
    },
  };
})();
