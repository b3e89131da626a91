// On paper: the row alone, on at most two pages, in black on white.
import { expect, test } from './support';

/** Rows to print, what must not be on the paper, and what must. */
const PRINTED = [
  {
    rows: ['/properties/3', '/properties/42', '/properties/77'],
    gone: ['.similar', '.gallery nav'],
    kept: ['.detail-head .price', '.prose'],
  },
  {
    rows: ['/recipes/3?servings=6', '/recipes/7?servings=6', '/recipes/42'],
    gone: ['#cook', '.more-with'],
    kept: ['.method', '.ingredients'],
  },
  { rows: ['/agents/7', '/agents/42'], gone: ['.similar'], kept: ['.prose', '.panel', '.fact-grid'] },
];

for (const { rows, gone, kept } of PRINTED) {
  for (const row of rows) {
    test(`25: ${row} is printed on at most two pages, in black on white, without navigation`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.goto(row);
      // Images far down are loaded only when scrolled to.
      await page.locator('.strip img').evaluateAll((all) => all.forEach((one) => one.setAttribute('loading', 'eager')));
      await page.waitForLoadState('networkidle');
      for (const format of ['A4', 'Letter']) {
        const pdf = (await page.pdf({ format })).toString('latin1');
        const pages = pdf.match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
        console.log(`${row} on ${format}: ${pages} pages`);
        expect(pages).toBeGreaterThan(0);
        expect(pages, format).toBeLessThanOrEqual(2);
      }
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      for (const hidden of ['.site-header', '.site-footer', '.crumbs', '.actions', ...gone]) {
        for (const one of await page.locator(hidden).all()) await expect(one, hidden).toBeHidden();
      }
      for (const shown of kept) await expect(page.locator(shown).first(), shown).toBeVisible();
      await expect(page.locator('.printed')).toContainText(row.split('?')[0]);
      expect(await page.locator('body').evaluate((body) => getComputedStyle(body).color)).toBe('rgb(0, 0, 0)');
    });
  }
}
