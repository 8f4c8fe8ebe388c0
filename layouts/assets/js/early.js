// Runs before the first paint: a page opened with a filter in its address must not flash the unfiltered list.
// Should the other scripts never come, the list is shown after all.
{
  const root = document.documentElement;
  const filtered = /[?&](q|location|arrangement|type|organization|tag|pay|closing|min_pay|state|sort|page)=/.test(location.search);
  const show = () => root.removeAttribute("data-filtering");
  if (filtered) {
    root.setAttribute("data-filtered", "");
    root.setAttribute("data-filtering", "");
    setTimeout(show, 4000);
  }
  // The room kept for the controls goes, and a list that is not the one asked for is not passed off as it.
  const fail = () => {
    show();
    const slot = document.querySelector("[data-filter-slot]");
    const said = document.createElement("p");
    said.className = "filter-note";
    said.setAttribute("role", "status");
    said.textContent = slot?.getAttribute("data-failed") ?? "";
    slot?.replaceWith(...(filtered ? [said] : []));
  };
  addEventListener("hiring-hall:failed", fail);
  addEventListener("error", ({ target }) => target instanceof HTMLScriptElement && fail(), { capture: true });
}
