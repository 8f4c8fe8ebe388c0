/**
 * Words in a spelling near the one searched for: slips of the hand, "labour" where the list has "labor".
 * Owns how near is near; refuses to know where words come from. Fetched when a search finds nothing.
 */

const SHORTEST = 4;
const LONG = 8;

/**
 * Return those of the known words that are nearest to one, and near enough to be meant by it.
 * @param {string} word folded
 * @param {Iterable<string>} known folded
 * @returns {string[]}
 */
export function nearest(word, known) {
  // A figure of another year or local is no other spelling.
  if (word.length < SHORTEST || /\d/.test(word)) return [];
  /** @type {string[]} */
  let found = [];
  let least = word.length < LONG ? 1 : 2;
  for (const other of known) {
    if (Math.abs(other.length - word.length) > least) continue;
    const edits = editsBetween(word, other);
    if (edits < least) found = [];
    if (edits <= least) found.push(other);
    least = Math.min(least, edits);
  }
  return found;
}

/**
 * Count the letters to change, add, drop, or swap with the next, that make one word of another: the optimal string
 * alignment distance.
 * @param {string} one
 * @param {string} other
 * @returns {number}
 */
export function editsBetween(one, other) {
  /** @type {number[][]} */
  const edits = [Array.from({ length: other.length + 1 }, (_, place) => place)];
  const at = (/** @type {number} */ row, /** @type {number} */ place) => edits[row]?.[place] ?? 0;
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row];
    edits.push(line);
    for (let place = 1; place <= other.length; place += 1) {
      const differs = Number(one[row - 1] !== other[place - 1]);
      const isSwap = row > 1 && place > 1 && one[row - 1] === other[place - 2] && one[row - 2] === other[place - 1];
      const steps = [at(row - 1, place) + 1, at(row, place - 1) + 1, at(row - 1, place - 1) + differs];
      line.push(Math.min(...steps, isSwap ? at(row - 2, place - 2) + 1 : Infinity));
    }
  }
  return at(one.length, other.length);
}
