// Owns reading XML that anybody may have written: no entities, and names whatever their namespace.

/** Elements of a name. @param {Element | Document} node @param {string} name */
const within = (node, name) => [...node.getElementsByTagNameNS("*", name)];
const textOf = (/** @type {Element | undefined} */ node) => node?.textContent?.trim() ?? "";

/** A whole document with a root of some name; null where it is none. @param {string} text @param {string} root */
function parsed(text, root) {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return null; // entities can grow without end
  const found = new DOMParser().parseFromString(text, "application/xml");
  const isWhole = !within(found, "parsererror").length && found.documentElement.localName === root;
  return isWhole ? found : null;
}

export { parsed, textOf, within };
