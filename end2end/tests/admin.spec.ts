// Editors log in, find, edit and log out. What they save is what everybody reads next.
import { type Page } from '@playwright/test';
import { CATALOGUES, another, dollars, expect, homeToEdit, list, logIn, openAsEditor, test } from './support';

const save = { name: 'Save changes' };

/** Waits until the form says that it is saved. */
async function saved(page: Page): Promise<void> {
  await expect(page.locator('.form-state')).toContainText('Saved.');
}

test('a wrong password is refused, and the right one leads to where the editor wanted to go', async ({ page }) => {
  await page.goto('/admin/recipes');
  await expect(page).toHaveURL('/admin/login?next=/admin/recipes');
  await logIn(page, 'not the password');
  await expect(page.getByRole('alert')).toHaveText('The name or the password is wrong.');
  await expect(page).toHaveURL('/admin/login?next=/admin/recipes');
  await expect(page.getByLabel('User name')).toHaveValue('admin');
  await expect(page.getByLabel('Password')).toHaveValue('');
  await logIn(page);
  await expect(page).toHaveURL('/admin/recipes');
  await expect(page).toHaveTitle('Recipes to edit · Hearth');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByText('Logged in as admin')).toBeVisible();
});

test('a login leads only to this site', async ({ page }) => {
  await page.goto('/admin/login?next=//example.com/admin');
  await logIn(page);
  await expect(page).toHaveURL('/admin');
});

test('an editor finds a home by search, and pages through the list', async ({ page, request }) => {
  const home = await homeToEdit(request, 1);
  await page.goto('/admin/properties');
  await logIn(page);
  await expect(page.locator('tbody tr')).toHaveCount(50);
  const all = await page.locator('.count').innerText();
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page).toHaveURL('/admin/properties?page=2');
  await expect(page.locator('.pager [aria-current="page"]')).toHaveText('2');
  await page.getByLabel('Find').fill(home.address);
  await page.keyboard.press('Enter');
  await expect(page.locator('.count')).not.toHaveText(all);
  await expect(page.getByLabel('Find')).toHaveValue(home.address);
  await page.locator(`tbody a[href="/admin/properties/${home.id}"]`).click();
  await expect(page.locator('h1')).toHaveText(home.title);
  await expect(page.getByLabel('Address')).toHaveValue(home.address);
});

test('once an edit is saved, readers see it: list, page, API', async ({ page, browser, request }) => {
  const home = await homeToEdit(request, 2);
  const siblings = `/properties?city=miami&status=any&sort=created_at`;
  const reader = await another(browser);
  await reader.goto(siblings);
  const card = reader.locator('.card', { has: reader.locator(`#row-${home.id}`) });
  await expect(card.locator('.price')).toHaveText(dollars(home.price));
  await reader.goto(`/properties/${home.id}`);
  await expect(reader.locator('.detail-head .price')).toHaveText(dollars(home.price));

  await openAsEditor(page, `/admin/properties/${home.id}`);
  // Several in a row: an answer from before one of them would show.
  for (const more of [1_000, 2_500, 500]) {
    const price = Number(home.price) + more;
    await page.getByLabel('Price in dollars').fill(`${price}`);
    await page.getByRole('button', save).click();
    await saved(page);
    await expect(page.getByLabel('Price in dollars')).toHaveValue(`${price}.00`);
    await reader.goto(`/properties/${home.id}`);
    expect(await reader.locator('.detail-head .price').innerText()).toBe(dollars(price));
    await reader.goto(siblings);
    expect(await card.locator('.price').innerText()).toBe(dollars(price));
    const { results } = await list(request, 'city=miami&status=any&sort=created_at');
    expect(Number(results.find((row) => row.id === home.id)?.price)).toBe(price);
  }
  await page.reload();
  await expect(page.locator('.form-state')).toHaveText('');
});

test('a withdrawn home leaves the lists immediately', async ({ page, browser, request }) => {
  const home = (await list(request, 'city=miami&sort=-created_at')).results[5];
  const reader = await another(browser);
  await reader.goto('/properties?city=miami');
  await expect(reader.locator(`#row-${home.id}`)).toBeVisible();
  await openAsEditor(page, `/admin/properties/${home.id}`);
  await page.getByLabel('Status').selectOption('Withdrawn');
  await page.getByRole('button', save).click();
  await saved(page);
  await reader.goto('/properties?city=miami');
  expect(await reader.locator(`#row-${home.id}`).count()).toBe(0);
});

test('an error is reported by its field, and nothing that was typed is lost', async ({ page, request }) => {
  const home = await homeToEdit(request, 3);
  await openAsEditor(page, `/admin/properties/${home.id}`);
  const title = 'A very long title. '.repeat(12).trim();
  const text = 'Two paragraphs & a <b>tag</b>,\n\nas "typed".';
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Description').fill(text);
  await page.getByLabel('Price in dollars').fill('123456');
  await page.getByRole('button', save).click();
  await expect(page.locator('.form-state')).toHaveText('Nothing was saved. Please look at the marked fields.');
  await expect(page.getByLabel('Title')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Title')).toHaveAccessibleDescription(/200 characters/);
  await expect(page.getByLabel('Title')).toHaveValue(title);
  await expect(page.getByLabel('Description')).toHaveValue(text);
  await expect(page.getByLabel('Price in dollars')).toHaveValue(/^123456/);
  expect((await homeToEdit(request, 3)).title).toBe(home.title);

  const short = `A short title, at ${Date.now()}`;
  await page.getByLabel('Title').fill(short);
  await page.getByRole('button', save).click();
  await saved(page);
  await page.reload();
  await expect(page.locator('h1')).toHaveText(short);
  await expect(page.getByLabel('Description')).toHaveValue(text);
});

/** What a second editor edits of each catalogue: the field, its label, and the value. */
const SECOND: Record<string, [string, string, string]> = {
  properties: ['address', 'Address', '2 Second Street'],
  recipes: ['description', 'Description', 'As the second editor describes it.'],
  agents: ['phone', 'Phone', '(202) 555-0102'],
};

for (const { name, one, named, long } of CATALOGUES) {
  test(`22: when two editors edit one ${one}, both edits stand`, async ({ page, browser, request }) => {
    const [field, label, value] = SECOND[name];
    const row = async () => {
      if (name === 'properties') return homeToEdit(request, 4);
      return (await list(request, `${long}&page=3`, name)).results[3];
    };
    const before = await row();
    const second = await another(browser);
    for (const editor of [page, second]) {
      await openAsEditor(editor, `/admin/${name}/${before.id}`);
      await expect(editor.locator('h1')).toHaveText(before[named]);
    }
    // Where names are in order, it stays where it is.
    const now = `${before[named]} the Edited`;
    await second.getByLabel(label, { exact: true }).fill(value);
    await page.getByLabel(named === 'name' ? 'Name' : 'Title', { exact: true }).fill(now);
    await page.getByRole('button', save).click();
    await saved(page);
    await second.getByRole('button', save).click();
    await saved(second);
    const after = await row();
    expect([after[named], after[field as 'address']]).toEqual([now, value]);
  });
}

test('logging out ends the session', async ({ page, browser }) => {
  await page.goto('/admin');
  await logIn(page);
  await expect(page.locator('h1')).toHaveText('Overview');
  const old = await browser.newContext({ storageState: await page.context().storageState() });
  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(page).toHaveURL('/admin/login');
  await page.goto('/admin/properties/42');
  await expect(page).toHaveURL('/admin/login?next=/admin/properties/42');
  // A copy of the cookie is worthless, too.
  const copied = await old.newPage();
  await copied.goto('/admin');
  await expect(copied).toHaveURL(/\/admin\/login/);
});
