// Notes in each frame what a measurement asks for: the first paint, shifts of the layout, interactions.
(function () {
  "use strict";
  const noted = { there: null, paint: null, shift: 0, longest: { ms: 0, name: "" } };
  window.benchmark = noted;

  // A frame of animation would not come: the first is asked for before the frame has its document.
  const watched = setInterval(() => {
    if (document.getElementById("bars")) noted.there ??= Date.now();
    if (!(Number(document.documentElement?.dataset.mapviewPainted) > 0)) return;
    clearInterval(watched);
    noted.paint = Date.now();
  }, 4);

  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) noted.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });

  new PerformanceObserver((list) => {
    for (const { duration, name, interactionId, target } of list.getEntries()) {
      if (!interactionId || duration <= noted.longest.ms) continue;
      noted.longest = { ms: duration, name: `${name} on ${target?.id || target?.className || target?.tagName}` };
    }
  }).observe({ type: "event", durationThreshold: 16, buffered: true });

  /** Milliseconds from the next click to the frame after the one that shows a filter. */
  noted.click = (filter) => {
    let clicked = 0;
    document.addEventListener("click", (event) => { clicked = event.timeStamp; }, { capture: true, once: true });
    noted.clicked = new Promise((resolve) => {
      const wait = () => {
        const isShown = clicked && document.documentElement.dataset.mapviewFilter === filter;
        requestAnimationFrame(isShown ? () => resolve(performance.now() - clicked) : wait);
      };
      wait();
    });
  };

  /** Frames a second while the period is drawn wider in each of them, and how many drew another filter. */
  noted.brush = (frames) => new Promise((resolve) => {
    const bars = document.getElementById("bars");
    const { left, width, top } = bars.getBoundingClientRect();
    const filters = new Set();
    const started = performance.now();
    let n = 0;
    const step = () => {
      filters.add(document.documentElement.dataset.mapviewFilter);
      n += 1;
      if (n > frames) {
        resolve({ rate: (n - 1) / (performance.now() - started) * 1000, filters: filters.size });
        return;
      }
      const x = left + width * (0.1 + 0.8 * Math.abs(1 - (2 * n) / frames));
      bars.dispatchEvent(new PointerEvent("pointermove", { clientX: x, clientY: top + 5, bubbles: true }));
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });

  /** Frames a second while the map is dragged there and back by the mouse, a step in each of them. */
  noted.drag = (frames, reach) => new Promise((resolve) => {
    const map = document.querySelector("#canvas .leaflet-container");
    const { left, top, width, height } = map.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    const send = (kind, target, along) => target.dispatchEvent(new MouseEvent(kind, {
      clientX: x + along, clientY: y + along / 2, bubbles: true, button: 0, buttons: 1, view: window,
    }));
    const under = document.elementFromPoint(x, y);
    const places = new Set();
    send("mousedown", under, 0);
    let n = 0;
    const started = performance.now();
    const step = () => {
      n += 1;
      places.add(map.querySelector(".leaflet-map-pane").style.transform);
      if (n > frames) {
        send("mouseup", document, 0);
        resolve({ rate: (n - 1) / (performance.now() - started) * 1000, places: places.size });
        return;
      }
      send("mousemove", document, reach * Math.sin((2 * Math.PI * n) / frames));
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });

  /** Frames that there were since this was first asked, and the milliseconds. */
  noted.frames = () => {
    if (!noted.counted) {
      noted.counted = { n: 0, started: performance.now() };
      const count = () => { noted.counted.n += 1; requestAnimationFrame(count); };
      requestAnimationFrame(count);
    }
    return { n: noted.counted.n, ms: performance.now() - noted.counted.started };
  };
})();
