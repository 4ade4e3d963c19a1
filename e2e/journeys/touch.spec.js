import { expect, expectNoOverflow, signIn, test } from '../support/journey.js';

const LEAST_HEIGHT = 44;
const PORTAL = ['/', '/search?region=620524&q=身份证', '/items/62052400MZ-XK-0001', '/items/nothing', '/?region=622927', '/sign-in'];
const WORKBENCH = ['/workbench/items', '/workbench/query?words=登记', '/workbench/laws', '/workbench/import'];

test.use({ viewport: { width: 320, height: 700 }, hasTouch: true });

/** Returns what a finger presses on the page and is too low for it, with its height. */
function low(page) {
  return page.evaluate((least) => {
    // A link in the middle of a text is as high as its line.
    const isInText = (it) => it.matches('a') && getComputedStyle(it).display === 'inline';
    const height = (it) => {
      const around = getComputedStyle(it, '::after');
      const reach = around.position === 'absolute' ? 2 * Math.max(0, -parseFloat(around.top)) : 0;
      return it.getBoundingClientRect().height + reach;
    };
    // What is only for screen readers, and what is taken along by a label.
    const isSeen = (it) => it.checkVisibility() && it.getBoundingClientRect().width > 1 && !it.closest('.sx-skip, thead');
    return [...document.querySelectorAll('a[href], button, summary, select, input:not([type=hidden]), textarea')]
      .filter((it) => isSeen(it) && !isInText(it) && height(it) < least - 0.5)
      .map((it) => `${it.tagName} ${it.className} ${it.textContent.trim().slice(0, 20)}: ${height(it)}`);
  }, LEAST_HEIGHT);
}

test('on a small phone a finger finds all that is pressed, and no page is too wide', async ({ page }) => {
  for (const path of PORTAL) {
    await page.goto(path);
    expect(await low(page), path).toEqual([]);
    await expectNoOverflow(page);
  }
  await signIn(page, 'demo-clerk');
  for (const path of WORKBENCH) {
    await page.goto(path);
    expect(await low(page), path).toEqual([]);
    await expectNoOverflow(page);
  }
});

test('on a phone the contents of a guide unfold and lead to its parts', async ({ page }) => {
  await page.goto('/items/62052400MZ-XK-0001');
  const contents = page.getByRole('navigation', { name: '本页内容（手机）' });
  await expect(contents).toBeHidden();
  await page.getByText('本页内容', { exact: true }).click();
  await contents.getByRole('link', { name: '在哪办' }).click();
  await expect(page.getByRole('heading', { name: /在哪办/ })).toBeInViewport();
});
