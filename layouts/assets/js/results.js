/**
 * The list, its pages and what is said about it.
 * Owns what stands where the page's own list stood; refuses to know why these rows are wanted.
 */

import { make, part } from "./dom.js";
import { Hits } from "./hits.js";
import { makePager } from "./pager.js";
import { sortOf } from "./query.js";
import { makeRow } from "./rows.js";

/** @import { Collection } from "./columns.js" */
/** @import { Marks } from "./marks.js" */
/** @import { Query } from "./query.js" */
/** @import { Site } from "./site.js" */
/**
 * @typedef {object} About what is known of a result besides its rows
 * @property {number} now POSIX seconds
 * @property {(row: number) => readonly string[]} hidden the words searched for that a row does not show
 * @property {readonly string[]} filters in words
 * @property {boolean} dropped whether the address held values that do not exist
 */

const FIRST_ROWS = 4;
const MORE_ROWS = 8;
const KEPT_ROWS = 400;
const QUIET = 500;

export class Results {
  /** @type {Map<string, HTMLElement>} */
  #made = new Map();

  /**
   * @param {HTMLElement} list
   * @param {Site} site
   * @param {Marks} marks
   * @param {(query: Query) => void} ask
   * @param {(query: Query) => string} addressOf
   */
  constructor(list, site, marks, ask, addressOf) {
    this.list = list;
    this.site = site;
    this.marks = marks;
    this.ask = ask;
    this.addressOf = addressOf;
    this.hits = new Hits(site);
    const section = list.parentElement ?? document.body;
    this.section = section;
    this.heading = part(section, "count");
    this.heading?.setAttribute("tabindex", "-1");
    this.status = part(section, "status");
    this.order = /** @type {HTMLElement | null} */ (section.querySelector(".list-head > .muted:not([data-status])"));
    this.pager = /** @type {HTMLElement} */ (section.querySelector("nav.pager")) ?? make("nav", { class: "pager", "aria-label": site.words.text("pages.label") });
    this.note = make("p", { class: "filter-note", hidden: true });
    list.before(this.note);
    list.after(this.pager);
    this.own = {
      rows: [...list.childNodes],
      pages: [...this.pager.childNodes],
      count: this.heading?.textContent ?? "",
      order: this.order?.textContent ?? "",
      title: document.title,
    };
  }

  /** Show what there is. */
  settle() {
    document.documentElement.removeAttribute("data-filtering");
    this.section.removeAttribute("aria-busy");
  }

  wait() {
    this.section.setAttribute("aria-busy", "true");
  }

  fail() {
    this.settle();
    this.#note(this.site.words.text("script.failed"));
    this.#say(this.site.words.text("script.failed"));
  }

  focus() {
    this.heading?.focus();
  }

  /** Put the page's own list back. */
  showOwn() {
    this.list.replaceChildren(...this.own.rows);
    this.pager.replaceChildren(...this.own.pages);
    this.#head(this.own.count, this.own.order);
    this.#note("");
    this.#say(this.own.count, this.own.title);
    this.settle();
  }

  /**
   * Show one page of the rows.
   * @param {Collection} collection
   * @param {Uint32Array} found
   * @param {Query} query
   * @param {About} about
   */
  show(collection, found, query, about) {
    const { pageSize, words } = this.site;
    const last = Math.max(1, Math.ceil(found.length / pageSize));
    const page = Math.min(query.page, last);
    this.#showRows(collection, found.subarray((page - 1) * pageSize, page * pageSize), about);
    this.#showPages({ ...query, page }, last);
    const count = words.plural(collection.name === "open" ? "list.count" : "archive.closed", found.length);
    const place = last > 1 ? words.text("list.page", { number: words.number(page), total: words.number(last) }) : "";
    this.#head(count, [words.text(`script.order.${collection.name}.${sortOf(query)}`), place].filter(Boolean).join(" · "));
    const note = [...(about.dropped ? [words.text("script.dropped")] : []), ...(found.length === 0 ? [words.text("script.none")] : [])].join(" ");
    this.#note(note);
    const title = about.filters.length > 0 ? `${count}: ${about.filters.join(", ")} – ${this.site.title}` : this.own.title;
    this.#say([count, place, note].filter(Boolean).join(". "), title);
    this.settle();
  }

  /**
   * The rows near the top are there at once; the others follow when these have been painted.
   * @param {Collection} collection
   * @param {Uint32Array} rows
   * @param {About} about
   */
  #showRows(collection, rows, { now, hidden }) {
    const element = (/** @type {number} */ row) => {
      const made = this.#element(collection, row, now);
      this.hits.mark(made, hidden(row));
      return made;
    };
    if (this.frame) cancelAnimationFrame(this.frame);
    this.list.replaceChildren(...Array.from(rows.subarray(0, FIRST_ROWS), element));
    let there = FIRST_ROWS;
    const more = () => {
      this.list.append(...Array.from(rows.subarray(there, there + MORE_ROWS), element));
      there += MORE_ROWS;
      if (there < rows.length) this.frame = requestAnimationFrame(more);
    };
    if (there < rows.length) this.frame = requestAnimationFrame(() => (this.frame = requestAnimationFrame(more)));
  }

  /**
   * @param {Collection} collection
   * @param {number} row
   * @param {number} now
   * @returns {HTMLElement}
   */
  #element(collection, row, now) {
    const key = `${collection.name}/${row}`;
    let made = this.#made.get(key);
    if (!made) {
      if (this.#made.size >= KEPT_ROWS) this.#made.clear();
      made = makeRow(collection, row, this.site, now);
      this.#made.set(key, made);
    }
    this.marks.put(made);
    return made;
  }

  /**
   * @param {Query} query
   * @param {number} last
   */
  #showPages(query, last) {
    const at = (/** @type {number} */ page) => ({ ...query, page });
    const pages = makePager(query.page, last, this.site.words, (page) => this.addressOf(at(page)), (page) => this.ask(at(page)));
    this.pager.replaceChildren(...(pages ? [pages] : []));
  }

  /**
   * @param {string} count
   * @param {string} order
   */
  #head(count, order) {
    if (this.heading) this.heading.textContent = count;
    if (this.order) this.order.textContent = order;
  }

  /** @param {string} text */
  #note(text) {
    this.note.textContent = text;
    this.note.hidden = !text;
  }

  /**
   * What is said here is read out by screen readers: not the result of every letter.
   * @param {string} text
   * @param {string} [title] of the page
   */
  #say(text, title) {
    clearTimeout(this.saying);
    this.saying = setTimeout(() => {
      if (title) document.title = title;
      if (this.status && this.status.textContent !== text) this.status.textContent = text;
    }, QUIET);
  }
}
