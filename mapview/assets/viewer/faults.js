// Owns what is said of a file that cannot be read, and how much of one is read.

const MOST_ROWS = 50_000;
const INSTEAD = "export it as GeoJSON or CSV and open that";

/** What is wrong with a file, as a sentence for the reader. */
class ReadingError extends Error {}

/** @param {number} n */
const megabytes = (n) => `${Math.ceil(n / 1e6).toLocaleString("en")} MB`;

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

export { INSTEAD, ReadingError, checkRows, guarded, megabytes };
