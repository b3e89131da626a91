// The picture of a card becomes the picture of the page that opens, and back.

const calm = matchMedia("(prefers-reduced-motion: reduce)");
let named = null;

/** Swaps pages by a transition, where that is wanted and possible. */
export async function transit(swap) {
  if (calm.matches || !document.startViewTransition) return swap();
  const transition = document.startViewTransition(swap);
  // A transition that is skipped, for the page is hidden or something newer came, swaps all the same.
  transition.ready.catch(() => {});
  transition.finished.catch(() => {}).then(() => namePicture(null));
  await transition.updateCallbackDone;
}

/** Names the picture of the card that something is in. */
export function namePicture(something) {
  if (named) named.style.viewTransitionName = "";
  named = something?.closest(".card")?.querySelector(".picture") ?? null;
  if (named) named.style.viewTransitionName = "picture";
}
