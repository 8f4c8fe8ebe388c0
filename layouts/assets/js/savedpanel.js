/**
 * The postings that the reader has saved, with a way to take them along.
 * Owns the panel; refuses to send anything anywhere: the files are made in the browser.
 */

import { button, download, make } from "./dom.js";
import { csv, joinCalendars } from "./exports.js";
import { placeBeside } from "./fold.js";
import { SAVED_CHANGED } from "./marks.js";

/** @import { Site } from "./site.js" */
/** @import { Saved, Store } from "./store.js" */

/**
 * Show the panel of saved postings, and keep it true.
 * @param {HTMLElement} root holds the controls of the list
 * @param {Site} site
 * @param {Store} store
 */
export function startSaved(root, site, store) {
  const { words } = site;
  const count = make("span", { class: "count" });
  const list = make("ul", { class: "saved-list" });
  const none = make("p", {}, words.text("script.saved.none"));
  const tools = make(
    "p",
    { class: "saved-tools" },
    button(words.text("script.saved.calendar"), () => void exportCalendar(site, store, tools), { class: "button button-quiet" }),
    button(words.text("script.saved.csv"), () => exportCsv(site, store), { class: "button button-quiet" }),
  );
  const summary = make("summary", {}, `${words.text("script.saved.title")} `, count);
  const panel = make("details", { class: "browse-group saved", name: "browse" }, summary, make("div", { class: "browse-panel" }, none, list, tools));
  const show = () => {
    const saved = store.saved();
    count.textContent = words.number(saved.length);
    none.hidden = saved.length > 0;
    tools.hidden = saved.length === 0;
    list.replaceChildren(...saved.map((posting) => item(posting, site, store, summary)));
  };
  placeBeside(root, panel);
  show();
  document.addEventListener(SAVED_CHANGED, show);
  addEventListener("storage", show);
  addEventListener("pageshow", (event) => event.persisted && show());
}

/**
 * @param {Saved} posting
 * @param {Site} site
 * @param {Store} store
 * @param {HTMLElement} home takes the focus when the item is gone
 */
function item(posting, site, store, home) {
  const { words } = site;
  const remove = button(words.text("script.saved.remove"), () => {
    store.toggle(posting);
    document.dispatchEvent(new CustomEvent(SAVED_CHANGED));
    home.focus();
  }, { class: "save", "aria-label": `${words.text("script.saved.remove")}: ${posting.title}` });
  const passed = posting.closes > 0 && posting.closes * 1000 <= Date.now();
  const when = passed ? words.text("script.passed") : posting.deadline;
  return make(
    "li",
    {},
    make("div", {}, make("a", { href: `${site.root}jobs/${posting.slug}/` }, posting.title), make("p", { class: "muted" }, [posting.organization, when].filter(Boolean).join(" · "))),
    remove,
  );
}

/**
 * @param {Site} site
 * @param {Store} store
 */
function exportCsv({ root, words }, store) {
  const head = ["title", "organization", "deadline", "address"].map((name) => words.text(`script.saved.columns.${name}`));
  const rows = store.saved().map(({ slug, title, organization, deadline }) => [title, organization, deadline, new URL(`${root}jobs/${slug}/`, location.href).href]);
  download("saved-jobs.csv", "text/csv;charset=utf-8", csv([head, ...rows]));
}

/**
 * Join the calendar files that the site has for each posting with a deadline.
 * @param {Site} site
 * @param {Store} store
 * @param {HTMLElement} place where to say that there is nothing to export
 */
async function exportCalendar({ root, words }, store, place) {
  const dated = store.saved().filter((saved) => saved.dated);
  const files = await Promise.all(
    dated.map(async ({ slug }) => {
      const answer = await fetch(`${root}jobs/${slug}/deadline.ics`).catch(() => null);
      return answer?.ok ? answer.text() : "";
    }),
  );
  const calendar = joinCalendars(files);
  if (calendar) download("saved-jobs.ics", "text/calendar;charset=utf-8", calendar);
  else if (!place.querySelector("[role=status]")) place.append(make("span", { role: "status" }, words.text("script.saved.no-deadlines")));
}
