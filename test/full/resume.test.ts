import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const SEED = 'kill -9';
const KILLS = 10;
/** Of the kills, so many fall into set-up; the others wait until a task of their attempt is done. */
const KILLS_IN_SET_UP = 3;

/** The i-th of a sequence of uniform draws from [0, 1), from the seed. */
function draw(i: number): number {
  return createHash('sha256').update(`${SEED} ${i}`).digest().readUInt32BE(0) / 2 ** 32;
}

const folders: string[] = [];

/** A fresh clone of what is committed. */
function clone(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lemmata-'));
  folders.push(folder);
  execFileSync('git', ['clone', '--quiet', root, folder]);
  return folder;
}

/** The digests of all finished tasks. */
function digests(folder: string): Record<string, unknown> {
  const tasks = join(folder, 'results/quick/tasks');
  const files = existsSync(tasks) ? readdirSync(tasks).filter((file) => file.endsWith('.json')) : [];
  return Object.fromEntries(
    files.sort().map((file) => {
      const { status, digests } = JSON.parse(readFileSync(join(tasks, file), 'utf8'));
      return [file, { status, digests }];
    }),
  );
}

function start(folder: string): ChildProcess {
  return spawn('npm', ['start'], { cwd: folder, stdio: 'ignore', detached: true });
}

/** Waits for the end of a process and gives its exit code, null when it was killed. */
function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('npm start', () => {
  it(`killed at ${KILLS} moments ends with the digests of an uninterrupted run`, async () => {
    const whole = clone();
    expect(await ended(start(whole))).toBe(0);
    const expected = digests(whole);
    const total = Object.keys(expected).length;
    expect(total).toBeGreaterThan(KILLS);

    const folder = clone();
    let withDoneAndUndone = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const child = start(folder);
      const end = ended(child);
      const before = Object.keys(digests(folder)).length;
      if (kill < KILLS_IN_SET_UP) await pause(1000 + 12_000 * draw(kill));
      else {
        while (child.exitCode === null && Object.keys(digests(folder)).length === before) await pause(20);
        await pause(400 * draw(kill));
      }
      process.kill(-(child.pid as number), 'SIGKILL');
      await end;
      const done = Object.keys(digests(folder)).length;
      if (done > 0 && done < total) withDoneAndUndone++;
    }
    expect(withDoneAndUndone).toBeGreaterThan(KILLS / 2);
    expect(await ended(start(folder))).toBe(0);
    expect(digests(folder)).toEqual(expected);
  });
});
