// From page to page without loading a document: titles, focus, scroll, haste and delay.
import { CATALOGUES, address, expect, fill, list, listOf, open, quiet, settled, shown, test } from './support';
import type { Page } from '@playwright/test';

/** Holds back every matching answer until the returned function is called. */
async function hold(page: Page, pattern: RegExp): Promise<() => void> {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(pattern, async (route) => {
    await gate;
    await route.continue().catch(() => {});
  });
  return letGo;
}

test('pages change without a new document, with title, heading and focus', async ({ page }) => {
  await open(page, '/');
  await page.evaluate(() => Object.assign(window, { same: true }));
  const main = page.getByRole('navigation', { name: 'Main' });
  for (const { section: name, heading } of CATALOGUES) {
    await main.getByRole('link', { name }).click();
    await expect(page).toHaveTitle(`${heading} · Hearth`);
    await expect(page.locator('h1')).toHaveText(heading);
    await expect(page.locator('main')).toBeFocused();
    await expect(main.getByRole('link', { name })).toHaveAttribute('aria-current', 'page');
    await expect(page.locator('link[rel="canonical"]')).toHaveAttribute('href', page.url());
    expect(await page.evaluate(() => scrollY)).toBe(0);
  }
  expect(await page.evaluate(() => 'same' in window)).toBe(true);
});

for (const catalogue of CATALOGUES) {
  const { name, one, many, long, filters } = catalogue;
  const results = `/${name}?${long}`;

  test(`4: from a row of ${name}, Back returns to the same place and the same card`, async ({ page }) => {
    await open(page, results);
    const link = page.locator('#results h3 a').nth(13);
    const id = await link.getAttribute('id');
    await link.scrollIntoViewIfNeeded();
    const before = await page.evaluate(() => scrollY);
    expect(before).toBeGreaterThan(200);
    await link.click();
    await expect(page.locator('.detail')).toBeVisible();
    await expect(page.locator('main')).toBeFocused();
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await page.goBack();
    await expect(page.locator(`#${id}`)).toBeFocused();
    expect(Math.abs((await page.evaluate(() => scrollY)) - before)).toBeLessThanOrEqual(4);
  });

  test(`4: ${many} that "Load more" appended are there again after Back, at the same place`, async ({ page }) => {
    await open(page, results);
    const first = (await shown(page)).rows;
    for (const pages of [2, 3]) {
      await page.getByRole('link', { name: 'Load more' }).click();
      await expect(page.locator('#results > li')).toHaveCount(pages * first.length);
      await settled(page);
      await expect(page.locator('#results h3 a').nth((pages - 1) * first.length)).toBeFocused();
    }
    expect(address(page)).toBe(results);
    const { rows } = await shown(page);
    expect(rows.slice(0, first.length)).toEqual(first);
    expect(new Set(rows).size).toBe(rows.length);
    for (const leave of ['by a link', 'by a reload']) {
      const link = page.locator(`#${rows[2 * first.length + 3]}`);
      await link.scrollIntoViewIfNeeded();
      await link.focus();
      const before = await page.evaluate(() => scrollY);
      if (leave === 'by a link') {
        await link.click();
        await expect(page.locator('.detail')).toBeVisible();
        await settled(page);
        await page.goBack();
      } else {
        await page.reload();
      }
      await expect(page.locator('#results > li'), leave).toHaveCount(rows.length);
      await settled(page);
      await expect(link, leave).toBeFocused();
      await expect.poll(() => page.evaluate((wanted) => Math.abs(scrollY - wanted), before), { message: leave }).toBeLessThanOrEqual(4);
      expect((await shown(page)).rows).toEqual(rows);
    }
  });

  test(`8: while an answer is on its way, the old ${many} stay, marked as busy; the page is never blank`, async ({ page }) => {
    await open(page, results);
    const { rows } = await shown(page);
    await page.route(/page=2/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await route.continue();
    });
    // Records everything that is painted.
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      const look = () => {
        const list = [...document.querySelectorAll('#results h3 a')].map((row) => row.id).join();
        const state = `${list} ${document.querySelector('main')?.getAttribute('aria-busy')}`;
        if (seen.at(-1) !== state) seen.push(state);
        requestAnimationFrame(look);
      };
      look();
    });
    await page.getByRole('link', { name: 'Next page' }).click();
    await expect(page.locator('main')).toHaveAttribute('aria-busy', 'true');
    expect((await shown(page)).rows).toEqual(rows);
    await expect(page.locator('.results')).toHaveCSS('opacity', '0.6');
    await expect(page.locator('.pager [aria-current="page"]')).toHaveText('2');
    await settled(page);
    const next = (await shown(page)).rows;
    const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
    const lists = seen.map((state) => state.split(' ')[0]).filter((list, at, all) => list !== all[at - 1]);
    expect(lists).toEqual([rows.join(), next.join()]);
    expect(seen[1]).toBe(`${rows.join()} true`);
  });

  test(`9: only the last of several hasty clicks in ${name} is followed, and the older requests are aborted`, async ({ page }) => {
    await open(page, results);
    const aborted: string[] = [];
    page.on('requestfailed', (request) => aborted.push(new URL(request.url()).searchParams.get('page') ?? ''));
    const letGo = await hold(page, /page=[234]/);
    const { rows } = await shown(page);
    for (const number of [2, 3, 4]) {
      await page.evaluate((wanted) => {
        const link = document.querySelector<HTMLAnchorElement>('#page-2');
        if (link) link.href = link.href.replace(/page=\d+/, `page=${wanted}`);
        link?.click();
      }, number);
      expect((await shown(page)).rows).toEqual(rows);
    }
    await expect.poll(() => aborted).toEqual(['2', '3']);
    letGo();
    await expect(page).toHaveURL(listOf(catalogue, [], long, 'page=4'));
    await expect(page.locator('.pager [aria-current="page"]')).toHaveText('4');
    await settled(page);
    await expect(page.locator('.pager [aria-current="page"]')).toHaveText('4');
  });

  test(`15: the count of ${many} is announced once for each change`, async ({ page }) => {
    await open(page, `/${name}`);
    await page.evaluate(() => {
      const said: string[] = [];
      Object.assign(window, { said });
      // Text put into the live region is announced; the region comes after the body.
      new MutationObserver((changes) => {
        for (const { target, addedNodes } of changes) {
          const text = target instanceof Element && target.id === 'voice' && addedNodes[0]?.textContent;
          if (text) said.push(text);
        }
      }).observe(document.documentElement, { childList: true, subtree: true });
    });
    const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said);
    const counts: string[] = [];
    for (const filter of filters.slice(1)) {
      await fill(page, filter);
      await expect(page.locator('.chip')).toHaveCount(counts.length + 1);
      await settled(page);
      counts.push((await page.locator('.count').innerText()).trim());
      await expect.poll(said).toEqual(counts);
    }
    expect(counts[0]).toMatch(new RegExp(`^[\\d,]+ (${one}|${many})$`));
    // A cached page that is then confirmed is one change.
    await page.goBack();
    await settled(page);
    await quiet(page);
    expect(await said()).toEqual([...counts, counts[0]]);
    await expect(page.locator('[role="status"]#voice')).toHaveCount(1);
  });
}

test('after a visit elsewhere, the controls say what the address says', async ({ page }) => {
  await open(page, '/properties');
  const box = page.locator('#filter-property_type-loft');
  const count = page.locator('.toolbar .count');
  const all = await count.innerText();
  await box.check();
  await expect(page).toHaveURL('/properties?property_type=loft');
  await expect(count).not.toHaveText(all);
  await page.goto('about:blank');
  // Later, as the visit may otherwise end the page before this call has returned.
  await page.evaluate(() => void setTimeout(() => history.go(-2)));
  await expect(page).toHaveURL('/properties');
  await expect(count).toHaveText(all);
  await expect(box).not.toBeChecked();
  await page.goForward();
  await expect(page).toHaveURL('/properties?property_type=loft');
  await expect(box).toBeChecked();
});

test('only the last of several hasty clicks counts, and Back leads to where they began', async ({ page }) => {
  await open(page, '/properties?city=austin');
  const last = await page.locator('.pager li:nth-last-child(2) a').innerText();
  await page.evaluate((end) => {
    // Faster than any answer.
    for (const name of ['page-2', 'page-next', 'chip-city-austin', `page-${end}`]) document.getElementById(name)?.click();
  }, last);
  await expect(page).toHaveURL(`/properties?city=austin&page=${last}`);
  await expect(page.locator('.pager [aria-current="page"]')).toHaveText(last);
  await expect(page).toHaveTitle(`Homes in Austin, page ${last} · Hearth`);
  await page.goBack();
  await expect(page).toHaveURL('/properties?city=austin');
  await expect(page.locator('.pager [aria-current="page"]')).toHaveText('1');
});

test('pressing Back twice in haste goes back twice', async ({ page }) => {
  await open(page, '/properties?city=austin');
  for (const number of [2, 3, 4]) {
    await page.getByRole('link', { name: 'Next page' }).click();
    await expect(page.locator('.pager [aria-current="page"]')).toHaveText(`${number}`);
  }
  await page.evaluate(() => {
    history.back();
    history.back();
  });
  await expect(page).toHaveURL('/properties?city=austin&page=2');
  await expect(page.locator('.pager [aria-current="page"]')).toHaveText('2');
  await page.goForward();
  await expect(page).toHaveURL('/properties?city=austin&page=3');
  await expect(page.locator('.pager [aria-current="page"]')).toHaveText('3');
});

test('a page that was seen before is shown immediately, while it is requested again', async ({ page }) => {
  await open(page, '/properties?city=austin');
  const { rows } = await shown(page);
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page.locator('.pager [aria-current="page"]')).toHaveText('2');
  await settled(page);
  const letGo = await hold(page, /\?city=austin$/);
  await page.goBack();
  await expect(page.locator('.pager [aria-current="page"]')).toHaveText('1');
  await expect(page.locator('main')).toHaveAttribute('aria-busy', 'true');
  expect((await shown(page)).rows).toEqual(rows);
  letGo();
  await settled(page);
  expect((await shown(page)).rows).toEqual(rows);
});

test('when a control disappears, the focus moves to the next one, or to the previous one', async ({ page }) => {
  await open(page, '/properties?city=austin,boston,chicago');
  for (const [remove, next] of [
    ['Remove Boston', 'Remove Chicago'],
    ['Remove Chicago', 'Remove Austin'],
  ]) {
    await page.getByRole('link', { name: remove }).click();
    await expect(page.getByRole('link', { name: next })).toBeFocused();
    await settled(page);
  }
});

test('the focus stays on the filter, or where the reader moved it', async ({ page }) => {
  await open(page, '/properties?city=austin');
  const rail = page.locator('#filters');
  await rail.getByLabel('Loft').check();
  await expect(page.locator('.chip')).toHaveText(['Austin', 'Loft']);
  await expect(rail.getByLabel('Loft')).toBeFocused();
  await settled(page);
  await rail.getByLabel('Price from').fill('100000');
  await page.keyboard.press('Tab');
  await expect(page.locator('.chip')).toHaveText(['Austin', 'Loft', 'From $100,000']);
  await expect(rail.getByLabel('Price to')).toBeFocused();
});

test('text typed while an answer is on its way is preserved', async ({ page }) => {
  await open(page, '/properties?city=austin');
  const rail = page.locator('#filters');
  const letGo = await hold(page, /min_price=100000(?!.*max)/);
  await rail.getByLabel('Price from').fill('100000');
  await page.keyboard.press('Tab');
  await expect(page.locator('main')).toHaveAttribute('aria-busy', 'true');
  await page.keyboard.type('4000');
  letGo();
  await expect(page.locator('.chip')).toHaveText(['Austin', 'From $100,000']);
  await settled(page);
  await page.keyboard.type('00');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/properties?city=austin&max_price=400000&min_price=100000');
});

test('when a fetch fails, the browser navigates by itself', async ({ page, trouble }) => {
  await open(page, '/properties');
  await page.route(/page=2/, (route) => (route.request().isNavigationRequest() ? route.continue() : route.abort()));
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page).toHaveURL('/properties?page=2');
  await expect(page.locator('.pager [aria-current="page"]')).toHaveText('2');
  trouble.length = 0;
});

test('the search button says how many homes it will show', async ({ page, request }) => {
  await open(page, '/');
  const button = page.getByRole('button', { name: /^Show / });
  const { count: all } = await list(request, '');
  await expect(button).toHaveText(`Show ${all.toLocaleString('en-US')} homes`);
  await page.getByLabel('Where').fill('Chicago');
  await page.getByLabel('What').selectOption('Loft');
  const { count } = await list(request, 'city=chicago&property_type=loft');
  await expect(button).toHaveText(`Show ${count} homes`);
  await button.click();
  await expect(page).toHaveURL('/properties?city=chicago&property_type=loft');
  await expect(page.locator('#results + .pager, #results')).not.toHaveCount(0);
  expect((await shown(page)).count).toBe(count);
});

test('on a phone the sheet counts while it is filled in, and requests the results once', async ({ page, request }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, '/properties');
  await page.getByRole('button', { name: 'Filters' }).click();
  const sheet = page.locator('#filters');
  await sheet.getByLabel('City', { exact: true }).fill('Boston');
  await sheet.getByLabel('Condo').check();
  await sheet.getByRole('group', { name: 'Bedrooms' }).getByLabel('2+').check();
  const { count } = await list(request, 'bedrooms=2&city=boston&property_type=condo');
  await expect(sheet.getByRole('button', { name: /^Show / })).toHaveText(`Show ${count} homes`);
  expect(address(page)).toBe('/properties');
  await sheet.getByLabel('Price from').fill('9');
  await sheet.getByLabel('Price to').fill('1');
  await expect(sheet.getByRole('button', { name: /^Show / })).toHaveText('Show homes');
  await sheet.getByLabel('Price from').fill('');
  await sheet.getByLabel('Price to').fill('');
  await expect(sheet.getByRole('button', { name: /^Show / })).toHaveText(`Show ${count} homes`);
  await sheet.getByRole('button', { name: /^Show / }).click();
  await expect(page).toHaveURL('/properties?bedrooms=2&city=boston&property_type=condo');
  await expect(sheet).toBeHidden();
  await expect(page.locator('.count')).toHaveText(`${count} homes`);
  await page.goBack();
  await expect(page).toHaveURL('/properties');
});
