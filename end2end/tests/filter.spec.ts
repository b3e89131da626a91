// The filter rail: what it requests, what it shows, and the ways back.
import { PAGE, another, expect, list, open, settled, shown, test } from './support';
import type { Page } from '@playwright/test';

const FOUR = '/properties?bedrooms=2&city=austin&max_price=600000&property_type=condo';

const rail = (page: Page) => page.locator('#filters');

/** Sets four filters in the rail, one after the other, as a reader does. */
async function setFour(page: Page): Promise<void> {
  await open(page, '/properties');
  await rail(page).getByLabel('City', { exact: true }).fill('  AUSTIN');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/properties?city=austin');
  await settled(page);
  await rail(page).getByLabel('Condo').check();
  await expect(page).toHaveURL('/properties?city=austin&property_type=condo');
  await settled(page);
  await rail(page).getByLabel('Price to').fill('600000.00');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/properties?city=austin&max_price=600000&property_type=condo');
  await settled(page);
  await rail(page).getByRole('group', { name: 'Bedrooms' }).getByLabel('2+').check();
  await expect(page).toHaveURL(FOUR);
  await settled(page);
}

test('filters in the rail give a canonical address, chips, a count and matching results', async ({ page, request }) => {
  await setFour(page);
  await expect(page).toHaveTitle('Condos in Austin with 2 or more bedrooms up to $600,000 · Hearth');
  const { count, results } = await list(request, FOUR.split('?')[1]);
  const now = await shown(page);
  expect(now.count).toBe(count);
  expect(now.rows).toEqual(results.map((row) => `row-${row.id}`));
  expect(now.chips).toEqual(['Austin', 'Condo', 'Up to $600,000', '2+ bedrooms']);
  expect(now.controls).toEqual({
    ...{ city: ['austin'], property_type: ['condo'], status: ['active'] },
    ...{ max_price: ['600000'], bedrooms: ['2'] },
  });
  for (const card of await page.locator('#results .card').allInnerTexts()) {
    expect(card).toMatch(/, Austin\n/);
    expect(card).toContain('Condo · Listed');
    expect(Number(/\$([\d,]+)/.exec(card)?.[1].replaceAll(',', ''))).toBeLessThanOrEqual(600_000);
    expect(Number(/(\d+) bd/.exec(card)?.[1])).toBeGreaterThanOrEqual(2);
  }
});

test('prices are read as people write them', async ({ page }) => {
  for (const [typed, price] of [
    ['450k', '450000'],
    ['$1.25M', '1250000'],
    ['500,000', '500000'],
    ['500 000', '500000'],
  ]) {
    await open(page, '/properties');
    await rail(page).getByLabel('Price to').fill(typed);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(`/properties?max_price=${price}`);
    await settled(page);
    await expect(rail(page).getByLabel('Price to')).toHaveValue(price);
  }
  await open(page, '/properties');
  await rail(page).getByLabel('Price to').fill('12,50');
  await page.keyboard.press('Enter');
  await expect(page.locator('#filter-max_price-error')).toContainText('such as 450000');
});

test('studios, and exactly two bedrooms', async ({ page, request }) => {
  await open(page, '/properties');
  const bedrooms = rail(page).getByRole('group', { name: 'Bedrooms' });
  await bedrooms.getByRole('combobox').selectOption('None (studios)');
  await expect(page).toHaveURL('/properties?max_bedrooms=0');
  await settled(page);
  const { count } = await list(request, 'max_bedrooms=0');
  expect((await shown(page)).count).toBe(count);
  await bedrooms.getByRole('combobox').selectOption('2');
  await expect(page).toHaveURL('/properties?max_bedrooms=2');
  await settled(page);
  await bedrooms.getByLabel('2+').check();
  await expect(page).toHaveURL('/properties?bedrooms=2&max_bedrooms=2');
  await settled(page);
  await expect(page.locator('h1')).toHaveText('Homes for sale with 2 bedrooms');
});

test('7: removing a chip moves the focus to the next, and clearing all keeps order and view', async ({ page }) => {
  await open(page, `${FOUR}&sort=price&view=list`);
  await page.getByRole('link', { name: 'Remove Condo' }).click();
  await expect(page).toHaveURL('/properties?bedrooms=2&city=austin&max_price=600000&sort=price&view=list');
  await expect(page.locator('.chip')).toHaveText(['Austin', 'Up to $600,000', '2+ bedrooms']);
  await expect(rail(page).getByLabel('Condo')).not.toBeChecked();
  await expect(page.getByRole('link', { name: 'Remove Up to $600,000' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('.chip')).toHaveText(['Austin', '2+ bedrooms']);
  await expect(page.getByRole('link', { name: 'Remove 2+ bedrooms' })).toBeFocused();
  await page.getByRole('link', { name: 'Clear all' }).click();
  await expect(page).toHaveURL('/properties?sort=price&view=list');
  await expect(page.locator('.chip')).toHaveCount(0);
  expect(await shown(page)).toMatchObject({ sort: 'price', view: 'list', controls: { sort: ['price'], view: ['list'] } });
});

test('the sort order is applied and shown', async ({ page }) => {
  await open(page, '/properties?city=austin');
  await page.getByLabel('Sort by').selectOption('Price, low to high');
  await expect(page).toHaveURL('/properties?city=austin&sort=price');
  await settled(page);
  await expect(page.getByLabel('Sort by')).toHaveValue('price');
  const cards = await page.locator('#results .price').allInnerTexts();
  const prices = cards.map((price) => Number(price.replace(/\D/g, '')));
  expect(prices.length).toBe(PAGE);
  expect(prices).toEqual(prices.toSorted((one, other) => one - other));
});

test('2: an address shows the same to everybody who opens it', async ({ page, browser }) => {
  await setFour(page);
  await page.getByLabel('Sort by').selectOption('Price, high to low');
  await expect(page).toHaveURL(`${FOUR}&sort=-price`);
  await settled(page);
  await page.getByRole('link', { name: 'List', exact: true }).click();
  const here = await shown(page);
  expect(here).toMatchObject({ sort: '-price', view: 'list' });
  expect(here.rows.length).toBeGreaterThan(1);

  const friend = await another(browser);
  await open(friend, page.url());
  expect(await shown(friend)).toEqual(here);
});

test('Back undoes one filter at a time, and Forward sets it again', async ({ page }) => {
  await setFour(page);
  await settled(page);
  const last = await shown(page);
  for (const [chips, url] of [
    [['Austin', 'Condo', 'Up to $600,000'], '/properties?city=austin&max_price=600000&property_type=condo'],
    [['Austin', 'Condo'], '/properties?city=austin&property_type=condo'],
    [['Austin'], '/properties?city=austin'],
  ] as const) {
    await page.goBack();
    await expect(page).toHaveURL(url);
    await expect(page.locator('.chip')).toHaveText([...chips]);
  }
  expect((await shown(page)).controls).toEqual({ city: ['austin'], status: ['active'] });
  for (let step = 2; step <= 4; step += 1) {
    await page.goForward();
    await expect(page.locator('.chip')).toHaveCount(step);
  }
  await settled(page);
  expect(await shown(page)).toEqual(last);
});

test('an invalid value is reported by its field, and can be corrected there', async ({ page }) => {
  expect((await page.goto('/properties?bedrooms=abc&city=austin'))?.status()).toBe(400);
  await settled(page);
  const bedrooms = rail(page).getByRole('group', { name: 'Bedrooms' });
  await expect(bedrooms).toHaveAccessibleDescription(/“abc” is not valid. Expected .*whole number/);
  // Meanwhile, the valid filters are applied.
  await expect(page.locator('.notice.refused')).toContainText('Bedrooms cannot be “abc”');
  await expect(page.locator('.chip')).toHaveText(['Austin']);
  await expect(rail(page).getByLabel('Austin')).toBeChecked();
  await expect(rail(page).getByLabel('Active')).toBeChecked();
  await expect(page.locator('#results > li')).not.toHaveCount(0);
  await bedrooms.getByLabel('3+').check();
  await expect(page).toHaveURL('/properties?bedrooms=3&city=austin');
  await expect(page.locator('.field-error')).toHaveCount(0);
});

test('10: an inverted range is reported by its field', async ({ page }) => {
  await open(page, '/properties?max_price=300000');
  await rail(page).getByLabel('Price from').fill('400000');
  await page.keyboard.press('Enter');
  const low = rail(page).getByLabel('Price from');
  await expect(low).toHaveAttribute('aria-invalid', 'true');
  await expect(low).toHaveValue('400000');
  await expect(low).toHaveAccessibleDescription(/at most “Price to”, 300000/);
  await expect(page.locator('.chip')).toHaveText(['Up to $300,000']);
  await settled(page);
  await low.fill('200000');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/properties?max_price=300000&min_price=200000');
  await expect(page.locator('.chip')).toHaveText(['From $200,000', 'Up to $300,000']);
});

test('one polite live region announces the count, once for each change', async ({ page }) => {
  await open(page, '/properties');
  await expect(page.getByRole('status')).toHaveCount(0);
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    new MutationObserver(() => {
      const text = document.querySelector('[role="status"]')?.textContent;
      if (text) said.push(text);
    }).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
  });
  await rail(page).getByLabel('Loft').check();
  await settled(page);
  const count = await page.locator('.count').innerText();
  await expect(page.getByRole('status')).toHaveText(count);
  await rail(page).getByLabel('Cottage').check();
  await settled(page);
  await expect(page.locator('.count')).not.toHaveText(count);
  await expect(page.getByRole('status')).toHaveText(await page.locator('.count').innerText());
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
  expect([...new Set(said)]).toEqual([count, await page.locator('.count').innerText()]);
});
