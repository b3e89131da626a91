// Navigation between pages without loading documents.
//
// A click on a link of this site, a query form, Back and Forward: the page is requested, and put into the
// document when it arrives. A newer visit aborts the older one. A page that this tab has cached is shown while
// the current one is being fetched. Whatever goes wrong, the browser takes over and does what it would have
// done by itself.
//
// After each arrival of a page, the first one included, the event `hearth:arrive` is dispatched on the
// document, so that scripts that decorate pages do so again.

import "./navigation/ahead.js";
import { ask, recall, revisionOf, store } from "./navigation/answers.js";
import { begin, goBack, stay, successors, take } from "./navigation/focus.js";
import "./saved.js";
import { linkClicked, queryOf } from "./navigation/links.js";
import { whenTouched, watch } from "./navigation/live.js";
import { compose } from "./navigation/more.js";
import { enter, note, noteFocus, place, push } from "./navigation/places.js";
import { showNew } from "./navigation/prices.js";
import "./navigation/programs.js";
import { fill, fits, renew, replace } from "./navigation/swap.js";
import { namePicture, transit } from "./navigation/transition.js";
import { busy, gist, say } from "./navigation/voice.js";

/** The page in the document, as it was received; of the document's own page also the address that it came from. */
let shown = { url: here(), from: here(), appended: [], page: document.cloneNode(true), revision: revisionOfDocument() };
/** The visit to another page that is in progress. */
let wish = null;
/** Aborts the request for the newer version of the shown page. */
let renewing = null;

// An island, or another script, may change the address of the shown page.
const replaceState = history.replaceState.bind(history);
history.replaceState = (...how) => {
  replaceState(...how);
  if (!wish || wish.isShown) shown.url = here();
};

addEventListener("click", (event) => {
  const link = linkClicked(event);
  if (!link) return;
  const url = new URL(link.href);
  // A fragment of this page is left to the browser.
  if (isShown(url) && url.hash) return;
  event.preventDefault();
  if (link.matches("[data-more]")) return more(url);
  // A hidden link is clicked by an island, on behalf of a form.
  follow(url, link.hidden ? document.activeElement : link, link.hidden);
});

addEventListener("submit", (event) => {
  const url = event.defaultPrevented ? null : queryOf(event.target, event.submitter);
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

// The page comes from the back/forward cache: it may be hours old, or that of another entry of the history.
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  resetForms();
  if (isShown(here())) refresh();
  else visit(here(), { back: place() });
});

// What the reader does while a request is running must survive the answer.
addEventListener("focusin", ({ target }) => {
  if (wish?.focus && target.id) wish.focus = [target.id];
});
addEventListener("input", ({ target }) => {
  if (wish && target.id && !/^(checkbox|radio)$/.test(target.type)) wish.typed.set(target.id, target);
});

// By now all scripts of the page are listening.
addEventListener("DOMContentLoaded", () => {
  arrived();
  if (performance.getEntriesByType("navigation")[0]?.type === "navigate") return;
  resetForms();
  restore(place());
});

whenTouched(refresh);

/** Makes the controls of queries say what the page's address says, whatever the browser has restored in them. */
function resetForms() {
  for (const form of document.querySelectorAll("form[method=get]")) form.reset();
}

/** Goes to the address that a control leads to. */
function follow(url, control, isForm) {
  const again = isShown(url);
  // The shown page already answers the form, so a running request is obsolete.
  if (again && isForm) return forget();
  // A changed control and the pressed button request the same page.
  if (wish?.url.href === url.href && !wish.back) return;
  if (shown.from) store(shown.from, shown.page.documentElement.outerHTML);
  note({ y: scrollY, focus: control?.closest("[id]")?.id });
  visit(url, { again, focus: successors(control), card: control });
}

/** Fetches a page and shows it. */
async function visit(url, how) {
  wish?.controller.abort();
  renewing?.abort();
  const mine = { url, appended: [], typed: new Map(), controller: new AbortController(), ...how };
  wish = mine;
  busy(true);
  const urls = [url, ...mine.appended];
  try {
    const cached = compose(urls, urls.map(recall));
    if (cached) await arrive(mine, cached);
    if (wish === mine && !cached?.current) {
      const { signal } = mine.controller;
      const answer = compose(urls, await Promise.all(urls.map((part) => ask(part, { signal }))));
      if (wish === mine && !cached) await arrive(mine, answer);
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

/** Cancels the visit in progress. */
function forget() {
  wish?.controller.abort();
  wish = null;
  busy(false);
}

/** Replaces the shown page by the requested one. */
async function arrive(mine, answer) {
  if (!fits(answer.page)) throw new Error(`${answer.url} is of another build`);
  const isRefined = answer.url.pathname === shown.url.pathname;
  const swap = () => {
    if (wish !== mine) return;
    if (mine.back || mine.again) enter(answer.url);
    else push(answer.url);
    shown = answer;
    mine.isShown = true;
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

/** Updates the shown page to its newer version; returns the changed elements and the news to announce. */
function update(answer) {
  // A page of another build waits until the next visit.
  if (!fits(answer.page)) return { changed: [], news: "" };
  const before = gist();
  const changed = renew(shown.page, answer.page);
  shown = { ...answer, url: shown.url };
  arrived();
  return { changed, news: gist() === before ? "" : gist() };
}

/** Announces all news in one message. */
function tell(...news) {
  const text = news.filter(Boolean).join(". ");
  if (text) say(text);
}

/** Requests the newer version of the shown page, at least as of a revision. */
async function refresh(revision = 0) {
  // A visit in progress gets a newer page anyway.
  if (wish) return;
  renewing?.abort();
  const { signal } = (renewing = new AbortController());
  const { url, appended, page } = shown;
  const urls = [url, ...appended];
  try {
    const answer = compose(urls, await Promise.all(urls.map((part) => ask(part, { signal, revision }))));
    if (signal.aborted || wish || shown.page !== page) return;
    // A script has changed the address in the meantime.
    if (!isShown(url)) return refresh(revision);
    const { changed, news } = update(answer);
    tell(showNew(changed), news);
  } catch {
    // The shown page stays; the next event requests it again.
  }
}

/** Appends the next page of the list to the shown one. */
async function more(url) {
  const rows = () => document.querySelectorAll("#results > li");
  const shownRows = rows().length;
  if (!(await extend([url]))) return;
  rows()[shownRows]?.querySelector("a[id]")?.focus({ preventScroll: true });
  say(`Showing ${rows().length} of ${gist()}`);
}

/** Appends pages of the list; false if it failed or another visit replaced it. */
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

/** After a reload, restores the appended pages, the scroll position and the focus. */
async function restore(left) {
  const urls = left.appended.map((address) => new URL(address, location));
  if (urls.length > 0 && !(await extend(urls))) return;
  scrollTo(0, left.y);
  take([left.focus]);
}

/** Tells the other scripts that the page has changed. */
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
