/**
 * The entry: starts what the page at hand has markup for.
 * Owns nothing but the choice; every page works without it.
 */

import { part } from "./dom.js";
import { guardLists, warnIfStale } from "./guards.js";
import { Marks, savedLink } from "./marks.js";
import { closeOnLeaving } from "./panels.js";
import { fetchSite } from "./site.js";
import { Store } from "./store.js";

/**
 * @param {"localStorage" | "sessionStorage"} name
 * @returns {Storage | null} null where the reader's settings forbid it
 */
function storage(name) {
  try {
    return window[name];
  } catch {
    return null;
  }
}

// Scripts stand in a folder of their own below `assets/`: two folders up is the root of the site.
const root = new URL("../../", import.meta.url).pathname;
const store = new Store(storage("localStorage"), storage("sessionStorage"), root === "/" ? "" : `:${root}`);

const list = part(document, "list");
const filter = part(document, "filter");
const slot = part(document, "filter-slot");
// Where no job is open, the filter is there for an address that carries one.
const filters = list && filter && slot && (!document.querySelector(".empty") || document.documentElement.hasAttribute("data-filtered"));
const article = /** @type {HTMLElement | null} */ (document.querySelector("article[data-slug]"));

// What has passed is hidden first, without waiting for words.
const lists = guardLists();

for (const place of document.querySelectorAll(".page-head, [data-filter]")) closeOnLeaving(place);

// Fetched side by side: what is needed of the scripts does not wait for the words, nor these for them.
const missing = () => null;
const [site, filtering, posting] = await Promise.all([
  fetchSite(root).catch(missing),
  filters ? Promise.all([import("./filterpage.js"), import("./savedpanel.js")]).catch(missing) : null,
  article ? import("./postingpage.js").catch(missing) : null,
]);

if (site) {
  store.move(site.moved);
  const marks = new Marks(site, store);
  for (const built of lists) built.speak(site);
  marks.start();
  warnIfStale(site);
  const [built] = lists;
  if (filtering && built && filter && slot) {
    const [{ FilterPage }, { startSaved }] = filtering;
    const page = new FilterPage(filter, slot, built, site, marks);
    if (store.isThere) startSaved(filter, site, store, page.library);
    page.start();
  }
  const place = part(document, "saved");
  if (!filter && place && store.isThere) place.append(savedLink(site, store));
  if (posting && article) posting.startPosting(article, site, store);
}
// The page goes on as one without scripts.
if (!site || (filters && !filtering)) dispatchEvent(new Event("hiring-hall:failed"));
