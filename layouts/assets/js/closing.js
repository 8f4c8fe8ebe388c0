// Takes away the way to apply once a posting has closed: before the first paint, or while the page is open.
// A classic script, because modules run after that; so it can import nothing.
{
  const article = /** @type {HTMLElement | null} */ (document.querySelector("article[data-closes]"));
  const { closes = "", closed = "", reason = "", leave = "", home = "", related = "" } = article?.dataset ?? {};
  const make = (/** @type {string} */ tag, /** @type {Record<string, string>} */ attributes, /** @type {(Node | string)[]} */ ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const look = (/** @type {string} */ role) => {
    if (!(Date.parse(closes) <= Date.now()) || article?.classList.contains("posting-closed")) return;
    const said = make("p", {}, `${reason} `, make("a", { href: home }, leave), ...(related ? [make("span", { class: "to-related" }, " · ", make("a", { href: "#related" }, related))] : []));
    article?.classList.add("posting-closed");
    article?.prepend(make("div", { class: "banner", role, "data-expired": "" }, make("p", { class: "banner-title" }, closed), said));
  };
  // Nobody is interrupted by what the page says from the start.
  look("note");
  const interrupt = () => look("alert");
  // A timer that is to wait for longer than 24 days, or for no instant, is over at once, and finds nothing passed.
  setTimeout(interrupt, Date.parse(closes) - Date.now());
  document.addEventListener("visibilitychange", interrupt);
}
