/** Replaces `planAugmentation.ts` in the script of workers, for which the page plans. */
import { requestPlans } from '../../plan/requestPlans.js';
import type { AugmentationPlan, AugmentationPlanOptions } from './planAugmentation.js';

export async function planAugmentation(options: AugmentationPlanOptions): Promise<AugmentationPlan> {
  return (await requestPlans('augmentation', options)) as AugmentationPlan;
}
