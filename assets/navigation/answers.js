// The browser tier: pages that this tab has received, cached under their canonical addresses.
//
// The browser holds no lease, so a cached page is only ever shown while the current one is requested. The
// exception: a page that was prefetched a few seconds ago, and that no edit has touched since according to
// the live stream, is not requested again.

import { canonical } from "./islands.js";

const LIMIT = 40;
const MOMENTS = 5_000;

/** By address: the page's HTML, the turn of its request, when it arrived, and how current it is. */
const cached = new Map();
/** By address: prefetches under way. */
const ahead = new Map();
let turns = 0;
let touched = -Infinity;

/** A cached page. */
export function recall(url) {
  const key = keyOf(url);
  const answer = cached.get(key);
  if (!answer) return undefined;
  // Most recently used, evicted last.
  cached.delete(key);
  cached.set(key, answer);
  return { ...answer, current: answer.at > touched && performance.now() - answer.at < MOMENTS };
}

/** Requests the current page, at least as of a revision; or joins a prefetch of it. */
export function ask(url, { signal, revision } = {}) {
  const running = revision === undefined && ahead.get(keyOf(url));
  if (!running) return request(url, signal, revision);
  running.joined = true;
  signal?.addEventListener("abort", () => running.controller.abort());
  return running.answer;
}

/** Prefetches a page; returns how to abort that, unless something has joined it by then. */
export function askAhead(url) {
  const key = keyOf(url);
  if (ahead.has(key) || recall(url)?.current) return undefined;
  const controller = new AbortController();
  const running = { controller, joined: false, answer: request(url, controller.signal) };
  ahead.set(key, running);
  running.answer.catch(() => {}).finally(() => ahead.delete(key));
  return { giveUp: () => running.joined || controller.abort() };
}

/** Notes an edit: pages prefetched before it must be requested again. */
export function distrust() {
  touched = performance.now();
}

/** Caches the page that the document came with. */
export function store(url, html) {
  if (canonical(url) && !cached.has(keyOf(url))) put(keyOf(url), { html, turn: 0, at: -Infinity });
}

/** The revision up to which a page is right, from `Server-Timing`. */
export function revisionOf(timing) {
  return Number(/revision;desc="?(\d+)/.exec(timing)?.[1] ?? 0);
}

async function request(url, signal, revision) {
  const turn = ++turns;
  const key = keyOf(url);
  const headers = revision === undefined ? {} : { "hearth-min-revision": `${revision}` };
  const response = await fetch(url, { headers, cache: "no-cache", signal });
  const header = (name) => response.headers.get(name) ?? "";
  if (!header("content-type").startsWith("text/html") || new URL(response.url).origin !== location.origin) {
    throw new Error(`${url} is not a page`);
  }
  const answer = {
    html: await response.text(),
    turn,
    at: performance.now(),
    current: true,
    address: response.redirected ? response.url : undefined,
    revision: revisionOf(header("server-timing")),
  };
  if (!header("cache-control").includes("no-store")) return put(key, answer);
  cached.delete(key);
  return answer;
}

/** Caches an answer unless that of a later request is there; returns the one that is cached. */
function put(key, answer) {
  const other = cached.get(key);
  if (other && other.turn > answer.turn) return { ...other, current: true };
  cached.delete(key);
  cached.set(key, answer);
  if (cached.size > LIMIT) cached.delete(cached.keys().next().value);
  return answer;
}

function keyOf(url) {
  return canonical(url) ?? url.pathname + url.search;
}
