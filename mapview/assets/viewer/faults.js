// Owns what is said of a file that cannot be read, and how much of one is read.

const MOST_ROWS = 50_000;
const INSTEAD = "export it as GeoJSON or CSV and open that";

/** What is wrong with a file, as a sentence for the reader. */
class ReadingError extends Error {}

/** @param {number} n */
const megabytes = (n) => `${Math.ceil(n / 1e6).toLocaleString("en")} MB`;

const MOST_CELLS = 20e6;
/** Refuse more cells than are read: a row may have few of them. @param {number} columns @param {number} rows */
function checkCells(columns, rows) {
  if (columns * rows > MOST_CELLS) {
    throw new ReadingError(`It has ${columns.toLocaleString("en")} columns and ${rows.toLocaleString("en")} rows, and `
      + `this page reads at most ${MOST_CELLS.toLocaleString("en")} cells. Open a part of it.`);
  }
}

/** How much of something may come, whatever a file says of itself. */
class Bound {
  /** @param {number} most @param {string} fault what is said where more comes */
  constructor(most, fault) {
    this.left = most;
    this.fault = fault;
  }

  /** @param {number} size */
  spend(size) {
    this.left -= size;
    // Also where it is no number.
    if (!(size >= 0 && this.left >= 0)) throw new ReadingError(this.fault);
  }
}

const MOST_UNPACKED = 200e6;
/** How much may come out of a file, of what is packed or stands in many places at once. */
const unpacking = () => new Bound(MOST_UNPACKED, `It unpacks to more than ${megabytes(MOST_UNPACKED)}, and this page `
  + "reads at most that. Open a part of it.");

/** Refuse more rows than are shown. @param {number} rows */
function checkRows(rows) {
  if (rows > MOST_ROWS) {
    throw new ReadingError(`It has ${rows.toLocaleString("en")} rows, and this page shows at most `
      + `${MOST_ROWS.toLocaleString("en")}. Open a part of it.`);
  }
}

/**
 * What a reader of bytes finds. These go by what the file says of itself, so that whatever goes wrong there is the
 * file's: a place beyond its end, text in the place of a number.
 * @template T @param {string} kind such as "GeoPackage" @param {() => T | Promise<T>} read @returns {Promise<T>}
 */
async function guarded(kind, read) {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ReadingError) throw error;
    throw new ReadingError(`This ${kind} is damaged or incomplete. Get the file again.`);
  }
}

export { Bound, INSTEAD, ReadingError, checkCells, checkRows, guarded, megabytes, unpacking };
