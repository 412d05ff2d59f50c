// Owns how counts are said: exactly, or from what certainly fits to what may.

const n = (/** @type {number} */ number) => number.toLocaleString("en");

/** @param {number} certain @param {number} possible @param {string} [to] between both */
const between = (certain, possible, to = " to ") => (
  certain === possible ? n(possible) : `${n(certain)}${to}${n(possible)}`);

export { between };
