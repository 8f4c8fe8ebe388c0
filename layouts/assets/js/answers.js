/**
 * What is offered to a reader whose search finds nothing: jobs that are closed, or open, and other words.
 * Owns what is offered, and in which order; refuses to know how it is shown. Fetched when it may be needed.
 */

/** @import { Query, State } from "./query.js" */
/** @import { Words } from "./site.js" */
/** @import { Volume } from "./volume.js" */
/** @typedef {{query: Query, label: string}} Answer */

/**
 * @param {Query} query that gives nothing
 * @param {Volume} volume of the state that is asked for
 * @param {number} now POSIX seconds
 * @param {Words} words
 * @param {(query: Query) => Promise<number>} countOf says how many jobs a query gives
 * @returns {Promise<{answers: Answer[], isWhole: boolean}>} what the reader wrote comes before what may be meant by it;
 *   not whole where something could not be fetched, which takes no other answer with it
 */
export async function answersTo(query, volume, now, words, countOf) {
  const found = await Promise.allSettled([inOtherState(query, words, countOf), withOtherWords(query, volume, now, words)]);
  const answers = found.map((one) => (one.status === "fulfilled" ? one.value : null)).filter((answer) => answer !== null);
  return { answers, isWhole: found.every(({ status }) => status === "fulfilled") };
}

/**
 * Offer what fits among closed postings where none is open, and the other way round.
 * @param {Query} query
 * @param {Words} words
 * @param {(query: Query) => Promise<number>} countOf
 * @returns {Promise<Answer | null>}
 */
async function inOtherState(query, words, countOf) {
  /** @type {State} */
  const state = query.state === "open" ? "closed" : "open";
  const other = { ...query, state };
  const count = await countOf(other);
  return count > 0 ? { query: other, label: words.plural(`script.instead.${state}`, count) } : null;
}

/**
 * Offer words that find something.
 * @param {Query} query
 * @param {Volume} volume
 * @param {number} now POSIX seconds
 * @param {Words} words
 * @returns {Promise<Answer | null>}
 */
async function withOtherWords(query, volume, now, words) {
  const text = await volume.instead(query, now);
  return text ? { query: { ...query, text }, label: words.text("script.instead.text", { text }) } : null;
}
