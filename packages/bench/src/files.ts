import { randomUUID } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InvalidInputError } from '@lemmata/core';

/** What names of unfinished files end with. */
export const UNFINISHED = '.unfinished';

/**
 * Writes a file so that it is there whole or not at all: under another name, flushed to disk, then renamed.
 *
 * @param file - path of the file
 * @param content - text or bytes
 */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const unfinished = `${file}.${randomUUID()}${UNFINISHED}`;
  const handle = await open(unfinished, 'wx');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, file);
  // Without this the new name may be lost with the power; Windows cannot open folders and needs no flush.
  if (process.platform === 'win32') return;
  const folder = await open(dirname(file), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/**
 * Writes data as JSON, two spaces deep, with a line feed at the end.
 *
 * @param file - path of the file
 * @param value - JSON data
 */
export function writeJson(file: string, value: unknown): Promise<void> {
  return writeWhole(file, JSON.stringify(value, null, 2) + '\n');
}

/**
 * Reads a JSON file.
 *
 * @param file - path of the file
 * @param name - its name, for messages
 * @returns the data, undefined when there is no such file
 * @throws InvalidInputError `ERR_FORMAT` when it is not JSON
 */
export async function readJson(file: string, name: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidInputError(`${name}: expected JSON, got ${(error as Error).message}`, 'ERR_FORMAT', {
      argument: name,
    });
  }
}
