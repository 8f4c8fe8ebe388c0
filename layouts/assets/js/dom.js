/**
 * Small helpers for making, changing and finding elements.
 * Owns the one way in which scripts make markup, always from text; refuses to know what it is for.
 */

const MINUTE = 60_000;

/**
 * What an element is to be.
 * @typedef {object} Shape
 * @property {keyof HTMLElementTagNameMap} tag
 * @property {Readonly<Record<string, string>>} attributes
 * @property {readonly (Shape | string)[]} children
 */

/**
 * Make an element with attributes and children; strings become text.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Readonly<Record<string, string | true>>} [attributes] true sets an empty attribute
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value === true ? "" : value);
  element.append(...children);
  return element;
}

/**
 * @param {keyof HTMLElementTagNameMap} tag
 * @param {Readonly<Record<string, string>>} attributes
 * @param {...(Shape | string)} children
 * @returns {Shape}
 */
export function shape(tag, attributes, ...children) {
  return { tag, attributes, children };
}

/**
 * Make an element of a shape.
 * @param {Shape} shape
 * @returns {HTMLElement}
 */
export function build({ tag, attributes, children }) {
  return make(tag, attributes, ...children.map(nodeOf));
}

/**
 * Give an element of one shape another. What is the same stays, so that it is neither styled nor laid out anew;
 * what others have put behind the children stays behind them.
 * @param {Element} element
 * @param {Shape} was
 * @param {Shape} is
 */
export function reshape(element, was, is) {
  for (const name of Object.keys(was.attributes)) if (!(name in is.attributes)) element.removeAttribute(name);
  for (const [name, value] of Object.entries(is.attributes)) if (was.attributes[name] !== value) element.setAttribute(name, value);
  is.children.forEach((child, place) => {
    const before = was.children[place];
    if (child === before) return;
    const there = element.childNodes[place] ?? null;
    if (before === undefined) element.insertBefore(nodeOf(child), there);
    else if (there instanceof Text && typeof child === "string") there.data = child;
    else if (there instanceof Element && typeof child !== "string" && typeof before !== "string" && child.tag === before.tag) reshape(there, before, child);
    else there?.replaceWith(nodeOf(child));
  });
  for (let place = was.children.length; place > is.children.length; place -= 1) element.childNodes[place - 1]?.remove();
}

/**
 * @param {Shape | string} child
 * @returns {Node}
 */
function nodeOf(child) {
  return typeof child === "string" ? new Text(child) : build(child);
}

/**
 * Make a button that does nothing but what is said here.
 * @param {string} label
 * @param {() => void} act
 * @param {Readonly<Record<string, string | true>>} [attributes]
 * @returns {HTMLButtonElement}
 */
export function button(label, act, attributes = {}) {
  const made = make("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", act);
  return made;
}

/**
 * Make a link that a script follows; with a key held down, the browser opens its address as it opens any.
 * @param {string} text
 * @param {string} address
 * @param {() => void} act
 * @param {Readonly<Record<string, string>>} [attributes]
 * @returns {HTMLAnchorElement}
 */
export function link(text, address, act, attributes = {}) {
  const made = make("a", { href: address, ...attributes }, text);
  made.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    act();
  });
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
 * Return the text of what a selector finds below an element; empty where there is none.
 * @param {ParentNode | null | undefined} within
 * @param {string} selector
 */
export function textIn(within, selector) {
  return within?.querySelector(selector)?.textContent?.trim() ?? "";
}

/**
 * Make an element say something. What it says already is left: it would be laid out, or read out, again.
 * @param {Element | null | undefined} element
 * @param {string} text
 */
export function say(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

/**
 * Wait until the browser has painted what was done just now. Out of sight, as in a tab opened behind this one, it
 * paints nothing, and there is nothing to wait for.
 * @returns {Promise<void>}
 */
export function painted() {
  return new Promise((done) => (document.hidden ? setTimeout(done) : requestAnimationFrame(() => setTimeout(done))));
}

/**
 * Do something every minute, and whenever the page comes into sight: on a page that stays open, deadlines pass.
 * @param {() => void} check also called when the page goes out of sight
 */
export function everyMinute(check) {
  setInterval(check, MINUTE);
  document.addEventListener("visibilitychange", check);
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
