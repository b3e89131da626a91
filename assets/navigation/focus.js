// Where the reader continues when the page has changed.

/** The ids of elements that may take the focus: the control that was used, then its neighbors. */
export function successors(control) {
  const used = control?.closest("[id]");
  if (!used) return [];
  const list = used.closest("li")?.parentElement;
  const like = [...(list?.querySelectorAll(":is(a, button)[id]") ?? [])].filter((one) => one.className === used.className);
  const ids = like.map((one) => one.id);
  const at = ids.indexOf(used.id);
  // After removing one of several, the focus moves to the next.
  return [used.id, ...ids.slice(at + 1), ...ids.slice(0, Math.max(at, 0)).reverse()];
}

/** Focuses the first of these ids that exists. */
export function take(ids) {
  for (const id of ids) {
    const element = id && document.getElementById(id);
    element?.focus({ preventScroll: true });
    if (element && document.activeElement === element) return true;
  }
  return false;
}

/** Focus and scroll position after Back, Forward and a reload. */
export function goBack(place) {
  scrollTo(0, place.y);
  return take([place.focus]) || take(["main"]);
}

/** Focus and scroll position on another answer to the same query: the reader stays where they are. */
export function stay(ids) {
  const paged = ids.some((id) => id.startsWith("page-"));
  const results = document.querySelector(".results");
  if (!take(ids)) take(["main"]);
  // Unless the results would be out of view.
  if (paged || results?.getBoundingClientRect().bottom < 0) results?.scrollIntoView();
}

/** Focus and scroll position on another page: at its top, or at the place that the address names. */
export function begin(url) {
  take(["main"]);
  const target = url.hash && document.getElementById(decodeURIComponent(url.hash.slice(1)));
  if (target) target.scrollIntoView();
  else scrollTo(0, 0);
}
