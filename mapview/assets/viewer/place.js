// Owns saying where something is, from the smallest name to the country; geodata/records/describe.py has the rule.

/** @param {string} name */
const plain = (name) => (name.toLowerCase().match(/[\p{L}\p{N}_-]+/gu) ?? []).join(" ");

/** @param {Record<string, any>} item @param {Record<string, string>} countries names by code */
function placeWords({ place, admin2, admin1, country }, countries) {
  /** @type {string[]} */
  const told = [];
  for (const name of new Set([place, admin2, admin1].filter(Boolean))) {
    if (!told.some((one) => ` ${plain(one)} `.includes(` ${plain(name)} `))) told.push(name);
  }
  const words = country ? countries[country] ?? country : "country unknown";
  const isSaid = told.some((name) => ` ${plain(name)}`.endsWith(` ${plain(words)}`));
  if (!told.length || (country && !isSaid)) told.push(words);
  return told.join(", ");
}

export { placeWords };
