// Where the reader was: for each entry of the history its scroll position, its focus and what was appended to
// the list. Kept for this tab.

const STORE = "hearth:places";
const LIMIT = 100;
const places = new Map(read());
const replaceState = history.replaceState.bind(history);

/** The entry of the history whose page is shown. */
let entry = named();

history.scrollRestoration = "manual";
addEventListener("scroll", () => note({ y: scrollY }), { passive: true });
addEventListener("pagehide", () => {
  noteFocus();
  try {
    sessionStorage.setItem(STORE, JSON.stringify([...places].slice(-LIMIT)));
  } catch {
    // A store that is full or forbidden costs the position only.
  }
});

/** Notes something about the entry that is shown. */
export function note(what) {
  const known = places.get(entry);
  places.delete(entry);
  places.set(entry, { ...known, ...what });
}

/** Notes where the focus is. */
export function noteFocus() {
  note({ focus: document.activeElement?.closest("[id]")?.id });
}

/** What is known about the entry that the history points at, which may not be shown yet. */
export function place() {
  return { y: 0, appended: [], ...places.get(named()) };
}

/** Makes a new entry, which is shown from now on. */
export function push(url) {
  history.pushState(null, "", url);
  entry = named();
}

/** The entry that the history points at is shown from now on, under this address. */
export function enter(url = location.href) {
  replaceState(history.state, "", url);
  entry = named();
}

/** The name of the entry that the history points at; it gets one if it has none. */
function named() {
  if (!history.state?.entry) replaceState({ ...history.state, entry: `${Date.now()}-${Math.random()}` }, "");
  return history.state.entry;
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(STORE)) ?? [];
  } catch {
    return [];
  }
}
