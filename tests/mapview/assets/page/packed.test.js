// Opening the data that the page carries.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { gzipSync } from "node:zlib";
import { PageError, open } from "../../../../mapview/assets/page/packed.js";

/** A page that carries these texts. */
function carry(texts) {
  const removed = [];
  globalThis.document = {
    getElementById: (id) => (id in texts ? { textContent: texts[id], remove: () => removed.push(id) } : null),
  };
  return removed;
}

const pack = (value) => gzipSync(JSON.stringify(value)).toString("base64");

test("a block is opened once and its text let go", async () => {
  const removed = carry({ once: pack({ title: "Ҳодисаҳо 😀" }) });
  const [one, again] = await Promise.all([open("once"), open("once")]);
  assert.deepEqual(one, { title: "Ҳодисаҳо 😀" });
  assert.equal(again, one);
  assert.deepEqual(removed, ["once"]);
});

for (const [what, text] of [
  ["missing", null], ["no base64", "%%%"], ["no gzip", btoa("plain")], ["no JSON", gzipSync("{").toString("base64")],
  ["cut off", pack({ long: "x".repeat(999) }).slice(0, 20)],
]) {
  test(`a damaged block is a sentence: ${what}`, async () => {
    carry(text === null ? {} : { [what]: text });
    const fault = await open(what).catch((error) => error);
    assert.ok(fault instanceof PageError);
    assert.match(fault.message, /damaged or incomplete/);
  });
}

test("an old browser is told so", async () => {
  const { DecompressionStream: known } = globalThis;
  delete globalThis.DecompressionStream;
  carry({ old: pack(1) });
  await assert.rejects(open("old"), /too old/);
  globalThis.DecompressionStream = known;
});

afterEach(() => { delete globalThis.document; });
