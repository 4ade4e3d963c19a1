import { expect, results, search, test } from '../support/journey.js';

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a citizen of another region finds its items and narrows them to a department', async ({ page }) => {
    await page.goto('/');
    const regions = page.getByRole('banner').locator('details').filter({ hasText: '当前地区' });
    await regions.locator('summary').click();
    await regions.getByRole('link', { name: '前锋区' }).click();
    await expect(regions.locator('summary')).toContainText('前锋区');

    await search(page, '登记');
    await expect(regions.locator('summary')).toContainText('前锋区');
    await expect(results(page).first()).toContainText('登记');

    const departments = page.getByRole('group', { name: '办理部门' });
    const box = departments.getByRole('checkbox', { checked: false }).first();
    const department = await departments.locator('label').first().innerText();
    await box.check();
    await page.getByRole('button', { name: '按所选筛选' }).click();

    await expect(departments.getByRole('checkbox', { name: department })).toBeChecked();
    const found = await results(page).allInnerTexts();
    expect(found.length).toBeGreaterThan(0);
    for (const result of found) {
      expect(result).toContain(department);
    }
  });
});

test('the list of regions closes by Escape and by turning elsewhere', async ({ page }) => {
  await page.goto('/');
  const regions = page.getByRole('banner').locator('details').filter({ hasText: '当前地区' });
  const button = regions.locator('summary');
  await button.press('Enter');
  await expect(regions).toHaveAttribute('open');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await expect(regions).not.toHaveAttribute('open');
  await expect(button).toBeFocused();

  await button.click();
  await expect(regions).toHaveAttribute('open');
  await page.getByRole('heading', { level: 1 }).click();
  await expect(regions).not.toHaveAttribute('open');
});
