/** Replaces `planInference.ts` in the script of workers, for which the page plans. */
import { requestPlans } from '../../plan/requestPlans.js';
import type { InferenceOptions, InferencePlan } from './planInference.js';

export async function planInference(options: InferenceOptions): Promise<InferencePlan> {
  return (await requestPlans('inference', options)) as InferencePlan;
}
