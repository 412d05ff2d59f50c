// Answers a list of questions from columns as the page does, and makes bars of the server's months.
import { readFileSync } from "node:fs";
import { EmbeddedAnswers } from "../../../../mapview/assets/page/answers.js";
import { STEPS, dayOf } from "../../../../mapview/assets/page/days.js";
import { fromText } from "../../../../mapview/assets/page/filter.js";
import { barsOf } from "../../../../mapview/assets/page/server.js";

const { data, questions } = JSON.parse(readFileSync(0, "utf-8"));
const told = async (id) => ({ detail: { id }, sources: [] });
const embedded = new EmbeddedAnswers(data, { incident: told, area: told });
const monthStart = (month) => dayOf(Math.floor(month / 12), (month % 12) + 1, 1);

/** Bars from the columns and from the server's months, for each step. */
async function bars(text, spreads) {
  const { filter } = fromText(text, data);
  const found = {};
  for (const step of STEPS.filter(({ id }) => id !== "day" && data.span)) {
    const [first, last] = data.span.map(step.index);
    const own = await embedded.bins(filter, step, first, last);
    found[step.id] = [own, barsOf(spreads, step, first, last, monthStart)];
  }
  return found;
}

/** What the map is given, as the server gives it: a view, what lies in some boxes, a list. */
async function onMap(filter, { box, zoom, boxes }) {
  const { feed } = embedded;
  const version = "";
  return {
    view: await feed.view({ version, filter, zoom, box }),
    within: await feed.count({ version, filter, boxes }),
    list: await feed.list({ version, filter, box }),
  };
}

const answers = [];
for (const { text, order, spreads, map } of questions) {
  answers.push({
    summary: await embedded.summary(text),
    rows: await embedded.rows(text, order, 0, 10_000),
    part: await embedded.rows(text, order, 1, 2),
    areas: (await embedded.areaRows(text)).map(
      ({ id, drawn, faded, undated }) => ({ id, drawn, faded, undated })),
    bars: await bars(text, spreads),
    map: await onMap(text, map),
  });
}
process.stdout.write(JSON.stringify(answers));
