import { demoRecords, imported } from '../support/catalogue.js';
import { expect, openAll, test } from '../support/journey.js';
import { newOfficer, newPage } from '../support/officers.js';

const REGION = '530112';
const BODY = { name: '西山区民政局', credit_code: '11530112015137405Y' };
const NAME = '社会团体成立登记（演练西山）';

/** Opens the edition that waits at a desk, and decides it with a button. */
async function decide(page, state, button) {
  await page.goto('/workbench/tasks');
  await page.getByRole('link', { name: NAME, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: NAME })).toBeVisible();
  await expect(page.getByRole('main')).toContainText(state);
  await page.getByRole('button', { name: button, exact: true }).click();
  await expect(page.getByRole('status')).toContainText('已办');
}

test('under yunnan an item goes from its body past two desks to the portal', async ({ browser }, info) => {
  test.setTimeout(90_000);
  // Yunnan gives out no codes by itself: the item comes with one.
  const [record] = await demoRecords('620524', info);
  const { effective_on, parent, ...item } = record;
  // Asked of these kinds by the nation, and not by the county that the item is taken from.
  const content = { ...item.content, name: NAME, 'online.payment': false };
  const place = { standard: 'yunnan', region: REGION, kind: '07', body: BODY };
  const code = `${BODY.credit_code}4530711001000`;
  await imported({ ...item, ...place, code, content }, info, { publish: false });
  const clerk = await newOfficer(browser, 'xs-clerk', '--role', 'editor', '--region', REGION, '--body', BODY.name);

  await clerk.goto('/workbench/items');
  await clerk.getByRole('link', { name: NAME, exact: true }).first().click();
  await openAll(clerk);
  await clerk.getByLabel('事项内容', { exact: true }).fill('在西山区成立社会团体，先到区民政局登记。');
  await clerk.getByRole('button', { name: '去送审' }).click();
  await clerk.getByRole('button', { name: '送审', exact: true }).click();
  await expect(clerk.getByText('部门已审核').first()).toBeVisible();

  const establishment = await newOfficer(browser, 'xs-establishment', '--role', 'reviewer:establishment', '--region', REGION);
  await decide(establishment, '部门已审核', '通过');
  const service = await newOfficer(browser, 'xs-service', '--role', 'reviewer:service', '--role', 'publisher', '--region', REGION);
  await decide(service, '编办已审核', '通过并公布');
  await clerk.reload();
  await expect(clerk.getByText('已入库').first()).toBeVisible();

  const citizen = await newPage(browser);
  await expect(async () => {
    await citizen.goto(`/search?q=社会团体&region=${REGION}`);
    await expect(citizen.getByRole('link', { name: NAME })).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
  await citizen.getByRole('link', { name: NAME }).click();
  await expect(citizen.getByRole('main')).toContainText('先到区民政局登记');
});
