import { expect, expectAccessible, test } from '../support/journey.js';

const GUIDE = '/items/62052400GA-QR-0003';

function combobox(page) {
  return page.getByRole('main').getByRole('combobox', { name: '要办的事' });
}

test('who types is shown likely items and reaches a guide by the arrow keys', async ({ page }) => {
  await page.goto('/?region=620524');
  const field = combobox(page);
  await field.pressSequentially('身份证丢了');
  const first = page.getByRole('option').first();
  await expect(first).toContainText('居民身份证补领');
  await expect(first.locator('mark').first()).toHaveText('身份证');
  await expect(field).toHaveAttribute('aria-expanded', 'true');
  expect(await page.getByRole('option').count()).toBeLessThanOrEqual(8);
  await expectAccessible(page);

  await page.keyboard.press('ArrowDown');
  await expect(first).toHaveAttribute('aria-selected', 'true');
  await expect(field).toHaveAttribute('aria-activedescendant', await first.getAttribute('id'));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(GUIDE);
});

test('Escape closes the suggestions and keeps the words, Enter then searches', async ({ page }) => {
  await page.goto('/search?region=620524');
  const field = combobox(page);
  await field.pressSequentially('身份证');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('option')).toHaveCount(0);
  await expect(field).toHaveValue('身份证');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/search\?q=/);
});

test('an answer that comes late never replaces a newer one', async ({ page }) => {
  const answer = (name) => ({ suggestions: [{ href: '/', name: [{ text: name, marked: false }], why: [], body: '', region: null }] });
  let answerFirst = () => {};
  const firstAsked = new Promise((asked) => {
    page.route('**/suggest?*', async (route) => {
      const words = new URL(route.request().url()).searchParams.get('q');
      if (words !== '早') return route.fulfill({ json: answer(words) });
      answerFirst = () => route.fulfill({ json: answer(words) }).catch(() => {});
      asked();
    });
  });
  await page.goto('/');
  await combobox(page).fill('早');
  await firstAsked;
  await combobox(page).fill('早晚');
  await expect(page.getByRole('option')).toHaveText(['早晚']);
  await answerFirst();
  // What was asked after it has come: so has the late one.
  await page.evaluate(() => fetch('/healthz').then((it) => it.text()));
  await expect(page.getByRole('option')).toHaveText(['早晚']);
});
