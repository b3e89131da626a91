// Puts a page into the document: another one as a whole, or a newer form of the same one piece by piece.

import { wake } from "./islands.js";

/** What a page says in its head; all else there is the same on every page. */
const OWN_HEAD =
  'title, link[rel="canonical"], link[rel="prev"], link[rel="next"], meta[property], script[type="application/ld+json"], ' +
  'meta[name]:not([name="viewport"], [name="color-scheme"], [name="theme-color"])';

/** What a page of another build would load. */
const BUILD = 'link[rel="stylesheet"], link[rel="modulepreload"]';

// A field that is taken away with the focus in it says that it has changed. It asks nothing any more.
let swapping = false;
addEventListener("change", (event) => swapping && event.stopImmediatePropagation(), true);

/** The document of a page's HTML. */
export function parse(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

/** Whether a page is made for the styles and the code that are loaded here. */
export function fits(fresh) {
  const build = (page) => [...page.querySelectorAll(BUILD)].map((link) => link.getAttribute("href")).join();
  return build(fresh) === build(document);
}

/** Replaces the page by another one. */
export function replace(fresh) {
  swapHead(fresh);
  swapping = true;
  document.body.replaceChildren(...[...fresh.body.childNodes].map(copy));
  swapping = false;
  wake(document.body);
}

/**
 * Turns the page `old`, as it came, into `fresh`, and touches nothing in the document that is the same in both:
 * focus, scroll position, what was typed and what scripts have added stay. Returns the elements whose text
 * has changed.
 */
export function renew(old, fresh) {
  const changed = [];
  const held = hold();
  swapHead(fresh);
  swapping = true;
  morph(document.body, old.body, fresh.body, changed);
  swapping = false;
  held();
  wake(document.body);
  return changed.filter((element) => element.isConnected);
}

function swapHead(fresh) {
  for (const element of document.head.querySelectorAll(OWN_HEAD)) element.remove();
  document.head.append(...[...fresh.head.querySelectorAll(OWN_HEAD)].map(copy));
}

/** Changes `live`, which came as `old`, to `fresh`; returns the node that then stands there. */
function morph(live, old, fresh, changed) {
  if (old.isEqualNode(fresh)) return live;
  const same = old.nodeName === fresh.nodeName && live.nodeName === old.nodeName;
  if (same && live instanceof CharacterData) {
    live.data = fresh.data;
    if (live.parentElement) changed.push(live.parentElement);
    return live;
  }
  // What stands in it as it came, by name. What scripts have added has no name, and stays where it is.
  const before = new Map();
  if (same) {
    const came = named(old.childNodes);
    const stand = new Map(named(live.childNodes).map((name, at) => [name, live.childNodes[at]]));
    came.forEach((name, at) => stand.has(name) && before.set(name, [stand.get(name), old.childNodes[at]]));
  }
  // An island owns what is in it; and what scripts have taken from cannot be compared piece by piece.
  if (!same || live.localName === "leptos-island" || before.size < old.childNodes.length) {
    const node = copy(fresh);
    live.replaceWith(node);
    return node;
  }
  for (const { name } of old.attributes) if (!fresh.hasAttribute(name)) live.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) live.setAttribute(name, value);

  const freshNames = named(fresh.childNodes);
  const stay = new Set(freshNames);
  for (const [name, [node]] of before) if (!stay.has(name)) node.remove();
  let place = live.firstChild;
  [...fresh.childNodes].forEach((child, at) => {
    const [node, was] = before.get(freshNames[at]) ?? [];
    if (node === undefined) return live.insertBefore(copy(child), place);
    if (node !== place) live.insertBefore(node, place);
    place = morph(node, was, child, changed).nextSibling;
  });
  return live;
}

/** A name for each of some nodes, by which it is found again: its id, that of a row in it, or its place among its like. */
function named(nodes) {
  const counts = {};
  const seen = new Set();
  return [...nodes].map((node) => {
    const id = node.id || (node.localName === "li" && node.querySelector("[id]")?.id);
    if (id && !seen.has(id)) {
      seen.add(id);
      return `#${id}`;
    }
    counts[node.nodeName] = (counts[node.nodeName] ?? 0) + 1;
    return `${node.nodeName} ${counts[node.nodeName]}`;
  });
}

/** Holds on to what the reader has done to the page; the returned function gives back what was lost. */
function hold() {
  const active = document.activeElement;
  const selection = active?.selectionStart;
  const opened = [...document.querySelectorAll(":popover-open")];
  const typed = [...document.querySelectorAll("main :is(input, select, textarea)[id]")].filter(isTyped);
  return () => {
    const again = (element) => (element.isConnected || !element.id ? null : document.getElementById(element.id));
    for (const element of typed) fill(again(element), element);
    for (const element of opened) again(element)?.showPopover?.();
    const focus = active && again(active);
    focus?.focus({ preventScroll: true });
    if (focus && Number.isInteger(selection)) focus.setSelectionRange?.(selection, active.selectionEnd);
  };
}

/** Whether a control holds something else than it came with. */
function isTyped(control) {
  if (control.type === "hidden") return false;
  if (control.options) {
    const first = [...control.options].findIndex((option) => option.defaultSelected);
    return control.selectedIndex !== Math.max(first, 0);
  }
  return control.value !== control.defaultValue || control.checked !== control.defaultChecked;
}

/** Gives a control what another one of the same name held. */
export function fill(control, from) {
  if (!control || control === from || control.type !== from.type) return;
  if (/^(checkbox|radio)$/.test(control.type)) {
    control.checked = from.checked;
    return;
  }
  control.value = from.value;
  if (Number.isInteger(from.selectionStart)) control.setSelectionRange(from.selectionStart, from.selectionEnd);
}

function copy(node) {
  return document.importNode(node, true);
}
