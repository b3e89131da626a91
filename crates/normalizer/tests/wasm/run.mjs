// Runs the corpus in WebAssembly, and compares the browser's NFKC with the server's tables:
// node run.mjs PATH/TO/corpus.js
// `cargo xtask test` builds the example `corpus` and binds it for Node.js first.
import { pathToFileURL } from "node:url";

const [path] = process.argv.slice(2);
if (!path) {
  console.error("usage: node run.mjs PATH/TO/corpus.js");
  process.exit(2);
}
const { default: corpus } = await import(pathToFileURL(path));

const failures = corpus.failures().split("\n").filter(Boolean);
const cases = corpus.cases();

// Each code point alone, and behind a letter and another mark, where composition and order count. What this
// engine's version of Unicode does not know yet it leaves alone; the server may know better.
let compared = 0;
let unknown = 0;
for (let code = 0; code <= 0x10ffff; code++) {
  if (code >= 0xd800 && code <= 0xdfff) continue;
  const point = String.fromCodePoint(code);
  for (const text of /\p{M}/u.test(point) ? [point, `a${point}`, `o\u0323${point}\u0301`] : [point]) {
    compared++;
    if (text.normalize("NFKC") === corpus.nfkc(text)) continue;
    if (/\p{Cn}/u.test(point)) unknown++;
    else failures.push(`NFKC of U+${code.toString(16)} differs`);
  }
}
for (const failure of failures) console.error(failure);
console.log(`NFKC: ${compared} texts alike but for ${unknown} of Unicode newer than ${process.versions.unicode}`);
console.log(`${cases + 1 - failures.length} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
