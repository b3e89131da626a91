// One polite live region for changes, and the busy indicator.

const voice = document.createElement("div");
voice.id = "voice";
voice.className = "unseen";
voice.setAttribute("role", "status");
let timer;

/** Announces a sentence; of several in quick succession, only the last. */
export function say(text) {
  clearTimeout(timer);
  voice.textContent = "";
  // Outside the body, so that no new page replaces it.
  if (!voice.isConnected) document.documentElement.append(voice);
  // Text that appears in an empty region is announced, even if it is the same as before.
  timer = setTimeout(() => (voice.textContent = text), 50);
}

/** The announcement for a page: a list its count, any other page its title. */
export function gist() {
  return document.querySelector("[data-announce]:not(:empty)")?.textContent.trim() ?? document.title;
}

/** Marks the page as waiting for an answer, or not. The style delays the indicator a little. */
export function busy(is) {
  const main = document.querySelector("main");
  if (is) main?.setAttribute("aria-busy", "true");
  else main?.removeAttribute("aria-busy");
}
