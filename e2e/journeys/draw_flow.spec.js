import { expect, expectAccessible, expectNoOverflow, openAll, signIn, test } from '../support/journey.js';

test('a flow is written beside its drawing, by everyone’s hands and eyes', async ({ page }) => {
  await signIn(page, 'demo-clerk');
  await page.goto('/workbench/items');
  await page.getByRole('link', { name: '离婚登记', exact: true }).click();
  await page.getByRole('button', { name: '变更' }).click();
  await openAll(page);
  await page.getByRole('link', { name: '画流程' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '画流程' })).toBeVisible();
  for (const width of [1440, 1024, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoOverflow(page);
    await expectAccessible(page);
  }
});
