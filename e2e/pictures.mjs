// Pictures of the main pages for the manual, made by `cargo xtask gen pictures`: the demo's own
// site, with one change of an item on its way through the desks.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import startDemo from './support/server.js';
import { signIn } from './support/journey.js';

const FOLDER = fileURLToPath(new URL('../docs/manual/pictures/', import.meta.url));
const WIDTHS = [1440, 1024, 390];
const NAME = '民办非企业单位成立登记';
const GUIDE = '/items/62052400MZ-XK-0002';

/** The pages by who sees them; a path may be found on the way. */
const pages = (found) => [
  ['portal-home', null, '/'],
  ['portal-results', null, '/search?q=身份证&region=620524'],
  ['portal-guide', null, GUIDE],
  ['portal-as-of', null, `${GUIDE}?on=2026-06-01`],
  ['sign-in', null, '/sign-in'],
  ['tasks', 'demo-department', '/workbench/tasks'],
  ['review', 'demo-department', found.review],
  ['items', 'demo-clerk', '/workbench/items'],
  ['item', 'demo-clerk', found.item],
  ['editor', 'demo-clerk', found.editor],
  ['query', 'demo-clerk', '/workbench/query?words=登记'],
  ['laws', 'demo-clerk', '/workbench/laws'],
  ['import', 'demo-clerk', '/workbench/import'],
  ['officers', 'demo-admin', '/workbench/officers'],
  ['standard', 'demo-supervisor', '/workbench/standards/wushan'],
];

async function main() {
  const stop = await startDemo();
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars'],
  });
  try {
    const found = await beginWork(browser);
    await mkdir(FOLDER, { recursive: true });
    for (const width of WIDTHS) await take(browser, width, found);
  } finally {
    await browser.close();
    await stop();
  }
}

/** Opens a page, signed in where an account is named. */
async function open(browser, account, width) {
  const context = await browser.newContext({
    baseURL: process.env.SHIXIANG_URL,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width, height: width < 500 ? 844 : 900 },
  });
  const page = await context.newPage();
  if (account) await signIn(page, account);
  return page;
}

/** Has a clerk submit one change and begin another, and returns where they stand. */
async function beginWork(browser) {
  const clerk = await open(browser, 'demo-clerk', 1440);
  await clerk.goto('/workbench/items');
  await clerk.getByRole('link', { name: NAME, exact: true }).click();
  const item = new URL(clerk.url()).pathname;
  await change(clerk, '7');
  await clerk.getByRole('button', { name: '送审', exact: true }).click();

  const reviewer = await open(browser, 'demo-department', 1440);
  await reviewer.goto('/workbench/tasks');
  const review = await reviewer.getByRole('link', { name: NAME, exact: true }).getAttribute('href');

  await clerk.goto('/workbench/items');
  await clerk.getByRole('link', { name: '社会团体成立登记', exact: true }).first().click();
  await clerk.getByRole('button', { name: '变更' }).click();
  const editor = new URL(clerk.url()).pathname;
  await clerk.context().close();
  await reviewer.context().close();
  return { item, review, editor };
}

async function change(clerk, days) {
  await clerk.getByRole('button', { name: '变更' }).click();
  await clerk.evaluate(() => {
    for (const it of document.querySelectorAll('form > .sx-cols details.sx-panel')) it.open = true;
  });
  await clerk.locator('[id="f-limits.promised"]').fill(days);
  await clerk.getByRole('button', { name: '去送审' }).click();
}

async function take(browser, width, found) {
  const desks = new Map();
  for (const [name, account, path] of pages(found)) {
    if (!desks.has(account)) desks.set(account, await open(browser, account, width));
    const page = desks.get(account);
    await page.goto(path, { waitUntil: 'load' });
    await page.screenshot({ path: `${FOLDER}${name}-${width}.jpg`, type: 'jpeg', quality: 80 });
    console.log(`wrote docs/manual/pictures/${name}-${width}.jpg`);
  }
  for (const page of desks.values()) await page.context().close();
}

await main();
