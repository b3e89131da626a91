// A home: what it shows, its data for machines, and what a reader saves.
import { PAGE, another, dollars, expect, list, open, test } from './support';
import type { APIRequestContext, Page } from '@playwright/test';

/** The linked data of the page that is shown. */
async function data(page: Page) {
  const texts = await page.locator('script[type="application/ld+json"]').allTextContents();
  expect(texts).toHaveLength(1);
  return JSON.parse(texts[0]);
}

/** The addresses in a sitemap. */
async function locations(request: APIRequestContext, address: string): Promise<string[]> {
  const response = await request.get(address);
  expect(response.ok(), address).toBe(true);
  const xml = await response.text();
  return [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, location]) => new URL(location).pathname);
}

for (const id of [1, 42, 99]) {
  test(`21: the linked data of home ${id} parses and equals what is shown`, async ({ page }) => {
    await page.goto(`/properties/${id}`);
    const home = await data(page);
    expect(home['@type']).toBe('RealEstateListing');
    await expect(page.locator('h1')).toHaveText(home.mainEntity.address.streetAddress);
    await expect(page.locator('.detail-head .price')).toHaveText(dollars(home.offers.price));
    await expect(page.locator('.prose h2')).toHaveText(home.headline);
    const shown = await page.locator('.prose p').allInnerTexts();
    expect(shown.join('\n\n')).toBe(home.description);
    const { address, floorSize, numberOfBedrooms, yearBuilt, geo } = home.mainEntity;
    await expect(page.locator('.detail-head .lead')).toContainText(`${address.addressLocality}, ${address.addressRegion} ${address.postalCode}`);
    const fact = (name: string) => page.locator('.fact-grid > div', { hasText: name }).locator('dd');
    await expect(fact('Bedrooms')).toHaveText(`${numberOfBedrooms}`);
    const bathrooms = Number(await fact('Bathrooms').innerText());
    expect(home.mainEntity.numberOfBathroomsTotal).toBe(Math.ceil(bathrooms));
    expect(home.mainEntity.numberOfFullBathrooms).toBe(Math.floor(bathrooms));
    expect(home.mainEntity.numberOfPartialBathrooms).toBe(Math.ceil(bathrooms) - Math.floor(bathrooms));
    await expect(fact('Living area')).toHaveText(`${floorSize.value.toLocaleString('en-US')} m²`);
    await expect(fact('Built in')).toHaveText(`${yearBuilt}`);
    expect(await page.locator('.district figcaption a').getAttribute('href')).toBe(`geo:${geo.latitude},${geo.longitude}`);
    await expect(page.locator('.panel strong')).toHaveText(home.offers.offeredBy.name);
    const images = await page.locator('.strip img').evaluateAll((all) => all.map((one) => (one as HTMLImageElement).srcset));
    expect(home.image.length).toBe(images.length);
    home.image.forEach((image: string, place: number) => expect(images[place]).toContain(new URL(image, page.url()).pathname));
  });
}

test('21: the linked data of a recipe parses and equals what is shown', async ({ page }) => {
  await page.goto('/recipes/7');
  const recipe = await data(page);
  expect(recipe['@type']).toBe('Recipe');
  await expect(page.locator('h1')).toHaveText(recipe.name);
  await expect(page.locator('.ingredients li')).toHaveText(recipe.recipeIngredient);
  await expect(page.locator('.method li')).toHaveText(recipe.recipeInstructions.map((step: { text: string }) => step.text));
  const minutes = Number(/\d+/.exec(recipe.totalTime));
  const time = minutes < 60 ? `${minutes} minutes` : `${Math.floor(minutes / 60)} h`;
  await expect(page.locator('.fact-grid')).toContainText(time);
});

test('21: what other sites show of a page matches it', async ({ page, request }) => {
  for (const address of ['/', '/properties?city=austin&page=1', '/properties/42', '/recipes/7']) {
    await page.goto(address);
    const meta = (name: string) => page.locator(`meta[property="og:${name}"]`).getAttribute('content');
    const title = (await page.title()).replace(' · Hearth', '');
    expect(await meta('title'), address).toBe(title);
    expect(await meta('description'), address).toBe(await page.locator('meta[name="description"]').getAttribute('content'));
    expect(await meta('url'), address).toBe(await page.locator('link[rel="canonical"]').getAttribute('href'));
    const image = await request.get((await meta('image')) ?? '');
    const isDrawn = address.startsWith('/recipes/');
    expect(image.headers()['content-type'], address).toBe(isDrawn ? 'image/png' : 'image/jpeg');
    expect(image.headers()['cache-control'], address).toContain(isDrawn ? 'no-cache' : 'immutable');
    expect(image.headers()['content-encoding'], address).toBeUndefined();
    const size = await page.evaluate(async (src) => {
      const shown = Object.assign(new Image(), { src });
      await shown.decode();
      return [shown.naturalWidth, shown.naturalHeight];
    }, new URL((await meta('image')) ?? '', page.url()).href);
    expect(size, address).toEqual([1200, 630]);
  }
});

test('21: the sitemap covers every active home, and robots find it', async ({ request }) => {
  const robots = await (await request.get('/robots.txt')).text();
  const [, index] = /^Sitemap: (.+)$/m.exec(robots) ?? [];
  const parts = await locations(request, new URL(index).pathname);
  const all: string[] = [];
  for (const part of parts) {
    const found = await locations(request, part);
    expect(found.length, part).toBeLessThanOrEqual(50_000);
    all.push(...found);
  }
  expect(new Set(all).size).toBe(all.length);
  expect(all).toEqual(expect.arrayContaining(['/', '/properties', '/recipes']));
  const homes = all.filter((address) => /^\/properties\/\d+$/.test(address));
  // Meanwhile, other tests edit homes in Miami.
  const { count } = await list(request, '');
  expect(Math.abs(homes.length - count)).toBeLessThan(10);
  const { results } = await list(request, 'city=austin&page_size=100&sort=price');
  for (const { id } of results) expect(homes).toContain(`/properties/${id}`);
});

test('a gallery moves by link and by key, without new history entries', async ({ page }) => {
  await open(page, '/properties/42');
  const strip = page.locator('.strip');
  const position = () => strip.evaluate((one) => Math.round(one.scrollLeft));
  expect(await position()).toBe(0);
  const before = await page.evaluate(() => history.length);
  await page.locator('.gallery nav a').nth(2).click();
  await expect.poll(position).toBeGreaterThan(400);
  expect(await page.evaluate(() => [history.length, scrollY])).toEqual([before, 0]);
  const there = await position();
  await strip.focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(position).toBeLessThan(there);
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

for (const id of [3, 42, 77]) {
  test(`25: home ${id} is printed on at most two pages, without navigation`, async ({ page }) => {
    await page.goto(`/properties/${id}`);
    // Images far down are loaded only when scrolled to.
    await page.locator('.strip img').evaluateAll((all) => all.forEach((one) => one.setAttribute('loading', 'eager')));
    await page.waitForLoadState('networkidle');
    for (const format of ['A4', 'Letter']) {
      const pdf = (await page.pdf({ format })).toString('latin1');
      const pages = pdf.match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
      console.log(`home ${id} on ${format}: ${pages} pages`);
      expect(pages).toBeGreaterThan(0);
      expect(pages, format).toBeLessThanOrEqual(2);
    }
    await page.emulateMedia({ media: 'print' });
    for (const gone of ['.site-header', '.site-footer', '.crumbs', '.actions', '.similar', '.gallery nav']) {
      await expect(page.locator(gone)).toBeHidden();
    }
    await expect(page.locator('.detail-head .price')).toBeVisible();
  });
}
