// Owns days of the calendar of Iran and Afghanistan; geodata/tongue/solar.py is the same.

const YEARS_APART = 621; // from a year of ours to the one of this calendar that begins in it
const [FIRST_YEAR, LAST_YEAR] = [1250, 1471];
const LEAPS = [1, 5, 9, 13, 17, 22, 26, 30];
const CYCLE = 33;
const NEW_YEAR_1400 = 18707; // 21 March 2021, in days since 1970
const LONG = 186; // days of the first six months

/** @param {number} year */
const isLeap = (year) => LEAPS.includes(year % CYCLE);

/** The first day of a year, or null where its rule is not known to hold. @param {number} year */
function newYear(year) {
  if (year < FIRST_YEAR || year > LAST_YEAR) return null;
  let day = NEW_YEAR_1400;
  for (let one = 1400; one < year; one += 1) day += 365 + Number(isLeap(one));
  for (let one = year; one < 1400; one += 1) day -= 365 + Number(isLeap(one));
  return day;
}

/**
 * Year, month and day in this calendar; null where its rule is not known to hold.
 * @param {number} day since 1970 @param {number} ours its year in our calendar
 */
function solarDay(day, ours) {
  let year = ours - YEARS_APART;
  let first = newYear(year);
  if (first !== null && day < first) {
    year -= 1;
    first = newYear(year);
  }
  if (first === null) return null;
  const left = day - first;
  const [month, rest] = left < LONG ? [Math.floor(left / 31), left % 31]
    : [6 + Math.floor((left - LONG) / 30), (left - LONG) % 30];
  return { year, month: month + 1, day: rest + 1 };
}

export { solarDay };
