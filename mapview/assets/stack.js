// Owns the rule by which symbols that would overlap become one stack; pure, no page needed.

/**
 * What stands at a place: how many incidents, and which entries stand for them.
 * @typedef {{ x: number, y: number, n: number, members: number[] }} Group
 */

const byWeight = (/** @type {Group} */ a, /** @type {Group} */ b) => b.n - a.n || a.y - b.y || a.x - b.x;

/**
 * @param {ArrayLike<number>} xs @param {ArrayLike<number>} ys
 * @param {ArrayLike<number> | null} weights
 */
function sameCoordinate(xs, ys, weights) {
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (let i = 0; i < xs.length; i += 1) {
    const key = `${xs[i]},${ys[i]}`;
    const group = groups.get(key);
    if (group) {
      group.n += weights ? weights[i] : 1;
      group.members.push(i);
    } else {
      groups.set(key, { x: xs[i], y: ys[i], n: weights ? weights[i] : 1, members: [i] });
    }
  }
  return [...groups.values()];
}

/**
 * One greedy pass: heavy groups stand, lighter ones that touch them join the nearest.
 * @param {Group[]} groups @param {number} limit @param {(n: number) => number} radius
 */
function pass(groups, limit, radius) {
  const cell = Math.max(limit, 2 * Math.max(...groups.map((g) => radius(g.n))));
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
          const needed = Math.max(limit, radius(other.n) + radius(group.n));
          if (distance < needed && distance < nearestDistance) {
            nearest = other;
            nearestDistance = distance;
          }
        }
      }
    }
    if (nearest) {
      nearest.n += group.n;
      for (const member of group.members) nearest.members.push(member);
    } else {
      const copy = { ...group, members: [...group.members] };
      const key = `${column},${row}`;
      grid.set(key, [...(grid.get(key) ?? []), copy]);
      kept.push(copy);
    }
  }
  return kept;
}

/**
 * Merge what would overlap. A stack stands where its heaviest coordinate is, so that it
 * marks a real place; no two stacks stand closer than `limit` or than their radii.
 * @param {ArrayLike<number>} xs px
 * @param {ArrayLike<number>} ys px
 * @param {ArrayLike<number>|null} weights incidents each entry stands for; null: one each
 * @param {{limit: number, radius: (n: number) => number}} rule
 */
function stack(xs, ys, weights, { limit, radius }) {
  let groups = sameCoordinate(xs, ys, weights);
  let before = Infinity;
  // A stack that grew may touch its neighbour, so repeat until nothing merges.
  while (groups.length && groups.length < before) {
    before = groups.length;
    groups = pass(groups, limit, radius);
  }
  return groups.sort(byWeight);
}

export { stack };
