// What the server does and why: the inspector and the tail, for editors.
import { expect, list, logIn, open, quiet, test } from './support';

const spelled = '/properties?city=San%20Diego&page=1&utm_source=mail';
const other = '/properties?city=Portland';

function inspect(url: string, another = ''): string {
  const compared = another && `&other=${encodeURIComponent(another)}`;
  return `/admin/cache?url=${encodeURIComponent(url)}${compared}`;
}

test('the inspector says which rules fired, what the tiers hold and why', async ({ page }) => {
  await page.goto(inspect(spelled));
  await logIn(page);
  await expect(page).toHaveURL(inspect(spelled));
  await expect(page.getByRole('row', { name: '3 ignore utm_source' })).toContainText('dropped');
  await expect(page.locator('.facts code').first()).toHaveText('/api/properties/?city=san-diego');
  await page.getByRole('button', { name: 'Drop' }).click();
  await expect(page.getByRole('status')).toHaveText('Dropped. The next request loads it.');
  await page.getByRole('button', { name: 'Warm' }).click();
  await expect(page.getByRole('status')).toHaveText('It is cached now.');
  const memory = page.locator('.held', { hasText: 'Memory' });
  await expect(memory).toHaveAttribute('data-state', 'valid');
  await expect(page.getByText('The answer was loaded from the database.')).toBeVisible();
});

test('the inspector shows where two keys part, and what is no address', async ({ page }) => {
  await page.goto(inspect(spelled, other));
  await logIn(page);
  await expect(page.locator('.parted mark')).toHaveText(['city=san-diego', 'city=portland']);
  await page.getByLabel('Another one, to compare').fill('/api/properties/?city=san-diego');
  await page.getByRole('button', { name: 'Inspect' }).click();
  await expect(page.getByText('The same key: the two addresses share one answer.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Address', exact: true }).fill('/nowhere');
  await page.getByRole('button', { name: 'Inspect' }).click();
  await expect(page.getByRole('alert')).toContainText('This is not the address of an answer.');
});

test('editors write queries in GraphiQL', async ({ page }) => {
  await page.goto('/admin/graphql');
  await logIn(page);
  await expect(page).toHaveURL('/admin/graphql');
  await page.getByRole('button', { name: /Execute query/ }).click();
  await expect(page.locator('.result-window')).toContainText('"count"');
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  await page.getByRole('link', { name: 'Query', exact: true }).click();
  await expect(page.getByRole('link', { name: 'trendingRecipes' })).toBeVisible();
  await page.getByRole('link', { name: 'Back to the overview' }).click();
  await expect(page).toHaveURL('/admin');
  await page.getByRole('link', { name: 'GraphQL' }).click();
  await expect(page.locator('#graphiql')).toBeVisible();
});

test('the tail shows decisions as they are made, filtered, paused and cleared', async ({ page, request }) => {
  await page.goto('/admin/tail?verdict=HIT&key=city%3Dchicago');
  await logIn(page);
  await expect(page.locator('.live-state')).toHaveText('Live');
  await list(request, 'city=chicago');
  await list(request, 'City=Chicago&page=1');
  await expect(page.locator('.line .verdict').first()).toHaveText('HIT');
  await expect(page.locator('.line .key').first()).toContainText('city=chicago');
  const before = await page.locator('.line').count();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.locator('.live-state')).toHaveText('Paused');
  await list(request, 'city=chicago');
  await quiet(page);
  await expect(page.locator('.line')).toHaveCount(before);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.locator('.live-state')).toHaveText('Live');
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.locator('.line:visible')).toHaveCount(0);
  await list(request, 'city=chicago');
  await expect(page.locator('.line:visible').first()).toContainText('city=chicago');
});

test('a line of the tail leads to the inspector, and leaving the tail ends its stream', async ({ page, request }) => {
  await page.goto('/admin/tail?key=city%3Dseattle');
  await logIn(page);
  await expect(page.locator('.live-state')).toHaveText('Live');
  await list(request, 'city=seattle');
  const ended = page.waitForEvent('requestfailed', (one) => one.url().includes('/admin/tail/events'));
  await page.locator('.line .key').first().click();
  await expect(page.locator('h1')).toHaveText('Cache');
  await expect(page.locator('.finding h2')).toContainText('city=seattle');
  // The stream notices with its next event that nobody shows it any more.
  await list(request, 'city=seattle');
  await ended;
});

test('the dashboard is live, can be paused, and leaves alone what somebody reads', async ({ page, request }) => {
  await page.goto('/admin/dashboard');
  await logIn(page);
  await expect(page.locator('.live-state')).toHaveText('Live');
  const requests = page.locator('.figures div', { has: page.getByText('Requests', { exact: true }) }).locator('strong');
  const number = async () => Number((await requests.textContent())!.replaceAll(',', ''));
  const before = await number();
  for (let n = 0; n < 20; n += 1) await list(request, 'city=miami');
  await expect.poll(number).toBeGreaterThanOrEqual(before + 20);
  const key = page.locator('#keys a.key').first();
  await key.focus();
  // No other test requests this one, nor the same test when it is repeated.
  const filter = `max_price=${900_000 + Math.floor(Math.random() * 90_000)}`;
  for (let n = 0; n < 300; n += 1) await list(request, filter);
  const at = await number();
  await expect.poll(number).toBeGreaterThan(at);
  await expect(key).toBeFocused();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.locator('.live-state')).toHaveText('Paused');
  await expect(page.locator('#keys')).not.toContainText(filter);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.locator('#keys')).toContainText(filter);
  await key.click();
  await expect(page.locator('h1')).toHaveText('Cache');
});

test('readers do not load what only editors need', async ({ page }) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  for (const address of ['/', '/properties', '/properties/42']) await open(page, address);
  await quiet(page);
  expect(loaded.filter((path) => path.includes('admin'))).toEqual([]);
  expect(loaded.some((path) => /^\/pkg\/hearth\..*\.wasm$/.test(path))).toBe(true);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the tail shows the last decisions', async ({ page, request }) => {
    await page.goto('/admin/tail?reason=bypass');
    await logIn(page);
    await request.get('/api/properties/?q=garden');
    await page.reload();
    await expect(page.locator('.line').first()).toContainText('bypass');
    await expect(page.locator('.live-bar')).toBeHidden();
  });

  test('the dashboard shows how it was at the last reload', async ({ page, request }) => {
    await page.goto('/admin/dashboard');
    await logIn(page);
    await expect(page.locator('h1')).toHaveText('Dashboard');
    await list(request, 'city=omaha');
    await page.reload();
    await expect(page.locator('.live-bar')).toBeHidden();
    await expect(page.locator('#kinds')).toContainText('properties list');
    await expect(page.locator('#fleet')).toContainText('this node');
  });
});
