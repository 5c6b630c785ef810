import { z } from 'zod';
import type { PairTiming } from './comparison.js';
import type { RatioInterval } from './pair-statistics.js';

const positive = z.number().positive();

/** How long a process of a pair times. */
export const timingShape: z.ZodType<PairTiming> = z.strictObject({ runs: z.int().min(2), seconds: z.number().min(0) });

/** A ratio with its interval. */
export const ratioShape: z.ZodType<RatioInterval> = z
  .strictObject({ ratio: positive, low: positive, high: positive })
  .describe('median ratio over pairs with its 95% bootstrap interval');
