import type { SparseMatrix } from '@lemmata/linalg';
import { cubicUpdate } from './cubic.js';
import { diagonalUpdate, estimatedUpdate, gradientUpdate } from './first-order.js';
import { messagePassingUpdate } from './message-passing.js';
import { exactUpdate, matrixUpdate, newtonUpdate } from './second-order.js';
import { twoMetricUpdate } from './two-metric.js';
import type { Update, UpdateContext, UpdateRule } from './update.js';

/**
 * Makes an update.
 *
 * @param rule - which one
 * @param context - what it works with
 * @returns what changes a block
 */
export function makeUpdate(rule: UpdateRule, context: UpdateContext): Update {
  switch (rule) {
    case 'gradient':
      return gradientUpdate(context);
    case 'estimated':
      return estimatedUpdate(context);
    case 'diagonal':
      return diagonalUpdate(context);
    case 'matrix':
      return matrixUpdate(context);
    case 'newton':
      return newtonUpdate(context);
    case 'cubic':
      return cubicUpdate(context);
    case 'exact':
      return exactUpdate(context);
    case 'two-metric':
      return twoMetricUpdate(context);
    case 'message-passing':
      return messagePassingUpdate(context, context.oracle.graph as SparseMatrix);
  }
}
