// Browsing without a plan: from page to page by links.
import { CATALOGUES, PAGE, address, expect, list, shown, test } from './support';

test('from the front page to a home', async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveTitle('Hearth: homes, and what to cook in them');
  await expect(page.locator('h1')).toHaveText('A home to come back to.');

  await page.getByRole('link', { name: 'See all homes' }).click();
  await expect(page).toHaveURL('/properties');
  await expect(page).toHaveTitle('Homes for sale · Hearth');
  await expect(page.locator('h1')).toHaveText('Homes for sale');
  await expect(page.locator('#results > li')).toHaveCount(PAGE);

  const card = page.locator('#results .card').first();
  const price = await card.locator('.price').innerText();
  const place = await card.locator('h3').innerText();
  await card.getByRole('link').click();
  await expect(page).toHaveURL(/\/properties\/\d+$/);
  await expect(page).toHaveTitle(`${place} · Hearth`);
  await expect(page.locator('h1')).toHaveCount(1);
  expect(place.startsWith(await page.locator('h1').innerText())).toBe(true);
  await expect(page.locator('.detail-head .price')).toHaveText(price);

  const city = page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link').nth(1);
  const name = await city.innerText();
  await city.click();
  await expect(page.locator('h1')).toHaveText(`Homes in ${name}`);
});

for (const { name, many, long } of CATALOGUES) {
  test(`the pages of a list hold all ${many} once`, async ({ page, request }) => {
    const { count } = await list(request, `${long}&page_size=50`, name);
    const last = Math.ceil(count / 50);
    expect(last).toBeGreaterThan(1);
    await page.goto(`/${name}?${long}&page_size=50`);
    const seen: string[] = [];
    for (let number = 1; ; number += 1) {
      await expect(page.locator('.pager [aria-current="page"]')).toHaveText(`${number}`);
      const { rows, chips } = await shown(page);
      expect(chips).toHaveLength(1);
      seen.push(...rows);
      if (number === last) break;
      await page.getByRole('link', { name: 'Next page' }).click();
      await expect(page).toHaveTitle(new RegExp(`, page ${number + 1} · Hearth$`));
    }
    expect(new Set(seen).size).toBe(count);
    expect(seen.length).toBe(count);
    await expect(page.getByRole('link', { name: 'Next page' })).toHaveCount(0);

    await page.getByRole('link', { name: 'Page 1', exact: true }).click();
    await expect(page.getByRole('link', { name: 'Previous page' })).toHaveCount(0);
    expect((await shown(page)).rows).toEqual(seen.slice(0, 50));
  });
}

for (const [requested, canonical] of [
  ['/properties', '/properties'],
  ['/properties?page=1&search=&utm_source=x', '/properties'],
  ['/properties?type=condo&City=%20AUSTIN%20&min_price=0', '/properties?city=austin&property_type=condo'],
  ['/properties?property_type=loft,condo&page=2&view=list', '/properties?page=2&property_type=condo,loft'],
  ['/recipes?cuisine=Thai&max_prep_time=030', '/recipes?cuisine=thai&max_prep_time=30'],
  ['/agents?takes_clients=YES&Language=Spanish&page=1', '/agents?language=spanish&takes_clients=yes'],
  ['/properties/42?from=mail', '/properties/42'],
  ['/recipes/7?servings=6', '/recipes/7'],
  ['/agents/7?utm_source=x', '/agents/7'],
  ['/', '/'],
]) {
  test(`${requested} has the canonical link ${canonical}`, async ({ page }) => {
    expect((await page.goto(requested))?.status()).toBe(200);
    const links = page.locator('link[rel="canonical"]');
    await expect(links).toHaveCount(1);
    expect(await links.getAttribute('href')).toBe(new URL(canonical, page.url()).href);
    await expect(page.locator('meta[name="robots"]')).toHaveAttribute('content', 'index, follow');
  });
}

for (const [requested, heading] of [
  ['/nowhere', 'There is nothing here'],
  ['/properties/0', 'There is nothing here'],
  ['/properties/042', 'There is nothing here'],
  ['/properties/99999999', 'There is nothing here'],
  ['/recipes/soup', 'There is nothing here'],
  ['/agents/99999999', 'There is nothing here'],
  ['/properties?page=9999', 'There is no page 9,999'],
]) {
  test(`${requested} is not found`, async ({ page }) => {
    expect((await page.goto(requested))?.status()).toBe(404);
    await expect(page.getByRole('heading', { name: heading })).toBeVisible();
    await expect(page.locator('meta[name="robots"]')).toHaveAttribute('content', 'noindex');
    await page.locator('main .ways a').first().click();
    await expect(page).toHaveURL('/properties');
    await expect(page.locator('#results > li')).toHaveCount(PAGE);
  });
}

test('where nothing matches, each filter can be removed separately', async ({ page, request }) => {
  expect((await page.goto('/properties?bedrooms=2&city=austin&max_price=1'))?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'No homes match all of this' })).toBeVisible();
  await expect(page.locator('.count')).toHaveText('0 homes');
  await expect(page.locator('#results')).toHaveCount(0);
  const ways = page.locator('.ways a');
  expect(await ways.count()).toBeGreaterThanOrEqual(3);

  await ways.filter({ hasText: 'Any price' }).click();
  await expect(page).toHaveURL('/properties?bedrooms=2&city=austin');
  const { count } = await list(request, 'bedrooms=2&city=austin');
  await expect(page.locator('.count')).toHaveText(`${count} homes`);
});

test('the navigation shows where the page is, and can be skipped', async ({ page }) => {
  await page.goto('/properties/42');
  const main = page.getByRole('navigation', { name: 'Main' });
  await expect(main.getByRole('link', { name: 'Homes' })).toHaveAttribute('aria-current', 'true');
  await expect(main.getByRole('link', { name: 'Recipes' })).not.toHaveAttribute('aria-current');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
  expect(address(page)).toBe('/properties/42');
});
