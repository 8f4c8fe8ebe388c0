/**
 * The reader's own marks on rows of a list: new, seen, saved.
 * Owns the marks and the save button; refuses to know where rows come from.
 */

import { button, make, part, say, textIn } from "./dom.js";
import { isNew } from "./store.js";

/** @import { Site } from "./site.js" */
/** @import { Saved, Store } from "./store.js" */

const SAVED_CHANGED = "hiring-hall:saved";
/** What an address ends with that leads to what is saved. */
export const SAVED_PANEL = "saved";

/** Tell the page that a posting is saved, or no longer. */
export function tellSaved() {
  document.dispatchEvent(new Event(SAVED_CHANGED));
}

/**
 * Do something whenever what is saved has changed: here, in another tab, or before the reader came back.
 * @param {() => void} act
 */
export function whenSaved(act) {
  document.addEventListener(SAVED_CHANGED, act);
  addEventListener("storage", act);
  addEventListener("pageshow", (event) => event.persisted && act());
}

export class Marks {
  /**
   * @param {Site} site
   * @param {Store} store
   */
  constructor(site, store) {
    this.site = site;
    this.store = store;
    this.mark = store.lastVisit();
    this.seen = store.seen();
    this.saved = slugs(store);
  }

  /** Mark the rows that the page came with, and keep all marks true from then on. */
  start() {
    const rows = () => [...document.querySelectorAll("[data-list] [data-slug]")].filter((row) => row instanceof HTMLElement);
    for (const row of rows()) this.put(row);
    this.#leaveMark(rows());
    whenSaved(() => {
      this.seen = this.store.seen();
      this.saved = slugs(this.store);
      for (const row of rows()) this.put(row);
    });
  }

  /**
   * Put the marks on one row.
   * @param {HTMLElement} row
   */
  put(row) {
    const slug = row.dataset["slug"];
    const place = part(row, "marks") ?? this.#begin(row);
    if (!place || !slug) return;
    part(place, "unsaved")?.remove();
    const state = this.seen.has(slug) ? "seen" : isNew(this.mark, slug, row.dataset["added"] ?? "") ? "new" : "";
    if ((place.dataset["state"] ?? "") !== state) {
      place.dataset["state"] = state;
      place.querySelector(".mark")?.remove();
      if (state) place.prepend(make("span", { class: `mark mark-${state}` }, this.site.words.text(`script.${state}`)));
    }
    label(place.lastElementChild, nameOfRow(row, this.site), this.site, this.saved.has(slug));
  }

  /**
   * @param {HTMLElement} row
   * @returns {HTMLElement | undefined} the place of its marks
   */
  #begin(row) {
    if (!this.store.isThere) return;
    const save = saveButton(() => rowPosting(row), nameOfRow(row, this.site), this.site, this.store, false);
    return row.querySelector(".row-side")?.appendChild(make("div", { class: "row-marks", "data-marks": true }, save));
  }

  /**
   * Note what the newest day of the list is, for the next visit; only the first page of the index can tell.
   * @param {HTMLElement[]} rows
   */
  #leaveMark(rows) {
    if (location.pathname !== this.site.root) return;
    const days = rows.map((row) => row.dataset["added"] ?? "");
    const day = days.reduce((newest, other) => (other > newest ? other : newest), "");
    const here = rows.filter((row) => row.dataset["added"] === day).map((row) => row.dataset["slug"] ?? "");
    // Where the page holds nothing older, the next one may go on with the same day.
    const isWhole = here.length < rows.length || !document.querySelector("nav.pager");
    if (day) this.store.visit({ day, slugs: isWhole ? here : null });
  }
}

/**
 * Make a button that saves a posting, or no longer.
 * @param {() => Saved} posting
 * @param {string} name
 * @param {Site} site
 * @param {Store} store
 * @param {boolean} saved
 * @returns {HTMLButtonElement}
 */
export function saveButton(posting, name, site, store, saved) {
  const made = button("", () => {
    const wanted = posting();
    const was = store.isSaved(wanted.slug);
    const is = store.toggle(wanted);
    label(made, nameOf(wanted, site), site, is);
    part(document, "unsaved")?.remove();
    if (is !== was) tellSaved();
    else made.before(make("p", { class: "unsaved", role: "alert", "data-unsaved": true }, site.words.text("script.saved.full")));
  }, { class: "save" });
  label(made, name, site, saved);
  return made;
}

/**
 * Make a link to what is saved, for a page that shows none of it; it is seen while anything is.
 * @param {Site} site
 * @param {Store} store
 * @returns {HTMLAnchorElement}
 */
export function savedLink({ root, words }, store) {
  const made = make("a", { class: "saved-link", href: `${root}#${SAVED_PANEL}` });
  const show = () => {
    const count = store.saved().length;
    made.toggleAttribute("data-none", count === 0);
    made.textContent = `${words.text("script.saved.title")} (${words.number(count)})`;
  };
  show();
  whenSaved(show);
  return made;
}

/**
 * Make a button that saves postings be that of a posting. Its name is an attribute: words that are there but not
 * seen would be clipped anew, one button after another, whenever rows are painted.
 * @param {Element | null} element
 * @param {string} name
 * @param {Site} site
 * @param {boolean} saved
 */
export function label(element, name, { words }, saved) {
  const [save, done] = [words.text("script.save"), words.text("script.is-saved")];
  const [word, other] = saved ? [done, save] : [save, done];
  say(element, word);
  const is = { "aria-label": `${word} ${name}`, "aria-pressed": String(saved), "data-other": other };
  for (const [attribute, value] of Object.entries(is)) if (element?.getAttribute(attribute) !== value) element?.setAttribute(attribute, value);
}

/**
 * Name a posting: many employers give theirs the same title.
 * @param {{title: string, organization: string}} posting
 * @param {Site} site
 */
export function nameOf({ title, organization }, { words }) {
  return words.listed([title, organization]);
}

/**
 * @param {HTMLElement} row
 * @param {Site} site
 */
function nameOfRow(row, site) {
  return nameOf({ title: textIn(row, "h3"), organization: textIn(row, ".row-org") }, site);
}

/**
 * @param {HTMLElement} row
 * @returns {Saved}
 */
function rowPosting(row) {
  const closes = Date.parse(row.dataset["closes"] ?? "") / 1000;
  // Where a posting has closed, the row says when it did.
  const deadline = row.dataset["state"] === "open" ? row.querySelector(".row-when time") : null;
  return {
    slug: row.dataset["slug"] ?? "",
    title: textIn(row, "h3"),
    organization: textIn(row, ".row-org"),
    place: textIn(row, ".row-place"),
    pay: textIn(row, ".row-pay"),
    deadline: deadline?.textContent?.trim() ?? "",
    closes: Number.isFinite(closes) ? closes : 0,
    dated: deadline !== null,
  };
}

/** @param {Store} store */
function slugs(store) {
  return new Set(store.saved().map((saved) => saved.slug));
}
