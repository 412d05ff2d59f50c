// Symbols and icons are the cartography's primitives, each drawn once and nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cartography } from "../../../mapview/assets/cartography.js";
import { sectionsOf } from "../../../mapview/assets/entries.js";
import { replay } from "../../../mapview/assets/icons.js";
import { drawSymbol, look } from "../../../mapview/assets/symbols.js";

/** A context that notes each stroke, filling and text, with the colours and dashes of that moment. */
function recorder() {
  const calls = [];
  const state = { steps: 0 };
  const path = () => { state.steps += 1; };
  const note = (what, color, dash = []) => {
    assert.ok(what === "text" || state.steps > 0, "a path must be traced before it is painted");
    calls.push([what, color, dash.length ? "dashed" : "whole"].join(" "));
  };
  return {
    calls, state, dash: [], moveTo: path, lineTo: path, arc: path, roundRect: path, closePath() {},
    save() {}, restore() {}, translate() {},
    beginPath() { state.steps = 0; },
    setLineDash(dash) { this.dash = dash; },
    fill() { note("fill", this.fillStyle); },
    stroke() { note("stroke", this.strokeStyle, this.dash); },
    fillText(text) { note("text", `${this.fillStyle} ${text}`); },
    strokeText() {},
  };
}

/** A map's context that notes where pictures are put down, and those of the pictures. */
function canvases() {
  const pictures = [];
  globalThis.document = { createElement: () => ({ setAttribute() {}, append() {}, getContext() {
    const ctx = { ...recorder(), setTransform() {} };
    pictures.push(ctx);
    return ctx;
  } }) };
  const put = [];
  const map = {
    ...recorder(), put, getTransform: () => ({ a: 1, e: 0, f: 0 }), drawImage(_, x, y) { put.push([x, y]); } };
  return { map, pictures };
}

/** What primitives ask for, in the words of the recorder. */
function asked(theme, primitives, kind, hatch) {
  const color = (role) => ({
    ...theme.colors, kind: theme.kinds[kind].color, hatch: theme.hatches[hatch].color,
    ...Object.fromEntries(theme.kinds.map((one, i) => [`kind${i}`, one.color])),
  })[role];
  return primitives.flatMap((one) => {
    // Most kinds have no letter.
    const name = one.name === "kind" ? theme.kinds[kind].letter : one.name;
    if (one.shape === "letter") return name ? [`text ${color(one.fill)} ${name} whole`] : [];
    const how = (one.dash || []).length ? "dashed" : "whole";
    return [
      ...(one.halo ? [`stroke ${theme.colors.halo} whole`] : []),
      ...(one.fill ? [`fill ${color(one.fill)} whole`] : []),
      ...(one.stroke ? [`stroke ${color(one.stroke)} ${how}`] : []),
    ];
  });
}

for (const name of ["light", "dark"]) {
  const theme = look(name, { types: ["Theft", "Fraud"], others: [], kinds: new Set() });
  for (const [form, primitives] of Object.entries(cartography.icons)) {
    test(`the icon of ${form} is its primitives (${name})`, () => {
      const ctx = recorder();
      replay(ctx, theme, primitives, { kind: 3, hatch: 5 });
      assert.deepEqual(ctx.calls, asked(theme, primitives, 3, 5));
    });
  }
  test(`each kind, status and plate is drawn by its primitives, once (${name})`, () => {
    theme.kinds.forEach((_, kind) => cartography.symbols.forEach((forms, status) => {
      for (const area of [false, true]) {
        const { map, pictures } = canvases();
        for (const [x, y] of [[5, 5], [15.1, 25], [25, 5]]) drawSymbol(map, theme, { x, y, kind, status, area });
        // What is drawn again is a picture from then on, and only then.
        const once = [asked(theme, area ? forms.area : forms.place, kind, 0)];
        assert.deepEqual([[map.calls], pictures.map(({ calls }) => calls)], [once, once]);
        assert.deepEqual(map.put.map(([x, y]) => [x - map.put[0][0], y - map.put[0][1]]), [[0, 0], [10, -20]]);
      }
    }));
  });
}

const words = (sections) => sections.flatMap(([title, entries]) => entries.map((one) => [title, one.words]));

test("the legend says all that the cartography does, in its order, and dims what is absent", () => {
  const sections = sectionsOf({ kinds: new Set([1]), areas: [] });
  assert.deepEqual(words(sections), cartography.legend.map((one) => [one.section, one.words]));
  const present = sections.flatMap(([, entries]) => entries).filter((one) => !one.absent);
  assert.deepEqual(present.filter((one) => one.form === "symbol").map((one) => one.kind), [1]);
  assert.ok(!present.some((one) => one.form === "hatch"));
  const hasBorder = (disputed) => sectionsOf({ kinds: new Set(), areas: [], disputed })
    .some(([, entries]) => entries.some((one) => one.form === "border" && !one.absent));
  assert.deepEqual([hasBorder(true), hasBorder(false)], [true, false]);
  const hasBounds = (bounds) => sectionsOf({ kinds: new Set(), areas: [], bounds })
    .some(([, entries]) => entries.some((one) => one.form === "bounds" && !one.absent));
  assert.deepEqual([hasBounds(true), hasBounds(false)], [true, false]);
  const hasAssumed = (assumed) => sectionsOf({ kinds: new Set(), areas: [], assumed })
    .some(([, entries]) => entries.some((one) => one.form === "assumed" && !one.absent));
  assert.deepEqual([hasAssumed(true), hasAssumed(false)], [true, false]);
});

test("the legend says what the areas on the map were, and dims what none of them was", () => {
  const area = { group: "g", group_name: "G", hatch: 0, faded: false, ended: false };
  const shown = (...areas) => sectionsOf({ kinds: new Set(), areas: areas.map((one) => ({ ...area, ...one })) })
    .flatMap(([title, entries]) => (title.startsWith("What") ? entries : []))
    .flatMap((one) => (one.absent ? [] : [one.form]));
  assert.deepEqual(shown(), []);
  assert.deepEqual(shown({ standing: 0 }, { standing: 2, faded: true }), ["headquarters", "control", "faded"]);
  assert.deepEqual(shown({ standing: 2, ended: true }, { standing: 3 }), ["presence", "lost"]);
});

test("groups take the place of the hatch that stands for any, the most frequent first", () => {
  const area = (group, hatch) => ({ group, group_name: `Group ${group}`, hatch, faded: false, standing: 3 });
  const areas = [area("c", 2), area("b", 1), area("a", 0), area("b", 1)];
  const [, entries] = sectionsOf({ kinds: new Set(), areas }).find(([title]) => title.startsWith("Base"));
  assert.deepEqual(entries.map((one) => one.words).slice(0, 3), ["Group b", "Group a", "Group c"]);
  assert.deepEqual(entries.map((one) => one.hatch), [1, 0, 2, 1]);
  const [, dated] = sectionsOf({ kinds: new Set(), areas: areas.map((one) => ({ ...one, faded: one.group === "b" })) })
    .find(([title]) => title.startsWith("Base"));
  assert.deepEqual(dated.map((one) => one.words).slice(0, 3), ["Group a", "Group c", "Group b"]);
});
