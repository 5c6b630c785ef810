import { defineConfig } from 'vitest/config';
import { project, projects, reporters } from '../../vitest.shared.ts';

export default defineConfig({ test: { projects, reporters: reporters(project) } });
