// Owns the rule by which symbols that would overlap become one stack; pure, no page needed.
// mapview/cartography/stacks.py does the same on paper; tests/corpus/stacks.json has the cases.

/**
 * What stands at a place: how many incidents, which they are, and which entries stand for them.
 * @typedef {{ x: number, y: number, n: number, members: number[], ids: Set<string | number> }} Group
 *
 * How stacks are made: `weights` are the incidents that each entry stands for, `ids` the incident
 * of each entry, which counts once however many places it has; without either, one each. No two
 * stacks stand closer than `limit`, or than their radii.
 * @typedef {{
 *   weights?: ArrayLike<number> | null, ids?: ArrayLike<string> | null,
 *   limit: number, radius: (n: number) => number,
 * }} Rule
 */

const byWeight = (/** @type {Group} */ a, /** @type {Group} */ b) => b.n - a.n || a.y - b.y || a.x - b.x;

/** @param {Group} group @param {Group} other */
function join(group, other) {
  const counted = group.ids.size;
  for (const member of other.members) group.members.push(member);
  for (const id of other.ids) group.ids.add(id);
  // Of incidents with several places only those that are new count.
  group.n += other.n - (counted + other.ids.size - group.ids.size);
}

/** @param {ArrayLike<number>} xs @param {ArrayLike<number>} ys @param {Rule} rule */
function sameCoordinate(xs, ys, { weights, ids }) {
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (let i = 0; i < xs.length; i += 1) {
    const key = `${xs[i]},${ys[i]}`;
    const one = {
      x: xs[i], y: ys[i], n: weights ? weights[i] : 1, members: [i], ids: new Set([ids ? ids[i] : i]),
    };
    const group = groups.get(key);
    if (group) join(group, one);
    else groups.set(key, one);
  }
  return [...groups.values()];
}

/**
 * One greedy pass: heavy groups stand, lighter ones that touch them as they were before join the
 * nearest.
 * @param {Group[]} groups @param {Rule} rule
 */
function pass(groups, { limit, radius }) {
  const size = new Map(groups.map((group) => [group, radius(group.n)]));
  const cell = Math.max(limit, 2 * Math.max(...size.values()));
  /** @type {Map<string, Group[]>} */
  const grid = new Map();
  const kept = [];
  for (const group of [...groups].sort(byWeight)) {
    const column = Math.floor(group.x / cell);
    const row = Math.floor(group.y / cell);
    let nearest = null;
    let nearestDistance = Infinity;
    for (let i = -1; i <= 1; i += 1) {
      for (let j = -1; j <= 1; j += 1) {
        for (const other of grid.get(`${column + i},${row + j}`) ?? []) {
          const distance = Math.hypot(other.x - group.x, other.y - group.y);
          const needed = Math.max(limit, (size.get(other) ?? 0) + (size.get(group) ?? 0));
          if (distance < needed && distance < nearestDistance) {
            nearest = other;
            nearestDistance = distance;
          }
        }
      }
    }
    if (nearest) join(nearest, group);
    else {
      const key = `${column},${row}`;
      grid.set(key, [...(grid.get(key) ?? []), group]);
      kept.push(group);
    }
  }
  return kept;
}

/**
 * Merge what would overlap. A stack stands where its heaviest coordinate is, so that it
 * marks a real place.
 * @param {ArrayLike<number>} xs px
 * @param {ArrayLike<number>} ys px
 * @param {Rule} rule
 */
function stack(xs, ys, rule) {
  let groups = sameCoordinate(xs, ys, rule);
  let before = Infinity;
  // A stack that grew may touch its neighbour, so repeat until nothing merges.
  while (groups.length && groups.length < before) {
    before = groups.length;
    groups = pass(groups, rule);
  }
  return groups.sort(byWeight);
}

export { stack };
