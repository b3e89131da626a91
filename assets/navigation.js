// From page to page without loading one.
//
// A click on a link of this site, a form that asks, Back and Forward: the page is asked for, and put into the
// document when it comes. A newer wish aborts the older one. What this tab remembers is shown while the
// current answer is on its way. Whatever goes wrong, the browser takes over and does what it would have done
// alone.
//
// After each arrival of a page, the first one included, the event `hearth:arrive` is dispatched on the
// document: who decorates pages does so again then.

import "./navigation/ahead.js";
import { ask, recall, remember, revisionOf } from "./navigation/answers.js";
import { begin, goBack, stay, successors, take } from "./navigation/focus.js";
import "./saved.js";
import { linkClicked, questionOf } from "./navigation/links.js";
import { whenTouched, watch } from "./navigation/live.js";
import { compose } from "./navigation/more.js";
import { enter, note, noteFocus, place, push } from "./navigation/places.js";
import { showNew } from "./navigation/prices.js";
import { fill, fits, renew, replace } from "./navigation/swap.js";
import { namePicture, transit } from "./navigation/transition.js";
import { busy, gist, say } from "./navigation/voice.js";

/** The page that stands in the document, as it came. */
let shown = { url: here(), appended: [], page: document.cloneNode(true), revision: revisionOfDocument(), isFirst: true };
/** The wish for another page that is being fulfilled. */
let wish = null;
/** What gives up asking for the newer form of the page that is shown. */
let renewing = null;

// An island, or another script, may change the address of what is shown.
const replaceState = history.replaceState.bind(history);
history.replaceState = (...how) => {
  replaceState(...how);
  if (!wish) shown.url = here();
};

addEventListener("click", (event) => {
  const link = linkClicked(event);
  if (!link) return;
  const url = new URL(link.href);
  // A place on this page: the browser knows what to do.
  if (isShown(url) && url.hash) return;
  event.preventDefault();
  if (link.matches("[data-more]")) return more(url);
  // A hidden link is clicked by an island, for a form.
  follow(url, link.hidden ? document.activeElement : link, link.hidden);
});

addEventListener("submit", (event) => {
  const url = event.defaultPrevented ? null : questionOf(event.target, event.submitter);
  if (!url) return;
  event.preventDefault();
  follow(url, document.activeElement, true);
});

addEventListener("popstate", () => {
  // Only the fragment changed.
  if (!wish && isShown(here())) {
    enter();
    scrollTo(0, place().y);
    return;
  }
  noteFocus();
  const left = place();
  visit(here(), { back: left, appended: left.appended.map((address) => new URL(address, location)) });
});

// Out of the browser's own store of pages: it may have lain there for hours.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) refresh();
});

// What happens while an answer is on its way must survive it.
addEventListener("focusin", ({ target }) => {
  if (wish?.focus && target.id) wish.focus = [target.id];
});
addEventListener("input", ({ target }) => {
  if (wish && target.id && !/^(checkbox|radio)$/.test(target.type)) wish.typed.set(target.id, target);
});

// All scripts of the page listen by now.
addEventListener("DOMContentLoaded", () => {
  arrived();
  if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") restore(place());
});

whenTouched(refresh);

/** Goes where a control leads to. */
function follow(url, control, isForm) {
  const again = isShown(url);
  // What is shown already answers the form; what was on its way is not wanted any more.
  if (again && isForm) return forget();
  // A control that changed and the button that was pressed mean the same.
  if (wish?.url.href === url.href && !wish.back) return;
  if (shown.isFirst) remember(shown.url, shown.page.documentElement.outerHTML);
  note({ y: scrollY, focus: control?.closest("[id]")?.id });
  visit(url, { again, focus: successors(control), card: control });
}

/** Fulfils the wish for a page. */
async function visit(url, how) {
  wish?.controller.abort();
  renewing?.abort();
  const mine = { url, appended: [], typed: new Map(), controller: new AbortController(), ...how };
  wish = mine;
  busy(true);
  const urls = [url, ...mine.appended];
  try {
    const remembered = compose(urls, urls.map(recall));
    if (remembered) await arrive(mine, remembered);
    if (wish === mine && !remembered?.current) {
      const { signal } = mine.controller;
      const answer = compose(urls, await Promise.all(urls.map((part) => ask(part, { signal }))));
      if (wish === mine && !remembered) await arrive(mine, answer);
      else if (wish === mine) tell(update(answer).news);
    }
    if (wish === mine) forget();
  } catch (error) {
    if (wish !== mine) return;
    console.info(error);
    load(url);
  }
}

/** Leaves it to the browser, which shows the page or says why it cannot. */
function load(url) {
  if (url.href === location.href) location.reload();
  else location.assign(url);
}

/** Waits for nothing any more. */
function forget() {
  wish?.controller.abort();
  wish = null;
  busy(false);
}

/** Puts the page that was wished for in the place of the one that stands there. */
async function arrive(mine, answer) {
  if (!fits(answer.page)) throw new Error(`${answer.url} is of another build`);
  const isRefined = answer.url.pathname === shown.url.pathname;
  const swap = () => {
    if (wish !== mine) return;
    if (mine.back || mine.again) enter(answer.url);
    else push(answer.url);
    shown = answer;
    replace(answer.page);
    busy(true);
    for (const [id, control] of mine.typed) fill(document.getElementById(id), control);
    if (mine.back) goBack(mine.back);
    else if (isRefined && !mine.again) stay(mine.focus);
    else begin(answer.url);
    if (mine.back && !isRefined) namePicture(document.activeElement);
    arrived();
    say(gist());
  };
  if (isRefined) return swap();
  namePicture(mine.card);
  await transit(swap);
}

/** Turns the page that stands there into its newer form; returns what has changed, and what is new of it. */
function update(answer) {
  // A page of another build waits until somebody goes there.
  if (!fits(answer.page)) return { changed: [], news: "" };
  const before = gist();
  const changed = renew(shown.page, answer.page);
  shown = { ...answer, url: shown.url };
  arrived();
  return { changed, news: gist() === before ? "" : gist() };
}

/** Says what there is to say, in one breath. */
function tell(...news) {
  const text = news.filter(Boolean).join(". ");
  if (text) say(text);
}

/** Asks for the newer form of the page that is shown, at least as of a revision. */
async function refresh(revision = 0) {
  // What is on its way is newer anyway.
  if (wish) return;
  renewing?.abort();
  const { signal } = (renewing = new AbortController());
  const { url, appended, page } = shown;
  const urls = [url, ...appended];
  try {
    const answer = compose(urls, await Promise.all(urls.map((part) => ask(part, { signal, revision }))));
    if (signal.aborted || wish || shown.page !== page) return;
    const { changed, news } = update(answer);
    tell(showNew(changed), news);
  } catch {
    // What stands there stays; the next event asks again.
  }
}

/** Appends the next page of the list to what stands there. */
async function more(url) {
  const rows = () => document.querySelectorAll("#results > li");
  const shownRows = rows().length;
  if (!(await extend([url]))) return;
  rows()[shownRows]?.querySelector("a[id]")?.focus({ preventScroll: true });
  say(`Showing ${rows().length} of ${gist()}`);
}

/** Appends pages of the list; false if that was overtaken by another wish. */
async function extend(urls) {
  wish?.controller.abort();
  const mine = { url: urls[0], typed: new Map(), controller: new AbortController() };
  wish = mine;
  busy(true);
  try {
    const { signal } = mine.controller;
    const answers = await Promise.all(urls.map((part) => ask(part, { signal })));
    if (wish !== mine) return false;
    const appended = [...shown.appended, ...urls];
    const answer = { ...compose([shown.url, ...urls], [shown, ...answers]), url: shown.url, appended };
    if (!fits(answer.page)) throw new Error(`${urls[0]} is of another build`);
    renew(shown.page, answer.page);
    shown = answer;
    note({ appended: appended.map((part) => part.pathname + part.search) });
    forget();
    arrived();
    return true;
  } catch {
    if (wish === mine) load(urls[0]);
    return false;
  }
}

/** After a reload: what was appended, and the place that was left. */
async function restore(left) {
  const urls = left.appended.map((address) => new URL(address, location));
  if (urls.length > 0 && !(await extend(urls))) return;
  scrollTo(0, left.y);
  take([left.focus]);
}

/** Tells everybody whom it concerns that the page has changed. */
function arrived() {
  document.dispatchEvent(new Event("hearth:arrive"));
  watch(shown);
}

function isShown(url) {
  return url.pathname === shown.url.pathname && url.search === shown.url.search;
}

function here() {
  return new URL(location);
}

/** The revision of the page that the document came with. */
function revisionOfDocument() {
  const timings = performance.getEntriesByType("navigation")[0]?.serverTiming ?? [];
  return revisionOf(timings.map(({ name, description }) => `${name};desc=${description}`).join());
}
