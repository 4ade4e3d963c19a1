import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { signIn } from './journey.js';
import { output, shixiang } from './program.js';

const data = () => ['--data', process.env.SHIXIANG_DATA];

/** Returns the published items of a region of the demo, as they are exported. */
export async function demoRecords(region, info) {
  const file = await outputFile('items.jsonl', info);
  await output(shixiang(), ['export', 'items.jsonl', '--region', region, '--out', file, ...data()]);
  return (await readFile(file, 'utf8')).trim().split('\n').map((line) => JSON.parse(line));
}

/** Takes in a record beside the demo's own, published or as a draft; `undone` takes it back. */
export async function imported(record, info, { publish = true } = {}) {
  const file = await outputFile('record.jsonl', info);
  await writeFile(file, `${JSON.stringify(record)}\n`);
  await output(shixiang(), ['import', file, ...(publish ? ['--publish'] : []), ...data()]);
}

/** Returns where the draft of this name is written, as the office's list leads there. */
export async function draftOf(name, browser) {
  const page = await browser.newPage({ baseURL: process.env.SHIXIANG_URL });
  await signIn(page, 'demo-clerk');
  await page.goto('/workbench/items');
  await page.getByRole('link', { name }).first().click();
  await page.waitForURL(/\/edit$/);
  const path = new URL(page.url()).pathname;
  await page.close();
  return path;
}

/** Gives a draft up: an import is not taken back once somebody wrote on what it brought. */
export async function givenUp(path, browser) {
  const page = await browser.newPage({ baseURL: process.env.SHIXIANG_URL });
  await signIn(page, 'demo-clerk');
  await page.goto(path);
  await page.getByRole('button', { name: '去送审' }).click();
  await page.getByLabel('放弃这一版的理由').fill('演练完了');
  await page.getByRole('button', { name: '放弃这一版' }).click();
  await page.close();
}

export async function undone() {
  await output(shixiang(), ['undo', ...data()]);
}

async function outputFile(name, info) {
  const file = info.outputPath(name);
  await mkdir(dirname(file), { recursive: true });
  return file;
}
