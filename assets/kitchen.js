// What the pages of recipes can do with a script: another number of people as soon as it is typed, and cook's mode
// by keys, with timers and a screen that stays on.
//
// It changes only the document, and is loaded only where it is needed. The steps, the ways between them and the
// amounts are the server's; swiping is the browser's.

const TICK = 500;

/** The timers that run, are paused or over, by their elements. */
const timers = new Map();
/** The strip of steps on screen, the ticks while it is shown, and the lock of the screen. */
let strip = null;
let ticking;
let lock = null;
/** The step that the strip moves to, while it does. */
let aim = null;

/** Looks at the page that has arrived. */
export function enter() {
  const now = document.getElementById("steps");
  if (now === strip) return;
  leave();
  strip = now;
  if (!strip) return;
  // After a reload, browsers go to a place in the page, but not to one in a strip.
  const place = [...strip.children].findIndex((step) => `#${step.id}` === location.hash);
  if (place > 0) strip.scrollTo({ left: place * strip.clientWidth, behavior: "instant" });
  ticking = setInterval(count, TICK);
  keepOn();
}

/** Lets go of everything: cook's mode was left. */
function leave() {
  clearInterval(ticking);
  timers.clear();
  lock?.release();
  lock = null;
}

document.addEventListener("hearth:arrive", enter);
document.addEventListener("visibilitychange", keepOn);

document.addEventListener("change", ({ target }) => {
  if (target.id === "servings") target.form?.requestSubmit();
});

addEventListener("keydown", (event) => {
  if (!strip || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const done = { ArrowRight: () => go(shown() + 1), ArrowLeft: () => go(shown() - 1), Escape: quit }[event.key]?.();
  if (done) event.preventDefault();
});

// In the capture phase, so that the navigation finds these links followed.
document.addEventListener("click", (event) => {
  if (!strip) return;
  const link = event.target.closest?.('a[href^="#step-"]');
  const control = event.target.closest?.("[data-start], [data-pause], [data-stop]");
  if (control) return act(control);
  const place = link ? Number(link.hash.slice(6)) - 1 : NaN;
  if (!go(place)) return;
  event.preventDefault();
  // To the same link of that step, or to its only one.
  const kind = link.classList.contains("before") ? ".before" : ".after";
  const step = strip.children[place];
  (step.querySelector(kind) ?? step.querySelector(".after"))?.focus({ preventScroll: true });
}, true);

function quit() {
  document.getElementById("leave").click();
  return true;
}

/** The place of the step on screen. */
function shown() {
  return aim ?? Math.round(strip.scrollLeft / Math.max(strip.clientWidth, 1));
}

/** Moves the strip to a step; false if there is none at that place. */
function go(place) {
  const step = strip.children[place];
  if (!step) return false;
  strip.scrollLeft = place * strip.clientWidth;
  // Pressing a key twice goes two steps, even while the strip is still moving.
  aim = place;
  setTimeout(() => aim === place && (aim = null), TICK);
  history.replaceState(history.state, "", `#${step.id}`);
  say(`${step.querySelector("h2").textContent}. ${step.querySelector("p").textContent}`);
  return true;
}

function say(text) {
  document.getElementById("said").textContent = text;
}

/** Keeps the screen on. Browsers end that when the page is hidden; some cannot do it, or refuse to. */
async function keepOn() {
  if (!strip || document.hidden) return;
  const mine = strip;
  const got = await navigator.wakeLock?.request("screen").catch(() => null);
  if (!got) return;
  // The page may have been left in the meantime.
  if (strip !== mine) return got.release();
  lock?.release();
  lock = got;
  document.getElementById("screen").textContent = "Screen stays on";
}

/** Does what a button of a timer says. */
function act({ dataset: { start, pause, stop } }) {
  const line = document.getElementById(`timer-${start ?? pause ?? stop}`);
  const timer = timers.get(line);
  if (stop) {
    timers.delete(line);
    line.hidden = true;
    document.getElementById("chime").pause();
  } else if (start) {
    timers.set(line, { end: Date.now() + 1_000 * line.dataset.seconds, left: null });
    line.hidden = false;
    line.className = "";
    show(line);
    say(`Timer started: ${line.querySelector("b").textContent}`);
    // A browser plays a sound later only if a click has loaded it.
    document.getElementById("chime").load();
  } else if (timer) {
    const isPaused = timer.left !== null;
    timers.set(line, isPaused ? { end: Date.now() + timer.left, left: null } : { left: timer.end - Date.now() });
    show(line);
  }
}

function count() {
  for (const [line, timer] of timers) {
    if (timer.left !== null || line.className) continue;
    if (show(line) > 0) continue;
    line.className = "over";
    line.querySelector("[data-pause]").hidden = true;
    say(`The timer of ${line.querySelector("a").textContent} is over`);
    // A browser that forbids sound shows that it is over all the same.
    document.getElementById("chime").play().catch(() => {});
  }
}

/** Shows how much is left, `12:00` or `1:05:09`, and returns the seconds. */
function show(line) {
  const { end, left } = timers.get(line);
  const seconds = Math.max(Math.ceil((left ?? end - Date.now()) / 1_000), 0);
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const text = parts.map((part) => `${part}`.padStart(2, "0")).join(":");
  line.querySelector("b").textContent = text.replace(/^(00:)?0?/, "");
  const pause = line.querySelector("[data-pause]");
  pause.hidden = false;
  pause.textContent = left === null ? "Pause" : "Resume";
  return seconds;
}
