// The second catalogue, on the same engine.
import { another, expect, list, open, settled, shown, test } from './support';
import type { Page } from '@playwright/test';

/** The amounts that a page shows, one text each. */
async function amounts(page: Page): Promise<string[]> {
  const lines = await page.locator('.ingredients label').allTextContents();
  return lines.map((line) => line.trim());
}

test('recipes are filtered by cuisine, diet and difficulty', async ({ page, request }) => {
  await open(page, '/recipes');
  const rail = page.locator('#filters');
  await rail.getByLabel('Cuisine').fill('Thai, greek');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/recipes?cuisine=greek,thai');
  await expect(page.locator('.chip')).toHaveText(['Greek', 'Thai']);
  await settled(page);
  await rail.getByLabel('Diet').fill('Vegan');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/recipes?cuisine=greek,thai&diet=vegan');
  await expect(page.locator('.chip')).toHaveText(['Greek', 'Thai', 'Vegan']);
  await settled(page);
  await rail.getByLabel('Easy').check();
  await expect(page).toHaveURL('/recipes?cuisine=greek,thai&diet=vegan&difficulty=easy');
  await expect(page.locator('.chip')).toHaveText(['Greek', 'Thai', 'Vegan', 'Easy']);
  await expect(page).toHaveTitle('Easy vegan Greek and Thai recipes · Hearth');

  const { count, results } = await list(request, 'cuisine=greek,thai&diet=vegan&difficulty=easy', 'recipes');
  expect(count).toBeGreaterThan(1);
  const now = await shown(page);
  expect(now.count).toBe(count);
  expect(now.rows).toEqual(results.map((row) => `row-${row.id}`));
  for (const card of await page.locator('#results .card').allInnerTexts()) {
    expect(card).toMatch(/(min|h) · Easy · serves \d/);
    expect(card).toMatch(/(Thai|Greek) ·.* Vegan/);
  }
});

test('a recipe opens, and its ingredients lead to recipes that share them', async ({ page }) => {
  await page.goto('/recipes?cuisine=thai');
  const dish = page.locator('.dish-title a').first();
  const title = await dish.innerText();
  await dish.click();
  await expect(page).toHaveURL(/\/recipes\/\d+$/);
  await expect(page).toHaveTitle(`${title} · Hearth`);
  await expect(page.locator('h1')).toHaveText(title);
  expect(await page.locator('.method li').count()).toBeGreaterThan(2);
  const ingredient = page.locator('.more-with .chip').first();
  const name = await ingredient.innerText();
  await ingredient.click();
  await expect(page.locator('h1')).toHaveText(`Recipes with ${name.toLowerCase()}`);
  await expect(page.locator('#results .card', { hasText: title })).not.toHaveCount(0);
});

test('the quickest recipes come first, and none takes longer than requested', async ({ page }) => {
  await open(page, '/recipes');
  const minutes = page.locator('#filters').getByRole('group', { name: 'Time' });
  await minutes.getByRole('radio', { name: /^Up to 30 min/ }).check();
  await expect(page).toHaveURL('/recipes?max_total_time=30');
  await expect(page.locator('.chip')).toHaveCount(1);
  await settled(page);
  await page.getByLabel('Sort by').selectOption('Quickest first');
  await expect(page).toHaveURL('/recipes?max_total_time=30&sort=total_time');
  await settled(page);
  const facts = await page.locator('#results .facts').allInnerTexts();
  const taken = facts.map((fact) => Number.parseInt(fact, 10));
  expect(taken).toEqual(taken.toSorted((one, other) => one - other));
  expect(Math.max(...taken)).toBeLessThanOrEqual(30);
});

test('an invalid filter is reported by its field', async ({ page }) => {
  expect((await page.goto('/recipes?difficulty=absurd'))?.status()).toBe(400);
  await expect(page.getByRole('group', { name: 'Difficulty' })).toHaveAccessibleDescription(/easy/);
});

test('amounts are scaled without loading a document, and the address shows them to others', async ({ page, browser }) => {
  await open(page, '/recipes/7');
  await page.evaluate(() => Object.assign(window, { same: true }));
  const servings = page.getByLabel('Servings', { exact: true });
  const own = Number(await servings.inputValue());
  const written = await amounts(page);
  expect(written.length).toBeGreaterThan(3);
  const more = page.getByRole('link', { name: 'More servings' });
  await more.click();
  await expect(page).toHaveURL(`/recipes/7?servings=${own + 1}`);
  await expect(more).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/recipes/7?servings=${own + 2}`);
  await expect(page.getByRole('status').first()).toHaveText(`Amounts for ${own + 2} servings`);
  await expect(page.locator('#cook')).toHaveAttribute('href', `/recipes/7/cook?servings=${own + 2}`);
  const scaled = await amounts(page);
  expect(scaled).not.toEqual(written);
  await servings.fill('99');
  await servings.press('Tab');
  await expect(page).toHaveURL('/recipes/7?servings=99');
  await expect(page.locator('#more')).not.toHaveAttribute('href');
  await servings.fill(`${own}`);
  await servings.press('Enter');
  await expect(page).toHaveURL('/recipes/7');
  await expect.poll(() => amounts(page)).toEqual(written);
  expect(await page.evaluate(() => 'same' in window)).toBe(true);

  const other = await another(browser);
  await other.goto(`/recipes/7?servings=${own + 2}`);
  expect(await amounts(other)).toEqual(scaled);
  await expect(other.locator('link[rel="canonical"]')).toHaveAttribute('href', /\/recipes\/7$/);
});

test('24: a saved recipe is saved beside the homes, and its address shows it to others', async ({ page, browser }) => {
  await open(page, '/recipes?cuisine=thai');
  const link = page.locator('#results h3 a').nth(1);
  const [name, address] = [await link.innerText(), await link.getAttribute('href')];
  await page.getByRole('button', { name: `Save ${name}` }).click();
  await page.goto(address ?? '');
  const save = page.locator('.actions').getByRole('button', { name: 'Save' });
  await expect(save).toHaveAttribute('aria-pressed', 'true');
  // Only homes are compared.
  await expect(page.locator('.actions').getByRole('button', { name: 'Compare' })).toHaveCount(0);
  await page.goto('/properties/42');
  await page.locator('.actions').getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.header-saved b')).toHaveText('2');
  await page.locator('.header-saved').click();
  await expect(page).toHaveURL('/saved?ids=42');
  const shelf = page.getByRole('navigation', { name: 'Saved' }).getByRole('link', { name: /^Recipes/ });
  await expect(shelf).toHaveText(/Recipes\s*1/);
  await shelf.click();
  await expect(page).toHaveURL(`/saved/recipes?ids=${address?.split('/').pop()}`);
  await expect(page.locator('.card h3 a')).toHaveText([name]);
  await expect(page.locator('.pick')).toHaveCount(0);

  const other = await another(browser);
  await other.goto(page.url());
  await expect(other.locator('.card h3 a')).toHaveText([name]);
  await expect(other.locator('.heart')).toHaveAttribute('aria-pressed', 'false');
});

test('24: homes that were saved by an earlier version of the site are still saved', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('hearth:saved', '{"homes":[42],"compare":[],"searches":[]}'));
  await open(page, '/properties/42');
  const save = page.locator('.actions').getByRole('button', { name: 'Save' });
  await expect(save).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('.header-saved')).toHaveAttribute('href', '/saved?ids=42');
});

test('a time is in words for readers and a duration for programs', async ({ page, request }) => {
  const row = (await (await request.get('/api/recipes/7/')).json()) as { total_time: number; steps: string[] };
  await page.goto('/recipes/7');
  const time = page.locator('.fact-grid time').first();
  const [hours, minutes] = [Math.floor(row.total_time / 60), row.total_time % 60];
  const plural = (count: number, unit: string) => (count === 0 ? [] : [`${count} ${unit}${count === 1 ? '' : 's'}`]);
  await expect(time).toHaveText([...plural(hours, 'hour'), ...plural(minutes, 'minute')].join(' '));
  const iso = `PT${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}`;
  await expect(time).toHaveAttribute('datetime', iso);
  // The steps are as they were written, with their times marked.
  expect((await page.locator('.method li').allTextContents()).map((step) => step.trim())).toEqual(row.steps);
  for (const marked of await page.locator('.method time').all()) {
    expect(await marked.getAttribute('datetime')).toMatch(/^PT(\d+H)?(\d+M)?(\d+S)?$/);
  }
});

test('printing needs a script, so its button does', async ({ page }) => {
  await open(page, '/recipes/7');
  await page.evaluate(() => (window.print = () => document.documentElement.setAttribute('data-printed', '')));
  await page.locator('.actions').getByRole('button', { name: 'Print' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-printed', '');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('1: amounts are scaled by links and by a form', async ({ page }) => {
    await page.goto('/recipes/7');
    const own = Number(await page.getByLabel('Servings', { exact: true }).inputValue());
    const written = await amounts(page);
    await page.getByRole('link', { name: 'More servings' }).click();
    await expect(page).toHaveURL(`/recipes/7?servings=${own + 1}`);
    expect(await amounts(page)).not.toEqual(written);
    await page.getByRole('link', { name: 'Fewer servings' }).click();
    await expect(page).toHaveURL('/recipes/7');
    expect(await amounts(page)).toEqual(written);
    await page.getByLabel('Servings', { exact: true }).fill('12');
    await page.getByRole('button', { name: 'Scale' }).click();
    await expect(page).toHaveURL('/recipes/7?servings=12');
    await expect(page.locator('.actions button')).toHaveCount(0);
  });

  test('1: an invalid number of people is reported by its field', async ({ page }) => {
    expect((await page.goto('/recipes/7?servings=many'))?.status()).toBe(400);
    const field = page.getByLabel('Servings', { exact: true });
    await expect(field).toHaveAccessibleDescription(/99/);
    await expect(page.locator('.ingredients li')).not.toHaveCount(0);
  });
});
