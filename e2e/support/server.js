import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { shixiang } from './program.js';

const LONGEST_START_MS = 180_000;
const LONGEST_STOP_MS = 10_000;

/** Starts the demo on a free port before the journeys, and returns what stops it after them. */
export default async function start() {
  const program = shixiang();
  const folder = await mkdtemp(join(tmpdir(), 'shixiang-e2e-'));
  const data = join(folder, 'data');
  const args = ['demo', '--listen', '127.0.0.1:0', '--data', data];
  const server = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, SHIXIANG_LOG: 'warn' },
  });
  process.once('exit', () => server.kill('SIGKILL'));

  try {
    process.env.SHIXIANG_URL = await address(server);
  } catch (error) {
    server.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  process.env.SHIXIANG_DATA = data;
  return async () => {
    await stop(server);
    await rm(folder, { recursive: true, force: true });
  };
}

/** The server is ready when it has printed its address. */
function address(server) {
  return new Promise((resolve, reject) => {
    const said = [];
    const limit = setTimeout(
      () => reject(new Error(`the demo printed no address in time:\n${said.join('\n')}`)),
      LONGEST_START_MS,
    );
    server.once('error', reject);
    server.once('exit', (code, signal) => {
      clearTimeout(limit);
      reject(new Error(`the demo ended (${code ?? signal}) without an address:\n${said.join('\n')}`));
    });
    createInterface({ input: server.stdout }).on('line', (line) => {
      said.push(line);
      const found = line.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (found) {
        clearTimeout(limit);
        resolve(found[0]);
      }
    });
  });
}

function stop(server) {
  if (server.exitCode !== null || server.signalCode !== null) {
    return Promise.reject(new Error('the demo ended before the journeys did'));
  }
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      server.kill('SIGKILL');
      reject(new Error('the demo did not stop when asked to'));
    }, LONGEST_STOP_MS);
    server.once('exit', () => {
      clearTimeout(limit);
      resolve();
    });
    server.kill('SIGTERM');
  });
}
