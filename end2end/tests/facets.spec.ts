// Filter options: every count is true, and no enabled option leads to an empty list.
import { CATALOGUES, another, expect, list, open, settled, shown, test, type Catalogue } from './support';
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

/** A random query, with its parameters in the order of their names. */
function randomQuery(random: () => number, { drawn }: Catalogue): string {
  const drawnValues = drawn.map(([name, values, most]) => [name, some(random, values, most).map(String).sort()] as const);
  const set = drawnValues.filter(([, values]) => values.length > 0);
  return set.map(([name, values]) => `${name}=${values.join(',')}`).join('&');
}

/** Every fifth state is one of each of the later catalogues; homes have the most filters. */
function catalogueOf(state: number): Catalogue {
  return CATALOGUES[Math.max(0, (state % 5) - 5 + CATALOGUES.length)];
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
    const catalogue = catalogueOf(state);
    await page.goto(`/${catalogue.name}?${randomQuery(random, catalogue)}`, { waitUntil: 'domcontentloaded' });
    const all = await controls(page);
    expect(all.length).toBeGreaterThan(5);
    const few = all.filter(() => random() < 6 / all.length);
    await check(request, catalogue.name, await total(page), few);
    checked += few.length;
  }
  expect(checked).toBeGreaterThan(180);
});

test('5: a real click gives the count that its option shows', async ({ page }) => {
  const random = chance(55);
  const lists = ['properties?', 'properties?property_type=loft', 'properties?bedrooms=2&max_price=900000'];
  for (const list of [...lists, 'recipes?cuisine=thai', 'recipes?without=garlic', 'agents?language=spanish']) {
    await open(page, `/${list}`);
    const enabled = (await controls(page)).filter((control) => control.enabled);
    const control = enabled[Math.floor(random() * enabled.length)];
    const expected = promised(control, await total(page));
    const before = page.url();
    await page.locator(`[id="${control.id}"]`).check();
    await expect(page).not.toHaveURL(before);
    await settled(page);
    expect(await total(page), `${control.id} on ${list}`).toBe(expected);
    await expect(page.locator(`[id="${control.id}"]`)).toBeChecked();
  }
});

test('6: no enabled option leads to an empty list', async ({ page, request }) => {
  const random = chance(6);
  const drawn = CATALOGUES.map((catalogue) => [catalogue.name, randomQuery(random, catalogue)]);
  for (const [name, query] of [
    ...drawn,
    ['properties', 'city=austin&max_price=100000'],
    ['properties', 'bedrooms=5&property_type=loft&city=boston'],
    ['recipes', 'cuisine=thai&diet=vegan&without=cilantro'],
  ]) {
    await page.goto(`/${name}?${query}`, { waitUntil: 'domcontentloaded' });
    await check(request, name, await total(page), await controls(page));
  }
});

test('2: any filter URL shows the same in a fresh context', async ({ page, browser }) => {
  const random = chance(2);
  const other = await another(browser);
  for (const [at, catalogue] of [...CATALOGUES, ...CATALOGUES].entries()) {
    const address = `/${catalogue.name}?${randomQuery(random, catalogue)}${at % 2 ? '&view=list' : ''}`;
    await open(page, `/${catalogue.name}`);
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
  for (const [catalogue, query, reason] of [
    ['properties', 'city=austin&max_price=1000', /Up to \$1,000/],
    ['properties', 'bedrooms=5&city=boston&property_type=loft', /Loft|5\+ bedrooms|Boston/],
    ['properties', 'city=atlantis&bedrooms=2', /Atlantis/],
    ['properties', 'city=atlantis&max_price=5', /No single filter/],
    ['properties', 'max_price=5', /Up to \$5/],
    ['properties', 'q=nowhereatall', /the words “nowhereatall”/],
    ['recipes', 'cuisine=thai&max_prep_time=1', /Up to 1 min|Thai/],
    ['recipes', 'cuisine=atlantis', /Atlantis/],
    ['recipes', 'ingredients=garlic&without=garlic', /With garlic and without garlic/],
    ['agents', 'language=elvish&takes_clients=yes', /Elvish/],
    ['agents', 'q=nowhereatall', /the words “nowhereatall”/],
  ] as const) {
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
