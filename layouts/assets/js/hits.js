/**
 * Where in a posting's text the words of a search stand, shown under its row.
 * Owns fetching the texts, from the postings' own pages and only for rows in sight; refuses to know who asks.
 */

import { make, part } from "./dom.js";
import { contextOf } from "./words.js";

/** @import { Site } from "./site.js" */

/** The most characters of context on each side of a hit. */
const REACH = 70;
/** Twice the pixels of a character: what stands before a hit fills half a line. */
const HALF = 15;

export class Hits {
  /** @type {Map<string, Promise<string[]>>} */
  #texts = new Map();
  /** @type {WeakMap<Element, string>} the posting of a row, and the words */
  #wanted = new WeakMap();

  /** @param {Site} site */
  constructor(site) {
    this.site = site;
    this.watcher = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target, boundingClientRect } of entries) if (isIntersecting) this.#show(target, boundingClientRect.width);
    });
  }

  /** Texts that belong to another collection, or to another build of it, may say something else. */
  forget() {
    this.#texts.clear();
  }

  /**
   * Show under a row where its text has these words; no words take the line away.
   * @param {HTMLElement} row
   * @param {readonly string[]} words folded
   */
  mark(row, words) {
    const wanted = words.length > 0 ? [row.dataset["slug"], ...words].join() : "";
    if ((this.#wanted.get(row) ?? "") === wanted) return;
    const before = part(row, "hit");
    if (before) this.watcher.unobserve(before);
    before?.remove();
    this.#wanted.set(row, wanted);
    if (!wanted) return;
    const line = make("p", { class: "row-hit", "data-hit": true }, this.site.words.text("script.in-text"));
    row.querySelector(".row-main")?.append(line);
    this.watcher.observe(line);
  }

  /**
   * @param {Element} line
   * @param {number} width of the line, before whose end the hit has to stand
   */
  async #show(line, width) {
    this.watcher.unobserve(line);
    const row = line.closest("[data-slug]");
    if (!row) return;
    const [slug, ...words] = (this.#wanted.get(row) ?? "").split(",");
    const texts = await this.#text(slug ?? "");
    const { inflectionOf, searchFor } = await import("./inflection.js");
    const { number } = inflectionOf(this.site.words.locale.language);
    const searches = words.map((word) => searchFor(word, number));
    const isHit = (/** @type {string} */ word) => searches.some(({ fits }) => fits(word));
    const reach = Math.min(REACH, Math.round(width / HALF));
    const found = texts.map((text) => contextOf(text, isHit, reach, REACH)).find((hit) => hit !== null);
    if (found) line.replaceChildren(found.before, make("mark", {}, found.hit), found.after);
  }

  /**
   * @param {string} slug
   * @returns {Promise<string[]>} empty where the page cannot be had
   */
  #text(slug) {
    let text = this.#texts.get(slug);
    if (!text) {
      text = fetch(`${this.site.root}jobs/${slug}/`)
        .then((answer) => answer.text())
        .then(textsOf)
        .catch(() => []);
      this.#texts.set(slug, text);
    }
    return text;
  }
}

/**
 * Return the texts of a posting's page, which is parsed but never shown or run: each fact is one of its own, so that
 * none is shown as if it went on with another.
 * @param {string} html
 * @returns {string[]}
 */
function textsOf(html) {
  const article = new DOMParser().parseFromString(html, "text/html").querySelector("article");
  // The parts that a reader has before the eyes in the row come last.
  for (const block of article?.querySelectorAll("p, li, h1, h2, h3, h4, dt, dd, td, th") ?? []) block.append(" ");
  const prose = article?.querySelector(".prose");
  const texts = [prose, ...(article?.querySelectorAll("dd") ?? [])].map((part) => part?.textContent ?? "");
  return texts.map((text) => text.replace(/\s+/g, " ").trim());
}
