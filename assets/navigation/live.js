// Live updates: the server tells which of the pages that are shown was touched by an edit.
//
// All tabs of a browser share one stream. Each tab says on a channel what it shows; the one that holds the
// lock asks the server for all of them and passes on what it hears. When it goes, another one gets the lock.
// A browser without channels or locks has a stream for each tab.

import { distrust } from "./answers.js";
import { canonical, loaded } from "./islands.js";

const NAME = "hearth:live";
/** A stream is opened when the reader stays, and asked for again when it was refused. */
const STAY = 500;
const RETRY = [5_000, 15_000, 60_000];

const tab = `${Date.now()}-${Math.random()}`;
const isShared = Boolean(navigator.locks && window.BroadcastChannel);
const channel = isShared ? new BroadcastChannel(NAME) : null;

/** The page that this tab shows. */
let shown = null;
/** What it shows: its pages' addresses, and up to which revision they are right. */
let mine = { keys: [], revision: 0 };
/** The same of all tabs, where this one leads. */
const wanted = new Map();
/** The stream, if this tab leads: its source, its keys, and up to which revision it has told everything. */
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

/** Calls back with a revision when a page that this tab shows was touched. */
export function whenTouched(call) {
  whenTold = call;
}

/** Watches the page that is shown, instead of the one before. */
export function watch(page) {
  shown = page;
  want();
}

loaded.then(want);

/** Says what this tab shows, by its canonical addresses; the rules of those may still have to come. */
function want() {
  if (!shown) return;
  const { url, appended, revision } = shown;
  const keys = [url, ...appended].map(canonical);
  if (keys.includes(undefined)) return;
  mine = { keys: keys.filter(Boolean), revision };
  tell({ kind: "wants", tab, ...mine });
}

/** Stands for the lead, and gets it when nobody else has it. */
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

/** Tells all tabs, this one included. */
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

/** Sees to it, in a while, that the stream is about all that is shown. */
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
  // What is not shown any more does no harm.
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
    // For those who wonder, such as tests.
    document.documentElement.dataset.live = data;
  });
  source.addEventListener("touched", ({ data }) => tell({ kind: "touched", ...JSON.parse(data) }));
  source.addEventListener("error", () => {
    // A connection that broke is made again by the browser; one that was refused is not.
    if (source.readyState !== EventSource.CLOSED || stream !== own) return;
    close();
    schedule(RETRY[Math.min(refusals++, RETRY.length - 1)]);
  });
}

function close() {
  stream?.source.close();
  stream = null;
}
