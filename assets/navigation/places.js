// Where the reader was: for each history entry its scroll position, its focus and the pages appended to the
// list. Stored for this tab.

const STORE = "hearth:places";
const LIMIT = 100;
const places = new Map(read());
const replaceState = history.replaceState.bind(history);

/** The history entry whose page is shown. */
let entry = named();

history.scrollRestoration = "manual";
addEventListener("scroll", () => note({ y: scrollY }), { passive: true });
addEventListener("pagehide", () => {
  noteFocus();
  try {
    sessionStorage.setItem(STORE, JSON.stringify([...places].slice(-LIMIT)));
  } catch {
    // If storage is full or forbidden, only the position is lost.
  }
});

/** Stores something about the current entry. */
export function note(what) {
  const known = places.get(entry);
  places.delete(entry);
  places.set(entry, { ...known, ...what });
}

/** Stores where the focus is. */
export function noteFocus() {
  note({ focus: document.activeElement?.closest("[id]")?.id });
}

/** What is stored about the entry that the history points at, which may not be shown yet. */
export function place() {
  return { y: 0, appended: [], ...places.get(named()) };
}

/** Creates a new entry and makes it the current one. */
export function push(url) {
  history.pushState(null, "", url);
  entry = named();
}

/** Makes the entry that the history points at the current one, under this address. */
export function enter(url = location.href) {
  replaceState(history.state, "", url);
  entry = named();
}

/** The name of the entry that the history points at; creates one if necessary. */
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
