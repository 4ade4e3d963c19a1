import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Returns the path of the built program, which `cargo xtask test` hands over. */
export function shixiang() {
  const path = process.env.SHIXIANG_BIN;
  if (!path) {
    throw new Error('SHIXIANG_BIN must name the built program; `cargo xtask test browser` sets it');
  }
  return path;
}

/** Runs a program to its end and returns what it printed; a failure shows what it complained of. */
export async function output(program, args) {
  try {
    const { stdout } = await run(program, args, { maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    throw new Error(`${program} ${args.join(' ')} failed (${error.code})\n${error.stdout}${error.stderr}`);
  }
}
