// Says which records the page's filter keeps, and how words are searched: answers a request, as JSON.
import { readFileSync } from "node:fs";
import { KEYS, fromText, toText } from "../../../../mapview/assets/page/filter.js";
import { Records } from "../../../../mapview/assets/page/records.js";
import { normalise } from "../../../../mapview/assets/page/search.js";

const { data, texts, words } = JSON.parse(readFileSync(0, "utf-8"));
const records = new Records(data);
const answers = texts.map((text) => {
  const { filter, faults } = fromText(text, data);
  const own = toText(filter);
  const incidents = records.list(own).map((i) => data.incidents.id[i]);
  const { shown: certain } = records.kept(own).certain;
  return { own, faults, incidents, certain, areas: records.areaList(own).map(({ id }) => id) };
});
process.stdout.write(JSON.stringify({ keys: KEYS, answers, words: words.map(normalise) }));
