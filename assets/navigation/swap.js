// Puts a page into the document: another page as a whole, or a newer version of the same page piece by piece.

import { wake } from "./islands.js";
import { runs } from "./programs.js";

/** The part of the head that differs between pages. */
const OWN_HEAD =
  'title, link[rel="canonical"], link[rel="prev"], link[rel="next"], meta[property], script[type="application/ld+json"], ' +
  'meta[name]:not([name="viewport"], [name="color-scheme"], [name="theme-color"])';

/** Elements that differ between builds. */
const BUILD = 'link[rel="stylesheet"], link[rel="modulepreload"]';

// Removing a focused field fires its change event, which must not submit anything.
let swapping = false;
addEventListener("change", (event) => swapping && event.stopImmediatePropagation(), true);

/** The document of a page's HTML. */
export function parse(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

/** Whether a page fits the styles and code that are loaded. */
export function fits(fresh) {
  const build = (page) => [...page.querySelectorAll(BUILD)].map((link) => link.getAttribute("href")).join();
  return build(fresh) === build(document) && runs(fresh);
}

/** Replaces the page with another one. */
export function replace(fresh) {
  swapHead(fresh);
  swapping = true;
  document.body.replaceChildren(...[...fresh.body.childNodes].map(copy));
  swapping = false;
  wake(document.body);
}

/**
 * Turns the page `old`, as it arrived, into `fresh`, and leaves everything alone that is the same in both:
 * focus, scroll position, typed text and what scripts have added stay. Returns the elements whose text
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

/** Changes `live`, which arrived as `old`, into `fresh`; returns the resulting node. */
function morph(live, old, fresh, changed) {
  if (old.isEqualNode(fresh)) return live;
  const same = old.nodeName === fresh.nodeName && live.nodeName === old.nodeName;
  if (same && live instanceof CharacterData) {
    live.data = fresh.data;
    if (live.parentElement) changed.push(live.parentElement);
    return live;
  }
  // The nodes that arrived with it, by name. What scripts have added has no name and stays where it is.
  const before = new Map();
  if (same) {
    const came = named(old.childNodes);
    const stand = new Map(named(live.childNodes).map((name, at) => [name, live.childNodes[at]]));
    came.forEach((name, at) => stand.has(name) && before.set(name, [stand.get(name), old.childNodes[at]]));
  }
  // An island owns its content; and content that scripts have removed nodes from cannot be compared.
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

/** A name for each node, to find it again: its id, the id of a row in it, or its position among similar nodes. */
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

/** Saves what the reader has done to the page; the returned function restores what was lost. */
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

/** Whether a control differs from its initial value. */
function isTyped(control) {
  if (control.type === "hidden") return false;
  if (control.options) {
    const first = [...control.options].findIndex((option) => option.defaultSelected);
    return control.selectedIndex !== Math.max(first, 0);
  }
  return control.value !== control.defaultValue || control.checked !== control.defaultChecked;
}

/** Copies the value of another control with the same name. */
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
