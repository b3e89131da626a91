// Without JavaScript everything works, with links and forms.
import { CATALOGUES, PAGE, dollars, expect, fill, homeToEdit, list, listOf, logIn, shown, test } from './support';

test.use({ javaScriptEnabled: false });

for (const catalogue of CATALOGUES) {
  const { name, filters, sort, long } = catalogue;

  test(`1: filters of ${name} are sent by a form, and its chips remove them`, async ({ page, request }) => {
    await page.goto(`/${name}`);
    for (const filter of filters) await fill(page, filter);
    await page.locator('#filters').getByRole('button', { name: /^Show / }).click();
    const address = listOf(catalogue, filters);
    await expect(page.locator('link[rel="canonical"]')).toHaveAttribute('href', new URL(address, page.url()).href);
    const { count, results } = await list(request, address.split('?')[1], name);
    const now = await shown(page);
    expect(now.count).toBe(count);
    expect(now.rows).toEqual(results.map((row) => `row-${row.id}`));
    expect(now.chips.toSorted()).toEqual(filters.map(({ chip }) => chip).toSorted());
    const [removed, ...kept] = filters;
    await page.getByRole('link', { name: `Remove ${removed.chip}` }).click();
    await expect(page.locator('.chip')).toHaveCount(2);
    await expect(page).toHaveURL(listOf(catalogue, kept));
  });

  test(`1: the order and the view of ${name} are sent, and preserved across pages`, async ({ page }) => {
    await page.goto(`/${name}?${long}`);
    await page.getByLabel('Sort by').selectOption(sort[1]);
    await page.getByRole('button', { name: 'Sort' }).click();
    await expect(page.getByLabel('Sort by')).toHaveValue(sort[0]);
    await page.getByRole('link', { name: 'List', exact: true }).click();
    await expect(page).toHaveURL(listOf(catalogue, [], long, `sort=${sort[0]}`, 'view=list'));
    await page.getByRole('link', { name: 'Next page' }).click();
    await expect(page).toHaveURL(listOf(catalogue, [], long, 'page=2', `sort=${sort[0]}`, 'view=list'));
    const now = await shown(page);
    expect(now).toMatchObject({ view: 'list', sort: sort[0] });
    expect(now.chips).toHaveLength(1);
    expect(now.rows.length).toBe(PAGE);
    await page.locator('#filters').getByRole('button', { name: /^Show / }).click();
    await expect(page.locator('#results')).toHaveAttribute('data-view', 'list');
    await expect(page.getByLabel('Sort by')).toHaveValue(sort[0]);
    await page.getByRole('link', { name: 'Grid', exact: true }).click();
    await expect(page.locator('#results')).toHaveAttribute('data-view', 'grid');
    // A row opens.
    const link = page.locator('#results h3 a').first();
    const address = await link.getAttribute('href');
    await link.click();
    await expect(page).toHaveURL(address ?? '');
    await expect(page.locator('h1')).toHaveCount(1);
  });
}

test('an ingredient is required or left out by a box', async ({ page, request }) => {
  await page.goto('/recipes');
  const rail = page.locator('#filters');
  await rail.getByRole('checkbox', { name: /^Garlic/ }).check();
  await rail.getByRole('checkbox', { name: /^Without onion/ }).check();
  await rail.getByRole('textbox', { name: 'Without' }).fill('Ginger');
  await rail.getByRole('button', { name: /^Show / }).click();
  await expect(page.locator('.chip')).toHaveText(['With garlic', 'Without ginger', 'Without onion']);
  const { count } = await list(request, 'ingredients=garlic&without=ginger,onion', 'recipes');
  expect((await shown(page)).count).toBe(count);
  await expect(rail.getByRole('checkbox', { name: /^Without ginger/ })).toBeChecked();
  await page.getByRole('link', { name: 'Remove Without ginger' }).click();
  await expect(rail.getByRole('checkbox', { name: /^Without onion/ })).toBeChecked();
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
  await expect(page.locator('.notice')).toContainText('Saved.');
  await page.getByRole('link', { name: 'See the page' }).click();
  await expect(page.locator('.detail-head .price')).toHaveText(dollars(price));
  await page.goto('/admin');
  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(page).toHaveURL('/admin/login');
});
