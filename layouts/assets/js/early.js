// Runs before the first paint: a page opened with a filter in its address must not flash the unfiltered list.
// Should the other scripts never come, the list is shown after all.
if (/[?&](q|location|arrangement|type|organization|tag|pay|closing|min_pay|state|sort|page)=/.test(location.search)) {
  document.documentElement.setAttribute("data-filtering", "");
  setTimeout(() => document.documentElement.removeAttribute("data-filtering"), 4000);
}
