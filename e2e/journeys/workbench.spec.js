import { expect, expectAccessible, expectNoOverflow, openAll, signIn, test } from '../support/journey.js';

const OWN_PASSWORD = 'Lvyou#7402';
const NAME = '演练许可（新办）';

/** Opens a browser of their own for an officer. */
async function desk(browser, account) {
  const context = await browser.newContext({ baseURL: process.env.SHIXIANG_URL });
  const page = await context.newPage();
  await signIn(page, account);
  return page;
}

const field = (page, key) => page.locator(`[id="f-${key}"]`);

/** Pastes lines into a list of the editor, as copied from Excel. */
async function paste(page, key, lines) {
  await openAll(page);
  const list = field(page, key);
  await list.getByText('从 Excel 粘贴').click();
  await page.locator(`[id="p-${key}"]`).fill(lines.map((it) => it.join('\t')).join('\n'));
  await list.getByRole('button', { name: '粘贴为新行' }).click();
  await openAll(page);
}

/** Writes into a field and waits until the script has saved it. */
async function write(page, key, text) {
  const answer = page.waitForResponse((it) => it.url().endsWith('/save') && it.ok());
  await field(page, key).fill(text);
  await answer;
}

/** Opens the edition that waits at a desk from its list of tasks. */
async function take(page, name) {
  await page.goto('/workbench/tasks');
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

async function approve(page, name, button = '通过') {
  await take(page, name);
  await page.getByRole('button', { name: button, exact: true }).click();
  await expect(page.getByRole('status')).toContainText('已办');
}

test('an item goes from a clerk’s first sign-in to the portal, returned once', async ({ browser }) => {
  test.setTimeout(60_000);
  const admin = await desk(browser, 'demo-admin');
  await admin.goto('/workbench/officers');
  await admin.getByLabel('账号', { exact: true }).fill('e2e-clerk');
  await admin.getByLabel('岗位或者姓名').fill('演练录入岗');
  await admin.getByLabel('管到哪里').fill('武山县民政局');
  await admin.getByRole('checkbox', { name: '录入' }).check();
  await admin.getByRole('button', { name: '开立' }).click();
  const first = await admin.getByRole('status').locator('.code').nth(1).textContent();

  const context = await browser.newContext({ baseURL: process.env.SHIXIANG_URL });
  const clerk = await context.newPage();
  await clerk.goto('/workbench/items');
  await clerk.getByLabel('账号').fill('e2e-clerk');
  await clerk.getByLabel('密码').fill(first);
  await clerk.getByRole('button', { name: '登录' }).click();
  await expect(clerk.getByText('这个密码是别人给的')).toBeVisible();
  await clerk.getByLabel('现在的密码').fill(first);
  await clerk.getByLabel('新密码', { exact: true }).fill(OWN_PASSWORD);
  await clerk.getByLabel('再输一次新密码').fill(OWN_PASSWORD);
  await clerk.getByRole('button', { name: '改密码' }).click();

  await clerk.getByRole('link', { name: '新增事项' }).click();
  await clerk.getByLabel('事项类型').selectOption({ label: '行政许可' });
  await clerk.getByLabel('事项名称').fill(NAME);
  await clerk.getByRole('button', { name: '新增并填写' }).click();
  await openAll(clerk);
  await clerk.getByRole('checkbox', { name: '企业法人' }).check();
  await field(clerk, 'body.office').fill('社会组织管理股');
  await field(clerk, 'conditions').fill('1.有固定的住所\n2.有与业务相适应的工作人员');
  await field(clerk, 'limits.statutory').fill('20');
  await field(clerk, 'limits.promised').fill('30');
  await field(clerk, 'fees.charged').selectOption('false');
  await field(clerk, 'contacts.consult').fill('0938-3422222');
  await field(clerk, 'contacts.complaint').fill('0938-3421111');
  await write(clerk, 'procedure', '申请、受理、审查、决定、送达');
  await paste(clerk, 'basis', [['法律法规名称', '条款', '条款内容'], ['演练条例（演示）', '第八条', '应当经过许可。']]);
  await paste(clerk, 'materials', [['材料名称', '份数'], ['演练许可申请书', '1'], ['住所使用证明', '1']]);
  await paste(clerk, 'windows', [['窗口名称', '地址', '电话', '办公时间'], ['民政窗口', '武山县城关镇演示路 1 号', '0938-3422222', '工作日 8:30-12:00，14:30-18:00']]);
  await paste(clerk, 'steps', [['环节名称', '审查标准', '时限'], ['收件', '材料齐全', '1个工作日'], ['受理', '符合条件', '1个工作日'], ['审核', '符合条例规定', '10个工作日'], ['审批', '审核意见一致', '5个工作日'], ['办结', '出具许可', '1个工作日']]);
  await paste(clerk, 'outcomes', [['结果名称'], ['演练许可证']]);

  await clerk.getByRole('button', { name: '去送审' }).click();
  await expect(clerk.getByRole('heading', { name: '可以办的' })).toBeVisible();
  await expect(clerk.getByRole('main')).toContainText(/承诺.*法定/);
  await expect(clerk.getByRole('button', { name: '送审', exact: true })).toHaveCount(0);

  await clerk.getByRole('link', { name: '编辑', exact: true }).click();
  await openAll(clerk);
  await field(clerk, 'limits.promised').fill('15');
  await clerk.getByRole('button', { name: '去送审' }).click();
  await clerk.getByRole('button', { name: '送审', exact: true }).click();
  await expect(clerk.getByText('待部门审核').first()).toBeVisible();

  const department = await desk(browser, 'demo-department');
  await take(department, NAME);
  await department.getByLabel('总的意见').fill('结果要附样本说明');
  await department.getByRole('button', { name: /^退回/ }).click();
  await expect(department.getByRole('status')).toContainText('已办');
  await clerk.reload();
  await expect(clerk.getByText('结果要附样本说明').first()).toBeVisible();
  await clerk.getByRole('button', { name: '送审', exact: true }).click();

  await approve(department, NAME);
  await approve(await desk(browser, 'demo-establishment'), NAME);
  await approve(await desk(browser, 'demo-service'), NAME, '通过并公布');

  const citizen = await (await browser.newContext({ baseURL: process.env.SHIXIANG_URL })).newPage();
  await expect(async () => {
    await citizen.goto('/search?q=演练许可&region=620524');
    await expect(citizen.getByRole('link', { name: NAME })).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
  await citizen.getByRole('link', { name: NAME }).click();
  await expect(citizen.getByRole('main')).toContainText(/15\s*个工作日/);
});

test('a change of the promised limit replaces the old one, which can still be read as of its day', async ({ browser }) => {
  test.setTimeout(60_000);
  const guide = '/items/62052400MZ-XK-0002';
  const name = '民办非企业单位成立登记';
  const citizen = await (await browser.newContext({ baseURL: process.env.SHIXIANG_URL })).newPage();
  await citizen.goto(`${guide}?on=2026-06-01`);
  const before = await citizen.locator('.sx-facts').innerText();

  const clerk = await desk(browser, 'demo-clerk');
  await clerk.getByRole('link', { name, exact: true }).click();
  await clerk.getByRole('button', { name: '变更' }).click();
  await openAll(clerk);
  await field(clerk, 'limits.promised').fill('7');
  await clerk.getByRole('button', { name: '去送审' }).click();
  await clerk.getByRole('button', { name: '送审', exact: true }).click();
  await approve(await desk(browser, 'demo-department'), name);
  await approve(await desk(browser, 'demo-establishment'), name);
  await approve(await desk(browser, 'demo-service'), name, '通过并公布');

  await expect(async () => {
    await citizen.goto(guide);
    await expect(citizen.locator('.sx-facts')).toContainText(/7\s*个工作日/, { timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
  await citizen.goto(`${guide}?on=2026-06-01`);
  expect(await citizen.locator('.sx-facts').innerText()).toBe(before);
});

test('accounts are opened by a table, and their first passwords come as a sheet', async ({ page }) => {
  await signIn(page, 'demo-admin');
  await page.goto('/workbench/officers');
  await page.getByRole('link', { name: '从表格批量开立' }).click();
  const table = '账号,岗位或者姓名,角色,审核环节,管到哪里\nyanlian-07,演练岗,录入,,620524\nyanlian 08,,局长,,\n';
  await page.getByLabel('填好的表').setInputFiles({ name: '账号.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
  await page.getByRole('button', { name: '上传并预览' }).click();
  await expect(page.locator('main')).toContainText(/不能开立 1\s行/);
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoOverflow(page);
    await expectAccessible(page);
  }
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /开立 1/ }).click();
  expect((await download).suggestedFilename()).toBe('初始密码.xlsx');
  await page.goto('/workbench/officers');
  await expect(page.getByRole('link', { name: 'yanlian-07' })).toBeVisible();
});

const PAGES = {
  'demo-clerk': ['/workbench/items', '/workbench/items/new', '/workbench/tasks', '/workbench/tasks?tray=notices', '/workbench/query', '/workbench/directories', '/workbench/groups', '/workbench/suggestions', '/help', '/workbench/import', '/workbench/jobs', '/workbench/laws', '/workbench/attachments', '/workbench/places', '/workbench/places/new', '/workbench/systems', '/workbench/systems/new', '/workbench/password'],
  'demo-service': ['/workbench/tasks'],
  'demo-supervisor': ['/workbench/items', '/workbench/offices', '/workbench/events', '/workbench/standards', '/workbench/standards/wushan'],
  'demo-admin': ['/workbench/officers', '/workbench/officers/table', '/workbench/help-documents/new', '/workbench/bodies', '/workbench/regions', '/workbench/events', '/workbench/standards'],
};

for (const [account, paths] of Object.entries(PAGES)) {
  test(`the pages of ${account} are open to everyone’s hands and eyes`, async ({ page }) => {
    test.setTimeout(120_000);
    await signIn(page, account);
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      for (const path of paths) {
        const answer = await page.goto(path);
        expect(answer.status(), path).toBe(200);
        await expectNoOverflow(page);
        await expectAccessible(page);
      }
    }
  });
}
