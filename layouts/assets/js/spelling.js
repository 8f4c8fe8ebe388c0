/**
 * What may be meant by words that nothing has: those in a spelling near to them, or fewer of them.
 * Owns how near is near, and what is most; refuses to know where words come from. Fetched when a search finds nothing.
 */

import { searchFor } from "./inflection.js";

/** @import { Stem } from "./inflection.js" */

const SHORTEST = 4;
const LONG = 8;

/**
 * Return what may be meant by a word: the two words that it is made of, as "part time" for "parttime", words with its
 * root, and what is spelled almost like it.
 * @param {string} word folded
 * @param {ReadonlySet<string>} known folded
 * @param {Stem} root
 * @returns {string[]}
 */
export function meantBy(word, known, root) {
  const halves = [...word].map((_, place) => [word.slice(0, place), word.slice(place)]);
  const parts = halves.filter((both) => both.every((half) => half.length > 1 && known.has(half)));
  const { isForm } = searchFor(word, root);
  return [...parts.map((both) => both.join(" ")), ...[...known].filter(isForm), ...nearest(word, known)];
}

/**
 * Return those of the known words that are nearest to one, and near enough to be meant by it. Of words as near, those
 * with the same consonants are meant: it is vowels, and letters that stand twice, that people take for others.
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
  const own = consonantsOf(word);
  const alike = found.filter((other) => consonantsOf(other) === own);
  return alike.length > 0 ? alike : found;
}

/** @param {string} word */
function consonantsOf(word) {
  return word.replace(/[aeiouy]/g, "").replace(/(.)\1+/g, "$1");
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
      const isSwap = one[row - 1] === other[place - 2] && one[row - 2] === other[place - 1];
      const steps = [at(row - 1, place) + 1, at(row, place - 1) + 1, at(row - 1, place - 1) + differs];
      line.push(Math.min(...steps, isSwap ? at(row - 2, place - 2) + 1 : Infinity));
    }
  }
  return at(one.length, other.length);
}

/**
 * Return the words of the row that has most of them. Each counts more the fewer rows have it: the place, and not the
 * "union", of a job wanted there.
 * @param {readonly string[]} words
 * @param {readonly ArrayLike<number>[]} points by word and row; 0 where the row does not have it
 * @param {Iterable<number>} rows
 * @returns {string[]}
 */
export function mostTogether(words, points, rows) {
  const weights = points.map((of) => Math.log(1 + of.length / Array.from(of).filter(Boolean).length));
  const has = (/** @type {number} */ row) => words.map((_, place) => (points[place]?.[row] ? (weights[place] ?? 0) : 0));
  let [best, most] = [/** @type {number[]} */ ([]), 0];
  for (const row of rows) {
    const here = has(row);
    const sum = here.reduce((total, weight) => total + weight, 0);
    if (sum > most) [best, most] = [here, sum];
  }
  return words.filter((_, place) => best[place]);
}
