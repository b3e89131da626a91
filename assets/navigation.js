// What the islands router leaves to the page.
//
// Leptos' islands router fetches the next page and swaps it in. It does not scroll, does not move
// the focus, does not say that it is waiting, and takes clicks and forms that are the browser's. This
// module stands before it: both listen on `window`, and this one is loaded first.
//
// Scroll position and focus are remembered for each entry of the history, for this tab.

const STORE = "hearth:places";
const places = read();
let waiting = null;

history.scrollRestoration = "manual";

addEventListener("click", (event) => {
  const link = linkOf(event);
  if (!link) return;
  const url = new URL(link.href);
  // A place on this page, or this page again: the browser knows what to do.
  const here = url.pathname === location.pathname && url.search === location.search;
  if (here) {
    event.stopImmediatePropagation();
    return;
  }
  // Asked for already: a control that changed and the button that was pressed mean the same.
  if (waiting?.to?.href === url.href) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  // An island may click for a form; what had the focus then is what the reader used.
  leave(url, link.hidden ? document.activeElement : link);
  morph(link.closest(".card")?.querySelector(".picture"));
});

addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const form = event.target;
  // Forms that change something are sent by the browser, so that their answer is a new document.
  if (form.method !== "get") {
    event.stopImmediatePropagation();
    return;
  }
  leave(new URL(form.action), document.activeElement);
});

addEventListener("popstate", (event) => {
  if (location.pathname + location.search === shown) {
    // Only the fragment changed.
    event.stopImmediatePropagation();
    scrollTo(0, places[key()]?.y ?? 0);
    return;
  }
  waiting = { back: true, place: places[key()], from: new URL(shown, location) };
  busy();
});

// What happens while an answer is on its way must survive it.
addEventListener("focusin", ({ target }) => {
  if (waiting?.to && target.id) waiting.focus = target.id;
});
addEventListener("input", ({ target }) => {
  if (waiting?.to && target.id) waiting.typed = target;
});

// The router wakes what it swaps in; before WebAssembly has come there is nothing to wake it with, and
// its coming wakes everything.
window.__hydrateIsland ??= () => {};

// The router gives up silently where the network fails; the browser then shows its own page.
addEventListener("unhandledrejection", () => {
  if (waiting) location.assign(waiting.to ?? location);
});

addEventListener("scroll", () => remember({ y: scrollY }), { passive: true });
addEventListener("pagehide", () => {
  try {
    sessionStorage.setItem(STORE, JSON.stringify(places));
  } catch {
    // A store that is full or forbidden costs the position only.
  }
});

// The router replaces everything in the body that belongs to a page.
new MutationObserver(arrive).observe(document.body, { childList: true });

// The address whose page is shown. `replaceState` by an island keeps the page.
let shown = location.pathname + location.search;
const replaceState = history.replaceState.bind(history);
history.replaceState = (state, unused, url) => {
  replaceState(state, unused, url);
  shown = location.pathname + location.search;
};

// A reload, or a return from another site.
if (places[key()] && performance.getEntriesByType("navigation")[0]?.type !== "navigate") {
  scrollTo(0, places[key()].y ?? 0);
}

function leave(to, focused) {
  const control = focused?.closest("[id]");
  remember({ y: scrollY, focus: control?.id });
  waiting = { to, from: new URL(location), focus: control?.id };
  busy();
}

function busy() {
  document.querySelector("main")?.setAttribute("aria-busy", "true");
}

function arrive() {
  if (!waiting || document.querySelector("main[aria-busy]")) return;
  const { back, place, to, from, focus, typed } = waiting;
  waiting = null;
  const path = back ? location.pathname : to.pathname;
  shown = back ? location.pathname + location.search : to.pathname + to.search;
  const again = typed && document.getElementById(typed.id);
  if (again && typed.type !== "checkbox") again.value = typed.value;
  const refined = !back && path === from.pathname;
  if (back) {
    scrollTo(0, place?.y ?? 0);
    take(place?.focus) || take("main");
    morph(document.getElementById(place?.focus)?.closest(".card")?.querySelector(".picture"));
  } else if (refined && take(focus)) {
    // Another answer to the same question: the reader stays where they are.
    const results = document.querySelector(".results");
    if (focus.startsWith("page-") || results?.getBoundingClientRect().bottom < 0) results?.scrollIntoView();
  } else {
    take("main");
    const target = to.hash && document.getElementById(decodeURIComponent(to.hash.slice(1)));
    target ? target.scrollIntoView() : refined || scrollTo(0, 0);
  }
  say(document.querySelector("[data-announce]")?.textContent ?? document.title);
}

// Gives the focus to what has this id, if there is such a thing.
function take(id) {
  const element = id && document.getElementById(id);
  if (!element) return false;
  element.focus({ preventScroll: true });
  return true;
}

// One polite voice for what changed. It stands behind the body, where the router never looks, and is
// made once, for what comes with the page is not read out.
function say(text) {
  let voice = document.getElementById("voice");
  if (!voice) {
    voice = document.createElement("div");
    voice.id = "voice";
    voice.className = "unseen";
    voice.setAttribute("role", "status");
    document.documentElement.append(voice);
  }
  voice.textContent = "";
  setTimeout(() => (voice.textContent = text), 50);
}

// The picture that becomes the other page's picture.
function morph(picture) {
  if (picture) picture.style.viewTransitionName = "picture";
}

// The same-site link that a plain click follows.
function linkOf(event) {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.altKey || event.ctrlKey || event.shiftKey) return null;
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  if (!link?.href || link.target || link.hasAttribute("download") || link.relList.contains("external")) return null;
  return new URL(link.href).origin === location.origin ? link : null;
}

function key() {
  return window.navigation?.currentEntry?.key ?? location.href;
}

function remember(place) {
  // While a page is on its way the key may be the new entry's and the position still the old one's.
  if (!waiting) places[key()] = { ...places[key()], ...place };
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(STORE)) ?? {};
  } catch {
    return {};
  }
}
