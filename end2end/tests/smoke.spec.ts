import { expect, test } from '@playwright/test';

test('the front page answers and its WebAssembly loads', async ({ page }) => {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  const wasm = page.waitForResponse((response) => response.url().endsWith('.wasm') && response.ok());
  const response = await page.goto('/');
  expect(response?.status()).toBe(200);
  await wasm;
  expect(problems).toEqual([]);
});
