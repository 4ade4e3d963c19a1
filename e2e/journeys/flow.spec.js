import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { complaints } from '../flows/lint.mjs';
import { visits } from '../flows/engine.mjs';
import { faults } from '../flows/picture.mjs';
import { output, shixiang } from '../support/program.js';

/** The ways through each of the demo's flows, by the rules of our own domain. */
const WAYS = JSON.parse(await readFile(new URL('../flows/ways.json', import.meta.url), 'utf8'));

test('each flow of the demo is BPMN that a modeller reads and a linter passes', async ({}, info) => {
  for (const code of Object.keys(WAYS)) {
    const xml = await exported(info, code, 'flow.bpmn');
    expect(await complaints(xml), code).toEqual([]);
  }
});

test('an engine that runs the BPMN along every branch visits what the rules say', async ({}, info) => {
  for (const [code, ways] of Object.entries(WAYS)) {
    const xml = await exported(info, code, 'flow.bpmn');
    for (const way of ways) {
      expect(await visits(xml, way), code).toEqual(way);
    }
  }
});

test('a second engine, of another house, visits the same', async ({}, info) => {
  for (const code of Object.keys(WAYS)) {
    await exportTo(info.outputPath(`${code}.bpmn`), 'flow.bpmn', ['--item', code]);
  }
  const here = (path) => fileURLToPath(new URL(path, import.meta.url));
  const python = here('../.venv/bin/python');
  const differences = await output(python, [here('../flows/spiff.py'), here('../flows/ways.json'), info.outputPath('.')]);
  expect(differences).toBe('');
});

test('on the chart of each item of the demo nothing lies on anything else', async ({ page }, info) => {
  for (const code of Object.keys(WAYS)) {
    const svg = await exported(info, code, 'flow.svg');
    expect(await exported(info, code, 'flow.svg'), 'the same bytes again').toBe(svg);
    expect(await faults(page, svg), code).toEqual([]);
  }
});

async function exported(info, code, format) {
  const file = info.outputPath(`${code}-${format}`);
  await exportTo(file, format, ['--item', code]);
  return readFile(file, 'utf8');
}

async function exportTo(file, format, which) {
  await mkdir(dirname(file), { recursive: true });
  const data = ['--data', process.env.SHIXIANG_DATA];
  await output(shixiang(), ['export', format, ...data, ...which, '--out', file]);
}
