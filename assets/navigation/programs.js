// The program of pages that need one besides the islands': those of recipes.
//
// Such a page names a script and its WebAssembly in its head. They are loaded when the first of these pages
// arrives; from then on the program looks by itself at every page that arrives.

/** The script of the program that runs, or is being loaded. */
let running = null;

document.addEventListener("hearth:arrive", start);

/** Whether a page names no program of another build than the one that runs. */
export function runs(page) {
  const [script] = named(page);
  return !script || !running || script === running;
}

async function start() {
  const [script, wasm] = named(document);
  if (!script || running) return;
  running = script;
  try {
    const [program, code] = await Promise.all([import(script), fetch(wasm)]);
    await program.default({ module_or_path: code });
  } catch (error) {
    // The page works without it, and the next one tries again.
    console.info(error);
    running = null;
  }
}

function named(page) {
  return page.querySelector('meta[name="program"]')?.content.split(" ") ?? [];
}
