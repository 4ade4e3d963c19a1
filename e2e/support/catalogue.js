import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { output, shixiang } from './program.js';

const data = () => ['--data', process.env.SHIXIANG_DATA];

/** Returns the published items of a region of the demo, as they are exported. */
export async function demoRecords(region, info) {
  const file = await outputFile('items.jsonl', info);
  await output(shixiang(), ['export', 'items.jsonl', '--region', region, '--out', file, ...data()]);
  return (await readFile(file, 'utf8')).trim().split('\n').map((line) => JSON.parse(line));
}

/** Publishes a record beside the demo's own; `undone` takes it back. */
export async function imported(record, info) {
  const file = await outputFile('record.jsonl', info);
  await writeFile(file, `${JSON.stringify(record)}\n`);
  await output(shixiang(), ['import', file, '--publish', ...data()]);
}

export async function undone() {
  await output(shixiang(), ['undo', ...data()]);
}

async function outputFile(name, info) {
  const file = info.outputPath(name);
  await mkdir(dirname(file), { recursive: true });
  return file;
}
