// What editors do besides changing a field: they create, publish, withdraw and undo, work in lists, and get in each
// other's way. These tests change lists that others count, so they run after them.
import { type Page } from '@playwright/test';
import { another, expect, homeToEdit, list, logIn, openAsEditor, test } from './support';

/** A new home, by the labels of its form. */
const HOME: Record<string, string> = {
  Title: 'A loft above the canal',
  Description: 'Two rooms, a skylight and a hoist.\n\nThe canal is below.',
  'Price in dollars': '$333,000',
  Bedrooms: '2',
  Bathrooms: '1.5',
  Area: '71',
  'Year built': '1931',
  Address: '9 Canal Street',
  Latitude: '25.77',
  Longitude: '-80.19',
};

/** Fills the form of a new home in Miami. */
async function fillHome(page: Page, title: string): Promise<void> {
  for (const [label, value] of Object.entries({ ...HOME, Title: title })) {
    await page.getByLabel(label, { exact: true }).fill(value);
  }
  await page.getByLabel('Property type').selectOption('Loft');
  const place = page.getByLabel('Location', { exact: true });
  const miami = await place.locator('option', { hasText: /^Miami/ }).first().getAttribute('value');
  await place.selectOption(miami);
  await page.getByLabel('Agent', { exact: true }).selectOption({ index: 1 });
}

/** The number of the row whose form is shown. */
function numberOf(page: Page): string {
  return new URL(page.url()).pathname.split('/').pop() ?? '';
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('a home is created from an empty form, published, withdrawn, and that is undone', async ({ page, browser }) => {
      const title = `A loft above the canal, ${javaScriptEnabled ? 'scripted' : 'plain'} ${Date.now()}`;
      const reader = await another(browser);
      await page.goto('/admin/properties');
      await logIn(page);
      await expect(page).toHaveURL('/admin/properties');
      await page.getByRole('link', { name: 'New home' }).click();
      await expect(page.locator('h1')).toHaveText('New home');
      await fillHome(page, title);
      await page.getByRole('button', { name: 'Save as a draft' }).click();
      await expect(page.getByText('Saved as a draft, which only editors see.')).toBeVisible();
      await expect(page.locator('h1')).toHaveText(title);
      const id = numberOf(page);

      const visible = async () => {
        const own = (await reader.request.get(`/api/properties/${id}/`)).status();
        const { results } = await list(reader.request, 'city=miami&property_type=loft&page_size=100');
        const map = await (await reader.request.get('/sitemap/properties-1.xml')).text();
        await reader.goto('/properties?city=miami&property_type=loft&sort=-created_at');
        const cards = await reader.locator(`#row-${id}`).count();
        return [own, results.some((row) => `${row.id}` === id), map.includes(`/properties/${id}<`), cards];
      };
      expect(await visible()).toEqual([404, false, false, 0]);

      await page.getByRole('button', { name: 'Publish' }).click();
      await expect(page.locator('.section-head .badge')).toHaveText('Active');
      expect(await visible()).toEqual([200, true, true, 1]);

      await page.getByRole('button', { name: 'Withdraw' }).click();
      await expect(page.locator('.section-head .badge')).toHaveText('Withdrawn');
      expect(await visible()).toEqual([200, false, false, 0]);

      await page.goto(`/admin/history?catalogue=properties&id=${id}`);
      const edit = page.locator('.edit').first();
      await expect(edit).toContainText('active');
      await expect(edit).toContainText('withdrawn');
      await edit.getByRole('button', { name: 'Undo' }).click();
      await expect(page.getByText('One row was put back.')).toBeVisible();
      expect(await visible()).toEqual([200, true, true, 1]);

      // Gone again, for those who count homes.
      await page.goto(`/admin/properties/${id}`);
      await page.getByText('Delete this home …').click();
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await expect(page.getByText('Deleted.')).toBeVisible();
      expect(await visible()).toEqual([404, false, false, 0]);
    });

    test('what is missing is said by its field, and nothing that was typed is lost', async ({ page }) => {
      await page.goto('/admin/properties/new');
      await logIn(page);
      await page.getByLabel('Title').fill('Half a home');
      await page.getByLabel('Location', { exact: true }).selectOption({ index: 1 });
      await page.getByLabel('Agent', { exact: true }).selectOption({ index: 1 });
      await page.getByRole('button', { name: 'Publish' }).click();
      await expect(page.getByText('Nothing was saved. Please look at the marked fields.')).toBeVisible();
      await expect(page.getByLabel('Title')).toHaveValue('Half a home');
      await expect(page.getByLabel('Area')).toHaveAccessibleDescription(/must be a number/);
      await expect(page.getByLabel('Property type')).toHaveAccessibleDescription(/must be one of/);
    });
  });
}

test('a form that is sent twice makes one home', async ({ page, request }) => {
  const title = `Sent twice ${Date.now()}`;
  await page.goto('/admin/properties/new');
  await logIn(page);
  await fillHome(page, title);
  const sent = await page.evaluate(async () => {
    const form = document.querySelector<HTMLFormElement>('form.editor');
    const body = new URLSearchParams(new FormData(form ?? undefined) as unknown as Record<string, string>);
    const send = () => fetch(form?.action ?? '', { method: 'POST', body });
    const [first, second] = await Promise.all([send(), send()]);
    return [first.url, second.url];
  });
  expect(sent[0]).toBe(sent[1]);
  const found = await page.request.get(`/admin/properties?q=${encodeURIComponent(title)}`);
  expect((await found.text()).match(/<tr>/g)?.length).toBe(2);
});

test('what was typed survives a reload, and a login', async ({ page, context, request }) => {
  const home = await homeToEdit(request, 10);
  const address = `/admin/properties/${home.id}`;
  await openAsEditor(page, address);
  await page.getByLabel('Title').fill('Typed, not saved');
  await expect(page.locator('.form-state')).toContainText('Unsaved changes in one field.');
  page.on('dialog', (dialog) => dialog.accept());
  await page.reload();
  await expect(page.locator('.form-state')).toContainText('Your unsaved changes of one field are here again.');
  await expect(page.getByLabel('Title')).toHaveValue('Typed, not saved');

  // Logged out in another tab.
  const other = await context.newPage();
  await other.goto('/admin');
  await other.getByRole('button', { name: 'Log out' }).click();
  await expect(other).toHaveURL('/admin/login');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.locator('.form-state')).toContainText('You were logged out.');
  await page.getByRole('link', { name: 'log in' }).click();
  await logIn(page);
  await expect(page).toHaveURL(address);
  await expect(page.getByLabel('Title')).toHaveValue('Typed, not saved');
  await page.keyboard.press('Control+s');
  await expect(page.locator('.form-state')).toContainText('Saved.');
  expect((await homeToEdit(request, 10)).title).toBe('Typed, not saved');
  await page.reload();
  await expect(page.locator('.form-state')).toHaveText('');
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('what was typed survives a login', async ({ page, context, request }) => {
    const home = await homeToEdit(request, 11);
    const address = `/admin/properties/${home.id}`;
    await page.goto(address);
    await logIn(page);
    await page.getByLabel('Title').fill('Typed without a script');
    const other = await context.newPage();
    await other.goto('/admin');
    await other.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page).toHaveURL(/\/admin\/login/);
    await logIn(page);
    await expect(page).toHaveURL(address);
    await expect(page.getByLabel('Title')).toHaveValue('Typed without a script');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByText('Saved.')).toBeVisible();
    expect((await homeToEdit(request, 11)).title).toBe('Typed without a script');
  });

  test('two editors on one field: the second sees both values, and decides', async ({ page, browser, request }) => {
    const home = await homeToEdit(request, 12);
    const second = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    for (const editor of [page, second]) {
      await editor.goto(`/admin/properties/${home.id}`);
      await logIn(editor);
    }
    await page.getByLabel('Title').fill('By the first');
    await page.getByLabel('Address').fill('1 First Street');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByText('Saved.')).toBeVisible();
    await second.getByLabel('Title').fill('By the second');
    await second.getByLabel('Price in dollars').fill('222000');
    await second.getByRole('button', { name: 'Save changes' }).click();
    await expect(second.getByRole('alert')).toContainText('Somebody else has edited the same');
    await expect(second.locator('.differs')).toHaveCount(1);
    await expect(second.locator('.differs')).toContainText(`It was “${home.title}”. Stored now: By the first`);
    // What the first has set elsewhere is shown, and what the second typed is still there.
    await expect(second.getByLabel('Title')).toHaveValue('By the second');
    await expect(second.getByLabel('Address')).toHaveValue('1 First Street');
    await expect(second.getByLabel('Price in dollars')).toHaveValue('222000');
    await second.getByLabel('Take theirs').check();
    await second.getByRole('button', { name: 'Save changes' }).click();
    await expect(second.getByText('Saved.')).toBeVisible();
    const now = await homeToEdit(request, 12);
    expect([now.title, now.address, now.price]).toEqual(['By the first', '1 First Street', '222000.00']);
  });
});

test('an open form hears what another editor saves, and both edits stand', async ({ page, browser, request }) => {
  const home = await homeToEdit(request, 13);
  const second = await another(browser);
  for (const editor of [page, second]) {
    await openAsEditor(editor, `/admin/properties/${home.id}`);
  }
  await second.getByLabel('Address').fill('2 Second Street');
  await second.getByLabel('Title').fill('The title of the second');
  await page.getByLabel('Title').fill('The title of the first');
  await page.getByLabel('Bedrooms').fill('7');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.locator('.form-state')).toContainText('Saved.');
  // Without being asked: what the second has not touched follows, the rest is shown beside it.
  await expect(second.getByLabel('Bedrooms')).toHaveValue('7');
  await expect(second.locator('.differs')).toContainText('Stored now: The title of the first');
  await expect(second.getByLabel('Address')).toHaveValue('2 Second Street');
  await second.getByRole('button', { name: 'Take theirs' }).click();
  await expect(second.getByLabel('Title')).toHaveValue('The title of the first');
  await second.getByRole('button', { name: 'Save changes' }).click();
  await expect(second.locator('.form-state')).toContainText('Saved.');
  const now = await homeToEdit(request, 13);
  expect([now.title, now.address]).toEqual(['The title of the first', '2 Second Street']);
});

test('a form is checked as it is filled in, says what it touches, and asks before it is left', async ({ page, request }) => {
  const home = await homeToEdit(request, 14);
  await request.get(`/api/properties/${home.id}/`);
  await openAsEditor(page, `/admin/properties/${home.id}`);
  await page.getByLabel('Area').fill('0');
  await expect(page.getByLabel('Area')).toHaveAccessibleDescription(/from 1 to 1000000/);
  await page.getByLabel('Area').fill('88');
  await expect(page.getByLabel('Area')).not.toHaveAttribute('aria-invalid');
  await expect(page.locator('#touches')).toHaveText(/Saving touches (one|\d+) cached answers?\./);
  let asked = '';
  page.once('dialog', (dialog) => {
    asked = dialog.message();
    void dialog.dismiss();
  });
  await page.getByRole('link', { name: 'Back to the list' }).click();
  await expect.poll(() => asked).toContain('unsaved changes');
  await expect(page.getByLabel('Area')).toHaveValue('88');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.locator('.form-state')).toContainText(/Saved\. It touched (one|\d+) cached answers?\./);
  await page.getByRole('link', { name: 'Back to the list' }).click();
  await expect(page.locator('h1')).toHaveText('Homes to edit');
});

test('values are changed in the table, rows are chosen by keys, and a bulk edit is undone', async ({ page, request }) => {
  await openAsEditor(page, '/admin/properties?city=miami&order=created_at');
  const rows = page.locator('tbody tr');
  await expect(rows.first().locator('input.inline')).toHaveValue(/^\$[\d,]+$/);
  const [first, second] = [await homeToEdit(request, 15), await homeToEdit(request, 16)];
  const price = page.getByLabel(`Price of ${first.title}`, { exact: true });
  await price.fill('444k');
  await expect(page.locator('.form-state')).toContainText('One row changed, not saved.');
  await page.keyboard.press('Control+s');
  await expect(page.locator('.form-state')).toContainText('Saved one row.');
  await expect(price).toHaveValue('$444,000');
  expect((await homeToEdit(request, 15)).price).toBe('444000.00');

  // Choosing without a mouse.
  await page.locator(`tbody a[href="/admin/properties/${first.id}"]`).focus();
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(page.locator('.form-state')).toContainText('2 rows chosen.');
  await page.getByLabel('Set', { exact: true }).selectOption('Bedrooms');
  await page.getByLabel('To', { exact: true }).fill('9');
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await expect(page.getByText('2 rows were changed.')).toBeVisible();
  await expect(page).toHaveURL(/city=miami/);
  const bedrooms = async () => {
    const all = await Promise.all(
      [first, second].map(async ({ id }) => (await request.get(`/api/properties/${id}/`)).json()),
    );
    return all.map((row: { bedrooms: number }) => row.bedrooms);
  };
  expect(await bedrooms()).toEqual([9, 9]);
  await page.locator('.notice').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('2 rows were put back.')).toBeVisible();
  expect(await bedrooms()).not.toContain(9);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the list is filtered, ordered, given other columns, and edited', async ({ page, request }) => {
    await page.goto('/admin/properties?status=sold');
    await logIn(page);
    await expect(page).toHaveURL('/admin/properties?status=sold');
    await expect(page.locator('#filter-status')).toHaveValue('sold');
    await page.goto('/admin/properties?city=miami');
    await page.locator('summary', { hasText: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Address', exact: true }).check();
    await page.getByRole('checkbox', { name: 'Area', exact: true }).uncheck();
    await page.getByRole('button', { name: 'Show these columns' }).click();
    await expect(page.locator('thead')).toContainText('Address');
    await expect(page.locator('thead')).not.toContainText('Area');
    await expect(page).toHaveURL(/city=miami/);
    await page.locator('thead').getByRole('link', { name: 'Address' }).click();
    await expect(page.locator('[aria-sort=ascending]')).toHaveText('Address');
    const first = page.locator('tbody tr').first();
    const id = await first.locator('td.number').first().innerText();
    await first.locator('input.inline').fill('345,000');
    await page.getByRole('button', { name: 'Save the table' }).click();
    await expect(page.getByText('One row was changed.')).toBeVisible();
    const row = await (await request.get(`/api/properties/${id}/`)).json();
    expect(row.price).toBe('345000.00');
  });
});
