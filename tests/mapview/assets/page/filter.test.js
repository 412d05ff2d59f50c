// The text of the page's filter, and what is told of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EVERYTHING, fromText, narrowedWords, toText } from "../../../../mapview/assets/page/filter.js";

const KNOWN = {
  types: ["type 01", "type 02"], groups: ["cell", "is"], group_names: ["A cell", "IS"],
  roles: ["actor", "accused"], roles_sought: ["actor"],
};

test("what is no key and no number is told", () => {
  const faults = (text) => fromText(text, KNOWN).faults;
  assert.deepEqual(faults("id=one&area=a&view=1,2,3&deaths_min=3&incidents="), []);
  assert.match(faults("country=IR").join(), /must be one of from, to, .*, got “country”/);
  assert.match(faults("injured_min=many").join(), /injured_min must be a whole number from 0 on, got “many”/);
});

test("a filter has one text", () => {
  const text = "from=2018-01-01&to=2018-12-31&when=certain&type=type+01&type=type+02"
    + "&group=cell&group=is&role=accused&role=actor&deaths_min=3&areas=off";
  const read = (one) => fromText(one, KNOWN);
  assert.equal(toText(read(text).filter), text);
  const other = "to=2018&areas=off&type=type+02&type=type+01&type=type+02&from=2018&when=certain"
    + "&role=any&deaths_min=3&group=is&group=cell";
  assert.equal(toText(read(other).filter), text);
  assert.equal(toText(EVERYTHING), "");
  assert.deepEqual(read("").filter, { ...EVERYTHING });
});

test("what cannot be understood is left out and told", () => {
  const faults = (text) => fromText(text, KNOWN).faults;
  assert.deepEqual(faults(""), []);
  assert.match(faults("from=soon").join(), /^from must be a date such as .*, got “soon”$/);
  for (const key of ["type", "group", "role"]) {
    assert.deepEqual(faults(`${key}=none`), [`${key} must be one of those in the list`]);
  }
  const turned = fromText("from=2019&to=2018&when=certain", KNOWN);
  assert.deepEqual(turned, { filter: { ...EVERYTHING, certain: true }, faults: ["to must not be before from"] });
});

test("paper says how far the page was narrowed", () => {
  const words = (text) => narrowedWords(fromText(text, KNOWN).filter, KNOWN);
  assert.equal(words("from=2018&to=2018&when=certain"), "2018, only what certainly lies within.");
  assert.equal(words("type=type+01&injured_min=1000"), "All dates. Event types: type 01. At least 1,000 injured.");
  assert.equal(words("group=is"), "All dates. Groups: IS. In the role of actor.");
  assert.equal(words("role=accused"), "All dates. In the role of accused.");
});
