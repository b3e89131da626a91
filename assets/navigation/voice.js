// One polite voice for what changed, and the sign that something is on its way.

const voice = document.createElement("div");
voice.id = "voice";
voice.className = "unseen";
voice.setAttribute("role", "status");
let timer;

/** Says a sentence once; of several in haste only the last. */
export function say(text) {
  clearTimeout(timer);
  voice.textContent = "";
  // Behind the body, so that no page that comes replaces it.
  if (!voice.isConnected) document.documentElement.append(voice);
  // What was empty and is filled is read out, even if it is what was said last.
  timer = setTimeout(() => (voice.textContent = text), 50);
}

/** What the page itself has to say: a list its count, any other page its title. */
export function gist() {
  return document.querySelector("[data-announce]")?.textContent.trim() ?? document.title;
}

/** Marks the page as waiting for an answer, or not. The style lets a moment pass before anything shows. */
export function busy(is) {
  const main = document.querySelector("main");
  if (is) main?.setAttribute("aria-busy", "true");
  else main?.removeAttribute("aria-busy");
}
