import { hrefOf } from '../../components/route.js';
import { type OwnPreset, PRESETS } from '../network/network.js';
import { text } from '../text/text.js';
import { BATCH_SIZES, type LabSettings, LEARNING_RATES, MAX_EPOCHS } from '../training/settings.js';
import type { Lesson } from './lesson.js';
import { LESSONS, numberOf } from './lessons.js';

/** What a link sets. */
interface LinkContent {
  readonly lesson?: Lesson | undefined;
  readonly preset?: OwnPreset | undefined;
  readonly settings?: Partial<LabSettings>;
}

/** What a link sets, and what is wrong with it. */
export interface ParsedLink extends LinkContent {
  readonly problems: readonly string[];
}

/** Reads a value; returns what was expected if it is bad. */
type Read = (value: string) => LinkContent | string;

const READERS: ReadonlyMap<string, Read> = new Map<string, Read>([
  [
    'lesson',
    (value) => {
      const lesson = LESSONS.find((each) => String(numberOf(each)) === value);
      return lesson === undefined ? text.lessons.wholeNumber(1, LESSONS.length) : { lesson };
    },
  ],
  [
    'preset',
    (value) => {
      const preset = PRESETS.find((name) => name === value);
      return preset === undefined ? text.lessons.oneOf(PRESETS.join(', ')) : { preset };
    },
  ],
  [
    'epochs',
    (value) => {
      const isGood = /^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= MAX_EPOCHS;
      return isGood ? { settings: { epochs: Number(value) } } : text.lessons.wholeNumber(1, MAX_EPOCHS);
    },
  ],
  ['learningRate', (value) => oneOf(LEARNING_RATES, value, (learningRate) => ({ learningRate }))],
  ['batchSize', (value) => oneOf(BATCH_SIZES, value, (batchSize) => ({ batchSize }))],
  [
    'varied',
    (value) =>
      value === 'true' || value === 'false'
        ? { settings: { varied: value === 'true' } }
        : text.lessons.oneOf('true, false'),
  ],
]);

function oneOf(
  values: readonly number[],
  value: string,
  settingsOf: (value: number) => Partial<LabSettings>,
): LinkContent | string {
  const found = values.find((each) => String(each) === value);
  return found === undefined ? text.lessons.oneOf(values.join(', ')) : { settings: settingsOf(found) };
}

/** @param query `lesson=2&epochs=5`; what is unknown or bad is left out */
export function parseLink(query: string): ParsedLink {
  let content: LinkContent = {};
  const problems: string[] = [];
  for (const [name, value] of new URLSearchParams(query)) {
    const read = READERS.get(name);
    const result = read?.(value);
    if (result === undefined) {
      problems.push(text.lessons.unknownInLink(name, [...READERS.keys()].join(', ')));
    } else if (typeof result === 'string') {
      problems.push(text.lessons.badInLink(name, value, result));
    } else {
      content = { ...content, ...result, settings: { ...content.settings, ...result.settings } };
    }
  }
  return { ...content, problems };
}

/** A link to a view; the fragment of a URL. */
export function linkTo(view: string, { lesson, preset, settings = {} }: LinkContent): string {
  const query = new URLSearchParams({
    ...(lesson !== undefined && { lesson: String(numberOf(lesson)) }),
    ...(preset !== undefined && { preset }),
    // Whether a GPU trains is up to whoever has one.
    ...Object.fromEntries(
      Object.entries(settings)
        .filter(([name]) => READERS.has(name))
        .map(([name, value]) => [name, String(value)]),
    ),
  }).toString();
  return query === '' ? hrefOf(view) : `${hrefOf(view)}?${query}`;
}

/** The link to a lesson; the fragment of a URL. */
export function hrefOfLesson(lesson: Lesson): string {
  return `#lesson=${numberOf(lesson)}`;
}
