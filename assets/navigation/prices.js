// Prices that change while they are on screen.

/** Highlights new prices once, and returns a sentence about them. */
export function showNew(changed) {
  const prices = changed.filter((element) => element.matches(".price"));
  for (const price of prices) {
    price.classList.add("touched");
    price.addEventListener("animationend", () => price.classList.remove("touched"), { once: true });
  }
  if (prices.length > 1) return `${prices.length} prices have changed`;
  return prices.length === 1 ? `${homeOf(prices[0])}: now ${prices[0].textContent}` : "";
}

function homeOf(price) {
  const title = price.closest(".card")?.querySelector("h3") ?? document.querySelector("h1");
  return title?.textContent.trim() ?? "";
}
