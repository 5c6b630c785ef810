import { homedir, hostname, tmpdir, userInfo } from 'node:os';

/** User names that say nothing about a person. */
const COMMON_NAMES: readonly string[] = ['root', 'user', 'node', 'runner', 'admin'];

/**
 * Hides what a text says of the machine: paths become their last part, user and host names become words.
 *
 * @param text - a message, a stack, a line of output
 * @returns the text, fit for records that are published
 */
export function hidePrivate(text: string): string {
  let shown = text;
  // The longest first: known folders may hold spaces, which the pattern below cannot follow.
  const folders = [process.cwd(), homedir(), tmpdir()].filter((folder) => folder.length > 1);
  for (const folder of folders.sort((a, b) => b.length - a.length)) {
    shown = shown.replaceAll(`file://${folder}`, folder).replaceAll(folder, '/…');
  }
  shown = shown.replace(/(?:file:\/\/|(?<![\w./…-]))(?:\/|[A-Za-z]:[\\/])(?:[^\s\\/:'"()<>|]+[\\/])+/g, '');
  const names: [string, string][] = [[hostname(), 'host']];
  const user = userName();
  if (!COMMON_NAMES.includes(user)) names.push([user, 'user']);
  for (const [name, word] of names) {
    if (name.length < 3 || name === 'localhost') continue;
    const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    shown = shown.replace(new RegExp(`(?<![\\w-])${literal}(?![\\w-])`, 'g'), word);
  }
  return shown;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // Containers may run under a number without a name.
    return 'user';
  }
}
