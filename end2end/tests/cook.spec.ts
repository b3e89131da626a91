// What pages of recipes do by a program of their own: other amounts in place, and cook's mode, with one large step at a
// time, timers, and a screen that stays on.
import type { Locator, Page } from '@playwright/test';
import { address, expect, heard, open, quiet, test } from './support';

declare global {
  interface Window {
    locks: { requested: number; held: number };
  }
}

const step = (page: Page, number: number): Locator => page.locator(`#step-${number}`);

/** The step is the one on screen. */
async function isShown(page: Page, number: number): Promise<void> {
  await expect(step(page, number)).toBeInViewport({ ratio: 0.9 });
}

/** Opens a recipe or its cook's mode, and waits until the program has loaded. */
async function cook(page: Page, address: string): Promise<void> {
  await open(page, address);
  await quiet(page);
}

test('keys, links and a finger go from step to step, and Escape leaves', async ({ page }) => {
  await open(page, '/recipes/7');
  await page.getByRole('link', { name: 'Start cooking' }).click();
  await expect(page).toHaveURL('/recipes/7/cook');
  await expect(page.locator('.site-header')).toBeHidden();
  await quiet(page);
  await isShown(page, 1);
  await expect(step(page, 2)).not.toBeInViewport();

  await page.keyboard.press('ArrowRight');
  await isShown(page, 2);
  await expect(page).toHaveURL('/recipes/7/cook#step-2');
  await expect(page.locator('#said')).toContainText('Step 2 of');
  await page.keyboard.press('ArrowLeft');
  await isShown(page, 1);
  // There is none before the first.
  await page.keyboard.press('ArrowLeft');
  await isShown(page, 1);

  // Two quick presses are two steps.
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await isShown(page, 3);
  await step(page, 3).getByRole('link', { name: 'Previous' }).click();
  await isShown(page, 2);
  await expect(step(page, 2).getByRole('link', { name: 'Previous' })).toBeFocused();
  await step(page, 2).getByRole('link', { name: 'Next' }).click();
  await isShown(page, 3);
  await expect(step(page, 3).getByRole('link', { name: 'Next' })).toBeFocused();

  // A finger scrolls the strip, which snaps; keys go on from there.
  await page.locator('#steps').evaluate((strip) => strip.scrollTo({ left: 0, behavior: 'instant' }));
  await isShown(page, 1);
  await page.waitForTimeout(600);
  await page.keyboard.press('ArrowRight');
  await isShown(page, 2);

  await page.reload();
  await quiet(page);
  await isShown(page, 2);
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL('/recipes/7');
  await expect(page.locator('.site-header')).toBeVisible();
  // The keys are no longer cook's mode's.
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL('/recipes/7');
});

test('the last step leads back to the recipe, with its number of people', async ({ page }) => {
  await open(page, '/recipes/7/cook?servings=9');
  await expect(page.locator('summary')).toHaveText('Ingredients for 9 servings');
  await page.locator('#steps > li').last().getByRole('link', { name: 'Done' }).click();
  await expect(page).toHaveURL('/recipes/7?servings=9');
});

test.describe('the screen', () => {
  /** A lock that counts, as the real one cannot be seen. */
  async function count(page: Page): Promise<void> {
    await page.addInitScript(() => {
      window.locks = { requested: 0, held: 0 };
      const request = async () => {
        window.locks.requested += 1;
        window.locks.held += 1;
        return { release: async () => void (window.locks.held -= 1) };
      };
      Object.defineProperty(navigator, 'wakeLock', { value: { request } });
    });
  }
  const locks = (page: Page) => page.evaluate(() => window.locks);

  test('stays on in cook’s mode, is requested again when the page is seen again, and let go', async ({ page }) => {
    await count(page);
    await open(page, '/recipes/7');
    expect(await locks(page)).toEqual({ requested: 0, held: 0 });
    await page.locator('#cook').click();
    await expect(page.locator('#screen')).toHaveText('Screen stays on');
    expect(await locks(page)).toEqual({ requested: 1, held: 1 });
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
    await expect.poll(() => locks(page)).toEqual({ requested: 2, held: 1 });
    await page.keyboard.press('Escape');
    await expect(page).toHaveURL('/recipes/7');
    await expect.poll(() => locks(page)).toEqual({ requested: 2, held: 0 });
  });

  for (const [what, refuses] of [
    ['has no lock', false],
    ['refuses it', true],
  ] as const) {
    test(`turns off as usual where the browser ${what}`, async ({ page }) => {
      await page.addInitScript((refuses) => {
        const request = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
        Object.defineProperty(navigator, 'wakeLock', { value: refuses ? { request } : undefined });
      }, refuses);
      await cook(page, '/recipes/7/cook');
      await page.keyboard.press('ArrowRight');
      await isShown(page, 2);
      await expect(page.locator('#screen')).toBeEmpty();
    });
  }
});

test('a timer of a step runs, pauses, is heard, and goes on while another step is shown', async ({ page }) => {
  await page.clock.install();
  await cook(page, '/recipes/7/cook');
  const start = page.locator('[data-start]').first();
  const number = await start.getAttribute('data-start');
  const timer = page.locator(`#timer-${number}`);
  const seconds = Number(await timer.getAttribute('data-seconds'));
  expect(seconds).toBeGreaterThan(10);
  const left = async (): Promise<number> => {
    const parts = (await timer.locator('b').innerText()).split(':').map(Number);
    return parts.reduce((sum, part) => sum * 60 + part, 0);
  };
  await expect(timer).toBeHidden();
  await start.evaluate((one: HTMLElement) => one.click());
  await expect(timer).toBeVisible();
  await expect(page.locator('#said')).toContainText('Timer started');
  await page.clock.pauseAt(new Date(Date.now() + 5_000));
  await page.clock.fastForward(1_000);
  const running = await left();
  expect(running).toBeLessThan(seconds);

  await timer.getByRole('button', { name: 'Pause' }).click();
  await page.clock.fastForward(20_000);
  expect(await left()).toBe(running);
  await timer.getByRole('button', { name: 'Resume' }).click();
  await page.keyboard.press('ArrowRight');
  await page.clock.fastForward(running * 1_000 + 1_000);
  expect(await left()).toBe(0);
  await expect(timer).toHaveClass('over');
  await expect(page.locator('#said')).toHaveText(/^The timer of Step \d+ is over$/);
  await expect(timer.getByRole('button', { name: 'Pause' })).toBeHidden();
  await timer.getByRole('button', { name: /^Remove/ }).click();
  await expect(timer).toBeHidden();
});

test('on a phone a step fills the screen, and the ingredients are one tap away', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await cook(page, '/recipes/7/cook');
  await expect(page.locator('.cook-ingredients li').first()).toBeHidden();
  await page.locator('summary').click();
  await expect(page.locator('.cook-ingredients li').first()).toBeVisible();
  await expect(step(page, 1).getByRole('link', { name: 'Next' })).toBeInViewport();
  await page.keyboard.press('ArrowRight');
  await isShown(page, 2);
  const size = await step(page, 2).locator('p').first().evaluate((text) => Number.parseFloat(getComputedStyle(text).fontSize));
  expect(size).toBeGreaterThanOrEqual(24);
});

/** What a page shows of a recipe's ingredients. */
async function amounts(page: Page): Promise<string[]> {
  const lines = await page.locator('.ingredients label').allInnerTexts();
  return lines.map((line) => line.replaceAll(/\s+/g, ' ').trim());
}

/** The amounts of a recipe as the server shows them, to a browser that runs no script. */
async function served(page: Page, address: string): Promise<string[]> {
  const plain = await page.context().browser()?.newContext({ javaScriptEnabled: false });
  const other = await plain!.newPage();
  await other.goto(new URL(address, page.url()).href);
  const shown = await amounts(other);
  await plain!.close();
  return shown;
}

/** Which of the program's files, and which pages of recipes, are requested from now on. */
function requested(page: Page): string[] {
  const paths: string[] = [];
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    if (/^\/recipes|hearth-kitchen/.test(pathname)) paths.push(pathname + search);
  });
  return paths;
}

test('amounts are scaled in place, as the server scales them', async ({ page }) => {
  await cook(page, '/recipes/7');
  const field = page.getByLabel('Servings', { exact: true });
  const more = page.getByRole('link', { name: 'More servings' });
  const own = Number(await field.inputValue());
  const written = await amounts(page);
  // What has been ticked off stays so.
  const tick = page.locator('.ingredients input').nth(1);
  await tick.check();
  const paths = requested(page);

  await more.focus();
  for (let wanted = own + 1; wanted <= own + 3; wanted++) {
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(`/recipes/7?servings=${wanted}`);
    await expect(field).toHaveValue(`${wanted}`);
    await expect(page.locator('.servings').getByRole('status')).toHaveText(`Amounts for ${wanted} servings`);
    await expect(page.locator('#cook')).toHaveAttribute('href', `/recipes/7/cook?servings=${wanted}`);
    await expect(more).toBeFocused();
    expect(await amounts(page)).toEqual(await served(page, address(page)));
  }
  for (const wanted of [1, 13, 99]) {
    await field.fill(`${wanted}`);
    await field.press('Tab');
    await expect(page).toHaveURL(`/recipes/7?servings=${wanted}`);
    expect(await amounts(page)).toEqual(await served(page, address(page)));
  }
  // There are ends, where a link leads nowhere and loses the focus.
  await expect(page.locator('#more')).not.toHaveAttribute('href');
  await expect(page.locator('#more')).toHaveAttribute('aria-disabled', 'true');
  await field.fill('98');
  await field.press('Enter');
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/recipes/7?servings=99');
  await expect(field).toBeFocused();
  // The browser says what is wrong with a number; nothing changes.
  await field.fill('100');
  await field.press('Enter');
  await expect(page).toHaveURL('/recipes/7?servings=99');
  expect(await field.evaluate((input: HTMLInputElement) => input.validity.rangeOverflow)).toBe(true);
  // No number is the recipe's own.
  await field.fill('');
  await field.press('Enter');
  await expect(page).toHaveURL('/recipes/7');
  await expect(field).toHaveValue(`${own}`);
  expect(await amounts(page)).toEqual(written);
  await expect(tick).toBeChecked();
  expect(paths).toEqual([]);
});

test('amounts are scaled after pages were swapped in, back and forth, by one program', async ({ page }) => {
  await open(page, '/recipes');
  await quiet(page);
  const paths = requested(page);
  const recipe = page.locator('#results h3 a').first();
  const path = (await recipe.getAttribute('href')) ?? '';
  await recipe.click();
  await expect(page).toHaveURL(path);
  await quiet(page);
  const field = page.getByLabel('Servings', { exact: true });
  const own = Number(await field.inputValue());
  const written = await amounts(page);
  await page.getByRole('link', { name: 'More servings' }).click();
  await page.getByRole('link', { name: 'More servings' }).click();
  await expect(page).toHaveURL(`${path}?servings=${own + 2}`);
  const scaled = await amounts(page);
  expect(scaled).not.toEqual(written);

  // However often they were scaled, the list is one step back.
  await page.goBack();
  await expect(page).toHaveURL('/recipes');
  await expect(recipe).toBeVisible();
  await page.goForward();
  await expect(page).toHaveURL(`${path}?servings=${own + 2}`);
  await expect.poll(() => amounts(page)).toEqual(scaled);
  await page.locator('#cook').click();
  await expect(page.locator('summary')).toHaveText(`Ingredients for ${own + 2} servings`);
  await page.keyboard.press('ArrowRight');
  await isShown(page, 2);
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(`${path}?servings=${own + 2}`);
  await quiet(page);
  await page.getByRole('link', { name: 'Fewer servings' }).click();
  await page.getByRole('link', { name: 'Fewer servings' }).click();
  await expect(page).toHaveURL(path);
  expect(await amounts(page)).toEqual(written);

  const files = paths.filter((one) => one.includes('kitchen'));
  expect(files.map((file) => file.split('.').pop())).toEqual(['js', 'wasm']);
});

test('an edit shows in amounts that were scaled in place', async ({ page, request }) => {
  const { results } = (await (await request.get('/api/recipes/?page_size=1&page=40')).json()) as { results: { id: number }[] };
  const path = `/recipes/${results[0].id}`;
  const edit = async (amounts: string[]) => {
    const headers = { authorization: `Bearer ${process.env.HEARTH_ADMIN_TOKEN}` };
    const response = await request.patch(`/api${path}/`, { data: { servings: 4, amounts }, headers });
    expect(response.ok(), await response.text()).toBe(true);
  };
  await edit(['150 g rice', '1 cup water']);
  await cook(page, `${path}?servings=6`);
  await heard(page);
  expect(await amounts(page)).toEqual(['225 g rice', '1½ cups water']);
  await page.getByRole('link', { name: 'Fewer servings' }).click();
  await page.getByRole('link', { name: 'Fewer servings' }).click();
  await expect(page).toHaveURL(path);
  expect(await amounts(page)).toEqual(['150 g rice', '1 cup water']);
  // As much for four as the page that arrived showed for six.
  await edit(['225 g rice', '1 cup water', '2 eggs']);
  await expect.poll(() => amounts(page)).toEqual(['225 g rice', '1 cup water', '2 eggs']);
  await page.getByRole('link', { name: 'More servings' }).click();
  await expect(page).toHaveURL(`${path}?servings=5`);
  expect(await amounts(page)).toEqual(await served(page, address(page)));
});

test('amounts are scaled by requests where the program cannot be loaded', async ({ page }) => {
  await page.route('**/hearth-kitchen.*', (route) => route.fulfill({ status: 404 }));
  await cook(page, '/recipes/7');
  const own = Number(await page.getByLabel('Servings', { exact: true }).inputValue());
  const paths = requested(page);
  await page.getByRole('link', { name: 'More servings' }).click();
  await expect(page).toHaveURL(`/recipes/7?servings=${own + 1}`);
  await expect.poll(() => amounts(page)).toEqual(await served(page, `/recipes/7?servings=${own + 1}`));
  expect(paths).toContain(`/recipes/7?servings=${own + 1}`);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('1: cook’s mode is a page of large steps', async ({ page }) => {
    await page.goto('/recipes/7');
    const count = await page.locator('.method li').count();
    await page.getByRole('link', { name: 'Start cooking' }).click();
    await expect(page.locator('#steps > li')).toHaveCount(count);
    await expect(page.locator('.site-header')).toBeVisible();
    // Nothing is shown that would not work.
    await expect(page.locator('[data-start]').first()).toBeHidden();
    await step(page, 1).getByRole('link', { name: 'Next' }).click();
    await expect(step(page, 2)).toBeInViewport();
    await page.getByRole('link', { name: 'Leave' }).click();
    await expect(page).toHaveURL('/recipes/7');
  });
});
