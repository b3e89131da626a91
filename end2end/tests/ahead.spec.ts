// Links are prefetched when the reader points at them.
import { CATALOGUES, awake, expect, open, quiet, test } from './support';
import type { Page } from '@playwright/test';

const LIST = '/properties?city=austin';

/** The requests for pages of rows, as they are made. */
function rowRequests(page: Page, name: string): string[] {
  const paths: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (new RegExp(`^/${name}/\\d+$`).test(pathname)) paths.push(pathname);
  });
  return paths;
}

for (const { name, one, long } of CATALOGUES) {
  test(`20: ${one} that was pointed at briefly is shown when it is clicked, without another request`, async ({ page }) => {
    const requests = rowRequests(page, name);
    await open(page, `/${name}?${long}`);
    await quiet(page);
    const link = page.locator('#results h3 a').nth(1);
    const path = await link.getAttribute('href');
    await link.hover();
    await expect.poll(() => requests).toEqual([path]);
    await quiet(page);
    const took = await page.evaluate(async () => {
      const began = performance.now();
      document.querySelectorAll<HTMLAnchorElement>('#results h3 a')[1].click();
      while (!document.querySelector('.detail')) await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      return performance.now() - began;
    });
    console.log(`${one} that was fetched ahead was painted after ${Math.round(took)} ms`);
    await expect(page).toHaveURL(path ?? '');
    await quiet(page);
    expect(requests).toEqual([path]);
  });
}

test('20: a click joins the pending prefetch', async ({ page }) => {
  const requests = rowRequests(page, 'properties');
  await open(page, LIST);
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(/\/properties\/\d+$/, async (route) => {
    await gate;
    await route.continue();
  });
  const link = page.locator('#results h3 a').nth(1);
  await link.hover();
  await expect.poll(() => requests.length).toBe(1);
  await link.click();
  await expect(page.locator('main')).toHaveAttribute('aria-busy', 'true');
  letGo();
  await expect(page.locator('.detail')).toBeVisible();
  await quiet(page);
  expect(requests.length).toBe(1);
});

test('20: links that are only passed over or not cacheable are not prefetched, and none when data is saved', async ({ page }) => {
  const all: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    // Pictures below the fold are loaded when the pointer scrolls to a link.
    if (pathname !== '/live' && !pathname.startsWith('/pictures/')) all.push(pathname);
  });
  await open(page, LIST);
  await quiet(page);
  all.length = 0;
  await page.getByRole('link', { name: 'For editors' }).hover();
  await page.getByRole('link', { name: 'List', exact: true }).hover();
  await quiet(page);
  expect(all).toEqual([]);

  await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true, effectiveType: '4g' } }));
  await page.reload();
  await awake(page);
  await quiet(page);
  all.length = 0;
  await page.locator('#results h3 a').nth(1).hover();
  await quiet(page);
  expect(all).toEqual([]);
});
