import { demoRecords, draftOf, givenUp, imported } from '../support/catalogue.js';
import { expect, expectAccessible, expectNoOverflow, openAll, signIn, test } from '../support/journey.js';

/** A draft that was brought in without being published, and where it is written. */
let name;
let path;

test.beforeAll(async ({ browser }, info) => {
  name = `社会团体名称核准（画流程${info.workerIndex}）`;
  const records = await demoRecords('620524', info);
  const { code, effective_on, ...record } = records.find((it) => it.code === '62052400MZ-XK-0001');
  const { steps, ...content } = record.content;
  await imported({ ...record, content: { ...content, name } }, info, { publish: false });
  path = await draftOf(name, browser);
});

test.afterAll(({ browser }) => givenUp(path, browser));

test.beforeEach(async ({ page }) => {
  await signIn(page, 'demo-clerk');
  await page.goto(path);
  await openAll(page);
  await page.getByRole('link', { name: '画流程' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '画流程' })).toBeVisible();
});

/** Begins with the common flow, whatever stood there. */
async function begin(page) {
  const menu = page.getByText('用常用流程替换');
  if (await menu.isVisible()) await menu.click();
  await drawn(page, () => page.getByRole('button', { name: /^承诺/ }).click());
  await expect.poll(() => names(page)).toEqual(PROMISED);
}

const names = (page) => page.locator('#rows [name^="name:"]').evaluateAll((all) => all.map((it) => it.value));
const row = (page, name) => page.getByRole('group', { name, exact: true });
const undo = (page) => page.getByRole('button', { name: '撤销', exact: true });
const redo = (page) => page.getByRole('button', { name: '重做', exact: true });

const PROMISED = ['收件', '材料是否齐全', '补正', '受理', '审查', '是否符合条件', '决定', '不予许可', '送达'];

/** Does something that is saved, and waits until the drawing is that of it. */
async function drawn(page, act) {
  const picture = page.waitForResponse((it) => it.url().includes('/flow.svg?') && it.ok());
  await act();
  await picture;
}

test('a flow begins with a common one, which is taken back and done again', async ({ page }) => {
  expect(await names(page)).toEqual([]);
  await expectAccessible(page);
  await drawn(page, () => page.getByRole('button', { name: /^承诺/ }).click());
  await expect.poll(() => names(page)).toEqual(PROMISED);
  await expect(redo(page)).toBeDisabled();
  await undo(page).click();
  await expect.poll(() => names(page)).toEqual([]);
  await drawn(page, () => redo(page).click());
  await expect.poll(() => names(page)).toEqual(PROMISED);
  for (const title of ['即办', '现场勘验', '听证']) {
    await page.getByText('用常用流程替换').click();
    await drawn(page, () => page.getByRole('button', { name: new RegExp(`^${title}`) }).click());
    await expect.poll(() => names(page)).not.toEqual(PROMISED);
    await drawn(page, () => undo(page).click());
    await expect.poll(() => names(page)).toEqual(PROMISED);
  }
});

test('steps are put in, named, moved and taken out, and each change is taken back', async ({ page }) => {
  await begin(page);
  await drawn(page, () => row(page, '受理').getByRole('button', { name: '下面加环节' }).click());
  await expect(page.locator(':focus')).toHaveAttribute('name', /^name:/);
  // Typing is one change, however often it was saved on the way.
  await drawn(page, () => page.keyboard.type('转'));
  await drawn(page, () => page.keyboard.type('办'));
  const added = row(page, '转办');
  await expect(added).toBeVisible();
  await page.keyboard.press('Tab');
  await drawn(page, () => added.getByLabel('图形').selectOption('判断'));
  await expect(added.getByLabel('岗位')).toBeHidden();
  await expect(added.getByLabel('图形')).toBeFocused();

  await drawn(page, () => added.getByRole('button', { name: '上移 转办' }).click());
  const moved = [...PROMISED];
  moved.splice(3, 0, '转办');
  await expect.poll(() => names(page)).toEqual(moved);
  await expect(added.getByRole('button', { name: '上移 转办' })).toBeFocused();
  await drawn(page, () => added.getByRole('button', { name: '删除 转办' }).click());
  await expect.poll(() => names(page)).toEqual(PROMISED);

  // Back through every change by the keyboard, up to the row that was put in.
  for (const [n, shape] of [[10, '判断'], [10, '判断'], [10, '环节'], [10, '环节'], [9, null]]) {
    await drawn(page, () => page.keyboard.press('Control+z'));
    await expect.poll(async () => (await names(page)).length).toBe(n);
    const chosen = page.locator('#rows [name^="name:"][value="转办"]');
    if (shape && (await chosen.count())) {
      await expect(added.getByLabel('图形').locator('option:checked')).toHaveText(shape);
    }
  }
  await expect.poll(() => names(page)).toEqual(PROMISED);
  await drawn(page, () => page.keyboard.press('Control+Shift+z'));
  await drawn(page, () => page.keyboard.press('Control+y'));
  await expect(row(page, '转办')).toBeVisible();
  await drawn(page, () => undo(page).click());
  await drawn(page, () => undo(page).click());
  await expect.poll(() => names(page)).toEqual(PROMISED);
});

test('a step is moved by its grip, by mouse and keyboard', async ({ page }) => {
  // Both rows are in sight, and clear of what sticks to the top.
  await page.setViewportSize({ width: 1440, height: 2400 });
  await begin(page);
  const grip = row(page, '审查').getByRole('button', { name: /^移动 审查/ });
  await drawn(page, () => grip.dragTo(row(page, '收件'), { targetPosition: { x: 60, y: 3 } }));
  const dragged = ['审查', ...PROMISED.filter((it) => it !== '审查')];
  await expect.poll(() => names(page)).toEqual(dragged);
  await page.reload();
  expect(await names(page)).toEqual(dragged);

  await row(page, '审查').getByRole('button', { name: /^移动 审查/ }).focus();
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => names(page)).toEqual(['收件', '材料是否齐全', '审查', ...PROMISED.slice(2).filter((it) => it !== '审查')]);
  await expect(row(page, '审查').getByRole('button', { name: /^移动 审查/ })).toBeFocused();
  // Also after the page was loaded anew, what it did before is taken back.
  for (let n = 0; n < 3; n += 1) await drawn(page, () => undo(page).click());
  await expect.poll(() => names(page)).toEqual(PROMISED);
});

test('a branch is written, joined and drawn while one writes', async ({ page }) => {
  await begin(page);
  const asks = row(page, '是否符合条件');
  await asks.getByLabel('去向 3：什么情况').fill('需要再勘验（一次）');
  await drawn(page, () => page.keyboard.press('Tab'));
  await drawn(page, () => asks.getByLabel('去向 3：到哪里').selectOption('审查'));
  await expect(asks.getByLabel('去向 4：什么情况')).toBeVisible();
  const svg = await page.locator('#picture img').evaluate(async (it) => (await fetch(it.src)).text());
  expect(svg).toContain('需要再勘验');
  // The condition, and where it leads, are two changes.
  for (let n = 0; n < 2; n += 1) await drawn(page, () => undo(page).click());
  await expect(asks.getByLabel('去向 4：什么情况')).toBeHidden();
});

test('without a script buttons do the same', async ({ browser, page: scripted }) => {
  await begin(scripted);
  const context = await browser.newContext({ baseURL: process.env.SHIXIANG_URL, javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, 'demo-clerk');
  await page.goto(path.replace(/edit$/, 'flow'));
  await page.getByRole('button', { name: '删除 补正' }).click();
  await row(page, '受理').getByLabel('环节名称').fill('窗口受理');
  await page.keyboard.press('Enter');
  await expect(row(page, '窗口受理')).toBeVisible();
  await undo(page).press('Enter');
  await expect(row(page, '受理')).toBeVisible();
  await undo(page).press('Enter');
  await expect(row(page, '补正')).toBeVisible();
  expect(await names(page)).toEqual(PROMISED);
  await redo(page).press('Enter');
  await expect(row(page, '补正')).toBeHidden();
  await undo(page).press('Enter');
  await context.close();
});

test('the page is open to everyone’s hands and eyes', async ({ page }) => {
  for (const width of [1440, 1024, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoOverflow(page);
    await expectAccessible(page);
  }
});
