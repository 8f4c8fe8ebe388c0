/**
 * The postings that the reader has saved, side by side, with a way to take them along.
 * Owns the panel and its order; refuses to send anything anywhere: the files are made in the browser.
 */

import { button, download, everyMinute, make } from "./dom.js";
import { placeBeside } from "./fold.js";
import { SAVED_PANEL, nameOf, tellSaved, whenSaved } from "./marks.js";
import { at, placeOf } from "./rows.js";

/** @import { Library } from "./library.js" */
/** @import { Site, Words } from "./site.js" */
/** @import { Saved, Store } from "./store.js" */

const LAST = Number.MAX_SAFE_INTEGER;

/**
 * Show the panel of saved postings, and keep it true.
 * @param {HTMLElement} root holds the controls of the list
 * @param {Site} site
 * @param {Store} store
 * @param {Library} library
 */
export function startSaved(root, site, store, library) {
  const { words } = site;
  const count = make("span", { class: "count" });
  const list = make("ul", { class: "saved-list" });
  const none = make("p", {}, words.text("script.saved.none"));
  const status = make("p", { role: "status" });
  const tools = make(
    "p",
    { class: "saved-tools" },
    button(words.text("script.saved.calendar"), () => void exportCalendar(site, store, status), { class: "button button-quiet" }),
    button(words.text("script.saved.csv"), () => void exportCsv(site, store, status), { class: "button button-quiet" }),
  );
  const summary = make("summary", {}, `${words.text("script.saved.title")} `, count);
  const panel = make("details", { class: "browse-group saved", id: SAVED_PANEL, name: "browse" }, summary, make("div", { class: "browse-panel" }, none, list, tools, status));
  /** @type {Saved[]} */
  let shown = [];
  let state = "";
  const show = () => {
    const saved = inOrder(store);
    // Other tabs store more than this; what stays as it is keeps the focus.
    const before = state;
    state = JSON.stringify(saved.map((posting) => [posting, hasPassed(posting)]));
    if (state === before) return;
    const focused = document.activeElement;
    const place = [...list.children].findIndex((item) => item.contains(focused));
    const still = saved.findIndex(({ slug }) => slug === shown[place]?.slug);
    shown = saved;
    status.textContent = "";
    count.textContent = words.number(saved.length);
    none.hidden = saved.length > 0;
    tools.hidden = saved.length === 0;
    list.replaceChildren(...saved.map((posting) => item(posting, site, store)));
    if (place < 0 || !focused) return;
    const next = list.children[still < 0 ? Math.min(place, saved.length - 1) : still];
    /** @type {HTMLElement} */ (next?.querySelector(focused.localName) ?? summary).focus();
  };
  placeBeside(root, panel);
  show();
  panel.addEventListener("toggle", () => {
    if (panel.open) void renew(site, store, library).then(show, show);
  });
  if (location.hash === `#${SAVED_PANEL}`) {
    panel.open = true;
    summary.focus();
  }
  whenSaved(show);
  // A deadline can pass while the panel is open.
  everyMinute(show);
}

/**
 * Keep what the lists say now: since a posting was saved, its deadline may have moved, or the job been filled.
 * @param {Site} site
 * @param {Store} store
 * @param {Library} library
 */
async function renew({ words }, store, library) {
  /** @type {Map<string, Partial<Saved>>} */
  const known = new Map();
  for (const name of ["open", "closed"]) {
    const unknown = store.saved().filter(({ slug }) => !known.has(slug));
    if (unknown.length === 0) break;
    const { collection } = await library.open(name);
    for (const { slug } of unknown) {
      const row = collection.slugs.indexOf(slug);
      if (row < 0) continue;
      const [text, , rolling, closes, dated, reason] = at(collection.closing, row);
      const isEnded = reason === "filled" || reason === "withdrawn";
      const closing = isEnded ? { deadline: words.text(`closed.${reason}`), closes: 0, dated: false } : { deadline: text, closes, dated };
      const deadline = closing.deadline || (rolling ? words.text("list.no-deadline-rolling") : "");
      const pay = at(collection.pay, row)[0] || words.text("list.pay-not-stated");
      known.set(slug, { place: placeOf(collection, row, words), pay, ...closing, deadline });
    }
  }
  store.renew(known);
}

/**
 * Return what is saved: the soonest deadline first, what is over last.
 * @param {Store} store
 * @returns {Saved[]}
 */
function inOrder(store) {
  const rank = (/** @type {Saved} */ posting) => (isOver(posting) ? LAST : posting.dated ? posting.closes : LAST - 1);
  return store.saved().sort((one, other) => rank(one) - rank(other));
}

/**
 * @param {Saved} posting
 * @param {Site} site
 * @param {Store} store
 */
function item(posting, site, store) {
  const { words } = site;
  const remove = button(words.text("script.saved.remove"), () => {
    // Safari does not focus what is clicked; the focus goes on to the next item.
    remove.focus();
    store.toggle(posting);
    tellSaved();
  }, { class: "save", "aria-label": words.labelled(words.text("script.saved.remove"), nameOf(posting, site)) });
  const { slug, title, organization, place = "", pay = "" } = posting;
  const link = make("a", { href: `${site.root}jobs/${slug}/` }, title);
  const unstated = [words.text("list.pay-not-stated"), words.text("list.deadline-not-stated")];
  const lines = [organization, place, pay, whenOf(posting, words)].map((text) => make("p", unstated.includes(text) ? { class: "unstated" } : {}, text));
  return make("li", {}, make("div", {}, link, ...lines), remove);
}

/**
 * @param {Saved} posting
 * @param {Words} words
 */
function whenOf(posting, words) {
  const { deadline, dated } = posting;
  if (hasPassed(posting)) return words.text(dated ? "closed.deadline" : "closed.unconfirmed");
  if (dated) return `${words.text("list.closes")} ${deadline}`;
  return deadline || (isOver(posting) ? "" : words.text("list.deadline-not-stated"));
}

/** @param {Saved} posting */
function hasPassed(posting) {
  return posting.closes > 0 && isOver(posting);
}

/** @param {Saved} posting */
function isOver({ closes }) {
  return closes * 1000 <= Date.now();
}

/**
 * @param {Site} site
 * @param {Store} store
 * @param {HTMLElement} status where to say what could not be exported
 */
async function exportCsv({ root, words }, store, status) {
  const writer = await exporting(words, status);
  const head = ["title", "organization", "place", "pay", "deadline", "address"].map((name) => words.text(`script.saved.columns.${name}`));
  const rows = inOrder(store).map(({ slug, title, organization, place = "", pay = "", deadline }) => [title, organization, place, pay, deadline, new URL(`${root}jobs/${slug}/`, location.href).href]);
  if (writer) download("saved-jobs.csv", "text/csv;charset=utf-8", writer.csv([head, ...rows]));
}

/**
 * Join the calendar files that the site has for each posting with a deadline.
 * @param {Site} site
 * @param {Store} store
 * @param {HTMLElement} status
 */
async function exportCalendar({ root, words }, store, status) {
  const writer = await exporting(words, status);
  if (!writer) return;
  let isLost = false;
  const dated = inOrder(store).filter((saved) => saved.dated && !hasPassed(saved));
  const files = await Promise.all(
    dated.map(async (posting) => {
      const answer = await fetch(`${root}jobs/${posting.slug}/deadline.ics`).catch(() => null);
      if (!answer?.ok) isLost = true;
      return answer?.ok ? answer.text() : "";
    }),
  );
  const calendar = writer.joinCalendars(files);
  if (calendar) download("saved-jobs.ics", "text/calendar;charset=utf-8", calendar);
  if (isLost) status.textContent = words.text("script.saved.failed");
  else if (!calendar) status.textContent = words.text("script.saved.no-deadlines");
}

/**
 * Fetch what writes files: few readers want one.
 * @param {Words} words
 * @param {HTMLElement} status
 */
async function exporting(words, status) {
  status.textContent = "";
  const writer = await import("./exports.js").catch(() => null);
  if (!writer) status.textContent = words.text("script.saved.failed");
  return writer;
}
