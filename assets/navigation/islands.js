// Hydrates the islands of a page: what is interactive beyond what the browser does by itself.
//
// The page names the script and its WebAssembly in the links that preload them. They are loaded once the
// browser is idle; then the current page's islands are hydrated, and those of every later page as it arrives.

const woken = new WeakSet();
let code;
let arrive;

/** Fulfilled when the islands' code has loaded, and with it the rules for addresses. */
export const loaded = new Promise((resolve) => (arrive = resolve));

const whenIdle = window.requestIdleCallback ?? ((call) => setTimeout(call, 200));
whenIdle(load, { timeout: 2_000 });

async function load() {
  const script = document.querySelector('link[rel="modulepreload"]');
  const wasm = document.querySelector('link[rel="preload"][as="fetch"]');
  if (!script || !wasm) return;
  const come = await import(script.href);
  await come.default({ module_or_path: wasm.href });
  come.hydrate();
  code = come;
  wake(document.body);
  arrive();
}

/** Hydrates the islands below an element that are not hydrated yet, in document order. */
export function wake(element, parents = []) {
  if (!code) return;
  const name = element.localName;
  if (name === "leptos-island" && !woken.has(element)) {
    woken.add(element);
    // Below an island, the context is that of its children, in between.
    parents.at(-1)?.();
    code[element.dataset.component]?.(element);
  }
  const below = name === "leptos-children" ? [...parents, element.$$on_hydrate] : parents;
  for (const child of element.children) wake(child, below);
}

/**
 * The canonical address of a reader's page, by the server's own rules; `null` if it is none or may not be
 * cached, `undefined` until the rules have loaded.
 */
export function canonical(url) {
  if (!code) return undefined;
  return code.canonical(url.pathname, url.search.slice(1)) ?? null;
}
