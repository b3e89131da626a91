// The picture of a card turns into the picture of the page that opens, and back.

const calm = matchMedia("(prefers-reduced-motion: reduce)");
let named = null;

/** Swaps pages with a transition, if wanted and possible. */
export async function transit(swap) {
  if (calm.matches || !document.startViewTransition) return swap();
  const transition = document.startViewTransition(swap);
  // A skipped transition (hidden page, newer navigation) still swaps.
  transition.ready.catch(() => {});
  transition.finished.catch(() => {}).then(() => namePicture(null));
  await transition.updateCallbackDone;
}

/** Names the picture of the card that contains an element. */
export function namePicture(something) {
  if (named) named.style.viewTransitionName = "";
  named = something?.closest(".card")?.querySelector(".picture") ?? null;
  if (named) named.style.viewTransitionName = "picture";
}
