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

const FIRST_ROWS = 3;
const MORE_ROWS = 8;
const KEPT_ROWS = 400;
const QUIET = 500;
const OWN = "own";

export class Results {
  /** @type {Map<string, HTMLElement>} */
  #made = new Map();
  #key = OWN;
  /** @type {(place: number) => Node} */
  #rowAt = () => this.list;
  #showPagesLast = () => {};

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
      rows: [...list.children],
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
    const { rows, pages } = this.own;
    const rowAt = (/** @type {number} */ place) => {
      const row = /** @type {HTMLElement} */ (rows[place]);
      this.marks.put(row);
      return row;
    };
    this.#fill(OWN, rows.length, rowAt, () => this.pager.replaceChildren(...pages));
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
    const rows = found.subarray((page - 1) * pageSize, page * pageSize);
    const showPages = () => this.#showPages({ ...query, page }, last);
    this.#fill(`${collection.name} ${rows.join()}`, rows.length, (place) => this.#element(collection, rows[place] ?? 0, about), showPages);
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
   * The rows near the top are there at once; the others follow when these have been painted. The rows that are
   * there already stay, so that nothing moves under a reader who is further down.
   * @param {string} key the same for the same rows
   * @param {number} count
   * @param {(place: number) => Node} rowAt
   * @param {() => void} showPages called with the last rows
   */
  #fill(key, count, rowAt, showPages) {
    this.#rowAt = rowAt;
    if (key === this.#key) {
      [...this.list.children].forEach((row, place) => {
        const wanted = rowAt(place);
        if (wanted !== row) row.replaceWith(wanted);
      });
      if (this.list.children.length === count) showPages();
      else this.#showPagesLast = showPages;
      return;
    }
    this.#key = key;
    this.#showPagesLast = showPages;
    if (this.frame) cancelAnimationFrame(this.frame);
    this.list.replaceChildren(...this.#rows(0, Math.min(FIRST_ROWS, count)));
    const more = () => {
      const there = this.list.children.length;
      this.list.append(...this.#rows(there, Math.min(there + MORE_ROWS, count)));
      if (there + MORE_ROWS < count) this.frame = requestAnimationFrame(more);
      else this.#showPagesLast();
    };
    if (FIRST_ROWS >= count) showPages();
    else this.frame = requestAnimationFrame(() => (this.frame = requestAnimationFrame(more)));
  }

  /**
   * @param {number} start
   * @param {number} end
   */
  #rows(start, end) {
    return Array.from({ length: end - start }, (_, place) => this.#rowAt(start + place));
  }

  /**
   * @param {Collection} collection
   * @param {number} row
   * @param {About} about
   * @returns {HTMLElement}
   */
  #element(collection, row, { now, hidden }) {
    const key = `${collection.name}/${row}`;
    let made = this.#made.get(key);
    if (!made) {
      if (this.#made.size >= KEPT_ROWS) this.#made.clear();
      made = makeRow(collection, row, this.site, now);
      this.#made.set(key, made);
    }
    this.marks.put(made);
    this.hits.mark(made, hidden(row));
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
