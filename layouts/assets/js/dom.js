/**
 * Small helpers for making and finding elements.
 * Owns the one way in which scripts make markup, always from text; refuses to know what it is for.
 */

/**
 * Make an element with attributes and children; strings become text.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Readonly<Record<string, string | boolean>>} [attributes] true sets an empty attribute, false sets none
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/**
 * Make a button that does nothing but what is said here.
 * @param {string} label
 * @param {() => void} act
 * @param {Readonly<Record<string, string | boolean>>} [attributes]
 * @returns {HTMLButtonElement}
 */
export function button(label, act, attributes = {}) {
  const made = make("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", act);
  return made;
}

/**
 * Find an element below another by its data attribute.
 * @param {ParentNode} within
 * @param {string} name after `data-`
 * @returns {HTMLElement | null}
 */
export function part(within, name) {
  return within.querySelector(`[data-${name}]`);
}

/**
 * Wait until the browser has painted what was done just now.
 * @returns {Promise<void>}
 */
export function painted() {
  return new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}

/**
 * Hand a file to the reader.
 * @param {string} name
 * @param {string} type
 * @param {string} text
 */
export function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = make("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
