import { mkdir, readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { validate } from '../ooxml/validate.mjs';
import { expect, test } from '@playwright/test';
import { output, shixiang } from '../support/program.js';

/** Each form with words that its first page must show. */
const FORMS = [
  { format: 'table1.docx', words: '事项名称' },
  { format: 'table2.docx', words: '事项名称' },
  { format: 'catalogue.xlsx', words: '事项名称' },
];

// Starting an office suite takes its time.
test.setTimeout(180_000);

for (const { format, words } of FORMS) {
  test(`${format} is sound by the format's own rules and opens in LibreOffice`, async ({}, info) => {
    const file = info.outputPath(format);
    await exportTo(file, format);

    expect(await validate(file)).toEqual([]);

    const pages = await printed(file);
    expect(pages.length).toBeGreaterThan(0);
    expect(pages[0].replace(/\s/g, '')).toContain(words);
    expect(pages.filter((it) => it.trim() === '').length, 'empty pages').toBe(0);
  });

  test(`${format} exported twice is the same file`, async ({}, info) => {
    const [once, again] = [info.outputPath(`once-${format}`), info.outputPath(`again-${format}`)];
    await exportTo(once, format);
    await exportTo(again, format);
    expect((await readFile(once)).equals(await readFile(again))).toBe(true);
  });
}

/** Exports the demo's county, whose items are complete. */
async function exportTo(file, format) {
  await mkdir(dirname(file), { recursive: true });
  const data = ['--data', process.env.SHIXIANG_DATA];
  await output(shixiang(), ['export', format, ...data, '--body', '武山县民政局', '--out', file]);
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
