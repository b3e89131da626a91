// Live updates: an edit appears on every open page that shows the row.
import { CATALOGUES, another, awake, dollars, expect, heard, list, open, settled, test, watch, type Row } from './support';
import type { APIRequestContext, Page } from '@playwright/test';

const AUTHORIZATION = `Bearer ${process.env.HEARTH_ADMIN_TOKEN}`;

/** All homes that a reader finds in Miami, oldest first; the tests of editors use earlier ones. */
const MIAMI = '/properties?city=miami&page_size=100&sort=created_at';

/** A home for a test that edits. Each test uses another place, because tests run in parallel. */
async function homeToEdit(request: APIRequestContext, place: number): Promise<Row> {
  const { results } = await list(request, 'city=miami&page_size=100&sort=created_at&status=any');
  return results.slice(20).filter((home) => home.status === 'active')[place];
}

async function edit(request: APIRequestContext, id: number, data: Record<string, unknown>, name = 'properties'): Promise<void> {
  const response = await request.patch(`/api/${name}/${id}/`, { data, headers: { authorization: AUTHORIZATION } });
  expect(response.ok(), await response.text()).toBe(true);
}

/** Records the announcements, and which prices flash. */
async function listen(page: Page): Promise<() => Promise<{ said: string[]; flashes: string[] }>> {
  await page.evaluate(() => {
    const noted = { said: [] as string[], flashes: [] as string[] };
    Object.assign(window, { noted, same: true });
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        const text = target instanceof Element && target.id === 'voice' && addedNodes[0]?.textContent;
        if (text) noted.said.push(text);
      }
    }).observe(document.documentElement, { childList: true, subtree: true });
    addEventListener('animationstart', (event) => {
      if (event.animationName === 'touched') noted.flashes.push((event.target as Element).textContent ?? '');
    });
  });
  return () => page.evaluate(() => (window as unknown as { noted: { said: string[]; flashes: string[] } }).noted);
}

test('23: a changed price appears in an open list and on an open page, without a reload', async ({ page, browser, request }) => {
  const home = await homeToEdit(request, 0);
  const name = `${home.address}, ${home.location.city}`;
  const price = Number(home.price) + 7_000;
  const detail = await another(browser);
  // In another browser: a scrolled list, with the focus on a card and a half-typed price.
  await open(page, MIAMI);
  await open(detail, `/properties/${home.id}`);
  await heard(page);
  await heard(detail);
  const link = page.locator(`#row-${home.id}`);
  await link.focus();
  const filter = page.locator('#filters').getByLabel('Price to');
  await filter.evaluate((field: HTMLInputElement) => (field.value = '12345'));
  const scroll = await page.evaluate(() => scrollY);
  const [noted, notedThere] = [await listen(page), await listen(detail)];

  const began = Date.now();
  await edit(request, home.id, { price: `${price}.00` });
  const card = page.locator('.card', { has: link });
  await Promise.all([
    expect(card.locator('.price').first()).toHaveText(dollars(price)),
    expect(detail.locator('.detail .price').first()).toHaveText(dollars(price)),
  ]);
  console.log(`a changed price was seen in two browsers after ${Date.now() - began} ms`);
  // Other tests edit other homes of that list.
  const about = async () => (await noted()).said.filter((text) => text.includes(`${name}: now ${dollars(price)}`));
  await expect.poll(async () => (await about()).length).toBe(1);
  await expect.poll(async () => (await notedThere()).said).toEqual([`${home.address}: now ${dollars(price)}`]);
  expect((await noted()).flashes.filter((text) => text === dollars(price))).toHaveLength(1);
  expect((await notedThere()).flashes).toEqual([dollars(price)]);

  await expect(link).toBeFocused();
  await expect(filter).toHaveValue('12345');
  expect(await page.evaluate(() => scrollY)).toBe(scroll);
  expect(await page.evaluate(() => 'same' in window), 'no document was loaded').toBe(true);
  await edit(request, home.id, { price: home.price });
  await expect(card.locator('.price').first()).toHaveText(dollars(home.price));
});

for (const { name, one, named, long } of CATALOGUES.filter(({ name }) => name !== 'properties')) {
  test(`23: the new name of ${one} appears in an open list and on an open page, without a reload`, async ({ page, browser, request }) => {
    // A row that other tests do not look at.
    const row = (await list(request, `${long}&page=2`, name)).results.at(-1)!;
    const detail = await another(browser);
    await open(page, `/${name}?${long}&page=2`);
    await open(detail, `/${name}/${row.id}`);
    await heard(page);
    await heard(detail);
    for (const one of [page, detail]) await one.evaluate(() => Object.assign(window, { same: true }));
    const link = page.locator(`#row-${row.id}`);
    await link.focus();
    const was = row[named];
    // It stays at its place in the order of names.
    for (const now of [`${was} the Second`, was]) {
      await edit(request, row.id, { [named]: now }, name);
      await Promise.all([expect(link).toHaveText(now), expect(detail.locator('h1')).toHaveText(now)]);
      await expect(detail).toHaveTitle(new RegExp(now));
    }
    await expect(link).toBeFocused();
    for (const one of [page, detail]) expect(await one.evaluate(() => 'same' in window)).toBe(true);
  });
}

test('23: a home that leaves a list and comes back is shown, and announced by the count', async ({ page, request }) => {
  const home = await homeToEdit(request, 1);
  await open(page, MIAMI);
  await heard(page);
  const noted = await listen(page);
  const row = page.locator(`#row-${home.id}`);
  await edit(request, home.id, { status: 'withdrawn' });
  await expect(row).toHaveCount(0);
  await edit(request, home.id, { status: 'active' });
  await expect(row).toHaveCount(1);
  await expect.poll(async () => (await noted()).said.join()).toMatch(/\d homes/);
  await settled(page);
  // The islands that came with the newer page are awake.
  await page.locator('#filters').getByLabel('Condo').check();
  await expect(page).toHaveURL(/property_type=condo/);
});

test('tabs of one browser share a stream, and one takes over when the other closes', async ({ page, context, request }) => {
  const home = await homeToEdit(request, 2);
  const streams: string[] = [];
  context.on('request', (sent) => new URL(sent.url()).pathname === '/live' && streams.push(sent.url()));
  await open(page, `/properties/${home.id}`);
  await heard(page);
  const other = await context.newPage();
  await watch(other);
  await other.goto(MIAMI);
  await awake(other);
  await expect.poll(() => streams.at(-1)).toContain(encodeURIComponent(MIAMI));
  expect(streams.at(-1), 'one stream for both tabs').toContain(encodeURIComponent(`/properties/${home.id}`));
  const price = other.locator('.card', { has: other.locator(`#row-${home.id}`) }).locator('.price').first();
  await edit(request, home.id, { price: `${Number(home.price) + 1_000}.00` });
  await expect(price).toHaveText(dollars(Number(home.price) + 1_000));
  // An edit while no tab leads appears as soon as one does.
  await page.close();
  await edit(request, home.id, { price: home.price });
  await expect(price).toHaveText(dollars(home.price), { timeout: 10_000 });
});

test('nothing flashes for readers who prefer reduced motion', async ({ page, request }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const home = await homeToEdit(request, 3);
  await open(page, `/properties/${home.id}`);
  await heard(page);
  const noted = await listen(page);
  await edit(request, home.id, { price: `${Number(home.price) + 1_000}.00` });
  await expect(page.locator('.detail .price').first()).toHaveText(dollars(Number(home.price) + 1_000));
  await expect.poll(async () => (await noted()).said.length).toBe(1);
  expect((await noted()).flashes).toEqual([]);
  await edit(request, home.id, { price: home.price });
});
