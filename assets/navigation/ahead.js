// Fetches what the reader is about to open: a link that was pointed at, touched or reached by keyboard for a
// moment. Not for those who save data, and nothing that may not be remembered.

import { askAhead } from "./answers.js";
import { canonical } from "./islands.js";
import { linkAt } from "./links.js";

const MOMENT = 65;

const saving = matchMedia("(prefers-reduced-data: reduce)");
let timer;
let pointed = null;
let running = null;

// A pointer that rests is over whatever comes below it, but points at nothing: only one that moves does.
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
  // One at a time: who points elsewhere does not want the one before. A click has joined it by then.
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
