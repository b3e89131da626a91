// A home: its pictures, and what a reader saves.
import { PAGE, another, dollars, expect, list, open, test } from './support';

test('a gallery moves by link and by key, without new history entries', async ({ page }) => {
  await open(page, '/properties/42');
  const strip = page.locator('.strip');
  const position = () => strip.evaluate((one) => Math.round(one.scrollLeft));
  expect(await position()).toBe(0);
  // The strip glides, and a key that is pressed on the way is answered by the picture it glides to.
  const third = await strip.evaluate((one) => {
    const start = (one.children[2] as HTMLElement).offsetLeft - (one.children[0] as HTMLElement).offsetLeft;
    return Math.min(start, one.scrollWidth - one.clientWidth);
  });
  expect(third).toBeGreaterThan(400);
  const before = await page.evaluate(() => history.length);
  await page.locator('.gallery nav a').nth(2).click();
  await expect.poll(position).toBe(third);
  expect(await page.evaluate(() => [history.length, scrollY])).toEqual([before, 0]);
  await strip.focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(position).toBeLessThan(third);
});

test('the pictures of a list are small, and only the first row is urgent', async ({ page }) => {
  await page.goto('/properties');
  const images = await page.locator('#results img').evaluateAll((all) =>
    (all as HTMLImageElement[]).map((one) => [one.loading, one.fetchPriority, one.alt !== '', one.width > 0]),
  );
  expect(images).toHaveLength(PAGE);
  expect(images.slice(0, 3)).toEqual(Array(3).fill(['auto', 'high', true, true]));
  expect(new Set(images.slice(3).map(String))).toEqual(new Set(['lazy,auto,true,true']));
});

test('24: a saved home is saved on every page, and its address shows it to others', async ({ page, browser }) => {
  await open(page, '/properties?city=austin');
  const hearts = page.locator('#results .heart');
  await expect(hearts).toHaveCount(PAGE);
  const link = page.locator('#results h3 a').nth(1);
  const [name, address] = [await link.innerText(), await link.getAttribute('href')];
  const heart = page.getByRole('button', { name: `Save ${name}` });
  await expect(heart).toHaveAttribute('aria-pressed', 'false');
  const box = await heart.boundingBox();
  expect([box?.width, box?.height]).toEqual([44, 44]);
  // The heart is next to the link that covers the card, so it does not lead to the home.
  await heart.click();
  await expect(page).toHaveURL('/properties?city=austin');
  await expect(heart).toHaveAttribute('aria-pressed', 'true');

  await page.goto(address ?? '');
  const save = page.locator('.actions').getByRole('button', { name: 'Save' });
  await expect(save).toHaveAttribute('aria-pressed', 'true');
  await page.goto('/properties/42');
  await save.click();
  await expect(page.locator('.header-saved b')).toHaveText('2');
  await page.locator('.header-saved').click();
  const ids = [Number(address?.split('/').pop()), 42].sort((a, b) => a - b);
  await expect(page).toHaveURL(`/saved?ids=${ids}`);
  await expect(page.locator('.card h3 a')).toHaveCount(2);

  // Somebody else sees the homes, but has saved none of them.
  const other = await another(browser);
  await other.goto(page.url());
  await expect(other.locator('.card h3 a')).toHaveCount(2);
  await expect(other.locator('.heart').first()).toHaveAttribute('aria-pressed', 'false');

  await page.reload();
  await page.locator('.heart').first().click();
  await expect(page.locator('.header-saved b')).toHaveText('1');
});

test('24: up to four homes are compared side by side, at an address', async ({ page, browser, request }) => {
  const { results } = await list(request, 'city=boston');
  const compare = page.locator('.actions').getByRole('button', { name: 'Compare' });
  for (const [place, { id }] of results.slice(0, 5).entries()) {
    await page.goto(`/properties/${id}`);
    await compare.click();
    const said = place < 4 ? `${place + 1} of 4 homes to compare` : 'You can compare up to 4 homes: remove one first.';
    await expect(page.locator('.tray p')).toHaveText(said);
  }
  await page.locator('.tray').getByRole('link', { name: 'Compare' }).click();
  const ids = results.slice(0, 4).map(({ id }) => id).sort((a, b) => a - b);
  await expect(page).toHaveURL(`/compare?ids=${ids}`);
  await expect(page.locator('.compare thead th')).toHaveCount(4);
  const prices = ids.map((id) => dollars(results.find((home) => home.id === id)?.price ?? ''));
  const row = page.locator('.compare tbody tr').first().locator('td');
  for (const [place, price] of prices.entries()) await expect(row.nth(place)).toContainText(price);

  const other = await another(browser);
  await other.goto(page.url());
  await expect(other.locator('.compare thead th')).toHaveCount(4);

  await page.getByRole('link', { name: /^Remove / }).first().click();
  await expect(page).toHaveURL(`/compare?ids=${ids.slice(1)}`);
  await page.goto('/');
  await expect(page.locator('.tray p')).toHaveText('3 of 4 homes to compare');
  await page.locator('.tray').getByRole('button', { name: 'Clear' }).click();
  await expect(page.locator('.tray')).toBeHidden();
});

test('24: a search is saved by its canonical address', async ({ page }) => {
  await open(page, '/properties?city=austin&property_type=condo&utm_source=x');
  const save = page.getByRole('button', { name: 'Save search' });
  await save.click();
  await expect(save).toHaveAttribute('aria-pressed', 'true');
  await page.goto('/saved');
  const search = page.locator('#searches a');
  await expect(search).toHaveText(/Condos in Austin/);
  await search.click();
  await expect(page).toHaveURL('/properties?city=austin&property_type=condo');
  await page.goto('/saved');
  await page.getByRole('button', { name: /^Forget / }).click();
  await expect(page.locator('#searches')).toBeHidden();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('24: homes are compared by a form, and no control is shown that would not work', async ({ page }) => {
    await page.goto('/saved?ids=42,43,44');
    await expect(page.locator('.heart, .actions button, .tray > *')).toHaveCount(0);
    await page.locator('.pick input').nth(0).check();
    await page.locator('.pick input').nth(2).check();
    await page.getByRole('button', { name: 'Compare side by side' }).click();
    await expect(page.locator('.compare thead th')).toHaveCount(2);
    await expect(page.locator('link[rel="canonical"]')).toHaveAttribute('href', /\/compare\?ids=42,44$/);
  });

  test('a gallery moves by its links', async ({ page }) => {
    await page.goto('/properties/42');
    await page.locator('.gallery nav a').nth(2).click();
    await expect(page.locator('#picture-3')).toBeInViewport({ ratio: 0.9 });
  });
});
