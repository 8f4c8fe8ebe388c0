/**
 * One button in place of the facets and the order, where a window has no room for them above the list.
 * Owns whether they are in sight there; refuses to know what they do. A wide window shows them all, without it.
 */

import { button, part, say } from "./dom.js";

/** @import { Words } from "./site.js" */

/** As in the style sheets. */
const NARROW = "(max-width: 39.99rem)";

export class Fold {
  /**
   * @param {HTMLElement} root holds the controls
   * @param {Words} words
   */
  constructor(root, words) {
    this.root = root;
    this.words = words;
    this.button = button("", () => this.set(root.dataset["fold"] === "closed"), { class: "filter-toggle" });
    part(root, "bar")?.append(this.button);
    this.say(0);
    this.set(false);
    const focus = focusIn(root);
    // What has the focus when the window narrows stays in sight.
    matchMedia(NARROW).addEventListener("change", () => {
      const had = focus();
      if (!had?.closest("[data-facet], .filter-sort")) return;
      this.set(true);
      had.focus();
    });
  }

  /** @param {number} count of the filters that are behind the button */
  say(count) {
    const { words } = this;
    say(this.button, count > 0 ? words.text("script.filters.active", { count: words.number(count) }) : words.text("script.filters.none"));
  }

  /** @param {boolean} open whether what is behind the button is in sight */
  set(open) {
    this.root.dataset["fold"] = open ? "open" : "closed";
    this.button.setAttribute("aria-expanded", String(open));
  }
}

/**
 * Put a panel last among the facets, or beside the button where these are folded: in the order in which it is seen.
 * @param {HTMLElement} root
 * @param {HTMLElement} panel
 */
export function placeBeside(root, panel) {
  const narrow = matchMedia(NARROW);
  const focus = focusIn(panel);
  const put = () => {
    const had = focus();
    part(root, narrow.matches ? "bar" : "browse")?.append(panel);
    had?.focus();
  };
  narrow.addEventListener("change", put);
  put();
}

/**
 * What is not rendered loses the focus, in some cases before a script hears that the window has another width.
 * @param {HTMLElement} root
 * @returns {() => HTMLElement | null} what in it has the focus, or had it until it was not rendered any more
 */
function focusIn(root) {
  /** @type {HTMLElement | null} */
  let focused = null;
  root.addEventListener("focusin", ({ target }) => (focused = /** @type {HTMLElement} */ (target)));
  root.addEventListener("focusout", () => focused && focused.getClientRects().length > 0 && (focused = null));
  return () => focused;
}
