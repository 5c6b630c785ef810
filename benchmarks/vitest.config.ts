import { defineConfig } from 'vitest/config';
import { project, projects, reporters } from '../vitest.shared.ts';

export default defineConfig({
  test: { projects: projects.filter(({ test }) => test.name !== 'browser'), reporters: reporters(project) },
});
