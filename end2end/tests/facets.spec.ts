// Filter options: every count is true, and no enabled option leads to an empty list.
import { another, expect, list, open, settled, shown, test } from './support';
import type { APIRequestContext, Page } from '@playwright/test';

/** An unchecked control of the rail: what it shows, and the query that checking it would make. */
interface Control {
  id: string;
  shown: string;
  enabled: boolean;
  query: string;
}

/** Random numbers that are the same in every run (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Up to `most` random elements, each at most once. */
function some<T>(random: () => number, of: readonly T[], most: number): T[] {
  const rest = [...of];
  const length = Math.min(Math.floor(random() * (most + 1)), rest.length);
  return Array.from({ length }, () => rest.splice(Math.floor(random() * rest.length), 1)[0]);
}

/** A random query for homes or recipes, with its parameters in the order of their names. */
function randomQuery(random: () => number, catalogue: string): string {
  const query: [string, string][] = [];
  const add = (name: string, values: (string | number)[]) => {
    if (values.length > 0) query.push([name, [...values].sort().join(',')]);
  };
  if (catalogue === 'recipes') {
    add('cuisine', some(random, ['thai', 'greek', 'indian', 'french'], 2));
    add('diet', some(random, ['vegan', 'vegetarian', 'gluten-free'], 1));
    add('difficulty', some(random, ['easy', 'medium', 'hard'], 1));
    add('ingredients', some(random, ['garlic', 'lemon', 'rice', 'onion'], 1));
    add('max_prep_time', some(random, [15, 20, 30], 1));
    add('max_total_time', some(random, [30, 45, 60], 1));
    add('without', some(random, ['onion', 'tomatoes', 'ginger'], 2));
  } else {
    add('bathrooms', some(random, [1, 2, 3], 1));
    add('bedrooms', some(random, [1, 2, 3, 4], 1));
    add('city', some(random, ['austin', 'chicago', 'boston', 'denver', 'seattle'], 2));
    add('max_price', some(random, [600_000, 900_000, 1_500_000], 1));
    add('min_price', some(random, [150_000, 300_000, 450_000], 1));
    add('property_type', some(random, ['condo', 'loft', 'house', 'townhouse'], 2));
    add('status', some(random, ['active', 'pending', 'sold'], 2));
  }
  return query.map(([name, values]) => `${name}=${values}`).join('&');
}

/** The unchecked controls of the rail. */
async function controls(page: Page): Promise<Control[]> {
  return page.evaluate(() => {
    const form = document.querySelector<HTMLFormElement>('#filters form');
    const inputs = form?.querySelectorAll<HTMLInputElement>('input:is([type="checkbox"], [type="radio"]):not(:checked)');
    return [...(inputs ?? [])].map((input) => {
      const group = [...document.getElementsByName(input.name)] as HTMLInputElement[];
      const before = group.map((one) => one.checked);
      const enabled = !input.disabled;
      input.disabled = false;
      input.checked = true;
      const data = [...new FormData(form ?? undefined)].filter(([name, value]) => value !== '' && name !== 'view');
      input.disabled = !enabled;
      group.forEach((one, place) => (one.checked = before[place]));
      const query = new URLSearchParams(data.map(([name, value]) => [name, `${value}`])).toString();
      return { id: input.id, shown: input.closest('label')?.querySelector('small')?.textContent ?? '', enabled, query };
    });
  });
}

/** The count of rows that the page shows. */
async function total(page: Page): Promise<number> {
  return Number((await page.locator('.count').innerText()).replace(/\D/g, ''));
}

/** The count of rows that a control promises. */
function promised(control: Control, before: number): number {
  const number = Number(control.shown.replace(/\D/g, ''));
  return control.shown.startsWith('+') ? before + number : number;
}

async function check(request: APIRequestContext, catalogue: string, before: number, checked: Control[]): Promise<void> {
  for (const control of checked) {
    const { count } = await list(request, `${control.query}&page_size=1`, catalogue);
    if (control.enabled) {
      expect(count, `${control.id} of ${control.query}`).toBe(promised(control, before));
      expect(count, control.query).toBeGreaterThan(0);
    } else {
      // An option without rows leads to an empty list, or adds nothing to the other choices.
      expect(control.shown, control.query).toBe('0');
      expect([0, before], control.query).toContain(count);
    }
  }
}

test('5: every facet count equals the count after clicking it, in 50 random states', async ({ page, request }) => {
  test.setTimeout(180_000);
  const random = chance(5);
  let checked = 0;
  for (let state = 0; state < 50; state += 1) {
    const catalogue = state % 5 === 4 ? 'recipes' : 'properties';
    await page.goto(`/${catalogue}?${randomQuery(random, catalogue)}`, { waitUntil: 'domcontentloaded' });
    const all = await controls(page);
    expect(all.length).toBeGreaterThan(5);
    const few = all.filter(() => random() < 6 / all.length);
    await check(request, catalogue, await total(page), few);
    checked += few.length;
  }
  expect(checked).toBeGreaterThan(180);
});

test('5: a real click gives the count that its option shows', async ({ page }) => {
  const random = chance(55);
  for (const query of ['', 'city=austin', 'property_type=loft&status=any', 'bedrooms=2&max_price=900000']) {
    await open(page, `/properties?${query}`);
    const enabled = (await controls(page)).filter((control) => control.enabled);
    const control = enabled[Math.floor(random() * enabled.length)];
    const expected = promised(control, await total(page));
    const before = page.url();
    await page.locator(`[id="${control.id}"]`).check();
    await expect(page).not.toHaveURL(before);
    await settled(page);
    expect(await total(page), `${control.id} on ${query}`).toBe(expected);
    await expect(page.locator(`[id="${control.id}"]`)).toBeChecked();
  }
});

test('6: no enabled option leads to an empty list', async ({ page, request }) => {
  const random = chance(6);
  for (const [catalogue, query] of [
    ['properties', randomQuery(random, '')],
    ['properties', randomQuery(random, '')],
    ['properties', 'city=austin&max_price=100000'],
    ['properties', 'bedrooms=5&property_type=loft&city=boston'],
    ['recipes', randomQuery(random, 'recipes')],
    ['recipes', 'cuisine=thai&diet=vegan&without=cilantro'],
  ]) {
    await page.goto(`/${catalogue}?${query}`, { waitUntil: 'domcontentloaded' });
    await check(request, catalogue, await total(page), await controls(page));
  }
});

test('2: any filter URL shows the same in a fresh context', async ({ page, browser }) => {
  const random = chance(2);
  const other = await another(browser);
  for (let state = 0; state < 6; state += 1) {
    const catalogue = state % 3 === 2 ? 'recipes' : 'properties';
    const address = `/${catalogue}?${randomQuery(random, catalogue)}${state % 2 ? '&view=list' : ''}`;
    await open(page, `/${catalogue}`);
    await open(page, address);
    await open(other, address);
    expect(await shown(other), address).toEqual(await shown(page));
  }
});

test('10: the price scale is divided into quantiles, and works by keyboard', async ({ page, request }) => {
  await open(page, '/properties');
  const marks = ((await page.locator('.scale').getAttribute('data-marks')) ?? '').split(' ').map(Number);
  expect(marks.length).toBeGreaterThan(15);
  expect(marks).toEqual(marks.toSorted((one, other) => one - other));
  const { count: all } = await list(request, 'page_size=1');
  // There are about as many homes between two neighboring marks as between any other two.
  for (const place of [0, 7, 15]) {
    const { count } = await list(request, `min_price=${marks[place]}&max_price=${marks[place + 1] - 1}&page_size=1`);
    expect(count / (all / (marks.length - 1))).toBeGreaterThan(0.5);
    expect(count / (all / (marks.length - 1))).toBeLessThan(1.6);
  }
  const bars = page.locator('.bars rect.in');
  await expect(bars).toHaveCount(marks.length - 1);
  const low = page.getByRole('slider', { name: 'Lowest price' });
  await low.focus();
  for (let step = 1; step <= 3; step += 1) {
    await page.keyboard.press('ArrowRight');
    await expect(page).toHaveURL(`/properties?min_price=${marks[step]}`);
    await settled(page);
    await expect(low).toBeFocused();
  }
  await expect(page.locator('#filters').getByLabel('Price from')).toHaveValue(`${marks[3]}`);
  await expect(low).toHaveAttribute('aria-valuetext', `$${marks[3].toLocaleString('en-US')}`);
  await expect(bars).toHaveCount(marks.length - 4);
  const { count } = await list(request, `min_price=${marks[3]}&page_size=1`);
  expect(await total(page)).toBe(count);
  const high = page.getByRole('slider', { name: 'Highest price' });
  await high.focus();
  await page.keyboard.press('Home');
  // A thumb cannot pass the other one.
  await expect(page).toHaveURL(`/properties?max_price=${marks[4]}&min_price=${marks[3]}`);
});

test('10: typed prices move the thumbs before anything is sent', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, '/properties');
  await page.getByRole('button', { name: 'Filters' }).click();
  const marks = ((await page.locator('.scale').getAttribute('data-marks')) ?? '').split(' ').map(Number);
  await page.locator('#filters').getByLabel('Price to').fill(`${marks[10]}`);
  await expect(page.getByRole('slider', { name: 'Highest price' })).toHaveValue('10');
  await expect(page.locator('.bars rect.in')).toHaveCount(10);
  await page.locator('#filters').getByLabel('Price to').fill('');
  await expect(page.locator('.bars rect.in')).toHaveCount(marks.length - 1);
});

test('12: an empty result names what excludes everything, and suggests alternatives with counts', async ({ page, request }) => {
  for (const [query, reason] of [
    ['city=austin&max_price=1000', /Up to \$1,000/],
    ['bedrooms=5&city=boston&property_type=loft', /Loft|5\+ bedrooms|Boston/],
    ['city=atlantis&bedrooms=2', /Atlantis/],
    ['city=atlantis&max_price=5', /No single filter/],
    ['max_price=5', /Up to \$5/],
    ['q=nowhereatall', /the words “nowhereatall”/],
    ['cuisine=thai&max_prep_time=1', /Up to 1 min|Thai/],
    ['cuisine=atlantis', /Atlantis/],
  ] as const) {
    const catalogue = query.includes('cuisine=') ? 'recipes' : 'properties';
    const answer = await page.goto(`/${catalogue}?${query}`);
    expect(answer?.status(), query).toBe(404);
    await expect(page.locator('.empty p')).toHaveText(reason);
    const ways = page.locator('.ways a');
    const suggested = await ways.evaluateAll((links) =>
      links.map((link) => ({ href: link.getAttribute('href') ?? '', count: link.querySelector('small')?.textContent ?? '' })),
    );
    expect(suggested.length, query).toBeGreaterThanOrEqual(3);
    for (const { href, count } of suggested) {
      const found = await list(request, `${href.split('?')[1] ?? ''}&page_size=1`, catalogue);
      expect(found.count, href).toBeGreaterThan(0);
      expect(Number(count.replace(/\D/g, '')), href).toBe(found.count);
    }
  }
});

test('the next page is one link away', async ({ page }) => {
  await page.goto('/properties?city=austin&sort=price&view=list');
  const more = page.locator('#results + nav.pager > a[rel="next"][data-more]');
  await expect(more).toHaveText('Load more');
  await expect(more).toHaveAttribute('href', '/properties?city=austin&page=2&sort=price&view=list');
});

test('a search finds what its words say, and keeps the filters', async ({ page, request }) => {
  await open(page, '/properties?property_type=house');
  await page.getByLabel('Keywords').fill('garden "kitch');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/properties\?property_type=house&q=garden%20%22kitch/);
  await settled(page);
  const { count } = await list(request, 'property_type=house&q=garden%20kitch');
  expect(count).toBeGreaterThan(0);
  expect(await total(page)).toBe(count);
  await expect(page.locator('.chip')).toHaveText(['“garden "kitch”', 'House']);
});
