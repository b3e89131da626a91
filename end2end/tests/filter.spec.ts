// The filter rail: what it requests, what it shows, and the ways back.
import { CATALOGUES, PAGE, another, expect, list, listOf, open, setFilter, setFilters, settled, shown, test } from './support';
import type { Page } from '@playwright/test';

const rail = (page: Page) => page.locator('#filters');

for (const catalogue of CATALOGUES) {
  const { name, filters, sort } = catalogue;

  test(`2: filters of ${name} give an address, chips, a count and rows, the same for everybody`, async ({ page, request, browser }) => {
    await open(page, `/${name}`);
    const { controls } = await shown(page);
    await setFilters(page, catalogue, filters);
    const { count, results } = await list(request, listOf(catalogue, filters).split('?')[1], name);
    const all = await shown(page);
    expect(count).toBeGreaterThan(1);
    expect(all.count).toBe(count);
    expect(all.rows).toEqual(results.map((row) => `row-${row.id}`));
    expect(all.chips.toSorted()).toEqual(filters.map(({ chip }) => chip).toSorted());
    const set = filters.map(({ parameter, value }) => [parameter, [value]]);
    expect(all.controls).toEqual({ ...controls, ...Object.fromEntries(set) });

    await page.getByLabel('Sort by').selectOption(sort[1]);
    await expect(page).toHaveURL(listOf(catalogue, filters, `sort=${sort[0]}`));
    await settled(page);
    await page.getByRole('link', { name: 'List', exact: true }).click();
    const here = await shown(page);
    expect(here).toMatchObject({ sort: sort[0], view: 'list' });
    const friend = await another(browser);
    await open(friend, page.url());
    expect(await shown(friend)).toEqual(here);
  });

  test(`3: Back undoes one filter of ${name} at a time, and Forward sets it again`, async ({ page }) => {
    await open(page, `/${name}`);
    const states = [await shown(page)];
    for (const at of filters.keys()) {
      await setFilter(page, catalogue, filters, at);
      states.push(await shown(page));
    }
    for (const state of states.slice(0, -1).reverse()) {
      await page.goBack();
      await expect(page.locator('.chip')).toHaveCount(state.chips.length);
      await settled(page);
      expect(await shown(page)).toEqual(state);
    }
    await expect(page).toHaveURL(`/${name}`);
    for (const state of states.slice(1)) {
      await page.goForward();
      await expect(page.locator('.chip')).toHaveCount(state.chips.length);
    }
    await settled(page);
    expect(await shown(page)).toEqual(states.at(-1));
  });

  test(`7: removing a chip of ${name} moves the focus to the next, and clearing all keeps order and view`, async ({ page }) => {
    await open(page, listOf(catalogue, filters, `sort=${sort[0]}`, 'view=list'));
    const chips = (await shown(page)).chips;
    expect(chips).toHaveLength(3);
    await page.getByRole('link', { name: `Remove ${chips[1]}` }).click();
    await expect(page.locator('.chip')).toHaveText([chips[0], chips[2]]);
    await expect(page.getByRole('link', { name: `Remove ${chips[2]}` })).toBeFocused();
    const removed = filters.filter(({ chip }) => chip !== chips[1]);
    await expect(page).toHaveURL(listOf(catalogue, removed, `sort=${sort[0]}`, 'view=list'));
    await page.keyboard.press('Enter');
    await expect(page.locator('.chip')).toHaveText([chips[0]]);
    await expect(page.getByRole('link', { name: `Remove ${chips[0]}` })).toBeFocused();
    await page.getByRole('link', { name: 'Clear all' }).click();
    await expect(page).toHaveURL(`/${name}?sort=${sort[0]}&view=list`);
    await expect(page.locator('.chip')).toHaveCount(0);
    expect(await shown(page)).toMatchObject({ sort: sort[0], view: 'list', controls: { sort: [sort[0]], view: ['list'] } });
  });
}

test('filters of homes are in the heading, and the cards show that they match', async ({ page }) => {
  await open(page, '/properties?bedrooms=2&city=austin&max_price=600000&property_type=condo');
  await expect(page).toHaveTitle('Condos in Austin with 2 or more bedrooms up to $600,000 · Hearth');
  await expect(page.locator('.chip')).toHaveText(['Austin', 'Condo', 'Up to $600,000', '2+ bedrooms']);
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

test('any status and a certain one exclude each other', async ({ page }) => {
  await open(page, '/properties?city=austin');
  const status = (name: string) => rail(page).getByRole('group', { name: 'Status' }).getByLabel(name);
  await status('Any status').check();
  await expect(page).toHaveURL('/properties?city=austin&status=any');
  await settled(page);
  await expect(status('Active')).not.toBeChecked();
  await status('Pending').check();
  await expect(page).toHaveURL('/properties?city=austin&status=pending');
  await settled(page);
  await expect(status('Any status')).not.toBeChecked();
  await status('Sold').check();
  await expect(page).toHaveURL('/properties?city=austin&status=pending,sold');
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
