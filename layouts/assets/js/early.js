// Runs before the first paint: a page opened with a filter in its address must not flash the unfiltered list,
// nor a list what has closed since the build.
// Should the other scripts never come, the list is shown after all.
{
  const root = document.documentElement;
  const filtered = /[?&](q|location|arrangement|type|organization|tag|pay|closing|min_pay|state|sort|page)=/.test(location.search);
  const show = () => root.removeAttribute("data-filtering");
  const slot = () => document.querySelector("[data-filter-slot]");
  const note = (/** @type {string | null | undefined} */ text) => {
    const said = document.createElement("p");
    said.className = "filter-note";
    said.setAttribute("role", "status");
    // Screen readers tell of what is written into a place that they know.
    requestAnimationFrame(() => setTimeout(() => (said.textContent = text ?? "")));
    return said;
  };
  // Nobody waits for ever, nor takes the whole list for the one asked for: what filters it takes this away.
  const late = () => {
    root.setAttribute("data-slow", "");
    if (!root.hasAttribute("data-filtering")) return;
    show();
    const said = note(slot()?.getAttribute("data-late"));
    said.setAttribute("data-late", "");
    document.querySelector("[data-list]")?.before(said);
  };
  // Where no job is open, the controls are there for what an address asks for alone.
  if (filtered || location.hash === "#saved") root.setAttribute("data-filtered", "");
  if (filtered) root.setAttribute("data-filtering", "");
  // What scripts will ask for once they have come is asked for now: a slow line waits for every round.
  const ahead = (/** @type {string} */ path, /** @type {Partial<HTMLLinkElement>} */ how) => {
    const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
    document.head.append(Object.assign(document.createElement("link"), { ...how, href: new URL(path, src).href }));
  };
  const asData = { rel: "preload", as: "fetch", crossOrigin: "anonymous" };
  ahead("../../search/site.json", asData);
  if (filtered) {
    const home = root.hasAttribute("data-closed") || location.pathname.endsWith("/archive/") ? "closed" : "open";
    const [, state = home] = /[?&]state=(open|closed)/.exec(location.search) ?? [];
    ahead(`../../search/${state}.json`, asData);
    for (const name of ["columns", "filter", "inflection", "order", "ranking", "shards", "terms", "volume"]) ahead(`${name}.js`, { rel: "modulepreload" });
  }
  setTimeout(late, 4000);
  let hasFailed = false;
  // How many are left needs words that have to be fetched; how many there were does not.
  const recount = () => {
    const [count, untold] = [document.querySelector("[data-then]"), document.querySelector("[data-passed]:empty")];
    if (!hasFailed || !untold) return;
    if (count) count.textContent = count.getAttribute("data-then");
    untold.removeAttribute("data-passed");
  };
  // The room kept for the controls goes, and a list that is not the one asked for is not passed off as it.
  const fail = () => {
    hasFailed = true;
    show();
    recount();
    document.querySelector(".filter-note[data-late]")?.remove();
    slot()?.replaceWith(...(filtered ? [note(slot()?.getAttribute("data-failed"))] : []));
  };
  addEventListener("hiring-hall:failed", fail);
  addEventListener("error", ({ target }) => target instanceof HTMLScriptElement && fail(), { capture: true });
  const language = `${root.lang}-u-nu-latn`;
  const dayOf = (/** @type {number} */ instant) => {
    const shown = new Date(instant);
    return Date.UTC(shown.getFullYear(), shown.getMonth(), shown.getDate());
  };
  /** @type {Record<number, string>} making a formatter takes longer than all else that is done for a row */
  const texts = {};
  const near = (/** @type {number} */ days) =>
    (texts[days] ??= days < 2 ? new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(days, "day") : new Intl.NumberFormat(language, { style: "unit", unit: "day", unitDisplay: "long" }).format(days));
  // As `Words.soon`.
  const mark = (/** @type {Element} */ row, /** @type {number} */ closes) => {
    const [said, time] = [row.querySelector(".badge"), row.querySelector("time")];
    const day = dayOf(closes - 60_000);
    if (!said || day !== Date.parse((time?.dateTime ?? "").slice(0, 10))) return;
    const text = near((day - dayOf(Date.now())) / 86_400_000);
    if (said.textContent !== text) said.textContent = text;
  };
  // Only until all rows are there: then they are the guards'.
  const reading = new MutationObserver(() => {
    for (const row of document.querySelectorAll("li[data-closes]:not([hidden])")) {
      const closes = Date.parse(row.getAttribute("data-closes") ?? "");
      mark(row, closes);
      if (!(closes <= Date.now())) continue;
      row.setAttribute("hidden", "");
      document.querySelector("[data-status]")?.setAttribute("data-passed", "");
    }
    recount();
  });
  reading.observe(root, { childList: true, subtree: true });
  addEventListener("DOMContentLoaded", () => reading.disconnect());
}
