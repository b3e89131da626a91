// axe finds nothing, in light and dark, on a phone, a tablet and a desktop; and nothing is wider than the screen.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { awake, expect, logIn, open, test } from './support';

const READERS = [
  '/',
  '/properties',
  '/properties?bedrooms=2&city=austin&property_type=condo,loft&view=list',
  '/properties?bedrooms=9&city=austin&max_price=1',
  '/properties?bedrooms=abc&min_price=5&max_price=1',
  '/properties/42',
  '/recipes',
  '/recipes?cuisine=thai&diet=vegan&view=list',
  '/recipes?cuisine=thai&max_prep_time=1',
  '/recipes/7',
  '/recipes/7?servings=many',
  '/recipes/7/cook?servings=6',
  '/saved',
  '/saved?ids=42,43,44',
  '/saved/recipes',
  '/saved/recipes?ids=7,8,9',
  '/agents',
  '/agents?language=spanish&view=list',
  '/agents?language=elvish',
  '/agents/7',
  '/compare?ids=42,43,44,45',
  '/compare?ids=1,2,3,4,5',
  '/nowhere',
  '/admin/login',
];
const EDITORS = [
  '/admin',
  '/admin/properties',
  '/admin/properties?city=austin&status=sold&columns=price,status,address',
  '/admin/properties?q=nothingatall',
  '/admin/properties/42',
  '/admin/properties/new',
  '/admin/offices',
  '/admin/locations/3',
  '/admin/history',
  '/admin/recipes/7',
  '/admin/agents/7',
  '/admin/tail',
  '/admin/dashboard',
  '/admin/cache?url=/properties%3Fcity%3DAustin%26page%3D1&other=/properties%3Fbeds%3D2',
  '/admin/cache?url=/properties/42&sql=1',
];
const WIDTHS = [360, 768, 1440];

/** The rules that a page breaks, and where. */
async function broken(page: Page): Promise<string[]> {
  // An element that is half faded in has half its contrast.
  await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== 'running'));
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html} ${node.failureSummary ?? ''}`));
}

async function checkWidths(page: Page, widths = WIDTHS): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    expect(await broken(page), `${width} px wide`).toEqual([]);
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    for (const address of READERS) {
      test(`13: axe finds nothing on ${address}`, async ({ page }) => {
        await open(page, address);
        await checkWidths(page);
      });
    }

    test('13: axe finds nothing on the sheet of filters', async ({ page }) => {
      await page.setViewportSize({ width: 360, height: 800 });
      await open(page, '/properties?city=austin');
      await page.getByRole('button', { name: 'Filters' }).click();
      await expect(page.locator('#filters')).toBeVisible();
      expect(await broken(page)).toEqual([]);
    });

    for (const address of EDITORS) {
      test(`13: axe finds nothing on ${address} for editors`, async ({ page }) => {
        await logIn(page);
        await expect(page.locator('h1')).toHaveText('Overview');
        await open(page, address);
        // A phone's, and an office's.
        await checkWidths(page, [390, 1440]);
      });
    }

    test('13: axe finds nothing on the errors of a form', async ({ page }) => {
      await logIn(page, 'not the password');
      await expect(page.getByRole('alert')).toBeVisible();
      expect(await broken(page)).toEqual([]);
      await logIn(page);
      await open(page, '/admin/properties/43');
      await page.getByLabel('Title').fill('x'.repeat(201));
      await expect(page.locator('.field-error')).toBeVisible();
      await page.getByRole('button', { name: 'Save changes' }).click();
      await expect(page.locator('.form-state')).toContainText('Nothing was saved.');
      expect(await broken(page)).toEqual([]);
    });
  });
}

test('16: nothing is wider than the screen, from 320 px on', async ({ page }) => {
  test.slow();
  const check = async (address: string) => {
    await page.goto(address);
    // The narrowest width, and widths between those that the style was checked at.
    for (const width of [320, 500, 620, 910]) {
      await page.setViewportSize({ width, height: 640 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, `${address} in ${width} px`).toBeLessThanOrEqual(width);
    }
  };
  for (const address of READERS) await check(address);
  await logIn(page);
  await expect(page.locator('h1')).toHaveText('Overview');
  for (const address of EDITORS) await check(address);
});

test('16: at 200 % nothing is cut off, and in forced colors controls keep their edges', async ({ page }) => {
  // A window of 1280 px at 200 % has 640 CSS pixels.
  await page.setViewportSize({ width: 640, height: 450 });
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  for (const address of READERS) {
    await page.goto(address);
    const found = await page.evaluate(() => {
      const controls = [...document.querySelectorAll('main input:not([type="hidden"]), main select, main .button')];
      const shown = controls.filter((one) => one.checkVisibility());
      const edgeless = shown.filter((one) => {
        const framed = [one, one.parentElement].some((each) => {
          const style = each && getComputedStyle(each);
          return style && style.borderTopStyle !== 'none' && Number.parseFloat(style.borderTopWidth) > 0;
        });
        return !framed && !['checkbox', 'radio', 'range'].includes(one.getAttribute('type') ?? '');
      });
      const moving = document.getAnimations().filter(({ playState }) => playState === 'running');
      return {
        wide: document.documentElement.scrollWidth,
        edgeless: edgeless.map((one) => one.outerHTML.slice(0, 120)),
        moving: moving.length,
      };
    });
    expect(found, address).toEqual({ wide: 640, edgeless: [], moving: 0 });
  }
});

/** Tabs through a page, and returns how many elements were focused. */
async function tabThrough(page: Page, address: string): Promise<number> {
  await open(page, address);
  let rounds = 0;
  for (; rounds < 120; rounds += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body) return null;
      const box = focused.getBoundingClientRect();
      // The link of a card covers it with a pseudo-element, and so does its ring.
      const rings = [getComputedStyle(focused), getComputedStyle(focused, '::after')];
      const ringed = rings.some((style) => style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2);
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const top = document.elementFromPoint(x, y);
      const name = `${focused.tagName} ${focused.id} ${focused.textContent?.trim().slice(0, 30)}`;
      return { name, ringed, onTop: Boolean(top && (focused.contains(top) || top.contains(focused))) };
    });
    if (!at) break;
    expect(at, `${address} after ${rounds + 1} tabs`).toMatchObject({ ringed: true, onTop: true });
  }
  return rounds;
}

test('14: the keyboard focus is always visible, and nothing hides it', async ({ page }) => {
  test.slow();
  // A strip that moves for a while would hide where the focus goes.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await tabThrough(page, '/properties?city=austin&view=list')).toBeGreaterThan(50);
  expect(await tabThrough(page, '/recipes?cuisine=thai&view=list')).toBeGreaterThan(50);
  expect(await tabThrough(page, '/recipes/7')).toBeGreaterThan(20);
  expect(await tabThrough(page, '/recipes/7/cook')).toBeGreaterThan(5);
  expect(await tabThrough(page, '/agents?language=spanish')).toBeGreaterThan(40);
  expect(await tabThrough(page, '/agents/7')).toBeGreaterThan(15);
});

test('14: targets are large enough for a finger', async ({ browser }) => {
  const context = await browser.newContext({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const pages = ['/', '/properties?city=austin', '/properties/42', '/saved?ids=42,43', '/compare?ids=42,43', '/admin/login'];
  pages.push('/recipes?cuisine=thai', '/recipes/7', '/recipes/7/cook', '/saved/recipes?ids=7,8', '/agents?city=austin', '/agents/7');
  for (const address of pages) {
    await open(page, address).catch(() => page.goto(address));
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('a[href], button, select, input:not([type="hidden"])')]
        .filter((one) => one.checkVisibility() && !one.closest('p, .crumbs, .card h3, .skip'))
        .map((one) => ({ one: one.closest('label') ?? one, box: (one.closest('label') ?? one).getBoundingClientRect() }))
        .filter(({ box }) => box.height < 24 || box.width < 24)
        .map(({ one, box }) => `${one.outerHTML.slice(0, 80)}: ${box.width} x ${box.height}`),
    );
    expect(small, address).toEqual([]);
  }
});
