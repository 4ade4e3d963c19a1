import { validate } from '../ooxml/validate.mjs';
import { expect, expectAccessible, expectNoOverflow, signIn, test } from '../support/journey.js';
import { printed } from '../support/office.js';

// Starting an office suite takes its time.
test.setTimeout(120_000);

/** The demo's two documents with words that each must show when it is filled. */
const DOCUMENTS = [
  { title: '项目核准的批复', words: ['关于演练污水处理厂核准的批复', '武山县发展和改革局', '武发改核准〔'] },
  { title: '招标方案核准意见表', words: ['演练污水处理厂', '项目申请报告', '招标方案', '武发改招标核字〔'] },
];

for (const { title, words } of DOCUMENTS) {
  test(`${title} is filled, looked at, issued, sound, and opens in LibreOffice`, async ({ page }, info) => {
    await signIn(page, 'demo-service');
    await page.goto('/workbench/approvals');
    await expectAccessible(page);
    await page.getByRole('navigation', { name: '填写签发' }).getByRole('link', { name: title }).click();
    for (const field of await page.locator('form [name^=a]').all()) await field.fill('演练');
    await page.getByLabel('项目名称').fill('演练污水处理厂');
    await page.getByRole('button', { name: '看写成什么样' }).click();
    await expect(page.getByRole('region', { name: '写成这样' })).toContainText('演练污水处理厂');
    await expectAccessible(page);
    await page.getByRole('button', { name: '签发，编文号' }).click();
    await expect(page.getByText('有效', { exact: true })).toBeVisible();
    await expectAccessible(page);

    const downloaded = page.waitForEvent('download');
    await page.getByRole('link', { name: '下载 Word' }).click();
    const file = info.outputPath('document.docx');
    await (await downloaded).saveAs(file);
    expect(await validate(file)).toEqual([]);
    const [pages] = await printed([file]);
    const text = pages.join('').replace(/\s/g, '');
    for (const word of words) expect(text).toContain(word);
    expect(text).not.toMatch(/[{}]{2}/);
  });
}

test('templates are kept on pages that anyone can read and no phone is too narrow for', async ({ page }) => {
  await signIn(page, 'demo-service');
  await page.goto('/workbench/approvals');
  await page.getByRole('navigation', { name: '填写签发' }).getByRole('link', { name: '项目核准的批复' }).click();
  await page.getByRole('link', { name: '模板和字段' }).click();
  await expect(page.getByRole('region', { name: '字段列表' })).toContainText('{{文号}}');
  const template = page.url();
  await page.getByRole('main').getByRole('link', { name: '企业投资项目核准' }).click();
  for (const address of [template, page.url(), `${template}/issue`, '/workbench/approvals']) {
    await page.goto(address);
    await expectAccessible(page);
    for (const width of [1440, 1024, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await expectNoOverflow(page);
    }
  }
});
