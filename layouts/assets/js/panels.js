/**
 * Panels that open over the page close as readers expect: by Escape, or by going elsewhere.
 * Owns this habit; refuses to know what is in a panel.
 */

/**
 * @param {Element} root holds `details` elements
 */
export function closeOnLeaving(root) {
  const opened = () => [...root.querySelectorAll("details[open]")];
  root.addEventListener("keydown", (event) => {
    const { key, target } = /** @type {KeyboardEvent} */ (event);
    const panel = /** @type {Element} */ (target).closest("details[open]");
    if (key !== "Escape" || !panel) return;
    panel.removeAttribute("open");
    panel.querySelector("summary")?.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    const target = /** @type {Node} */ (event.target);
    for (const panel of opened()) {
      // A panel that stands in the flow of the page covers nothing: closing it would move what was aimed at.
      const floats = panel.lastElementChild && getComputedStyle(panel.lastElementChild).position === "absolute";
      if (floats && !panel.contains(target)) panel.removeAttribute("open");
    }
  });
}
