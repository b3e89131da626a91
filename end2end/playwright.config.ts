// `cargo xtask e2e` builds and starts everything that this needs, and says so in the environment.
import { defineConfig, devices } from '@playwright/test';

const baseURL = process.env.HEARTH_URL;
if (!baseURL) {
  throw new Error('HEARTH_URL is not set: run the tests by `cargo xtask e2e`');
}

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  // Two cores serve, browse and test; one browser more only makes all of them slower.
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
      // Nothing of the browser's own may look for the network: tests run where there is none.
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-quic',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  projects: [{ name: 'chromium', use: { ...devices['Desktop Chrome'] } }],
});
