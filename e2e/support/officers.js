import { expect } from './journey.js';
import { output, shixiang } from './program.js';

const OWN_PASSWORD = 'Lvyou#7402';

/** Opens a browser of their own. */
export async function newPage(browser) {
  const context = await browser.newContext({ baseURL: process.env.SHIXIANG_URL });
  return context.newPage();
}

/** Opens an account at the command line, signs in with it for the first time, and returns the page. */
export async function newOfficer(browser, account, ...duties) {
  const args = ['officer', 'add', account, '--name', `演练·${account}`, '--json', ...duties];
  const said = await output(shixiang(), [...args, '--data', process.env.SHIXIANG_DATA]);
  const page = await newPage(browser);
  await firstSignIn(page, account, JSON.parse(said).first_password);
  return page;
}

/** Signs in with a password that somebody else gave, and sets one's own. */
export async function firstSignIn(page, account, given) {
  await page.goto('/workbench/items');
  await page.getByLabel('账号').fill(account);
  await page.getByLabel('密码').fill(given);
  await page.getByRole('main').getByRole('button', { name: '登录' }).click();
  await expect(page.getByText('这个密码是别人给的')).toBeVisible();
  await page.getByLabel('现在的密码').fill(given);
  await page.getByLabel('新密码', { exact: true }).fill(OWN_PASSWORD);
  await page.getByLabel('再输一次新密码').fill(OWN_PASSWORD);
  await page.getByRole('button', { name: '改密码' }).click();
  await page.waitForURL(/\/workbench/);
}
