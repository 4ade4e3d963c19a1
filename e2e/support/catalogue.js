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

/** Returns where the draft of this name is written: each import takes ids from a block of its own. */
export async function draftOf(name, browser) {
  const page = await browser.newPage({ baseURL: process.env.SHIXIANG_URL });
  try {
    await signIn(page, 'demo-clerk');
    for (let block = 0; block < 40; block += 1) {
      for (let at = 1; at <= 4; at += 1) {
        const path = `/workbench/editions/${block * 1000 + at}/edit`;
        const answer = await page.request.get(path);
        if (answer.ok() && (await answer.text()).includes(`<h1>${name}</h1>`)) return path;
      }
    }
  } finally {
    await page.close();
  }
  throw new Error(`no draft is named ${name}`);
}

export async function undone() {
  await output(shixiang(), ['undo', ...data()]);
}

async function outputFile(name, info) {
  const file = info.outputPath(name);
  await mkdir(dirname(file), { recursive: true });
  return file;
}
