// Owns reading the cells of a workbook (XLSX): shared and own texts, numbers, and days by how a cell is shown.
import { ReadingError, unpacking } from "../faults.js";
import { parsed, within } from "./xml.js";

/**
 * @import { Archive } from "./zip.js"
 * @typedef {string | number | boolean | null} Cell
 * @import { Bound } from "../faults.js"
 * @typedef {{ texts: string[], days: boolean[], is1904: boolean, cellsLeft: number, room: Bound }} Book
 * @typedef {{ name: string, rows: { number: number, cells: Cell[] }[], open: number, faults: number }} Table `open`
 *   how many formulas have no result in the file, and `faults` how many have an error for one
 */

const [MOST_COLUMNS, MOST_CELLS] = [2000, 5e6];
const DAY_MS = 86_400_000;
// How Excel shows days without a format that the workbook spells out.
const DAY_FORMATS = [14, 15, 16, 17, 22, 27, 30, 36, 50, 57];
const [FIRST_1900, FIRST_1904, LEAP_OF_1900] = [Date.UTC(1899, 11, 30), Date.UTC(1904, 0, 1), 60];

/** Letters that a workbook writes as a code. @param {string} text */
const decoded = (text) => text.replace(/_x([0-9a-f]{4})_/gi, (_, code) => String.fromCharCode(parseInt(code, 16)));

/** Text of an element, without how it is pronounced. @param {Element} node */
const wording = (node) => decoded(within(node, "t").filter((one) => one.parentElement?.localName !== "rPh")
  .map((one) => one.textContent ?? "").join(""));

/** @param {Archive} archive @param {string} name @param {string} root */
async function partOf(archive, name, root) {
  const found = parsed(await archive.text(name), root);
  if (!found) throw new TypeError(`a workbook has ${name}`);
  return found;
}

/** Which styles of cells show days. @param {Document} styles */
function dayStyles(styles) {
  const codes = new Map(within(styles, "numFmt").map((one) => (
    [Number(one.getAttribute("numFmtId")), one.getAttribute("formatCode") ?? ""])));
  const isDay = (/** @type {number} */ id) => {
    // Neither words in it nor colours and conditions are letters of a day.
    const code = (codes.get(id) ?? "").replace(/"[^"]*"|\[[^\]]*\]|\\./g, "");
    return DAY_FORMATS.includes(id) || /[dy]/i.test(code);
  };
  const looks = within(styles, "cellXfs")[0];
  return (looks ? within(looks, "xf") : []).map((one) => isDay(Number(one.getAttribute("numFmtId"))));
}

/** A day, with its time if it has one. @param {number} serial @param {boolean} is1904 */
function dayWords(serial, is1904) {
  const shift = is1904 || serial >= LEAP_OF_1900 ? 0 : 1;
  const ms = Math.round((serial + shift) * 86_400) * 1000 + (is1904 ? FIRST_1904 : FIRST_1900);
  const words = new Date(ms).toISOString();
  return ms % DAY_MS ? words.slice(0, 16).replace("T", " ") : words.slice(0, 10);
}

/** The number of a column, from 0. @param {string} reference such as AB12 */
const columnOf = (reference) => [...(/^[A-Z]{1,3}/.exec(reference)?.[0] ?? "")]
  .reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** Its formula or value. @param {Element} node @param {string} name */
const partOfCell = (node, name) => [...node.children].find(({ localName }) => localName === name);

/** @param {Element} node @param {Book} book @returns {Cell} */
function cellOf(node, { texts, days, is1904, room }) {
  const type = node.getAttribute("t") ?? "n";
  if (type === "inlineStr") return wording(node);
  const text = partOfCell(node, "v")?.textContent ?? "";
  if (type === "s") {
    const shared = texts[Number(text)] ?? "";
    // A text that stands in the file once may be in each of its cells.
    room.spend(shared.length);
    return shared;
  }
  if (type === "b") return text === "1";
  if (type === "d") return text.slice(0, 10);
  if (type !== "n") return decoded(text);
  const number = text.trim() ? Number(text) : NaN;
  if (!Number.isFinite(number)) return text.trim() || null;
  return days[Number(node.getAttribute("s"))] && Math.abs(number) < 2_900_000 ? dayWords(number, is1904) : number;
}

/** @param {string} name @param {Document} sheet @param {Book} book @returns {Table} */
function tableOf(name, sheet, book) {
  let [open, faults] = [0, 0];
  const rows = within(sheet, "row").map((row, i) => {
    /** @type {Cell[]} */
    const cells = [];
    for (const node of within(row, "c")) {
      const reference = node.getAttribute("r");
      const column = reference ? columnOf(reference) : cells.length;
      if (column < 0 || column >= MOST_COLUMNS) continue;
      book.cellsLeft -= Math.max(1, column + 1 - cells.length);
      if (book.cellsLeft < 0) throw new ReadingError("It has more cells than this page reads. Open a part of it.");
      while (cells.length < column) cells.push(null);
      cells[column] = cellOf(node, book);
      // A program wrote a formula, and nobody worked it out.
      open += Number((cells[column] === null || cells[column] === "") && partOfCell(node, "f") !== undefined);
      faults += Number(node.getAttribute("t") === "e");
    }
    return { number: Number(row.getAttribute("r")) || i + 1, cells };
  }).filter(({ cells }) => cells.some((one) => one !== null && String(one).trim()));
  return { name, rows, open, faults };
}

/** Which file has a sheet. @param {Archive} archive */
async function addresses(archive) {
  const relations = await partOf(archive, "xl/_rels/workbook.xml.rels", "Relationships");
  return new Map(within(relations, "Relationship").map((one) => {
    const target = one.getAttribute("Target") ?? "";
    return [one.getAttribute("Id"), target.startsWith("/") ? target.slice(1) : `xl/${target}`];
  }));
}

/** The sheets of a workbook, in their order. @param {Archive} archive @returns {Promise<Table[]>} */
async function tablesOf(archive) {
  const workbook = await partOf(archive, "xl/workbook.xml", "workbook");
  const files = await addresses(archive);
  const has = (/** @type {string} */ name) => archive.entries.has(name);
  const shared = has("xl/sharedStrings.xml") ? within(await partOf(archive, "xl/sharedStrings.xml", "sst"), "si") : [];
  const days = has("xl/styles.xml") ? dayStyles(await partOf(archive, "xl/styles.xml", "styleSheet")) : [];
  const is1904 = ["1", "true"].includes(within(workbook, "workbookPr")[0]?.getAttribute("date1904") ?? "");
  const book = { texts: shared.map(wording), days, is1904, cellsLeft: MOST_CELLS, room: unpacking() };
  /** @type {Table[]} */
  const tables = [];
  const seen = new Set();
  for (const one of within(workbook, "sheet")) {
    const id = [...one.attributes].find(({ localName, prefix }) => localName === "id" && prefix)?.value ?? "";
    const file = files.get(id) ?? "";
    const sheet = seen.has(file) ? null : parsed(await archive.text(file), "worksheet");
    seen.add(file); // two sheets are never one file
    if (sheet) tables.push(tableOf(one.getAttribute("name") ?? "", sheet, book));
  }
  if (!tables.length) throw new TypeError("a workbook has a sheet");
  return tables;
}

export { tablesOf };
