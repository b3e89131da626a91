// The second catalogue, on the same engine.
import { expect, list, open, settled, shown, test } from './support';

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
  await expect(page).toHaveTitle('Vegan Greek Thai recipes · Hearth');

  const { count, results } = await list(request, 'cuisine=greek,thai&diet=vegan&difficulty=easy', 'recipes');
  expect(count).toBeGreaterThan(1);
  const now = await shown(page);
  expect(now.count).toBe(count);
  expect(now.rows).toEqual(results.map((row) => `row-${row.id}`));
  for (const card of await page.locator('#results .card').allInnerTexts()) {
    expect(card).toMatch(/min · Easy · serves/);
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
  const ingredient = page.locator('.ingredients a').first();
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
