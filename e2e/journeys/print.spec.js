import { writeFile } from 'node:fs/promises';
import { demoRecords, imported, undone } from '../support/catalogue.js';
import { expect, test } from '../support/journey.js';
import { output } from '../support/program.js';

const MANY_MATERIALS = 15;

test.setTimeout(180_000);

/** Returns how many sheets of A4 the guide takes. */
async function nPages(page, code, info) {
  await page.goto(`/items/${code}`);
  const file = info.outputPath(`${code}.pdf`);
  await writeFile(file, await page.pdf({ format: 'A4', preferCSSPageSize: true }));
  return Number((await output('pdfinfo', [file])).match(/^Pages:\s+(\d+)$/m)[1]);
}

test('every guide of the county prints on two pages', async ({ page }, info) => {
  const records = await demoRecords('620524', info);
  expect(records.length).toBeGreaterThanOrEqual(63);
  const long = [];
  for (const { code } of records) {
    const n = await nPages(page, code, info);
    expect(n, code).toBeGreaterThan(0);
    if (n > 2) long.push(`${code}: ${n}`);
  }
  expect(long).toEqual([]);
});

test('a guide with many materials prints on two pages and names each', async ({ page }, info) => {
  const [record] = await demoRecords('620524', info);
  const { materials } = record.content;
  record.code = '62052400MZ-XK-9002';
  record.content.name = '材料很多的示例事项';
  record.content.materials = Array.from({ length: MANY_MATERIALS }, (_, n) => ({
    ...materials[n % materials.length], id: `r${n + 1}`, name: `第${n + 1}份材料`,
  }));
  await imported(record, info);
  try {
    expect(await nPages(page, record.code, info)).toBe(2);
    const text = await output('pdftotext', [info.outputPath(`${record.code}.pdf`), '-']);
    for (let n = 1; n <= MANY_MATERIALS; n += 1) expect(text).toContain(`第${n}份材料`);
  } finally {
    await undone();
  }
});
