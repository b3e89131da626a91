// What a page loads: nothing from other sites, and little from this one.
import { CATALOGUES, another, awake, expect, logIn, open, quiet, test } from './support';
import type { APIRequestContext } from '@playwright/test';

const ROUTES = [
  '/',
  '/properties',
  '/properties?city=austin&view=list',
  '/properties/42',
  '/recipes',
  '/recipes/7',
  '/recipes/7/cook',
  '/agents',
  '/agents/7',
];

/** How many bytes an address takes with brotli. */
async function bytes(request: APIRequestContext, address: string): Promise<number> {
  const response = await request.get(address, { headers: { 'accept-encoding': 'br' } });
  expect(response.headers()['content-encoding'], address).toBe('br');
  return Number(response.headers()['content-length']);
}

/** The addresses on the list page that match `kind`. */
async function parts(request: APIRequestContext, kind: RegExp): Promise<string[]> {
  const html = await (await request.get('/properties')).text();
  const found = [...html.matchAll(/(?:src|href)="(\/[^"#?]+)"/g)].map(([, address]) => address);
  return [...new Set(found)].filter((address) => kind.test(address));
}

async function sum(request: APIRequestContext, addresses: string[]): Promise<number> {
  let total = 0;
  for (const address of addresses) total += await bytes(request, address);
  return total;
}

test('17: no request leaves the site, and the policy is not violated', async ({ page, baseURL }) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(baseURL ?? '').origin) foreign.push(request.url());
  });
  const check = async (address: string) => {
    await open(page, address);
    await quiet(page);
  };
  for (const address of ROUTES) await check(address);
  await logIn(page);
  await expect(page.locator('h1')).toHaveText('Overview');
  for (const address of ['/admin', '/admin/properties', '/admin/properties/42']) await check(address);
  expect(foreign).toEqual([]);
});

test('17: the policy allows nothing inline', async ({ request }) => {
  for (const address of [...ROUTES, '/nowhere', '/admin/login']) {
    const response = await request.get(address);
    const policy = response.headers()['content-security-policy'] ?? '';
    expect(policy, address).toContain("default-src 'self'");
    expect(policy, address).not.toContain('unsafe-inline');
    expect(policy, address).not.toContain("'unsafe-eval'");
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1];
    expect(scripts, address).toBe("'self' 'wasm-unsafe-eval'");
    // Scripts that are not run, such as JSON-LD, may be inline.
    const html = (await response.text()).replace(/<script type="application\/ld\+json">[\s\S]*?<\/script>/g, '');
    expect(html.match(/<script(?![^>]* src=)[^>]*>/g), address).toBeNull();
    expect(html.match(/<[^>]*\s(style|on\w+)=/g), address).toBeNull();
    expect(html, address).not.toContain('<style');
    expect(response.headers()['x-content-type-options'], address).toBe('nosniff');
  }
});

test('a public page is the same for everybody, byte for byte', async ({ request, browser }) => {
  const editor = await another(browser);
  await logIn(editor);
  await expect(editor.locator('h1')).toHaveText('Overview');
  for (const address of ROUTES) {
    // The first answer may be made while its rows are being loaded.
    await request.get(address);
    const [one, other] = [await request.get(address), await editor.context().request.get(address)];
    expect(await other.text(), address).toBe(await one.text());
    expect(one.headers().etag, address).toBeTruthy();
    expect(other.headers().etag, address).toBe(one.headers().etag);
    expect(one.headers()['set-cookie'], address).toBeUndefined();
  }
});

test('18: style, code, font and results are small', async ({ request }) => {
  const style = await sum(request, await parts(request, /\.css$/));
  const code = await sum(request, await parts(request, /\.(js|wasm)$/));
  const results = await Promise.all(CATALOGUES.map(({ name }) => bytes(request, `/${name}?page_size=24`)));
  const [font] = await parts(request, /\.woff2$/);
  const letters = Number((await request.get(font)).headers()['content-length']);
  console.log(`bytes: style ${style}, code ${code}, font ${letters}, results ${results}`);
  expect(style).toBeGreaterThan(0);
  expect(style).toBeLessThanOrEqual(15_000);
  expect(code).toBeGreaterThan(0);
  expect(code).toBeLessThanOrEqual(110_000);
  expect(letters).toBeLessThanOrEqual(25_000);
  expect(Math.max(...results)).toBeLessThanOrEqual(20_000);
});

test('18: recipes’ pages load their program beside the readers’, and no others do', async ({ request }) => {
  const named = async (address: string): Promise<string[]> => {
    const html = await (await request.get(address)).text();
    return /<meta name="program" content="([^"]*)"/.exec(html)?.[1].split(' ') ?? [];
  };
  const program = await named('/recipes/7');
  expect(program).toEqual([expect.stringMatching(/\.js$/), expect.stringMatching(/\.wasm$/)]);
  for (const route of [...ROUTES, '/agents/7', '/saved/recipes?ids=7', '/nowhere', '/admin/login']) {
    expect(await named(route), route).toEqual(route.startsWith('/recipes/') ? program : []);
  }
  const size = await sum(request, program);
  console.log(`bytes: the program of recipes ${size}`);
  expect(size).toBeGreaterThan(0);
  expect(size).toBeLessThanOrEqual(32_000);
});

for (const { name, many } of CATALOGUES) {
  test(`18: a list of ${many} makes few requests before anybody scrolls`, async ({ page }) => {
    const requests: string[] = [];
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    await page.setViewportSize({ width: 1440, height: 900 });
    await open(page, `/${name}?page_size=24`);
    await quiet(page);
    console.log(`requests: ${requests.length}`);
    expect(requests.length).toBeLessThanOrEqual(25);
    expect(requests.filter((path) => path.endsWith('.wasm')).length).toBe(1);
  });
}

test('assets that were loaded once are not loaded again', async ({ page }) => {
  await open(page, '/properties');
  await quiet(page);
  const requests: string[] = [];
  page.on('request', (request) => requests.push(new URL(request.url()).pathname));
  await page.locator('#results h3 a').first().click();
  await expect(page.locator('.detail')).toBeVisible();
  await page.getByRole('link', { name: 'Homes', exact: true }).first().click();
  await expect(page.locator('#results')).toBeVisible();
  await awake(page);
  // The home's other pictures, and the scripts that only some pages need, are new.
  const again = requests.filter((path) => !/^\/(live$|properties|pictures\/|(home|actions)\.js$)/.test(path));
  expect(again).toEqual([]);
});
