/**
 * Links between the pages of a long result, in the markup of `partials/pager.html`.
 * Owns which pages are named; refuses to know what is on them. A browser test holds the two markups together.
 */

import { link, make } from "./dom.js";

/** @import { Words } from "./site.js" */

const AROUND = 2;

/**
 * Return the pages to link from a page: both ends, and those around it.
 * @param {number} number
 * @param {number} last
 * @returns {number[]}
 */
export function shownPages(number, last) {
  const near = Array.from({ length: 2 * AROUND + 1 }, (_, place) => number - AROUND + place);
  return [...new Set([1, ...near.filter((page) => page >= 1 && page <= last), last])];
}

/**
 * Make the links from one page to others; nothing where there is but one.
 * @param {number} number
 * @param {number} last
 * @param {Words} words
 * @param {(page: number) => string} addressOf
 * @param {(page: number) => void} ask
 * @returns {HTMLUListElement | null}
 */
export function makePager(number, last, words, addressOf, ask) {
  if (last < 2) return null;
  /** @type {(page: number, text: string, attributes: Record<string, string>) => HTMLAnchorElement} */
  const linkTo = (page, text, attributes) => link(text, addressOf(page), () => ask(page), attributes);
  const beside = (/** @type {number} */ page, /** @type {string} */ key, /** @type {string} */ rel) =>
    page >= 1 && page <= last ? [make("li", {}, linkTo(page, words.text(key), { rel }))] : [];
  const shown = shownPages(number, last);
  const numbers = shown.flatMap((page, place) => [
    ...(place > 0 && page > (shown[place - 1] ?? 0) + 1 ? [make("li", { "aria-hidden": "true" }, "…")] : []),
    make("li", {}, linkTo(page, words.number(page), page === number ? { "aria-current": "page" } : {})),
  ]);
  return make("ul", {}, ...beside(number - 1, "pages.previous", "prev"), ...numbers, ...beside(number + 1, "pages.next", "next"));
}
