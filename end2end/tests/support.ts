// Shared by the specs: a page that reports its own errors, and helpers for readers' actions.
import { expect, test as plain, type APIRequestContext, type Browser, type Page, type Request } from '@playwright/test';

export { expect };

declare global {
  interface Window {
    listening: WeakSet<EventTarget>;
    violations: string[];
  }
}

/** Tests whose page must neither log an error nor break its content security policy. */
export const test = plain.extend<{ trouble: string[] }>({
  trouble: [
    async ({ page }, use) => {
      const trouble = await watch(page);
      await use(trouble);
      expect(trouble, 'errors of the page').toEqual([]);
    },
    { auto: true },
  ],
});

/** How many rows a page of a list has. */
export const PAGE = 20;

/** A filter of the rail: the value that it sets, and the chip that shows it. */
export interface Filter {
  parameter: string;
  value: string;
  chip: string;
  /** What a reader types into its text field; otherwise there is a box or a button for the value. */
  typed?: string;
}

/** What the specs that go through all catalogues have to know of each. */
export interface Catalogue {
  name: string;
  /** One row, and several, as pages call them. */
  one: string;
  many: string;
  /** The field that names a row. */
  named: 'title' | 'name';
  /** Its link in the navigation, and the heading of its list. */
  section: string;
  heading: string;
  /** Filters that leave rows together. */
  filters: [Filter, Filter, Filter];
  /** Another order: the parameter's value, and its label. */
  sort: [string, string];
  /** A filter that leaves several pages. */
  long: string;
  /** Filters to draw from: the parameter, its values, and how many of them at most. */
  drawn: [string, (string | number)[], number][];
}

/** All of them. A further one is added here, and the specs test it. */
export const CATALOGUES: Catalogue[] = [
  {
    name: 'properties',
    one: 'home',
    many: 'homes',
    named: 'title',
    section: 'Homes',
    heading: 'Homes for sale',
    filters: [
      { parameter: 'city', value: 'austin', chip: 'Austin', typed: '  AUSTIN' },
      { parameter: 'property_type', value: 'condo', chip: 'Condo' },
      { parameter: 'bedrooms', value: '2', chip: '2+ bedrooms' },
    ],
    sort: ['price', 'Price, low to high'],
    long: 'city=austin',
    drawn: [
      ['bathrooms', [1, 2, 3], 1],
      ['bedrooms', [1, 2, 3, 4], 1],
      ['city', ['austin', 'chicago', 'boston', 'denver', 'seattle'], 2],
      ['max_price', [600_000, 900_000, 1_500_000], 1],
      ['min_price', [150_000, 300_000, 450_000], 1],
      ['property_type', ['condo', 'loft', 'house', 'townhouse'], 2],
      ['status', ['active', 'pending', 'sold'], 2],
    ],
  },
  {
    name: 'recipes',
    one: 'recipe',
    many: 'recipes',
    named: 'title',
    section: 'Recipes',
    heading: 'Recipes',
    filters: [
      { parameter: 'cuisine', value: 'thai', chip: 'Thai', typed: ' Thai' },
      { parameter: 'course', value: 'main', chip: 'Main' },
      { parameter: 'max_total_time', value: '60', chip: 'Up to 60 min' },
    ],
    sort: ['total_time', 'Quickest first'],
    long: 'difficulty=easy',
    drawn: [
      ['cuisine', ['thai', 'greek', 'indian', 'french'], 2],
      ['diet', ['vegan', 'vegetarian', 'gluten-free'], 1],
      ['difficulty', ['easy', 'medium', 'hard'], 1],
      ['ingredients', ['garlic', 'lemon', 'rice', 'onion'], 1],
      ['max_prep_time', [15, 20, 30], 1],
      ['max_total_time', [30, 45, 60], 1],
      ['without', ['onion', 'tomatoes', 'ginger'], 2],
    ],
  },
  {
    name: 'agents',
    one: 'agent',
    many: 'agents',
    named: 'name',
    section: 'Agents',
    heading: 'Agents',
    filters: [
      { parameter: 'language', value: 'spanish', chip: 'Spanish', typed: 'SPANISH ' },
      { parameter: 'specialty', value: 'families', chip: 'Families' },
      { parameter: 'takes_clients', value: 'yes', chip: 'Takes new clients: yes' },
    ],
    sort: ['-created_at', 'Newest first'],
    long: 'takes_clients=yes',
    drawn: [
      ['city', ['austin', 'chicago', 'boston', 'denver', 'seattle'], 2],
      ['language', ['spanish', 'french', 'mandarin'], 1],
      ['specialty', ['families', 'lofts', 'investment'], 1],
      ['takes_clients', ['yes', 'no'], 1],
    ],
  },
];

/** The address of a list with these filters, and others as they stand in an address. */
export function listOf(catalogue: Catalogue, filters: Filter[], ...more: string[]): string {
  const pairs = filters.map(({ parameter, value }) => `${parameter}=${value}`);
  const query = [...pairs, ...more].sort().join('&');
  return `/${catalogue.name}${query && `?${query}`}`;
}

/** Fills a filter in; what is typed is not sent yet. */
export async function fill(page: Page, { parameter, value, typed }: Filter): Promise<void> {
  const rail = page.locator('#filters');
  if (typed === undefined) await rail.locator(`#filter-${parameter}-${value}`).check();
  else await rail.locator(`#filter-${parameter}`).fill(typed);
}

/** Sets the filter at a place after those before it, as a reader does, and waits for the results. */
export async function setFilter(page: Page, catalogue: Catalogue, filters: Filter[], at: number): Promise<void> {
  await fill(page, filters[at]);
  if (filters[at].typed !== undefined) await page.keyboard.press('Enter');
  await expect(page).toHaveURL(listOf(catalogue, filters.slice(0, at + 1)));
  await expect(page.locator('.chip')).toHaveCount(at + 1);
  await settled(page);
}

/** Sets filters one after the other. */
export async function setFilters(page: Page, catalogue: Catalogue, filters: Filter[]): Promise<void> {
  for (const at of filters.keys()) await setFilter(page, catalogue, filters, at);
}

/** A page of a second reader or editor, who shares nothing with the first. */
export async function another(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await watch(page);
  return page;
}

/** Each page's pending requests, and when the last of them ended. */
const traffic = new WeakMap<Page, { open: Set<Request>; ended: number }>();

/** Collects a page's errors, and records which elements have listeners: those are awake. */
export async function watch(page: Page): Promise<string[]> {
  const trouble: string[] = [];
  const now = { open: new Set<Request>(), ended: Date.now() };
  traffic.set(page, now);
  // These streams never end.
  const isStream = (path: string) => path === '/live' || /^\/admin\/.*\/events$/.test(path);
  page.on('request', (request) => isStream(new URL(request.url()).pathname) || now.open.add(request));
  for (const end of ['requestfinished', 'requestfailed'] as const) {
    page.on(end, (request) => {
      now.open.delete(request);
      now.ended = Date.now();
    });
  }
  page.on('pageerror', (error) => trouble.push(`${error}`));
  page.on('console', (message) => {
    // What is refused is requested on purpose; the browser logs the status of each.
    const expected = /the server responded with a status of 40[01349]/.test(message.text());
    if (message.type() === 'error' && !expected) trouble.push(message.text());
  });
  await page.addInitScript(() => {
    window.listening = new WeakSet();
    const listen = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (...how: Parameters<typeof listen>) {
      window.listening.add(this);
      return listen.apply(this, how);
    };
    addEventListener('securitypolicyviolation', (event) =>
      console.error(`violates ${event.violatedDirective}: ${event.blockedURI}`),
    );
  });
  return trouble;
}

/** Waits until every island of the page has listeners, which the page does not show. */
export async function awake(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const islands = [...document.querySelectorAll('leptos-island')];
    return islands.every((island) => [...island.querySelectorAll('*')].some((one) => window.listening.has(one)));
  });
}

/** Waits until the requested page is shown, and is awake. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('main')).not.toHaveAttribute('aria-busy');
  await awake(page);
}

/** Waits until no request has been pending for half a second, except the stream of live updates. */
export async function quiet(page: Page): Promise<void> {
  const is = () => {
    const now = traffic.get(page);
    return now !== undefined && now.open.size === 0 && Date.now() - now.ended > 500;
  };
  await expect.poll(is).toBe(true);
}

/** Waits until the server watches this page, and announces edits that touch it. */
export async function heard(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-live', /./);
}

/** Opens an address and waits until its islands are awake. */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await awake(page);
}

/** The path and the query of what the address bar shows. */
export function address(page: Page): string {
  const url = new URL(page.url());
  return url.pathname + url.search;
}

/** What a list shows, for comparing two lists. */
export interface Shown {
  count: number;
  rows: string[];
  chips: string[];
  view: string | null;
  sort: string | undefined;
  controls: Record<string, string[]>;
}

/** Reads the list that is shown. */
export async function shown(page: Page): Promise<Shown> {
  return page.evaluate(() => {
    const texts = (selector: string) =>
      [...document.querySelectorAll(selector)].map((one) => one.textContent?.trim() ?? '');
    const form = document.querySelector<HTMLFormElement>('#filters form');
    const controls: Record<string, string[]> = {};
    for (const [name, value] of form ? new FormData(form) : []) {
      if (value !== '') (controls[name] ??= []).push(`${value}`);
    }
    return {
      count: Number(texts('.count')[0]?.replace(/\D/g, '')),
      rows: [...document.querySelectorAll('#results h3 a')].map((row) => row.id),
      chips: texts('.chip'),
      view: document.querySelector('#results')?.getAttribute('data-view') ?? null,
      sort: document.querySelector<HTMLSelectElement>('#sort')?.value,
      controls,
    };
  });
}

/** A row of the API, with only the fields that the specs read. */
export interface Row {
  id: number;
  title: string;
  name: string;
  price: string;
  status: string;
  address: string;
  location: { city: string };
}

/** Requests a page of a list from the API. */
export async function list(request: APIRequestContext, query: string, catalogue = 'properties') {
  const response = await request.get(`/api/${catalogue}/?${query}`);
  expect(response.ok(), `the API answers ${query}`).toBe(true);
  return (await response.json()) as { count: number; results: Row[] };
}

/**
 * A home for a test that edits. It is in Miami, where no other test counts homes by what editors
 * change. Each test uses a different place in the list, because tests run in parallel.
 */
export async function homeToEdit(request: APIRequestContext, place: number): Promise<Row> {
  const { results } = await list(request, 'city=miami&status=any&sort=created_at');
  return results[place];
}

/** Whole dollars as the pages show them. */
export function dollars(decimal: string | number): string {
  return `$${Math.floor(Number(decimal)).toLocaleString('en-US')}`;
}

/** Fills the login form and sends it. */
export async function logIn(page: Page, password = process.env.HEARTH_ADMIN_PASSWORD ?? ''): Promise<void> {
  if (!/\/admin\/login/.test(page.url())) await page.goto('/admin/login');
  await page.getByLabel('User name').fill('admin');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}

/** Opens an address as an editor, and waits until its islands are awake. */
export async function openAsEditor(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await logIn(page);
  await expect(page).toHaveURL(address);
  await awake(page);
}
