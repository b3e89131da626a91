// Prefetches the page that the reader is about to open: of a link that the pointer, a finger or the focus has
// been on for a moment. Not for readers who save data, and not if the page may not be cached.

import { askAhead } from "./answers.js";
import { canonical } from "./islands.js";
import { linkAt } from "./links.js";

const MOMENT = 65;

const saving = matchMedia("(prefers-reduced-data: reduce)");
let timer;
let pointed = null;
let running = null;

// A resting pointer may end up over a link without pointing at it: only a moving one counts.
for (const kind of ["pointermove", "focusin", "touchstart"]) {
  document.addEventListener(kind, begin, { passive: true });
}

function begin(event) {
  const link = linkAt(event);
  if (link === pointed) return;
  pointed = link;
  clearTimeout(timer);
  if (!link || !isWelcome(link)) return;
  timer = setTimeout(fetchAhead, event.type === "touchstart" ? 0 : MOMENT, new URL(link.href));
}

function fetchAhead(url) {
  // One at a time: a reader who points elsewhere does not want the previous one. (A click has already joined it.)
  running?.giveUp();
  running = askAhead(url) ?? null;
}

function isWelcome(link) {
  const url = new URL(link.href);
  const here = url.pathname === location.pathname && url.search === location.search;
  const { saveData, effectiveType = "4g" } = navigator.connection ?? {};
  if (link.closest("[data-local]")) return false;
  return !here && !saveData && !saving.matches && effectiveType === "4g" && Boolean(canonical(url));
}
