import { readFileSync } from 'node:fs';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidInputError } from '@lemmata/core';

/** Says which process works in a folder of results; there while one does. */
const NAME = 'running.json';

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
    if (holder !== undefined && isAlive(holder)) {
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

/** Whether a process runs; one that may not be signalled does. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !hasEnded(pid);
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}

/** Whether Linux keeps of a process only that it has ended, until its parent asks for it: a killed one can stay so for seconds. */
function hasEnded(pid: number): boolean {
  try {
    // The name before the state is in parentheses, and may hold any others.
    return /^.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
