/**
 * What is offered to a reader besides what a search finds: the filter that its words mean and, where it finds nothing,
 * jobs that are closed, or open, and other words. Each says how many jobs it gives, or is known to give some.
 * Owns what is offered, and in which order; refuses to know how it is shown. Fetched when it may be needed.
 */

import { payLabel } from "./chips.js";
import { payIn } from "./meaning.js";
import { choose } from "./query.js";

/** @import { Query, State } from "./query.js" */
/** @import { Site } from "./site.js" */
/** @import { Volume } from "./volume.js" */
/** @typedef {{query: Query, label: string}} Answer */
/**
 * @typedef {object} About
 * @property {Volume} volume of the state that is asked for
 * @property {Site} site
 * @property {boolean} isEmpty whether the search finds nothing
 * @property {number} now POSIX seconds
 * @property {(query: Query) => Promise<number>} countOf says how many jobs a query gives
 */

/**
 * @param {Query} query
 * @param {About} about
 * @returns {Promise<{answers: Answer[], isWhole: boolean}>} what the reader wrote comes before what may be meant by it;
 *   not whole where something could not be fetched, which takes no other answer with it
 */
export async function answersTo(query, about) {
  const paid = withPay(query, about);
  const sought = [paid && byPay(paid, about)];
  // Pay that can be asked for by a filter is nothing to look for in texts.
  if (about.isEmpty) sought.push(inOtherState(query, about), withOtherWords(paid ? { ...query, text: paid.text } : query, about));
  const found = await Promise.allSettled(sought);
  const answers = found.map((one) => (one.status === "fulfilled" ? one.value : null)).filter((answer) => answer !== null);
  return { answers, isWhole: found.every(({ status }) => status === "fulfilled") };
}

/**
 * Return a query with the pay that its words mean as a filter in their place; null where they mean none.
 * @param {Query} query
 * @param {About} about
 * @returns {Query | null}
 */
function withPay(query, { volume, site }) {
  const { currency: code, words } = site;
  const zero = new Intl.NumberFormat(words.locale, { style: "currency", currency: code, currencyDisplay: "narrowSymbol" }).formatToParts(0);
  const sign = zero.find(({ type }) => type === "currency")?.value ?? "";
  const meant = payIn(query.text, volume.collection.vocabulary, { sign, code });
  // Who writes a figure asks for jobs that state theirs.
  return meant && { ...choose(query, "pay", "stated", true), ...meant };
}

/**
 * Offer the filter for the pay that a search means.
 * @param {Query} paid
 * @param {About} about
 * @returns {Promise<Answer | null>}
 */
async function byPay(paid, { site, countOf }) {
  const { words } = site;
  const count = await countOf(paid);
  const jobs = words.plural(paid.state === "open" ? "list.count" : "archive.closed", count);
  return count > 0 ? { query: paid, label: words.text("script.instead.filter", { jobs, filter: payLabel(paid, site) }) } : null;
}

/**
 * Offer what fits among closed postings where none is open, and the other way round.
 * @param {Query} query
 * @param {About} about
 * @returns {Promise<Answer | null>}
 */
async function inOtherState(query, { site, countOf }) {
  /** @type {State} */
  const state = query.state === "open" ? "closed" : "open";
  const other = { ...query, state };
  const count = await countOf(other);
  return count > 0 ? { query: other, label: site.words.plural(`script.instead.${state}`, count) } : null;
}

/**
 * Offer words that find something.
 * @param {Query} query
 * @param {About} about
 * @returns {Promise<Answer | null>}
 */
async function withOtherWords(query, { volume, site, now }) {
  const text = await volume.instead(query, now);
  return text ? { query: { ...query, text }, label: site.words.text("script.instead.text", { text }) } : null;
}
