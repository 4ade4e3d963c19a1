import { expect, signIn, test } from '../support/journey.js';
import { Keyboard } from '../support/keyboard.js';

const NAME = '演练许可（全用键盘）';

const field = (page, key) => page.locator(`[id="f-${key}"]`);
const rows = (page, key) => field(page, key).locator('[data-row]');
const names = (page, key) => rows(page, key).locator('summary b').allTextContents();

/** Adds a row to a list and writes into its fields, which are named by how their names end. */
async function addRow(page, keys, list, values) {
  const n = await rows(page, list).count();
  await keys.use(field(page, list).getByRole('button', { name: /^加一行/ }));
  await expect(rows(page, list)).toHaveCount(n + 1);
  const row = rows(page, list).last();
  for (const [key, text] of Object.entries(values)) {
    await keys.write(row.locator(`[name$=".${key}"]`), text);
  }
}

/** Presses a button of a row and waits for the page that answers. */
async function onRow(page, keys, name) {
  const answer = page.waitForEvent('load');
  await keys.use(page.getByRole('button', { name, exact: true }).last());
  await answer;
}

test('one writes an item and submits it without a mouse', async ({ page }) => {
  test.setTimeout(180_000);
  await signIn(page, 'demo-clerk');
  await page.goto('/workbench/items');
  const keys = new Keyboard(page);

  await keys.use(page.getByRole('link', { name: '新增事项' }));
  await page.waitForURL(/\/items\/new/);
  await keys.choose(page.getByLabel('事项类型'), '行政许可');
  await keys.write(page.getByLabel('事项名称'), NAME);
  await keys.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: NAME })).toBeVisible();

  await keys.to(page.getByRole('checkbox', { name: '企业法人' }));
  await keys.press('Space');
  await keys.write(field(page, 'body.office'), '社会组织管理股');
  // Enter in a field neither leaves the editor nor loses what is typed.
  await keys.press('Enter');
  await expect(field(page, 'body.office')).toBeFocused();

  await addRow(page, keys, 'basis', { law: '演练条例（演示）', clause: '第八条', text: '应当经过许可。' });
  await keys.write(field(page, 'conditions'), '1.有固定的住所');
  await addRow(page, keys, 'materials', { name: '住所使用证明', quantity: '1' });
  await addRow(page, keys, 'materials', { name: '许可申请书', quantity: '1' });
  await onRow(page, keys, '复制 许可申请书');
  expect(await names(page, 'materials')).toEqual(['住所使用证明', '许可申请书', '许可申请书']);
  await onRow(page, keys, '删除 许可申请书');
  expect(await names(page, 'materials')).toEqual(['住所使用证明', '许可申请书']);
  const moved = page.waitForResponse((it) => it.url().endsWith('/save') && it.ok());
  await keys.to(page.getByRole('button', { name: /^移动 许可申请书/ }));
  await keys.press('Alt+ArrowUp');
  await moved;
  expect(await names(page, 'materials')).toEqual(['许可申请书', '住所使用证明']);

  await keys.write(field(page, 'limits.statutory'), '20');
  await keys.write(field(page, 'limits.promised'), '15');
  await keys.choose(field(page, 'fees.charged'), 'false');
  await addRow(page, keys, 'windows', { name: '民政窗口', address: '演示路 1 号', hours: '工作日 8:30-12:00，14:30-18:00', phone: '0938-3422222' });
  await keys.write(field(page, 'contacts.consult'), '0938-3422222');
  await keys.write(field(page, 'contacts.complaint'), '0938-3421111');
  await keys.write(field(page, 'procedure'), '申请、受理、审查、决定、送达');
  for (const [name, standard, limit] of [['收件', '材料齐全', '1'], ['受理', '符合条件', '1'], ['审核', '符合规定', '10'], ['审批', '意见一致', '2'], ['办结', '出具许可', '1']]) {
    await addRow(page, keys, 'steps', { name, limit, standard });
  }
  await addRow(page, keys, 'outcomes', { name: '演练许可证' });

  await keys.backTo(page.getByRole('button', { name: '去送审' }));
  await keys.press('Enter');
  await expect(page.getByRole('heading', { name: '可以办的' })).toBeVisible();
  await keys.use(page.getByRole('button', { name: '送审', exact: true }));
  await expect(page.getByText('待部门审核').first()).toBeVisible();
});
