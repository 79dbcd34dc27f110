import { compareSettings, type SettingPair } from '../../runs/statistics/compareSettings.js';
import { type Context, groupsOf, type RunGroup } from './context.js';

const computed = new WeakMap<Context, readonly SettingPair[]>();

/** What is known about the difference of each two settings, as indices into `groupsOf`; computed once, since several sections state it. */
export function settingPairs(context: Context): readonly SettingPair[] {
  const known = computed.get(context);
  if (known !== undefined) return known;
  const settings = groupsOf(context).map(([first, ...rest]) => {
    const comparable = ({ summary, test, predictionRecord }: RunGroup[number]) => ({
      seed: summary.seed,
      accuracy: test.accuracy,
      predictions: predictionRecord.predictions,
    });
    return [comparable(first), ...rest.map(comparable)] as const;
  });
  const pairs = compareSettings(settings, context.main.predictionRecord.labels);
  computed.set(context, pairs);
  return pairs;
}

/** What is known about the difference of the main setting and another: the pairs with the main one come first, in the order of the others. */
export function pairWithMain(other: RunGroup, context: Context): SettingPair {
  return settingPairs(context)[context.others.indexOf(other)];
}
