// Runs the corpus in WebAssembly: node run.mjs PATH/TO/corpus.wasm
// Build it first: cargo build -p normalizer --example corpus --target wasm32-unknown-unknown
import { readFile } from "node:fs/promises";

const [path] = process.argv.slice(2);
if (!path) {
  console.error("usage: node run.mjs PATH/TO/corpus.wasm");
  process.exit(2);
}
const cases = await readFile(new URL("../corpus/cases.tsv", import.meta.url), "utf8");
const count = cases.split("\n").filter((line) => line && !line.startsWith("#")).length;
const { instance } = await WebAssembly.instantiate(await readFile(path));

// `main(argc, argv)` returns the exit code; a panic traps, which ends this script with an error.
const failed = instance.exports.main(0, 0);
console.log(`${count - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
