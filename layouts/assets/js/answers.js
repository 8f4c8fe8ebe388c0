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
 * @returns {Promise<Answer[]>} what the reader wrote comes before what may be meant by it
 */
export async function answersTo(query, about) {
  const paid = withPay(query, about);
  const found = [paid && (await byPay(paid, about))];
  // Pay that can be asked for by a filter is nothing to look for in texts.
  if (about.isEmpty) found.push(await inOtherState(query, about), await withOtherWords(paid ? { ...query, text: paid.text } : query, about));
  return found.filter((answer) => answer !== null);
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
