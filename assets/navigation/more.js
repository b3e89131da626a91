// A list and the pages appended to it, as one page.

import { parse } from "./swap.js";

/**
 * One page made of the answers to several addresses: the first is the page itself, the others continue its
 * list. Undefined if an answer is missing.
 */
export function compose(urls, answers) {
  if (!answers.every(Boolean)) return undefined;
  const [page, ...rest] = answers.map((answer) => answer.page ?? parse(answer.html));
  const [first] = answers;
  return {
    url: first.address ? new URL(first.address) : urls[0],
    appended: urls.slice(1),
    page: rest.reduce(append, page),
    current: answers.every((answer) => answer.current),
    revision: Math.min(...answers.map((answer) => answer.revision ?? 0)),
  };
}

/** A page whose list continues with the rows of the next one. */
function append(page, next) {
  const whole = page.cloneNode(true);
  const rows = whole.querySelector("#results");
  for (const row of next.querySelectorAll("#results > li")) {
    // A row that has moved to the next page in the meantime appears twice.
    const id = row.querySelector("[id]")?.id;
    if (!id || !whole.getElementById(id)) rows?.append(whole.importNode(row, true));
  }
  const [pager, other] = [whole, next].map((one) => one.querySelector("nav.pager"));
  if (other) pager?.replaceWith(whole.importNode(other, true));
  else pager?.remove();
  return whole;
}
