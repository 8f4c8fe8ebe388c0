/**
 * What is being filtered by, in words, each with a button that takes it away.
 * Owns the naming of filters; refuses to know what a filter does.
 */

import { button, make } from "./dom.js";
import { FACETS, choose, emptyQuery } from "./query.js";

/** @import { Query } from "./query.js" */
/** @import { Site } from "./site.js" */
/** @typedef {{label: string, without: Query}} Filter */

/**
 * Name the filters in force.
 * @param {Query} query
 * @param {Site} site
 * @param {(facet: string, value: string) => string} labelOf
 * @returns {Filter[]}
 */
export function filtersOf(query, site, labelOf) {
  const text = query.text.trim();
  const { words } = site;
  /** @type {Filter[]} */
  const filters = [];
  if (text) filters.push({ label: words.text("script.chip.text", { text }), without: { ...query, text: "", page: 1 } });
  for (const facet of FACETS) {
    for (const value of query.chosen[facet] ?? []) {
      filters.push({ label: labelOf(facet, value), without: choose(query, facet, value, false) });
    }
  }
  if (query.minPay !== null) {
    const amount = words.money(query.minPay, site.currency);
    filters.push({ label: words.text(`script.chip.pay.${query.per}`, { amount }), without: { ...query, minPay: null, page: 1 } });
  }
  return filters;
}

/**
 * Show the filters as buttons.
 * @param {HTMLElement} place
 * @param {Filter[]} filters
 * @param {Query} query
 * @param {Site} site
 * @param {(query: Query, focus: boolean) => void} ask
 */
export function showChips(place, filters, query, site, ask) {
  const { words } = site;
  const had = [...place.querySelectorAll("button")].indexOf(/** @type {any} */ (document.activeElement));
  const chips = filters.map(({ label, without }) =>
    make("li", {}, button(label, () => ask(without, filters.length === 1), { class: "filter-chip", "aria-label": words.text("script.chip.remove", { name: label }) })),
  );
  const clear = button(words.text("script.chip.clear"), () => ask({ ...emptyQuery(query.state), sort: query.sort }, true), { class: "filter-clear" });
  place.replaceChildren(...(chips.length > 0 ? [make("ul", {}, ...chips), clear] : []));
  place.hidden = chips.length === 0;
  // The button that was pressed is gone: the next one takes its place.
  const buttons = place.querySelectorAll(".filter-chip");
  if (had >= 0 && buttons.length > 0) /** @type {HTMLElement} */ (buttons[Math.min(had, buttons.length - 1)]).focus();
}
