import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { project, reporters } from '../vitest.shared.ts';

export default defineConfig({
  root: dirname(fileURLToPath(import.meta.url)),
  test: {
    reporters: reporters(project),
    projects: [
      { test: { name: 'house', include: ['house/*.test.ts'], testTimeout: 120_000 } },
      { test: { name: 'pages', include: ['pages/*.test.ts'], testTimeout: 240_000, hookTimeout: 240_000 } },
      // Minutes long: only when asked for by name.
      ...(project === 'full' ? [{ test: { name: 'full', include: ['full/*.test.ts'], testTimeout: 3_600_000 } }] : []),
    ],
  },
});
