import { mkdir, readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { validate } from '../ooxml/validate.mjs';
import { expect, test } from '@playwright/test';
import { output, shixiang } from '../support/program.js';

const OFFICE = ['--body', '武山县民政局'];
const ITEM = ['--item', '62052400MZ-XK-0001'];

/** Each file that we write: whose it is, and words that its first page must show. */
const FILES = [
  { format: 'table1.docx', whose: OFFICE, words: '事项名称' },
  { format: 'table2.docx', whose: OFFICE, words: '事项名称' },
  { format: 'pack.docx', whose: OFFICE, words: '目录' },
  { format: 'guide.docx', whose: ITEM, words: '能不能办' },
  { format: 'notice.docx', whose: ITEM, words: '一次性告知单', nPages: 1 },
  { format: 'catalogue.xlsx', whose: OFFICE, words: '事项名称' },
];

// Starting an office suite takes its time.
test.setTimeout(180_000);

for (const { format, whose, words, nPages } of FILES) {
  test(`${format} is sound by the format's own rules and opens in LibreOffice`, async ({}, info) => {
    const file = info.outputPath(format);
    await exportTo(file, format, whose);

    expect(await validate(file)).toEqual([]);

    const pages = await printed(file);
    expect(pages.length).toBeGreaterThan(0);
    if (nPages) expect(pages.length).toBe(nPages);
    expect(pages[0].replace(/\s/g, '')).toContain(words);
    expect(pages.filter((it) => it.trim() === '').length, 'empty pages').toBe(0);
  });

  test(`${format} exported twice is the same file`, async ({}, info) => {
    const [once, again] = [info.outputPath(`once-${format}`), info.outputPath(`again-${format}`)];
    await exportTo(once, format, whose);
    await exportTo(again, format, whose);
    expect((await readFile(once)).equals(await readFile(again))).toBe(true);
  });
}

/** Exports from the demo's county, whose items are complete. */
async function exportTo(file, format, whose) {
  await mkdir(dirname(file), { recursive: true });
  const place = ['--data', process.env.SHIXIANG_DATA, '--public-url', 'https://zwfw.example.gov.cn'];
  await output(shixiang(), ['export', format, ...place, ...whose, '--out', file]);
}

/** Returns the text of each page that LibreOffice would print. */
async function printed(file) {
  const folder = dirname(file);
  const profile = `-env:UserInstallation=${pathToFileURL(`${folder}/office`)}`;
  const convert = ['--headless', '--norestore', '--convert-to', 'pdf', '--outdir', folder, file];
  await output('soffice', [profile, ...convert]);
  const pdf = `${folder}/${basename(file).replace(/\.\w+$/, '.pdf')}`;
  const text = await output('pdftotext', ['-layout', pdf, '-']);
  // Each page ends with a form feed.
  return text.split('\f').slice(0, -1);
}
