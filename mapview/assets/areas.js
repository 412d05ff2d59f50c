// Owns areas on the map: hatched base areas, precision rings, shaded provinces.
(function () {
  "use strict";
  const Mapview = (window.Mapview = window.Mapview || {});
  const geometry = Mapview.geometry;

  /** Call `paint` for each copy of the world in which the view shows the shape. */
  function eachCopy(shape, view, paint) {
    const first = view.copies[0] - 1; // a circle over the date line reaches into its neighbour
    for (let copy = first; copy <= first + view.copies.length + 1; copy += 1) {
      if (geometry.inView(shape.box, view, copy)) paint(copy);
    }
  }

  /** Screen box of a shape, cut to the canvas. */
  function screenBox(shape, view, copy) {
    const { scale, left, top, width, height } = view;
    return [
      Math.max(0, (shape.box[0] + copy) * scale - left),
      Math.max(0, shape.box[1] * scale - top),
      Math.min(width, (shape.box[2] + copy) * scale - left),
      Math.min(height, shape.box[3] * scale - top),
    ];
  }

  /**
   * Fill the clipped region with parallel lines that stay fixed to the ground while panning.
   * @param {number[]} box screen box to cover
   * @param {{x: number, y: number}} origin a fixed ground position on the canvas
   */
  function hatchLines(ctx, box, origin, { angle, spacing_px: spacing }) {
    const turn = (angle * Math.PI) / 180;
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const corners = [[box[0], box[1]], [box[2], box[1]], [box[2], box[3]], [box[0], box[3]]];
    const across = corners.map(([x, y]) => (y - origin.y) * cos - (x - origin.x) * sin);
    const along = corners.map(([x, y]) => (x - origin.x) * cos + (y - origin.y) * sin);
    const [a0, a1] = [Math.min(...along), Math.max(...along)];
    ctx.beginPath();
    const first = Math.ceil(Math.min(...across) / spacing) * spacing;
    for (let d = first; d <= Math.max(...across); d += spacing) {
      ctx.moveTo(origin.x + a0 * cos - d * sin, origin.y + a0 * sin + d * cos);
      ctx.lineTo(origin.x + a1 * cos - d * sin, origin.y + a1 * sin + d * cos);
    }
    ctx.stroke();
  }

  /** Paint a hatched region that `trace` puts on the path, faded or not. */
  function paintHatched(ctx, theme, hatch, faded, trace, box, origin) {
    ctx.save();
    ctx.beginPath();
    trace("fill");
    ctx.save();
    ctx.clip();
    ctx.globalAlpha = faded ? 0.05 : 0.12;
    ctx.fillStyle = hatch.color;
    ctx.fillRect(box[0], box[1], box[2] - box[0], box[3] - box[1]);
    ctx.globalAlpha = faded ? 0.32 : 0.75;
    ctx.strokeStyle = hatch.color;
    ctx.lineWidth = faded ? 0.8 : 1.2;
    hatchLines(ctx, box, origin, hatch);
    ctx.restore();
    ctx.beginPath();
    trace("line");
    ctx.lineCap = faded ? "round" : "butt";
    ctx.setLineDash(faded ? [0.1, 4] : []);
    ctx.lineWidth = faded ? 1.8 : 1.5;
    ctx.globalAlpha = faded ? 0.75 : 0.95;
    ctx.strokeStyle = hatch.color;
    ctx.stroke();
    ctx.restore();
  }

  const LEAST_AREA_PX = 8;

  /** Region of a base area: its province, else a circle of true ground distance. */
  function areaShape(area, basemap) {
    const province = area.level === "province" ? basemap.province(area.province) : null;
    if (province) return province;
    if (!area.circle) area.circle = geometry.groundCircle(area.lon, area.lat, area.radius_km || 5);
    return area.circle;
  }

  /** The same region, but never smaller than the eye can find. */
  function visibleShape(area, basemap, view) {
    const shape = areaShape(area, basemap);
    const px = Math.min(shape.box[2] - shape.box[0], shape.box[3] - shape.box[1]) * view.scale;
    if (px >= LEAST_AREA_PX * 2) return shape;
    const x = (shape.box[0] + shape.box[2]) / 2;
    const y = (shape.box[1] + shape.box[3]) / 2;
    const coords = new Float64Array(48);
    for (let i = 0; i < 24; i += 1) {
      coords[i * 2] = x + (Math.cos((i / 12) * Math.PI) * LEAST_AREA_PX) / view.scale;
      coords[i * 2 + 1] = y + (Math.sin((i / 12) * Math.PI) * LEAST_AREA_PX) / view.scale;
    }
    return geometry.outline([coords]);
  }

  /** Draw base areas, the faded ones first so that current ones lie on top. */
  function drawAreas(ctx, theme, view, areas, basemap) {
    for (const faded of [true, false]) {
      for (const area of areas) {
        if (Boolean(area.faded) !== faded) continue;
        const shape = visibleShape(area, basemap, view);
        const hatch = theme.hatches[Math.abs(area.hatch || 0) % theme.hatches.length];
        eachCopy(shape, view, (copy) => {
          const trace = (how) => {
            if (how === "fill") geometry.traceFill(ctx, shape, view, copy);
            else geometry.traceOutline(ctx, shape, view, copy);
          };
          const origin = { x: -(view.left % 1e4), y: -(view.top % 1e4) };
          paintHatched(ctx, theme, hatch, faded, trace, screenBox(shape, view, copy), origin);
        });
      }
    }
  }

  /** The base area under a position on the ground; the smallest of several. */
  function areaAt(areas, basemap, view, x, y) {
    let found = null;
    let least = Infinity;
    for (const area of areas) {
      const shape = visibleShape(area, basemap, view);
      const size = (shape.box[2] - shape.box[0]) * (shape.box[3] - shape.box[1]);
      if (size < least && [-1, 0, 1].some((k) => geometry.covers(shape, x + k, y))) {
        found = area;
        least = size;
      }
    }
    return found;
  }

  /** Shade the provinces that incidents are known only to. */
  function drawTints(ctx, theme, view, shapes) {
    for (const shape of shapes) {
      eachCopy(shape, view, (copy) => {
        ctx.beginPath();
        geometry.traceFill(ctx, shape, view, copy);
        ctx.globalAlpha = theme.theme === "dark" ? 0.24 : 0.2;
        ctx.fillStyle = theme.colors.tint;
        ctx.fill("evenodd");
        ctx.globalAlpha = 0.9;
        ctx.beginPath();
        geometry.traceOutline(ctx, shape, view, copy);
        ctx.strokeStyle = theme.colors.ring;
        ctx.lineWidth = 1.2;
        ctx.setLineDash([5, 3]);
        ctx.stroke();
        ctx.setLineDash([]);
        ctx.globalAlpha = 1;
      });
    }
  }

  /** Name groups inside their base areas, or under small ones, where there is room. */
  function drawNames(ctx, theme, view, areas, basemap, occupied) {
    const { FONT, clip } = Mapview.dom;
    const font = `italic 600 11.5px ${FONT}`;
    const named = new Set();
    for (const area of [...areas].sort((a, b) => Number(a.faded) - Number(b.faded))) {
      const shape = visibleShape(area, basemap, view);
      const text = clip(area.group_name, 36);
      const width = Mapview.labels.widthOf(ctx, text, font, 0);
      eachCopy(shape, view, (copy) => {
        const box = screenBox(shape, view, copy);
        const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
        const key = `${area.group}|${Math.round(x / 120)}|${Math.round(y / 120)}`;
        if (named.has(key) || (view.zoom < 8 && box[2] - box[0] < width * 0.7)) return;
        const spot = [y - 7, box[3] + 3, box[1] - 17].find((top) => (
          !occupied.hits([x - width / 2 - 3, top - 1, x + width / 2 + 3, top + 15])));
        if (spot === undefined) return;
        named.add(key);
        occupied.add([x - width / 2 - 3, spot - 1, x + width / 2 + 3, spot + 15]);
        const color = theme.hatches[Math.abs(area.hatch || 0) % theme.hatches.length].color;
        const halo = theme.colors.label_halo;
        Mapview.labels.paintText(ctx, text, [x - width / 2, spot + 7], font, color, halo);
      });
    }
  }

  function strokeRing(ctx, theme) {
    ctx.globalAlpha = 0.1;
    ctx.fillStyle = theme.colors.ring;
    ctx.fill();
    ctx.globalAlpha = 0.85;
    ctx.strokeStyle = theme.colors.ring;
    ctx.lineWidth = 1.3;
    ctx.setLineDash([4, 3]);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
  }

  /** Draw precision rings of true ground distance. */
  function drawRings(ctx, theme, view, shapes) {
    for (const shape of shapes) {
      eachCopy(shape, view, (copy) => {
        ctx.beginPath();
        geometry.traceFill(ctx, shape, view, copy);
        strokeRing(ctx, theme);
      });
    }
  }

  /** Draw the least ring, around a symbol whose true ring would be hidden under it. */
  function drawLeastRing(ctx, theme, x, y, r) {
    ctx.beginPath();
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    strokeRing(ctx, theme);
  }

  Mapview.areas = Object.freeze({
    drawAreas, drawNames, areaAt, areaShape, drawTints, drawRings, drawLeastRing, paintHatched,
  });
})();
