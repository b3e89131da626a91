// Lighthouse on the list of homes and on a home, with its settings for desktops, several times each, and once on
// the lists of the other catalogues:
// node lighthouse.mjs RUNS
// `cargo xtask e2e` starts the server and says where it is. Accessibility, best practices and search engine
// optimization must be perfect; performance depends on the machine, and is printed.
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const { HEARTH_URL, HEARTH_CHROMIUM } = process.env;
const runs = Number(process.argv[2] ?? 5);
const PAGES = { "/properties": runs, "/properties/42": runs, "/recipes": 1, "/agents": 1 };
const PERFECT = ["accessibility", "best-practices", "seo"];

const chrome = await launch({
  chromePath: HEARTH_CHROMIUM,
  // The browser's own services must not use the network.
  chromeFlags: [
    "--headless=new",
    "--no-sandbox",
    "--no-first-run",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  ],
});
let passed = 0;
let failed = 0;
try {
  for (const [page, times] of Object.entries(PAGES)) {
    const results = [];
    for (let run = 0; run < times; run++) {
      const options = {
        port: chrome.port,
        output: [],
        logLevel: "error",
        onlyCategories: ["performance", ...PERFECT],
        // The stream of live updates never ends, so the page would never count as loaded.
        blockedUrlPatterns: ["*/live?*"],
      };
      results.push((await lighthouse(HEARTH_URL + page, options, desktopConfig)).lhr);
    }
    const of = (category) => median(results.map((result) => Math.round(result.categories[category].score * 100)));
    const scores = ["performance", ...PERFECT].map((category) => `${category} ${of(category)}`);
    const took = (audit) => Math.round(median(results.map((result) => result.audits[audit].numericValue)));
    scores.push(`LCP ${took("largest-contentful-paint")} ms`, `TBT ${took("total-blocking-time")} ms`);
    console.log(`${page}, median of ${times}: ${scores.join(", ")}`);
    for (const category of PERFECT) {
      if (of(category) === 100) passed++;
      else failed++;
    }
    for (const reason of new Set(results.flatMap(reasons))) console.log(`  ${reason}`);
  }
} finally {
  chrome.kill();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function median(numbers) {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** What keeps a category from being perfect. */
function reasons({ categories, audits }) {
  return PERFECT.flatMap((category) =>
    categories[category].auditRefs
      .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1)
      .map(({ id }) => `${category}: ${audits[id].title} ${JSON.stringify(audits[id].details?.items ?? []).slice(0, 400)}`),
  );
}
