// Without JavaScript everything works, with links and forms.
import { PAGE, dollars, expect, homeToEdit, list, logIn, shown, test } from './support';

test.use({ javaScriptEnabled: false });

test('1: filters are sent by a form', async ({ page, request }) => {
  await page.goto('/properties');
  const rail = page.locator('#filters');
  await rail.getByLabel('City', { exact: true }).fill('Austin');
  await rail.getByLabel('Condo').check();
  await rail.getByLabel('Loft').check();
  await rail.getByLabel('Price to').fill('600000');
  await rail.getByRole('group', { name: 'Bedrooms' }).getByLabel('2+').check();
  await rail.getByRole('button', { name: /^Show / }).click();
  await expect(page.locator('.chip')).toHaveText(['Austin', 'Condo', 'Loft', 'Up to $600,000', '2+ bedrooms']);
  const query = 'bedrooms=2&city=austin&max_price=600000&property_type=condo,loft';
  await expect(page.locator('link[rel="canonical"]')).toHaveAttribute('href', new URL(`/properties?${query}`, page.url()).href);
  const { count, results } = await list(request, query);
  const now = await shown(page);
  expect(now.count).toBe(count);
  expect(now.rows).toEqual(results.map((row) => `row-${row.id}`));

  await page.getByRole('link', { name: 'Remove Loft' }).click();
  await expect(page.locator('.chip')).toHaveText(['Austin', 'Condo', 'Up to $600,000', '2+ bedrooms']);
  await expect(rail.getByLabel('Loft')).not.toBeChecked();
});

test('1: the order and the view are sent, and preserved across pages', async ({ page }) => {
  await page.goto('/properties?city=austin');
  await page.getByLabel('Sort by').selectOption('Price, low to high');
  await page.getByRole('button', { name: 'Sort' }).click();
  await expect(page.getByLabel('Sort by')).toHaveValue('price');
  await page.getByRole('link', { name: 'List', exact: true }).click();
  await expect(page).toHaveURL('/properties?city=austin&sort=price&view=list');
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page).toHaveURL('/properties?city=austin&page=2&sort=price&view=list');
  const now = await shown(page);
  expect(now).toMatchObject({ view: 'list', sort: 'price', chips: ['Austin'] });
  expect(now.rows.length).toBe(PAGE);
  await page.locator('#filters').getByRole('button', { name: /^Show / }).click();
  await expect(page.locator('#results')).toHaveAttribute('data-view', 'list');
  await expect(page.getByLabel('Sort by')).toHaveValue('price');
  await page.getByRole('link', { name: 'Grid', exact: true }).click();
  await expect(page.locator('#results')).toHaveAttribute('data-view', 'grid');
});

test('1: a home and a recipe open', async ({ page }) => {
  await page.goto('/');
  const card = page.locator('.card').first();
  const price = await card.locator('.price').innerText();
  await card.getByRole('link').click();
  await expect(page.locator('.detail-head .price')).toHaveText(price);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Recipes' }).click();
  const dish = await page.locator('.dish-title').first().innerText();
  await page.locator('.dish-title a').first().click();
  await expect(page.locator('h1')).toHaveText(dish);
});

test('the front page searches', async ({ page }) => {
  await page.goto('/');
  await page.getByLabel('Where').fill('Boston');
  await page.getByLabel('What').selectOption('Townhouse');
  await page.getByRole('button', { name: /^Show / }).click();
  await expect(page).toHaveTitle('Townhouses in Boston · Hearth');
});

test('on a phone the filters open as a sheet, and close', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/properties');
  const sheet = page.locator('#filters');
  await expect(sheet).toBeHidden();
  await page.getByRole('button', { name: 'Filters' }).click();
  await expect(sheet).toBeVisible();
  await sheet.getByRole('button', { name: 'Close filters' }).click();
  await expect(sheet).toBeHidden();
  await page.getByRole('button', { name: 'Filters' }).click();
  await sheet.getByLabel('Cottage').check();
  await sheet.getByRole('button', { name: /^Show / }).click();
  await expect(page).toHaveTitle('Cottages for sale · Hearth');
});

test('an invalid value is reported by its field', async ({ page }) => {
  await page.goto('/properties?min_price=500000');
  await page.locator('#filters').getByLabel('Price to').fill('400000');
  await page.locator('#filters').getByRole('button', { name: /^Show / }).click();
  const low = page.locator('#filters').getByLabel('Price from');
  await expect(low).toHaveAccessibleDescription(/at most “Price to”, 400000/);
  await expect(low).toHaveValue('500000');
});

test('1: an editor logs in, edits and logs out', async ({ page, request }) => {
  const home = await homeToEdit(request, 0);
  const price = Number(home.price) + 1_000;
  await page.goto(`/admin/properties/${home.id}`);
  await expect(page).toHaveURL(`/admin/login?next=/admin/properties/${home.id}`);
  await logIn(page);
  await expect(page.locator('h1')).toHaveText(home.title);
  await page.getByLabel('Price in dollars').fill(`${price}`);
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('status')).toHaveText('Saved.');
  await page.getByRole('link', { name: 'See the page' }).click();
  await expect(page.locator('.detail-head .price')).toHaveText(dollars(price));
  await page.goto('/admin');
  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(page).toHaveURL('/admin/login');
});
