// `cargo xtask e2e` builds and starts everything that this needs, and sets its environment.
import { defineConfig, devices } from '@playwright/test';

const baseURL = process.env.HEARTH_URL;
if (!baseURL) {
  throw new Error('HEARTH_URL is not set: run the tests by `cargo xtask e2e`');
}

// What pages look like and how they are moved between is the same on every database.
const OF_APPEARANCE = ['accessibility', 'ahead', 'cook', 'navigation', 'print', 'toggle', 'weight'];
const left = process.env.HEARTH_TESTS === 'data' ? OF_APPEARANCE.map((spec) => `${spec}.spec.ts`) : [];

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  // Two cores serve, browse and test; another browser would only make all of them slower.
  workers: 2,
  retries: 0,
  timeout: 30_000,
  reporter: 'list',
  use: {
    baseURL,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.HEARTH_CHROMIUM,
      // The browser's own services must not use the network: the tests may run without one.
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-quic',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  projects: [
    { name: 'chromium', use: { ...devices['Desktop Chrome'] }, testIgnore: ['editors.spec.ts', ...left] },
    // These create and remove rows, which others count. (`--no-deps` runs them alone.)
    {
      name: 'editors',
      use: { ...devices['Desktop Chrome'] },
      testMatch: 'editors.spec.ts',
      dependencies: ['chromium'],
    },
  ],
});
