/**
 * Which feeds come nearest to the filter in force, shown where the page offers its own.
 * Owns this choice; refuses to know what is in a feed, or to offer one that the site does not have.
 */

import { distinctly } from "./chips.js";
import { make } from "./dom.js";
import { NOT_STATED, PARAMETERS, narrows } from "./query.js";

/** @import { Query, State } from "./query.js" */
/** @import { Site } from "./site.js" */
/** @typedef {{folder: string, label: string, hasCalendar: boolean}} Followed a list that has feeds, by its folder below the root */
/** @typedef {{type: string, host: string, name: string, text: string}} Kind of a feed: its media type, file and words; where it is, if an app is to open it */

const MOST = 5;
const DAY_CLOSING_SOON = 7;

/**
 * Name the lists with feeds that hold everything a query asks for, a list for each term of a facet.
 * @param {Query} query
 * @param {State} home the state of the page's own list, whose feeds the page offers anyway
 * @param {Site} site
 * @param {(facet: string, value: string) => string} labelOf
 * @returns {Followed[]}
 */
export function followed(query, home, { soonDays, words }, labelOf) {
  if (query.state === "closed") {
    return home === "closed" ? [] : [{ folder: "archive/", label: words.text("script.state.closed"), hasCalendar: false }];
  }
  const nameOf = distinctly(query, words, labelOf);
  const terms = Object.entries(PARAMETERS).flatMap(([folder, facet]) =>
    (query.chosen[facet] ?? [])
      // Postings without a tag, unlike those without a type, are filed nowhere.
      .filter((value) => facet !== "tag" || value !== NOT_STATED)
      .map((value) => ({ folder: `${folder}/${value}/`, label: nameOf(facet, value), hasCalendar: true })),
  );
  const closing = query.chosen["closing"] ?? [];
  const soon = closing.length === 1 && closing[0] === String(DAY_CLOSING_SOON) && soonDays >= DAY_CLOSING_SOON;
  if (soon) terms.push({ folder: "closing-soon/", label: labelOf("closing", String(DAY_CLOSING_SOON)), hasCalendar: false });
  if (terms.length === 0 && home === "closed") terms.push({ folder: "", label: words.text("script.state.open"), hasCalendar: true });
  return terms.slice(0, MOST);
}

/** The part of the page's panel of feeds that follows the filter. */
export class Subscribe {
  #shown = "";

  /**
   * @param {State} home
   * @param {Site} site
   */
  constructor(home, site) {
    this.home = home;
    this.site = site;
    this.own = /** @type {HTMLElement | null} */ (document.querySelector(".subscribe-panel .feeds"));
    this.kinds = [...(this.own?.querySelectorAll("a") ?? [])].map(kindOf);
    this.place = make("div", { class: "subscribe-filter", "data-subscribe": true, hidden: true });
    this.own?.before(this.place);
  }

  /**
   * Offer what comes nearest to a query.
   * @param {Query} query
   * @param {(facet: string, value: string) => string} labelOf
   */
  show(query, labelOf) {
    const lists = followed(query, this.home, this.site, labelOf);
    const narrowed = narrows(query) || query.state !== this.home;
    const state = JSON.stringify([lists, narrowed]);
    if (!this.own || state === this.#shown) return;
    this.#shown = state;
    this.place.hidden = !narrowed;
    const { words } = this.site;
    this.place.replaceChildren(
      ...(lists.length > 0 ? [make("p", {}, words.text("script.subscribe.filter")), make("ul", {}, ...lists.map((list) => this.#item(list)))] : []),
      make("p", { class: "muted" }, words.text(lists.length > 0 ? "script.subscribe.one-term" : "script.subscribe.none")),
      make("p", {}, words.text("script.subscribe.own")),
    );
  }

  /** @param {Followed} list */
  #item({ folder, label, hasCalendar }) {
    const kinds = this.kinds.filter(({ type }) => hasCalendar || type !== "text/calendar");
    const links = kinds.map(({ type, host, name, text }) =>
      make("a", { href: `${host}${this.site.root}${folder}${name}`, type }, text, make("span", { class: "visually-hidden" }, ` ${label}`)),
    );
    return make("li", {}, make("strong", {}, label), ...links);
  }
}

/**
 * @param {HTMLAnchorElement} link
 * @returns {Kind}
 */
function kindOf(link) {
  const href = link.getAttribute("href") ?? "";
  const [host = ""] = /^webcal:\/\/[^/]*/.exec(href) ?? [];
  return { type: link.type, host, name: href.split("/").at(-1) ?? "", text: link.textContent?.trim() ?? "" };
}
