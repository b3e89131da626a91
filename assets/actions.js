// What a row's page can do with a script: scroll a gallery in place, share, print.

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('.gallery a[href^="#"]');
  if (link) return show(event, link);
  const control = event.target.closest?.("[data-do]");
  if (control?.dataset.do === "print") print();
  else if (control) share(control);
});

// Adds the buttons that work only with a script.
export function dress(button) {
  const actions = document.querySelector(".actions[data-row]");
  if (!actions || actions.querySelector("[data-do]")) return;
  actions.append(button("Share", "share", { do: "share" }), button("Print", "printer", { do: "print" }));
}

// Scrolls the strip but not the page, and adds nothing to the history.
function show(event, link) {
  const picture = document.getElementById(link.hash.slice(1));
  const strip = picture?.closest(".strip");
  if (!strip) return;
  event.preventDefault();
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const left = picture.offsetLeft - strip.offsetLeft;
  strip.scrollTo({ left, behavior: calm ? "auto" : "smooth" });
}

// Shares the canonical address, which contains nothing about this reader.
async function share(control) {
  const url = document.querySelector('link[rel="canonical"]').href;
  const label = control.lastChild;
  try {
    if (navigator.share) return await navigator.share({ title: document.title, url });
    await navigator.clipboard.writeText(url);
    label.textContent = "Link copied";
  } catch (error) {
    // The reader closed the system's share sheet.
    if (error.name === "AbortError") return;
    label.textContent = "Could not copy";
  }
  setTimeout(() => (label.textContent = "Share"), 2_500);
}
