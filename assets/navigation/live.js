// Live updates: the server says which of the pages on screen an edit has touched.
//
// All tabs of a browser share one stream. Each tab announces its pages on a channel; the tab that holds the
// lock subscribes for all of them and passes events on. When it closes, another tab gets the lock. In a
// browser without channels or locks, each tab has its own stream.

import { distrust } from "./answers.js";
import { canonical, loaded } from "./islands.js";

const NAME = "hearth:live";
/** A stream is opened once the reader stays on a page, and again after these delays if it was refused. */
const STAY = 500;
const RETRY = [5_000, 15_000, 60_000];

const tab = `${Date.now()}-${Math.random()}`;
const isShared = Boolean(navigator.locks && window.BroadcastChannel);
const channel = isShared ? new BroadcastChannel(NAME) : null;

/** The page that this tab shows. */
let shown = null;
/** Its pages' addresses, and the revision up to which they are right. */
let mine = { keys: [], revision: 0 };
/** The same for all tabs, if this one leads. */
const wanted = new Map();
/** The stream, if this tab leads: its source, its keys, and the revision up to which it has reported everything. */
let stream = null;
let isLeading = false;
let resign = () => {};
let timer;
let refusals = 0;
let whenTold = () => {};

if (channel) channel.onmessage = ({ data }) => hear(data);
document.addEventListener("DOMContentLoaded", stand);
addEventListener("pageshow", ({ persisted }) => persisted && stand());
addEventListener("pagehide", leave);

/** Calls back with a revision when an edit touches a page that this tab shows. */
export function whenTouched(call) {
  whenTold = call;
}

/** Watches the page that is now shown. */
export function watch(page) {
  shown = page;
  want();
}

loaded.then(want);

/** Announces the canonical addresses that this tab shows, once the rules for them have loaded. */
function want() {
  if (!shown) return;
  const { url, appended, revision } = shown;
  const keys = [url, ...appended].map(canonical);
  if (keys.includes(undefined)) return;
  mine = { keys: keys.filter(Boolean), revision };
  tell({ kind: "wants", tab, ...mine });
}

/** Requests the lock, and leads once it has it. */
function stand() {
  if (!isShared) return lead();
  navigator.locks.request(NAME, () => {
    lead();
    return new Promise((resolve) => (resign = resolve));
  });
}

function lead() {
  isLeading = true;
  tell({ kind: "wants", tab, ...mine });
  tell({ kind: "who" });
}

function leave() {
  tell({ kind: "gone", tab });
  isLeading = false;
  close();
  resign();
}

/** Tells all tabs, including this one. */
function tell(message) {
  channel?.postMessage(message);
  hear(message);
}

function hear(message) {
  if (message.kind === "touched") {
    distrust();
    if (mine.keys.includes(message.key)) whenTold(message.revision);
  }
  if (message.kind === "who" && !isLeading) channel.postMessage({ kind: "wants", tab, ...mine });
  if (!isLeading) return;
  if (message.kind === "wants") wanted.set(message.tab, message);
  if (message.kind === "gone") wanted.delete(message.tab);
  if (message.kind === "wants" || message.kind === "gone") schedule(STAY);
}

/** After a delay, makes the stream cover all pages that are shown. */
function schedule(pause) {
  clearTimeout(timer);
  timer = setTimeout(open, pause);
}

function open() {
  if (!isLeading) return;
  const keys = new Map();
  for (const { keys: shown, revision } of wanted.values()) {
    for (const key of shown) keys.set(key, Math.min(revision, keys.get(key) ?? Infinity));
  }
  if (keys.size === 0) return close();
  // Pages that are no longer shown do no harm.
  if (stream && [...keys.keys()].every((key) => stream.keys.has(key))) return;
  const query = [...keys].map(([key, revision]) => {
    const at = stream?.keys.has(key) ? Math.max(revision, stream.at) : revision;
    return `key=${encodeURIComponent(key)}&at=${at}`;
  });
  close();
  const source = new EventSource(`/live?${query.join("&")}`);
  stream = { source, keys: new Set(keys.keys()), at: 0 };
  const own = stream;
  source.addEventListener("at", ({ data }) => {
    refusals = 0;
    own.at = Number(data);
    // For tests.
    document.documentElement.dataset.live = data;
  });
  source.addEventListener("touched", ({ data }) => tell({ kind: "touched", ...JSON.parse(data) }));
  source.addEventListener("error", () => {
    // The browser reopens a broken connection, but not a refused one.
    if (source.readyState !== EventSource.CLOSED || stream !== own) return;
    close();
    schedule(RETRY[Math.min(refusals++, RETRY.length - 1)]);
  });
}

function close() {
  stream?.source.close();
  stream = null;
}
