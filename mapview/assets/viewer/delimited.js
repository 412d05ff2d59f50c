// Owns reading text in columns: comma, semicolon or tab, quoted cells, and the line that each row begins on.

/** @typedef {{ line: number, cells: string[] }} Row */

const DELIMITERS = [",", ";", "\t", "|"];
// A heading is looked for in so many rows.
const [MOST_COLUMNS, MOST_ABOVE, HEAD] = [2000, 20, 100_000];

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
 * The delimiter with which one of the first rows is a heading, and that row's line.
 * @param {string} text @param {(header: string[]) => boolean} isHeading
 * @returns {{ delimiter: string, line: number } | null}
 */
function headingOf(text, isHeading) {
  const found = DELIMITERS.flatMap((delimiter) => {
    let above = 0;
    for (const { line, cells } of rowsOf(text.slice(0, HEAD), delimiter)) {
      if (!cells || above === MOST_ABOVE) break;
      if (isHeading(cells.map((one) => one.trim()))) return [{ delimiter, line }];
      above += 1;
    }
    return [];
  });
  return found.sort((a, b) => a.line - b.line)[0] ?? null;
}

/**
 * A table with a heading: the row of the first ones that is such, and if none is, the first.
 * @param {string} text @param {(header: string[]) => boolean} isHeading
 * @returns {{ header: string[], rows: Row[], open: number | null, line: number } | null} `open` is the line of a
 *   quotation mark that is never closed, and `line` that of the heading; null where there is no table of two columns
 */
function readTable(text, isHeading) {
  const { delimiter, line: first } = headingOf(text, isHeading) ?? { delimiter: delimiterOf(text), line: 1 };
  /** @type {string[] | null} */
  let header = null;
  let heading = first;
  /** @type {Row[]} */
  const rows = [];
  for (const { line, cells } of rowsOf(text, delimiter)) {
    if (line < first) continue;
    if (!cells) return header ? { header, rows, open: line, line: heading } : null;
    if (header) rows.push({ line, cells });
    else if (cells.length < 2 || cells.length > MOST_COLUMNS) return null;
    else [header, heading] = [cells.map((one) => one.trim()), line];
  }
  return header ? { header, rows, open: null, line: heading } : null;
}

export { readTable };
