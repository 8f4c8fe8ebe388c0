/**
 * A button in the open panel of a facet that says how many postings the filters give, and leads to them.
 * Owns where it stands; refuses to count. An open panel covers the list and its heading, where a wide page has them.
 */

import { button, make, say } from "./dom.js";

/** @import { Words } from "./site.js" */

export class ShowButton {
  /**
   * @param {HTMLElement} root holds the panels
   * @param {Words} words
   * @param {() => void} lead to the list, once the panel is closed
   */
  constructor(root, words, lead) {
    this.words = words;
    this.button = button("", () => this.#leave(lead), { class: "filter-show" });
    this.place = make("p", { hidden: true }, this.button);
    root.addEventListener("toggle", ({ target }) => this.#enter(/** @type {HTMLElement} */ (target)), { capture: true });
  }

  /** @param {string} count in words; none while nothing is filtered */
  say(count) {
    const text = count && this.words.text("script.show", { count });
    say(this.button, text);
    this.place.hidden = !text;
  }

  /** @param {HTMLElement} panel that was opened or closed */
  #enter(panel) {
    if (panel.dataset["facet"] && panel.hasAttribute("open")) panel.lastElementChild?.append(this.place);
  }

  /** @param {() => void} lead */
  #leave(lead) {
    this.place.closest("details")?.removeAttribute("open");
    lead();
  }
}
