// A map of cells and bars of months, linked by a brush, as Mosaic's charts ask for them. What they ask
// stands on a line each; the answer comes with its length before it.
import { Coordinator, Selection, clauseInterval, makeClient } from "@uwdata/mosaic-core";
import { Query, count, div, floor } from "@uwdata/mosaic-sql";
import { readSync, writeSync } from "node:fs";

const [first, last, cell, steps, widthPx] = process.argv.slice(2).map(Number);

function read(length) {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    at += readSync(0, bytes, at, length - at, null);
  }
  return bytes;
}

const say = (word) => writeSync(1, `${JSON.stringify(word)}\n`);

const connector = {
  query({ type, sql }) {
    say({ type, sql: [sql].flat().join(";") });
    const answer = read(new DataView(read(4).buffer).getUint32(0, true));
    return Promise.resolve(type === "exec" ? undefined : answer);
  },
};

// What is asked again is asked again, as of our own.
const coordinator = new Coordinator(connector, { logger: null, cache: false });
const brush = Selection.crossfilter();
let tell = () => {};
const shown = () => new Promise((resolve) => { tell = resolve; });

const bars = makeClient({
  coordinator,
  selection: brush,
  query: (filter) => Query.from("rows")
    .select({ month: floor(div("day", 30)), n: count() })
    .groupby("month").where(filter),
  queryResult: () => {},
});
const there = shown();
makeClient({
  coordinator,
  selection: brush,
  query: (filter) => Query.from("rows")
    .select({ cx: floor(div("x", cell)), cy: floor(div("y", cell)), kind: "kind", n: count() })
    .groupby("cx", "cy", "kind").where(filter),
  queryResult: (data) => tell(data),
  queryError: (fault) => { say({ fault: String(fault) }); process.exit(1); },
});
await there;

const scale = { type: "linear", domain: [first, last], range: [0, widthPx] };
const half = Math.round((last - first) / 2);
const seconds = [];
const counted = [];
for (let step = 0; step < steps; step += 1) {
  const from = first + Math.round((half * step) / steps);
  const next = shown();
  const begun = performance.now();
  brush.update(clauseInterval("day", [from, from + half], { source: bars, bin: "floor", scale }));
  const data = await next;
  seconds.push((performance.now() - begun) / 1_000);
  counted.push(Array.from(data.getChild("n").toArray()).reduce((sum, n) => sum + Number(n), 0));
}
say({ seconds, counted });
process.exit(0);
