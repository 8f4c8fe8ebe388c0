/**
 * The orders of a list besides its own, each made in time that grows with the rows, not with their comparisons.
 * Owns what comes first; refuses to know which rows are wanted.
 */

/** @import { Collection } from "./columns.js" */
/** @typedef {"closing" | "pay"} Order */

const LAST = Number.MAX_SAFE_INTEGER;

/** @type {WeakMap<Collection, Partial<Record<Order, Uint32Array>>>} */
const known = new WeakMap();

/**
 * Return rows with the highest score first, and those of one score in the order in which they came.
 * @param {Uint32Array} rows
 * @param {Uint16Array} scores by row
 * @returns {Uint32Array}
 */
export function byScore(rows, scores) {
  let highest = 0;
  for (let place = 0; place < rows.length; place += 1) highest = Math.max(highest, scores[rows[place] ?? 0] ?? 0);
  const buckets = new Uint32Array(rows.length);
  for (let place = 0; place < rows.length; place += 1) buckets[place] = highest - (scores[rows[place] ?? 0] ?? 0);
  return inBuckets(rows, buckets, highest + 1);
}

/**
 * Return rows in the order of all rows.
 * @param {Uint32Array} rows
 * @param {Uint32Array} all
 * @returns {Uint32Array}
 */
export function byPlace(rows, all) {
  const wanted = new Uint8Array(all.length);
  for (let place = 0; place < rows.length; place += 1) wanted[rows[place] ?? 0] = 1;
  const sorted = new Uint32Array(rows.length);
  let size = 0;
  for (let place = 0; place < all.length; place += 1) {
    const row = all[place] ?? 0;
    if (!wanted[row]) continue;
    sorted[size] = row;
    size += 1;
  }
  return sorted;
}

/**
 * Return all rows in an order: the soonest deadline first, or the highest pay; what is not stated comes last.
 * @param {Collection} collection
 * @param {Order} order
 * @returns {Uint32Array}
 */
export function placesBy(collection, order) {
  const orders = known.get(collection) ?? {};
  known.set(collection, orders);
  return (orders[order] ??= placed(collection, order));
}

/**
 * @param {Collection} collection
 * @param {Order} order
 * @returns {Uint32Array}
 */
function placed({ closing, pay }, order) {
  const soonest = () => closing.values.map(([, , , seconds, dated]) => (dated ? seconds : LAST));
  const highest = () => pay.values.map(([, low, high, stated]) => (-(high || low) || (stated ? LAST - 1 : LAST)));
  const [ranks, { of }] = order === "closing" ? [soonest(), closing] : [highest(), pay];
  const distinct = [...new Set(ranks)].sort((one, other) => one - other);
  const places = new Map(distinct.map((rank, place) => [rank, place]));
  const buckets = of.map((value) => places.get(ranks[value] ?? LAST) ?? 0);
  return inBuckets(Uint32Array.from(of.keys()), buckets, distinct.length);
}

/**
 * Return rows by the numbers of their buckets; within one they keep their order.
 * @param {Uint32Array} rows
 * @param {Uint32Array} buckets one for each of the rows
 * @param {number} count of buckets
 * @returns {Uint32Array}
 */
function inBuckets(rows, buckets, count) {
  const starts = new Uint32Array(count + 1);
  for (let place = 0; place < buckets.length; place += 1) {
    const next = (buckets[place] ?? 0) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let place = 1; place <= count; place += 1) starts[place] = (starts[place] ?? 0) + (starts[place - 1] ?? 0);
  const sorted = new Uint32Array(rows.length);
  for (let number = 0; number < rows.length; number += 1) {
    const bucket = buckets[number] ?? 0;
    const place = starts[bucket] ?? 0;
    sorted[place] = rows[number] ?? 0;
    starts[bucket] = place + 1;
  }
  return sorted;
}
