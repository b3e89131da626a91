// What pages say to programs: linked data, what other sites show of a page, the sitemap.
import { CATALOGUES, dollars, expect, list, test } from './support';
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

for (const id of [1, 42]) {
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

test('21: the linked data of an agent parses and equals what is shown', async ({ page }) => {
  await page.goto('/agents/7');
  const agent = await data(page);
  expect(agent['@type']).toBe('RealEstateAgent');
  await expect(page.locator('h1')).toHaveText(agent.name);
  expect((await page.locator('.prose p').allInnerTexts()).join('\n\n')).toBe(agent.description);
  await expect(page.getByRole('link', { name: 'Send an email' })).toHaveAttribute('href', `mailto:${agent.email}`);
  const panel = page.locator('.panel');
  await expect(panel).toContainText(agent.telephone);
  await expect(panel).toContainText(agent.parentOrganization.name);
  await expect(panel).toContainText(agent.parentOrganization.telephone);
  const { streetAddress, addressLocality, addressRegion } = agent.address;
  await expect(panel).toContainText([streetAddress, addressLocality, addressRegion].filter(Boolean).join(', '));
  await expect(page.locator('.languages .chip')).toHaveText([agent.knowsLanguage].flat());
  await expect(page.locator('.specialties .chip')).toHaveText([agent.knowsAbout ?? []].flat());
  expect(new URL(agent.url, page.url()).pathname).toBe('/agents/7');
});

test('21: what other sites show of a page matches it', async ({ page, request }) => {
  for (const address of ['/', '/properties?city=austin&page=1', '/properties/42', '/recipes/7', '/agents', '/agents/7']) {
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

test('21: the sitemap covers every row that is listed, and robots find it', async ({ request }) => {
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
  expect(all).toContain('/');
  for (const { name, long } of CATALOGUES) {
    expect(all).toContain(`/${name}`);
    const rows = all.filter((address) => new RegExp(`^/${name}/\\d+$`).test(address));
    // Meanwhile, other tests edit homes in Miami.
    const { count } = await list(request, '', name);
    expect(Math.abs(rows.length - count), name).toBeLessThan(10);
    const { results } = await list(request, `${long}&page_size=100`, name);
    for (const { id } of results) expect(rows).toContain(`/${name}/${id}`);
  }
});
