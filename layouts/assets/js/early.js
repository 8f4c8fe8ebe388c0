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
    said.textContent = text ?? "";
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
  if (filtered) {
    root.setAttribute("data-filtering", "");
  }
  setTimeout(late, 4000);
  // The room kept for the controls goes, and a list that is not the one asked for is not passed off as it.
  const fail = () => {
    show();
    document.querySelector(".filter-note[data-late]")?.remove();
    slot()?.replaceWith(...(filtered ? [note(slot()?.getAttribute("data-failed"))] : []));
  };
  addEventListener("hiring-hall:failed", fail);
  addEventListener("error", ({ target }) => target instanceof HTMLScriptElement && fail(), { capture: true });
  // Only until all rows are there: then they are the guards'.
  const reading = new MutationObserver(() => {
    for (const row of document.querySelectorAll(".row[data-closes]:not([hidden])")) {
      if (!(Date.parse(row.getAttribute("data-closes") ?? "") <= Date.now())) continue;
      row.setAttribute("hidden", "");
      document.querySelector("[data-status]")?.setAttribute("data-passed", "");
    }
  });
  reading.observe(root, { childList: true, subtree: true });
  addEventListener("DOMContentLoaded", () => reading.disconnect());
}
