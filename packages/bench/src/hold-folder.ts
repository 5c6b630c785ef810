import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { InvalidInputError } from '@lemmata/core';

/** Says which process works in a folder of results; there while one does. */
const NAME = 'running.json';

/** How often a process that holds the folder is looked at, 0.1 s apart: one that was killed takes a moment to go. */
const LOOKS = 30;

/**
 * Does work in a folder of results that no other process is to write to meanwhile.
 *
 * @param folder - the folder, made when it is missing
 * @param work - the work
 * @returns what the work returns
 * @throws InvalidInputError `ERR_STATE` while another process works there; what one that was killed left is taken over
 */
export async function holdFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, NAME);
  while (!(await claim(path))) {
    const holder = await holderOf(path);
    if (holder !== undefined && (await staysAlive(holder))) {
      const expected = 'a folder in which no other run is under way';
      throw new InvalidInputError(
        `${folder}: expected ${expected}, got one in use by process ${holder} (if that is no run, remove ${NAME})`,
        'ERR_STATE',
        { argument: 'out', expected, actual: holder },
      );
    }
    await rm(path, { force: true });
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

/** Writes the file unless there is one; returns whether it did. */
async function claim(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(`${JSON.stringify({ pid: process.pid })}\n`);
    await file.close();
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'EEXIST') return false;
    throw error;
  }
}

async function holderOf(path: string): Promise<number | undefined> {
  try {
    const { pid } = JSON.parse(await readFile(path, 'utf8')) as { pid?: unknown };
    return typeof pid === 'number' && Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a process exists for some seconds. */
async function staysAlive(pid: number): Promise<boolean> {
  for (let look = 0; look < LOOKS; look++) {
    if (!isAlive(pid)) return false;
    await setTimeout(100);
  }
  return true;
}

/** Whether a process exists; one that may not be signalled does. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
