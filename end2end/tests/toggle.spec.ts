// Grid and list: two views of the same results.
import { CATALOGUES, awake, expect, heard, open, quiet, settled, shown, test } from './support';
import type { Page } from '@playwright/test';

const LIST = '/properties?city=austin&view=list';

/** The positions of elements that a change of the view must not move. */
const places = (page: Page) =>
  page.evaluate(() =>
    ['.site-header', 'h1', '#filters', '.toolbar', '.count', '#sort', '.toggle', '.chips', '#results'].map((selector) => {
      const { x, y, width } = document.querySelector(selector)!.getBoundingClientRect();
      return [selector, x, y, width];
    }),
  );

/** Whether a row takes the whole width, and shows more than a card does. */
const inRows = (page: Page) =>
  page.evaluate(() => {
    const [results, card] = ['#results', '#results .card'].map((one) => document.querySelector(one)!);
    const isWide = Math.abs(results.getBoundingClientRect().width - card.getBoundingClientRect().width) < 1;
    return isWide && card.querySelector('.excerpt')!.checkVisibility();
  });

for (const { name, filters } of CATALOGUES) {
  const filter = `${filters[1].parameter}=${filters[1].value}`;

  test(`11: the view of ${name} changes without any request, and nothing else moves`, async ({ page }) => {
    await open(page, `/${name}?${filter}`);
    await heard(page);
    await quiet(page);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const before = await places(page);
    const { rows } = await shown(page);
    const entries = await page.evaluate(() => history.length);
    expect(await inRows(page)).toBe(false);

    for (const [view, query, isList] of [
      ['List', `?${filter}&view=list`, true],
      ['Grid', `?${filter}`, false],
      ['List', `?${filter}&view=list`, true],
    ] as const) {
      await page.getByRole('link', { name: view, exact: true }).click();
      await expect(page).toHaveURL(`/${name}${query}`);
      await expect(page.getByRole('link', { name: view, exact: true })).toHaveAttribute('aria-current', 'true');
      await expect(page.locator('.toggle [aria-current]')).toHaveCount(1);
      expect(await inRows(page)).toBe(isList);
      expect(await places(page)).toEqual(before);
      expect((await shown(page)).rows).toEqual(rows);
    }
    await quiet(page);
    expect(requests).toEqual([]);
    expect(await page.evaluate(() => history.length)).toBe(entries);
  });

  test(`from a row of ${name}, Back returns to the chosen view`, async ({ page }) => {
    await open(page, `/${name}`);
    await page.getByRole('link', { name: 'List', exact: true }).click();
    await expect(page).toHaveURL(`/${name}?view=list`);
    await page.locator('#results h3 a').first().click();
    await expect(page).toHaveURL(new RegExp(`/${name}/\\d+`));
    await expect(page.locator('.detail')).toBeVisible();
    await page.goBack();
    await expect(page.locator('#results')).toHaveAttribute('data-view', 'list');
    await expect(page).toHaveURL(`/${name}?view=list`);
  });
}

test('rows show more than cards do', async ({ page }) => {
  await page.goto('/properties?city=austin');
  const card = page.locator('#results .card').first();
  await expect(card.locator('.excerpt')).toBeHidden();
  await expect(card.locator('.per-area')).toBeHidden();
  await page.goto(LIST);
  await expect(card.locator('.excerpt')).toBeVisible();
  await expect(card.locator('.per-area')).toHaveText(/ · \$[\d,]+\/m²/);
});

test('11: a reload shows the list immediately, without a flash of the grid', async ({ page }) => {
  await page.addInitScript(() => {
    const seen = new Set<string>();
    let shift = 0;
    Object.assign(window, { seen, shift: () => shift });
    const look = () => {
      const view = document.querySelector('#results')?.getAttribute('data-view');
      if (view) seen.add(view);
    };
    new MutationObserver(look).observe(document, { attributes: true, childList: true, subtree: true });
    new PerformanceObserver((entries) => {
      for (const entry of entries.getEntries()) shift += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await open(page, '/properties?city=austin');
  await page.getByRole('link', { name: 'List', exact: true }).click();
  await expect(page).toHaveURL(LIST);
  const before = await shown(page);
  const response = await page.reload();
  expect(await response?.text()).toContain('data-view="list"');
  await awake(page);
  await quiet(page);
  expect(await shown(page)).toEqual(before);
  const { seen, shift } = await page.evaluate(() => {
    const watched = window as unknown as { seen: Set<string>; shift: () => number };
    return { seen: [...watched.seen], shift: watched.shift() };
  });
  expect(seen).toEqual(['list']);
  expect(shift).toBeLessThan(0.01);
});

test('pages, chips, filters and orders preserve the chosen view', async ({ page }) => {
  await open(page, '/properties?city=austin,boston');
  await page.getByRole('link', { name: 'List', exact: true }).click();
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page).toHaveURL('/properties?city=austin,boston&page=2&view=list');
  await expect(page.locator('.pager [aria-current="page"]')).toHaveText('2');
  await settled(page);
  expect((await shown(page)).view).toBe('list');
  await page.getByLabel('Sort by').selectOption('Price, low to high');
  await expect(page).toHaveURL('/properties?city=austin,boston&sort=price&view=list');
  await settled(page);
  await page.locator('#filters').getByLabel('Condo').check();
  await expect(page).toHaveURL('/properties?city=austin,boston&property_type=condo&sort=price&view=list');
  await expect(page.locator('.chip')).toHaveCount(3);
  await settled(page);
  await page.getByRole('link', { name: 'Remove Boston' }).click();
  await expect(page).toHaveURL('/properties?city=austin&property_type=condo&sort=price&view=list');
  await expect(page.locator('.chip')).toHaveCount(2);
  await settled(page);
  expect((await shown(page)).view).toBe('list');
  await page.getByRole('link', { name: 'Grid', exact: true }).click();
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page).toHaveURL('/properties?city=austin&page=2&property_type=condo&sort=price');
  await expect(page.locator('.pager [aria-current="page"]')).toHaveText('2');
  expect((await shown(page)).view).toBe('grid');
});
