// What a reader saves: rows of each catalogue, homes to compare, and searches. It stays in this browser.
//
// All readers share the pages, so what one has saved is added to them here: hearts on cards, buttons on a
// row's page, the count in the header, the tray of the comparison. The address of a row says which catalogue it
// is of, so none is named here, except that only homes are compared. That is done for every page when it arrives,
// never before; one listener on the document handles all clicks.

const STORE = "hearth:saved";
const MOST = 4;
const LIMIT = 50;
const FIRST = "properties";

document.addEventListener("hearth:arrive", apply);
document.addEventListener("click", act);
// Another tab changed the store.
addEventListener("storage", ({ key }) => key === STORE && apply());

function read() {
  let saved;
  try {
    saved = JSON.parse(localStorage.getItem(STORE));
  } catch {
    // The store is forbidden, or holds something else: treat it as empty.
  }
  const ids = (list) => (Array.isArray(list) ? list.filter((id) => Number.isSafeInteger(id) && id > 0) : []);
  // Readers' first stores knew homes only.
  const rows = { [FIRST]: saved?.homes, ...saved?.rows };
  return {
    rows: Object.fromEntries(Object.entries(rows).map(([of, list]) => [of, ids(list).slice(-LIMIT)])),
    compare: ids(saved?.compare).slice(0, MOST),
    searches: Array.isArray(saved?.searches) ? saved.searches.filter(isSearch).slice(-LIMIT) : [],
  };
}

// Accepts only an address on this site.
function isSearch(search) {
  return /^\/[^/]/.test(search?.address) && typeof search.name === "string";
}

function write(saved) {
  try {
    localStorage.setItem(STORE, JSON.stringify(saved));
  } catch {
    // The store is full or forbidden: nothing is saved.
  }
  apply();
}

function act(event) {
  const control = event.target.closest?.("[data-keep], [data-uncompare], [data-unsearch]");
  if (!control) return;
  const saved = read();
  const { keep, uncompare, unsearch } = control.dataset;
  if (keep === "search") {
    toggleSearch(saved, here());
  } else if (unsearch) {
    saved.searches = saved.searches.filter((search) => search.address !== unsearch);
  } else if (uncompare) {
    saved.compare = uncompare === "all" ? [] : saved.compare.filter((id) => id !== Number(uncompare));
  } else {
    const { of, id } = rowAt(control.dataset.row);
    const list = keep === "compare" ? saved.compare : (saved.rows[of] ??= []);
    if (list.includes(id)) list.splice(list.indexOf(id), 1);
    else if (keep === "compare" && list.length === MOST) return tray(saved, `You can compare up to ${MOST} homes: remove one first.`);
    else list.push(id);
  }
  write(saved);
}

function toggleSearch(saved, search) {
  const others = saved.searches.filter(({ address }) => address !== search.address);
  saved.searches = others.length < saved.searches.length ? others : [...others, search];
}

// The shown list: its canonical address, and a name for it.
function here() {
  const { pathname, search } = new URL(document.querySelector('link[rel="canonical"]').href);
  const chips = [...document.querySelectorAll(".list-page .chips .chip")].map((chip) => chip.textContent.trim());
  const heading = document.querySelector("h1").textContent.trim();
  const rest = chips.filter((chip) => !heading.toLowerCase().includes(chip.toLowerCase()) && !/^clear/i.test(chip));
  // A search covers all of its pages.
  const query = search.replace(/^\?page=\d+(&|$)|&page=\d+/, (part) => (part.endsWith("&") ? "?" : ""));
  return { address: pathname + query, name: [heading, ...rest].join(" · ") };
}

function apply() {
  const saved = read();
  for (const card of document.querySelectorAll(".card:has(> .keep:empty)")) heart(card);
  const actions = document.querySelector(".actions[data-row]");
  if (actions && !actions.childElementCount) {
    const { row } = actions.dataset;
    actions.append(button("Save", "heart", { keep: "row", row }));
    if (rowAt(row).of === FIRST) actions.append(button("Compare", "columns", { keep: "compare", row }));
  }
  const search = document.querySelector(".toolbar > .keep:empty");
  search?.append(button("Save search", "bookmark", { keep: "search" }));

  for (const control of document.querySelectorAll("[data-keep]")) {
    const { keep, row } = control.dataset;
    const address = keep === "search" && here().address;
    const on = address ? saved.searches.some((search) => search.address === address) : listOf(saved, keep, row).includes(rowAt(row).id);
    control.setAttribute("aria-pressed", on);
  }
  const link = document.querySelector(".header-saved");
  if (link) {
    const rows = Object.entries(saved.rows);
    const count = rows.reduce((sum, [, list]) => sum + list.length, saved.searches.length);
    // To the first catalogue of which something is saved.
    const [of] = rows.find(([, list]) => list.length) ?? [FIRST];
    link.setAttribute("href", urlOf(saved, of));
    link.querySelector("b")?.remove();
    if (count) link.append(element("b", { textContent: count }));
  }
  searches(saved);
  tray(saved);
  if (actions) import("/actions.js").then(({ dress }) => dress(button));
  for (const shelf of document.querySelectorAll("[data-shelf]")) {
    const of = shelf.dataset.shelf;
    const url = urlOf(saved, of);
    shelf.setAttribute("href", url);
    shelf.querySelector("b")?.remove();
    const count = saved.rows[of]?.length;
    if (count) shelf.append(element("b", { textContent: count }));
    // The address with the saved rows can be sent to others, so the address bar shows it.
    if (shelf.ariaCurrent && !location.search && count) location.replace(url);
  }
}

function urlOf({ rows }, of) {
  const path = of === FIRST ? "/saved" : `/saved/${of}`;
  return rows[of]?.length ? `${path}?ids=${[...rows[of]].sort((a, b) => a - b)}` : path;
}

/** The catalogue and the id in a row's address. */
function rowAt(address) {
  const [, of, id] = address.split("/");
  return { of, id: Number(id) };
}

function listOf(saved, keep, row) {
  return keep === "compare" ? saved.compare : (saved.rows[rowAt(row).of] ?? []);
}

// Next to the card's only link, not inside it: the link covers the card, and the heart is drawn above it.
function heart(card) {
  const link = card.querySelector('a[id^="row-"]');
  const place = card.querySelector(".keep:empty");
  if (!link || !place) return;
  const control = button("", "heart", { keep: "row", row: link.getAttribute("href") });
  control.className = "heart";
  control.setAttribute("aria-label", `Save ${link.textContent.trim()}`);
  place.append(control);
}

function searches({ searches }) {
  const section = document.getElementById("searches");
  if (!section) return;
  section.hidden = !searches.length;
  section.querySelector("ul").replaceChildren(
    ...searches.map(({ address, name }) => {
      const remove = button("", "x", { unsearch: address });
      remove.className = "icon-button";
      remove.setAttribute("aria-label", `Forget ${name}`);
      const item = element("li");
      item.append(element("a", { href: address, textContent: name }), remove);
      return item;
    }),
  );
}

// The homes to compare, at the bottom of every page except the comparison.
function tray({ compare }, message) {
  const bar = document.getElementById("tray");
  if (!bar) return;
  bar.hidden = !compare.length || location.pathname === "/compare";
  if (bar.hidden) return bar.replaceChildren();
  const ids = [...compare].sort((a, b) => a - b);
  const clear = button("Clear", "", { uncompare: "all" });
  clear.className = "button quiet";
  bar.replaceChildren(
    element("p", { textContent: message ?? `${ids.length} of ${MOST} homes to compare` }),
    element("a", { className: "button", href: `/compare?ids=${ids}`, textContent: "Compare" }),
    clear,
  );
}

function button(text, icon, data) {
  const control = element("button", { type: "button", className: "button quiet" });
  Object.assign(control.dataset, data);
  if (icon) control.insertAdjacentHTML("beforeend", `<svg class="icon" aria-hidden="true"><use href="/icons.svg#${icon}"/></svg>`);
  control.append(text);
  return control;
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
