// Owns reading text in columns: comma, semicolon or tab, quoted cells, and the line that each row begins on.

/** @typedef {{ line: number, cells: string[] }} Row */

const DELIMITERS = [",", ";", "\t"];
const MOST_COLUMNS = 2000;

/** The rows of a text; null where a quotation mark is never closed. @param {string} text @param {string} delimiter */
function* rowsOf(text, delimiter) {
  let [line, started, cell, isQuoted] = [1, 1, "", false];
  /** @type {string[]} */
  let cells = [];
  for (let at = 0; at <= text.length; at += 1) {
    const letter = text[at];
    if (isQuoted) {
      // All up to the next quotation mark at once.
      const end = text.indexOf("\"", at);
      if (end < 0) {
        yield { line: started, cells: null };
        return;
      }
      const quoted = text.slice(at, end);
      cell += quoted;
      line += quoted.split("\n").length - 1;
      isQuoted = text[end + 1] === "\"";
      if (isQuoted) cell += "\"";
      at = end + Number(isQuoted);
    } else if (letter === "\"" && cell === "") isQuoted = true;
    else if (letter === delimiter) {
      cells.push(cell);
      cell = "";
    } else if (letter === "\n" || letter === "\r" || letter === undefined) {
      if (letter === "\r" && text[at + 1] === "\n") at += 1;
      cells.push(cell);
      if (cells.some((one) => one.trim())) yield { line: started, cells };
      line += 1;
      [cells, cell, started] = [[], "", line];
    } else cell += letter;
  }
}

/** The delimiter that makes most columns of the first lines. @param {string} text */
function delimiterOf(text) {
  const head = text.slice(0, 20_000);
  const widths = DELIMITERS.map((one) => {
    const first = rowsOf(head, one).next().value;
    return first?.cells?.length ?? 0;
  });
  return DELIMITERS[widths.indexOf(Math.max(...widths))];
}

/**
 * A table with a heading.
 * @param {string} text
 * @returns {{ header: string[], rows: Row[], open: number | null } | null} `open` is the line of a
 *   quotation mark that is never closed; null where there is no table of two columns
 */
function readTable(text) {
  const delimiter = delimiterOf(text);
  /** @type {string[] | null} */
  let header = null;
  /** @type {Row[]} */
  const rows = [];
  for (const { line, cells } of rowsOf(text, delimiter)) {
    if (!cells) return header ? { header, rows, open: line } : null;
    if (header) rows.push({ line, cells });
    else if (cells.length < 2 || cells.length > MOST_COLUMNS) return null;
    else header = cells.map((one) => one.trim());
  }
  return header ? { header, rows, open: null } : null;
}

export { readTable };
