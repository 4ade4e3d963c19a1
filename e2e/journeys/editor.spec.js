import { demoRecords, draftOf, givenUp, imported } from '../support/catalogue.js';
import { expect, expectAccessible, expectNoOverflow, signIn, test } from '../support/journey.js';

/** A draft that was brought in without being published, and where it is written. */
let name;
let path;

test.beforeAll(async ({ browser }, info) => {
  name = `社会团体名称核准（演练${info.workerIndex}）`;
  const records = await demoRecords('620524', info);
  const { code, effective_on, ...record } = records.find((it) => it.code === '62052400MZ-XK-0001');
  await imported({ ...record, content: { ...record.content, name } }, info, { publish: false });
  path = await draftOf(name, browser);
});

test.afterAll(({ browser }) => givenUp(path, browser));

test.beforeEach(async ({ page }) => {
  await signIn(page, 'demo-clerk');
});

const field = (page, key) => page.locator(`[id="f-${key}"]`);
const saved = (page) => expect(page.locator('#status')).toHaveText(/^已保存 \d\d:\d\d$/);

/** Opens the editor with every section open. */
async function open(page) {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await page.evaluate(() => {
    for (const it of document.querySelectorAll('form > .sx-cols details.sx-panel')) it.open = true;
  });
}

/** Writes and waits until the script has saved it. */
async function write(page, key, text) {
  const answer = page.waitForResponse((it) => it.url().endsWith('/save') && it.ok());
  await field(page, key).fill(text);
  await answer;
}

test('what is typed is saved by itself, and what is wrong is told at its place', async ({ page }) => {
  await open(page);
  await write(page, 'limits.promised', '90');
  await saved(page);
  const found = page.locator('[id="n-limits.promised"]');
  await expect(found).toContainText('必须改正');
  await expect(field(page, 'limits.promised')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('[id="m-limits"]')).toHaveText('有必须改正的问题');

  await write(page, 'limits.promised', '20');
  await expect(found).toBeEmpty();
  await expect(field(page, 'limits.promised')).not.toHaveAttribute('aria-invalid', 'true');
  await open(page);
  await expect(field(page, 'limits.promised')).toHaveValue('20');
});

test('a choice that makes another element needed marks it at once', async ({ page }) => {
  await open(page);
  await field(page, 'fees.charged').selectOption('true');
  await expect(page.locator('[id="l-f-fees"]')).toHaveClass(/required/);
  await field(page, 'fees.charged').selectOption('false');
  await expect(page.locator('[id="l-f-fees"]')).not.toHaveClass(/required/);
});

test('who goes away in the middle of typing loses nothing', async ({ page }) => {
  await open(page);
  await field(page, 'summary').fill('写到一半就走了');
  await page.goto('/');
  await open(page);
  await expect(field(page, 'summary')).toHaveValue('写到一半就走了');
});

test('a browser that is killed loses at most the last three seconds', async ({ browser, page }) => {
  await open(page);
  await write(page, 'summary', '');
  const context = await browser.newContext({ baseURL: process.env.SHIXIANG_URL });
  const other = await context.newPage();
  await signIn(other, 'demo-clerk');
  await open(other);
  // Half a minute of typing without a pause: what is written is saved while it goes on.
  const text = '一二三四五六七八九十'.repeat(30);
  const answer = other.waitForResponse((it) => it.url().endsWith('/save') && it.ok());
  const typing = field(other, 'summary').pressSequentially(text, { delay: 100 });
  const cutOff = expect(typing).rejects.toThrow();
  await answer;
  await context.close();
  await cutOff;

  await open(page);
  const kept = await field(page, 'summary').inputValue();
  expect(kept).not.toBe('');
  expect(text.startsWith(kept), kept).toBe(true);
});

test('rows are moved by the keyboard and by the mouse', async ({ page }) => {
  await open(page);
  const list = field(page, 'materials');
  const names = () => list.locator('summary b').allTextContents();
  const before = await names();
  const grip = list.getByRole('button', { name: `移动 ${before[1]}` });
  const moved = page.waitForResponse((it) => it.url().endsWith('/save') && it.ok());
  await grip.focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(grip).toBeFocused();
  await moved;
  await open(page);
  expect((await names()).slice(0, 2)).toEqual([before[1], before[0]]);

  const back = page.waitForResponse((it) => it.url().endsWith('/save') && it.ok());
  const rows = list.locator('[data-row]');
  await rows.nth(1).locator('[data-grip]').dragTo(rows.nth(0), { targetPosition: { x: 40, y: 3 } });
  await back;
  await open(page);
  expect(await names()).toEqual(before);
});

test('a row is added, filled and deleted with what waits to be saved', async ({ page }) => {
  await open(page);
  await field(page, 'summary').fill('加行以前写的');
  const list = field(page, 'faq');
  const n = await list.locator('[data-row]').count();
  await list.getByRole('button', { name: /加一行/ }).click();
  await expect(list.locator('[data-row]')).toHaveCount(n + 1);
  await expect(field(page, 'summary')).toHaveValue('加行以前写的');

  const row = list.locator('[data-row]').last();
  const title = row.locator('summary b');
  await expect(title).toHaveText(`第 ${n + 1} 行`);
  const answer = page.waitForResponse((it) => it.url().endsWith('/save') && it.ok());
  await row.getByLabel('问题').fill('要等多久？');
  // What a row is called follows what is typed in it, and so do its buttons.
  await expect(title).toHaveText('要等多久？');
  await expect(row.getByRole('button', { name: '删除 要等多久？' })).toBeVisible();
  await answer;
  await open(page);
  await list.getByRole('button', { name: '删除 要等多久？' }).click();
  await expect(list.locator('[data-row]')).toHaveCount(n);
});

test('two pages write different places, and both see all of it', async ({ page, context }) => {
  const other = await context.newPage();
  await open(page);
  await open(other);
  await write(other, 'short_name', '名称核准');
  await write(page, 'summary', '另一页同时写的');
  await expect(field(page, 'short_name')).toHaveValue('名称核准');
  await open(other);
  await expect(field(other, 'summary')).toHaveValue('另一页同时写的');
});

test('two pages write one place, and the second chooses', async ({ page, context, complaints }) => {
  const other = await context.newPage();
  await open(page);
  await open(other);
  await write(other, 'summary', '另一页先写的');
  await field(page, 'summary').fill('这一页后写的');
  await expect(page.locator('#status')).toContainText('这里还没有保存');
  await expect(field(page, 'summary')).toHaveValue('这一页后写的');
  // The browser notes on its own that the script's save was refused.
  expect(complaints.splice(0).join()).toMatch(/\/edit: .*409/);
  await page.getByRole('button', { name: '保存', exact: true }).click();

  await expect(page.getByRole('heading', { name: '别人先保存了' })).toBeVisible();
  await expectNoOverflow(page);
  await expectAccessible(page);
  await page.getByRole('radio', { name: '这一页后写的' }).check();
  await page.getByRole('button', { name: '按所选保存' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await open(other);
  await expect(field(other, 'summary')).toHaveValue('这一页后写的');
});

test('a place that is missing is entered on the way, and fills a row', async ({ page }) => {
  await open(page);
  await field(page, 'summary').fill('去选以前写的');
  const list = field(page, 'windows');
  await list.getByRole('button', { name: '从采集地址选，加在最后' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '从采集地址选' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: '登记一处' }).click();
  await page.getByLabel('名称').fill('演练大厅');
  await page.getByLabel('地址，到楼层').fill('演练路 1 号二楼');
  await page.getByLabel('窗口，一行一个').fill('演练窗口|0938-0000000');
  await page.getByRole('button', { name: '保存' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: '演练窗口' }).first().click();

  const row = list.locator('[data-row]').last();
  await expect(row.getByLabel('办理地点')).toHaveValue('演练路 1 号二楼');
  await expect(row.getByLabel('窗口电话')).toHaveValue('0938-0000000');
  await expect(field(page, 'summary')).toHaveValue('去选以前写的');
  await row.getByRole('button', { name: /^删除/ }).click();
});

test('a law is chosen down to its article', async ({ page }) => {
  await open(page);
  const list = field(page, 'basis');
  await list.getByRole('button', { name: '从法律法规选，加在最后' }).click();
  await expectAccessible(page);
  await page.getByRole('link', { name: '登记一部' }).click();
  await page.getByLabel('名称，全称').fill(`演练条例${Date.now()}`);
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByRole('link', { name: '登记条文' }).click();
  await page.getByLabel('条文，可以一次贴几条').fill('第九条　应当登记。');
  await page.getByRole('button', { name: '保存条文' }).click();
  await page.getByRole('link', { name: '回到编辑' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: /^引用 ?第九条$/ }).click();

  const row = list.locator('[data-row]').last();
  await expect(row.getByLabel('条款内容')).toHaveValue('应当登记。');
  await row.getByRole('button', { name: /^删除/ }).click();
});

test('a blank form is brought in without leaving the page', async ({ page }) => {
  const name = '演练申请表.pdf';
  const pdf = { name, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n') };
  await open(page);
  const row = field(page, 'materials').locator('[data-row]').first();
  await row.locator('summary').click();
  const bring = async (file) => {
    const chooser = page.waitForEvent('filechooser');
    await row.getByRole('button', { name: /^上传 ?空白表格$/ }).click();
    await (await chooser).setFiles(file);
  };
  const answer = page.waitForResponse((it) => it.url().endsWith('/save') && it.ok());
  await bring(pdf);
  await expect(row.getByRole('link', { name })).toBeVisible();
  await answer;

  await open(page);
  await row.locator('summary').click();
  const download = page.waitForEvent('download');
  await row.getByRole('link', { name }).click();
  expect((await download).suggestedFilename()).toBe(name);
  await expectAccessible(page);
  await row.getByRole('button', { name: /^拿掉 ?空白表格的附件$/ }).click();
  await expect(row.getByRole('link', { name })).toBeHidden();
  await row.getByRole('button', { name: /^从附件选 ?空白表格$/ }).click();
  await expect(page.getByRole('button', { name: new RegExp(`用这一份 ?：${name}`) }).first()).toBeVisible();
  await expectAccessible(page);
});

test('a file that is none is refused at its place', async ({ page, complaints }) => {
  await open(page);
  const row = field(page, 'materials').locator('[data-row]').first();
  await row.locator('summary').click();
  const chooser = page.waitForEvent('filechooser');
  await row.getByRole('button', { name: /^上传 ?示范样表$/ }).click();
  await (await chooser).setFiles({ name: '页.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html></html>') });
  await expect(row.getByRole('alert').filter({ hasText: '网页' })).toBeVisible();
  // The browser notes on its own that the upload was refused.
  expect(complaints.splice(0).join()).toMatch(/422/);
});

test('the guide is looked at before it is published', async ({ page }) => {
  await open(page);
  await field(page, 'summary').fill('预览里看得到这一句');
  await page.getByRole('button', { name: '预览指南' }).click();
  await expect(page.getByRole('note').first()).toContainText('预览，没有公布');
  await expect(page.getByText('预览里看得到这一句')).toBeVisible();
  await expectNoOverflow(page);
  await expectAccessible(page);
  await page.getByRole('link', { name: '回到编辑' }).click();
  await expect(field(page, 'summary')).toHaveValue('预览里看得到这一句');
});

for (const width of [1440, 390]) {
  test(`the editor is open to everyone at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await open(page);
    await field(page, 'materials').locator('summary').first().click();
    await expectNoOverflow(page);
    await expectAccessible(page);
    await page.goto(path.replace(/edit$/, 'saves'));
    await expectNoOverflow(page);
    await expectAccessible(page);
  });
}
