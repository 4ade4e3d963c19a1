import { expect, results, search, test } from '../support/journey.js';

const GUIDE = '/items/62052400MZ-XK-0001';

test('a citizen searches for an identity card and reads the guide', async ({ page, request }) => {
  await page.goto('/');
  await search(page, '身份证');

  await expect(page).toHaveURL(/\/search\?/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('身份证');
  for (const facet of ['办理部门', '事项类型', '主题', '服务对象']) {
    await expect(page.getByRole('group', { name: facet })).toBeVisible();
  }
  const first = results(page).first();
  await expect(first).toContainText('身份证');
  const link = first.getByRole('heading').getByRole('link');
  const name = await link.innerText();
  await link.click();

  await expect(page).toHaveURL(/\/items\//);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(page.getByText('演示数据').first()).toBeVisible();
  await expectDownload(page, request, '.json', /json/);
  await expectDownload(page, request, '.docx', /officedocument/);
});

test('a guide answers in the order in which people ask', async ({ page }) => {
  await page.goto(GUIDE);

  const asked = ['能不能办', '要带什么', '要多久', '收不收费', '在哪办', '怎么办', '法律依据'];
  const headings = await page.getByRole('main').getByRole('heading', { level: 2 }).allInnerTexts();
  const answered = headings.flatMap((it) => asked.filter((question) => it.startsWith(question)));
  expect(answered).toEqual(asked);
});

/** The guide offers itself under its own address with another ending. */
async function expectDownload(page, request, ending, type) {
  const path = new URL(page.url()).pathname + ending;
  await expect(page.locator(`a[href="${path}"]`).first()).toBeAttached();
  const answer = await request.get(path);
  expect(answer.status(), path).toBe(200);
  expect(answer.headers()['content-type'], path).toMatch(type);
  expect((await answer.body()).length, path).toBeGreaterThan(100);
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a citizen searches, narrows and reads a guide, and sees nothing that needs a script', async ({ page }) => {
    await page.goto('/?region=620524');
    await search(page, '成立协会');
    await page.getByRole('checkbox', { name: '行政许可' }).check();
    await page.getByRole('button', { name: '按所选筛选' }).click();
    await results(page).first().getByRole('heading').getByRole('link').click();

    await expect(page).toHaveURL(GUIDE);
    await expect(page.getByRole('region', { name: '要带什么' }).getByRole('checkbox').first()).toBeVisible();
    for (const words of ['打印指南', '清空', '已备好', '正在办公', '现在不办公']) {
      await expect(page.getByText(words).filter({ visible: true }), words).toHaveCount(0);
    }
  });
});
