// The browser tier: pages that this tab was answered with, under their canonical addresses.
//
// The browser holds no fence against edits, so a remembered page is only ever shown while the current one is
// asked for. The exception are moments: what was fetched ahead a few seconds ago, and not touched since as
// far as the live stream tells, is not asked for twice.

import { canonical } from "./islands.js";

const LIMIT = 40;
const MOMENTS = 5_000;

/** By address: the page's HTML, the turn in which it was asked for, when it came, and how current it is. */
const kept = new Map();
/** By address: the requests that run ahead of the reader. */
const ahead = new Map();
let turns = 0;
let touched = -Infinity;

/** A remembered page. */
export function recall(url) {
  const key = keyOf(url);
  const answer = kept.get(key);
  if (!answer) return undefined;
  // Used last, forgotten last.
  kept.delete(key);
  kept.set(key, answer);
  return { ...answer, current: answer.at > touched && performance.now() - answer.at < MOMENTS };
}

/** Asks the server for a page as it is now, at least as of a revision; or joins the request that runs ahead. */
export function ask(url, { signal, revision } = {}) {
  const running = revision === undefined && ahead.get(keyOf(url));
  if (!running) return request(url, signal, revision);
  running.joined = true;
  signal?.addEventListener("abort", () => running.controller.abort());
  return running.answer;
}

/** Fetches a page that the reader may want next; returns how to give that up, unless somebody waits for it. */
export function askAhead(url) {
  const key = keyOf(url);
  if (ahead.has(key) || recall(url)?.current) return undefined;
  const controller = new AbortController();
  const running = { controller, joined: false, answer: request(url, controller.signal) };
  ahead.set(key, running);
  running.answer.catch(() => {}).finally(() => ahead.delete(key));
  return { giveUp: () => running.joined || controller.abort() };
}

/** Notes that something was edited: nothing from before is worth a moment's trust. */
export function distrust() {
  touched = performance.now();
}

/** Remembers the page that the document came with. */
export function remember(url, html) {
  if (canonical(url) && !kept.has(keyOf(url))) keep(keyOf(url), { html, turn: 0, at: -Infinity });
}

/** The revision up to which a page is right, as `Server-Timing` tells. */
export function revisionOf(timing) {
  return Number(/revision;desc="?(\d+)/.exec(timing)?.[1] ?? 0);
}

async function request(url, signal, revision) {
  const turn = ++turns;
  const key = keyOf(url);
  const headers = revision === undefined ? {} : { "hearth-min-revision": `${revision}` };
  const response = await fetch(url, { headers, cache: "no-cache", signal });
  const said = (name) => response.headers.get(name) ?? "";
  if (!said("content-type").startsWith("text/html") || new URL(response.url).origin !== location.origin) {
    throw new Error(`${url} is no page`);
  }
  const answer = {
    html: await response.text(),
    turn,
    at: performance.now(),
    current: true,
    address: response.redirected ? response.url : undefined,
    revision: revisionOf(said("server-timing")),
  };
  if (!said("cache-control").includes("no-store")) return keep(key, answer);
  kept.delete(key);
  return answer;
}

/** Keeps an answer unless one that was asked for later is there, and returns the one that is kept. */
function keep(key, answer) {
  const other = kept.get(key);
  if (other && other.turn > answer.turn) return { ...other, current: true };
  kept.delete(key);
  kept.set(key, answer);
  if (kept.size > LIMIT) kept.delete(kept.keys().next().value);
  return answer;
}

function keyOf(url) {
  return canonical(url) ?? url.pathname + url.search;
}
