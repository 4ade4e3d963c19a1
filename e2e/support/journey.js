import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base } from '@playwright/test';

export { expect };

/** A journey on the demo site, in which no page may complain to the browser's console. */
export const test = base.extend({
  baseURL: async ({}, use) => use(process.env.SHIXIANG_URL),

  complaints: [
    async ({ page }, use) => {
      const complaints = [];
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => {
        // The browser notes the status of the page itself; journeys check it on their own.
        const isOwnStatus =
          message.text().startsWith('Failed to load resource') && message.location().url === page.url();
        if (message.type() === 'error' && !isOwnStatus) {
          complaints.push(`${page.url()}: ${message.text()}`);
        }
      });
      await use(complaints);
      expect(complaints, 'what pages complained of in the console').toEqual([]);
    },
    { auto: true },
  ],
});

/** Types into the large search field of the page and sends it. */
export async function search(page, words) {
  const form = page.getByRole('main').getByRole('search');
  await form.getByLabel('要办的事').fill(words);
  await form.getByRole('button', { name: '搜索' }).click();
}

/** Signs in with an account of the demo. */
export async function signIn(page, account) {
  await page.goto('/sign-in');
  await page.getByLabel('账号').fill(account);
  await page.getByLabel('密码').fill('Yanshi#2026');
  await page.getByRole('main').getByRole('button', { name: '登录' }).click();
  await page.waitForURL(/\/workbench/);
}

/** Opens every section of the editor. */
export async function openAll(page) {
  await page.evaluate(() => {
    for (const it of document.querySelectorAll('form > .sx-cols details.sx-panel')) it.open = true;
  });
}

/** Returns the results of a search, best first. */
export function results(page) {
  return page.getByRole('main').getByRole('article');
}

/** Fails with a readable list when axe finds anything. */
export async function expectAccessible(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}`),
  );
  expect(found, `axe on ${page.url()}`).toEqual([]);
}

/** Fails when the page is wider than the window. */
export async function expectNoOverflow(page) {
  const { content, view } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    view: document.documentElement.clientWidth,
  }));
  expect(content, `the width of ${page.url()}`).toBeLessThanOrEqual(view);
}

/** Presses Tab, or another key, until `target` has the focus; refuses after `most` times. */
export async function tabTo(page, target, most, key = 'Tab') {
  for (let pressed = 1; pressed <= most; pressed += 1) {
    await page.keyboard.press(key);
    const isThere = await target.evaluate((it) => it === document.activeElement);
    if (isThere) return;
  }
  throw new Error(`${target} is not reached with ${most} × ${key}`);
}
