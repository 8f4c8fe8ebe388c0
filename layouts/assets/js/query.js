/**
 * What a reader asks for, and its form in the address.
 * Owns the names of the parameters; refuses to know which values exist, or what the page looks like.
 */

import { wordsOf } from "./words.js";

/** @typedef {"open" | "closed"} State */
/** @typedef {"best" | "newest" | "closing" | "pay"} Sort */
/**
 * @typedef {object} Query
 * @property {string} text
 * @property {Readonly<Record<string, readonly string[]>>} chosen values by facet
 * @property {number | null} minPay in the site's currency per `per`, with cents
 * @property {string} per
 * @property {State} state
 * @property {Sort | null} sort null: best matches first where there is text, else newest first
 * @property {number} page from 1
 */

/** The parameter of each facet whose pages the site has, by the folder of these pages: `PARAMETERS` of `policies/addresses.py`. */
export const PARAMETERS = { locations: "location", arrangements: "arrangement", types: "type", organizations: "organization", tags: "tag" };
/** The facets in the order in which addresses and chips name them. */
export const FACETS = [...Object.values(PARAMETERS), "pay", "closing"];
export const PERIODS = ["hour", "day", "week", "month", "year"];
/** The value of every facet for what a posting does not say. */
export const NOT_STATED = "not-stated";
/** Days until a deadline. */
export const WINDOWS = [7, 30];
/** The values of the facets that only scripts serve. */
export const FIXED = { pay: ["stated", NOT_STATED], closing: [...WINDOWS.map(String), NOT_STATED] };
const SORTS = /** @type {readonly Sort[]} */ (["best", "newest", "closing", "pay"]);
export const STATES = /** @type {readonly State[]} */ (["open", "closed"]);
const VALUE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** More than anyone chooses one by one. */
const MOST_VALUES = 500;
const LONGEST_TEXT = 200;
/** Those around what a job must not show, as in `-"part time"`, are a part of the text. */
const QUOTES = /((?<!\S)[-\u2212]["“„][^"“”„]+["“”„]?)|["“”„«»]/g;
/** Of Arabic and of Persian; the last four bits of each are its figure. */
const ARABIC_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;

/**
 * The query of a page without parameters.
 * @param {State} state
 * @returns {Query}
 */
export function emptyQuery(state) {
  return { text: "", chosen: {}, minPay: null, per: "year", state, sort: null, page: 1 };
}

/**
 * Return the part of an address after the path with the present values of filters whose values have others now.
 * @param {string} search
 * @param {Readonly<Record<string, string>>} renamed by the former ones as in "tag=legal"
 * @returns {string} as it was where there are none
 */
export function withPresent(search, renamed) {
  const parameters = [...new URLSearchParams(search)];
  const present = parameters.map(([name, value]) => [name, renamed[`${name}=${value}`] ?? value]);
  return present.some(([, value], place) => value !== parameters[place]?.[1]) ? `?${new URLSearchParams(present)}` : search;
}

/**
 * Read a query from an address; what cannot be understood is left out.
 * @param {string} search the part of the address after the path
 * @param {State} home the state that the page shows without parameters
 * @returns {Query}
 */
export function parseQuery(search, home) {
  const parameters = new URLSearchParams(search);
  /** @type {Record<string, string[]>} */
  const chosen = {};
  for (const facet of FACETS) {
    const known = /** @type {Record<string, readonly string[]>} */ (FIXED)[facet];
    const values = new Set(parameters.getAll(facet).filter((value) => (known ? known.includes(value) : VALUE.test(value))));
    if (values.size > 0) chosen[facet] = [...values].slice(0, MOST_VALUES);
  }
  const per = parameters.get("per") || "year";
  return {
    text: (parameters.get("q") ?? "").slice(0, LONGEST_TEXT),
    chosen,
    // For a period that there is none of, an amount says nothing.
    minPay: PERIODS.includes(per) ? parseAmount(parameters.get("min_pay") ?? "") : null,
    per: oneOf(PERIODS, per) ?? "year",
    state: oneOf(STATES, parameters.get("state")) ?? home,
    sort: oneOf(SORTS, parameters.get("sort")),
    page: Math.max(1, Math.min(1e6, Number.parseInt(parameters.get("page") ?? "1", 10) || 1)),
  };
}

/**
 * Say whether an address names a filter that its query leaves out.
 * @param {string} search the part of the address after the path
 * @param {Query} query
 * @returns {boolean}
 */
export function leavesOut(search, query) {
  const parameters = new URLSearchParams(search);
  const isKept = (/** @type {string} */ facet) => parameters.getAll(facet).every((value) => !value || query.chosen[facet]?.includes(value));
  const isOther = (parameters.get("state") || query.state) !== query.state;
  return !FACETS.every(isKept) || isOther || (query.minPay === null && Boolean(parameters.get("min_pay")));
}

/**
 * Return the text that is searched for: what holds no word, such as a sign alone, asks for nothing. Words are looked
 * for wherever they stand: quotes, which say something else elsewhere, are none of it, save those behind a hyphen.
 * @param {Query} query
 * @returns {string}
 */
export function textOf({ text }) {
  return wordsOf(text).length > 0 ? text.replace(QUOTES, "$1").trim() : "";
}

/**
 * Write a query as the part of an address after the path: "" or "?…", one form for one query.
 * @param {Query} query
 * @param {State} home
 * @returns {string}
 */
export function formatQuery(query, home) {
  const parameters = new URLSearchParams();
  const text = textOf(query);
  if (text) parameters.append("q", text);
  for (const facet of FACETS) {
    for (const value of query.chosen[facet] ?? []) parameters.append(facet, value);
  }
  if (query.minPay !== null) {
    parameters.append("min_pay", String(query.minPay));
    parameters.append("per", query.per);
  }
  if (query.state !== home) parameters.append("state", query.state);
  const sort = sortOf(query);
  if (sort !== defaultSort(query)) parameters.append("sort", sort);
  if (query.page > 1) parameters.append("page", String(query.page));
  const written = parameters.toString();
  return written ? `?${written}` : "";
}

/**
 * The order in force.
 * @param {Query} query
 * @returns {Sort}
 */
export function sortOf(query) {
  const sort = query.sort ?? defaultSort(query);
  return sort === "best" && !textOf(query) ? "newest" : sort;
}

/**
 * Say whether a query leaves anything out of the list.
 * @param {Query} query
 * @returns {boolean}
 */
export function narrows(query) {
  return textOf(query) !== "" || FACETS.some((facet) => narrowsBy(query, facet));
}

/**
 * Say whether a query leaves anything out by one facet.
 * @param {Query} query
 * @param {string} facet
 * @returns {boolean}
 */
export function narrowsBy(query, facet) {
  return (query.chosen[facet] ?? []).length > 0 || (facet === "pay" && query.minPay !== null);
}

/**
 * Return the query with a value chosen or not; any change of filter leads back to the first page.
 * @param {Query} query
 * @param {string} facet
 * @param {string} value
 * @param {boolean} wanted
 * @returns {Query}
 */
export function choose(query, facet, value, wanted) {
  const others = (query.chosen[facet] ?? []).filter((other) => other !== value);
  return { ...query, page: 1, chosen: { ...query.chosen, [facet]: wanted ? [...others, value] : others } };
}

/**
 * Return the query without the values that do not exist.
 * @param {Query} query
 * @param {(facet: string, value: string) => boolean} exists
 * @returns {Query}
 */
export function prune(query, exists) {
  const chosen = Object.entries(query.chosen).map(([facet, values]) => [facet, values.filter((value) => exists(facet, value))]);
  return { ...query, chosen: Object.fromEntries(chosen) };
}

/**
 * Read an amount as people type it: "50,000", "50.000", "50k", "$25", "٥٠٬٠٠٠", "５００００", "5万". What is less than
 * nothing is no amount.
 * @param {string} text
 * @returns {number | null} with cents at most; null where there is no figure
 */
export function parseAmount(text) {
  const plain = text.trim().normalize("NFKC").replace(ARABIC_DIGITS, (digit) => String(digit.charCodeAt(0) & 15));
  const found = /^[^\d−-]{0,4}(\d[\d.,'’\s٬]*?)([.,٫]\d{1,2})?\s*([k万]?)\D*$/i.exec(plain);
  if (!found) return null;
  const whole = Number((found[1] ?? "").replace(/\D/g, ""));
  const times = found[3] ? (found[3] === "万" ? 10_000 : 1000) : 1;
  const amount = Math.round((whole + Number((found[2] ?? "").replace(/[,٫]/, "."))) * times * 100) / 100;
  return amount > 0 && amount < 1e9 ? amount : null;
}

/**
 * @param {Query} query
 * @returns {Sort}
 */
function defaultSort(query) {
  return textOf(query) ? "best" : "newest";
}

/**
 * @template {string} T
 * @param {readonly T[]} values
 * @param {string | null} value
 * @returns {T | null}
 */
function oneOf(values, value) {
  return values.find((known) => known === value) ?? null;
}
