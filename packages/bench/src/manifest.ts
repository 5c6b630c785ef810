import { join } from 'node:path';
import { digestJson } from '@lemmata/core';
import { z } from 'zod';
import type { Environment } from './environment.js';
import { readJson, writeJson } from './files.js';
import { RUNNER_VERSION } from './identity.js';
import { toLosslessJson } from './lossless-json.js';
import type { Plan } from './plan.js';
import { hidePrivate } from './privacy.js';

/** What a folder of results is about: the content of `manifest.json`, version 1. */
export interface Manifest {
  /** Version of this form, 1. */
  readonly schema: 1;
  /** Runner and version that wrote it. */
  readonly runner: string;
  /** Command that continues the run, with paths hidden. */
  readonly command: string;
  /** SHA-256 of the plan. */
  readonly plan: string;
  /** Number of tasks in the plan, tasks of equal key counted once. */
  readonly tasks: number;
  /** SHA-256 of every suite, by name. */
  readonly suites: Readonly<Record<string, string>>;
  /** The environments in which tasks ran, by id. */
  readonly environments: Readonly<Record<string, Environment>>;
}

const text = z.string().nullable();
const yesNo = z.boolean().nullable();

const environmentShape: z.ZodType<Environment> = z.strictObject({
  id: z.string(),
  system: z.string(),
  cpu: z.string(),
  logicalCores: z.int(),
  physicalCores: z.int().nullable(),
  availableCores: z.int(),
  caches: z.array(z.string()),
  governor: text,
  turbo: yesNo,
  simultaneousThreads: yesNo,
  cgroup: z.strictObject({ cpu: text, memory: text }),
  memory: z.number(),
  load: z.array(z.number()),
  engine: z.string(),
  flags: z.array(z.string()),
  lockFile: text,
  commit: text,
  uncommitted: text,
  threads: z.record(z.string(), z.string()),
  timerResolution: z.number(),
});

const manifestShape: z.ZodType<Manifest> = z.strictObject({
  schema: z.literal(1),
  runner: z.string(),
  command: z.string(),
  plan: z.string(),
  tasks: z.int(),
  suites: z.record(z.string(), z.string()),
  environments: z.record(z.string(), environmentShape),
});

/**
 * Reads a manifest.
 *
 * @param value - what `manifest.json` holds, parsed
 * @returns the manifest, undefined when it is none of version 1
 */
export function parseManifest(value: unknown): Manifest | undefined {
  return manifestShape.safeParse(value).data;
}

/** Reads the manifest of a folder of results, undefined when there is none that can be read. */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  return parseManifest(await readJson(join(folder, 'manifest.json'), 'manifest.json').catch(() => undefined));
}

/**
 * Writes the manifest of a folder of results, keeping the environments of earlier runs.
 *
 * @param folder - the folder
 * @param plan - its plan
 * @param environments - where tasks ran, by id
 * @param command - command that continues the run
 */
export async function writeManifest(
  folder: string,
  plan: Plan,
  environments: Manifest['environments'],
  command = 'lemmata-bench run --out <this folder>',
): Promise<void> {
  const earlier = await readManifest(folder);
  const manifest: Manifest = {
    schema: 1,
    runner: `@lemmata/bench, measuring rules ${RUNNER_VERSION}`,
    command: hidePrivate(command),
    plan: await digestJson(toLosslessJson(plan)),
    tasks: new Set(plan.tasks.map(({ taskKey }) => taskKey)).size,
    suites: Object.fromEntries(plan.suites.map(({ name, digest }) => [name, digest])),
    environments: { ...earlier?.environments, ...environments },
  };
  await writeJson(join(folder, 'manifest.json'), manifest);
}
