import { expect, expectAccessible, expectNoOverflow, results, tabTo, test } from '../support/journey.js';

const PAGES = [
  { name: 'the home page', path: '/', status: 200 },
  { name: 'the results', path: '/search?q=身份证', status: 200 },
  { name: 'a guide', path: '/items/62052400MZ-XK-0001', status: 200 },
  { name: 'the page that is not there', path: '/items/62052400MZ-XK-9999', status: 404 },
];

for (const { name, path, status } of PAGES) {
  for (const width of [1440, 390]) {
    test(`${name} is open to everyone at ${width} pixels`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      const answer = await page.goto(path);

      expect(answer.status()).toBe(status);
      await expectNoOverflow(page);
      await expectAccessible(page);
    });
  }
}

test('who lands on a page that is not there finds a way out', async ({ page }) => {
  await page.goto('/items/62052400MZ-XK-9999');

  await expect(page.getByRole('main').getByRole('link', { name: '首页' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('search')).toBeVisible();
});

test('the keyboard alone leads from the home page to a guide', async ({ page }) => {
  await page.goto('/');

  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: '跳到正文' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');

  await tabTo(page, page.getByRole('main').getByLabel('要办的事'), 2);
  await page.keyboard.type('身份证');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/search\?/);

  await tabTo(page, results(page).first().getByRole('heading').getByRole('link'), 80);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/items\//);
});
