import { expect, test } from '../support/journey.js';

const GUIDE = '/items/62052400MZ-XK-0001';

test('what is ticked stays on the device until it is cleared', async ({ page }) => {
  await page.goto(GUIDE);
  const need = page.getByRole('region', { name: '要带什么' });
  const boxes = need.getByRole('checkbox');
  const nBoxes = await boxes.count();
  await boxes.nth(0).check();
  await boxes.nth(2).check();
  await expect(need.getByText(`已备好 2 / ${nBoxes} 份`)).toBeVisible();

  await page.reload();
  await expect(boxes.nth(2)).toBeChecked();
  await expect(boxes.nth(1)).not.toBeChecked();
  await page.goto('/items/62052400MZ-XK-0002');
  await expect(need.getByRole('checkbox', { checked: true })).toHaveCount(0);

  await page.goto(GUIDE);
  await need.getByRole('button', { name: '清空' }).click();
  await expect(need.getByText(`已备好 0 / ${nBoxes} 份`)).toBeVisible();
  await page.reload();
  await expect(need.getByRole('checkbox', { checked: true })).toHaveCount(0);
});

test('a window says as the day goes by whether it is open', async ({ page }) => {
  await page.clock.install({ time: new Date('2026-11-20T08:29:30+08:00') });
  await page.route(`**${GUIDE}`, async (route) => {
    // Whatever today is, the page of a Friday in the office.
    const today = `<p id="specimen"><span class="sx-today" data-day="2026-11-20" data-spans="08:30-12:00 14:30-18:00" data-next="下周一 08:30">
      <span data-open hidden>正在办公</span><span data-closed hidden>现在不办公<span data-until>，<span data-from></span> 开始办公</span></span></span></p>`;
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace('</main>', `${today}</main>`) });
  });
  await page.goto(GUIDE);

  for (const [later, words] of [
    ['00:00', '现在不办公，08:30 开始办公'],
    ['00:30', '正在办公'],
    ['03:30:00', '现在不办公，14:30 开始办公'],
    ['02:30:00', '正在办公'],
    ['03:30:00', '现在不办公，下周一 08:30 开始办公'],
    // After midnight the page knows nothing of the new day.
    ['06:00:00', ''],
  ]) {
    await page.clock.fastForward(later);
    await expect(page.locator('#specimen')).toHaveText(words, { useInnerText: true });
  }
});
