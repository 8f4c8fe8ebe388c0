/**
 * Panels that open over the page close as readers expect: by Escape, or by going elsewhere.
 * Owns this habit; refuses to know what is in a panel.
 */

/** How long the panel that was left stays, in milliseconds: if it goes at once, Orca does not say where the focus is now. */
const LEAVING = 150;

/**
 * @param {Element} root holds `details` elements
 */
export function closeOnLeaving(root) {
  const opened = () => [...root.querySelectorAll("details[open]")];
  document.addEventListener("keydown", ({ key, target }) => {
    const panel = opened().find((open) => isAt(open, /** @type {Node} */ (target)));
    if (key !== "Escape" || !panel) return;
    panel.removeAttribute("open");
    panel.querySelector("summary")?.focus();
  });
  // A panel must hide neither what is clicked nor what the keyboard leads to.
  document.addEventListener("pointerdown", ({ target }) => close(opened(), (panel) => !panel.contains(/** @type {Node} */ (target))));
  document.addEventListener("focusin", () => {
    setTimeout(() => close(opened(), (panel) => !isAt(panel, document.activeElement ?? document.body)), LEAVING);
  });
}

/**
 * Say whether the focus is in a panel. What surrounds it has the focus when something in it was clicked that takes none.
 * @param {Element} panel
 * @param {Node} target
 */
function isAt(panel, target) {
  return panel.contains(target) || target.contains(panel);
}

/**
 * @param {readonly Element[]} opened
 * @param {(panel: Element) => boolean} isLeft
 */
function close(opened, isLeft) {
  for (const panel of opened) {
    // A panel that stands in the flow of the page covers nothing: closing it would move what was aimed at.
    const floats = panel.lastElementChild && getComputedStyle(panel.lastElementChild).position === "absolute";
    if (floats && isLeft(panel)) panel.removeAttribute("open");
  }
}
