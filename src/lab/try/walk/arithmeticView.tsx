import { type Fact, Facts } from '../../../components/facts.js';
import { text } from '../../text/text.js';
import type { Arithmetic, TermGroup } from './layerData.js';
import { DECIMALS, formatNumber } from './number.js';
import { TermTable, WindowTable } from './termTable.js';

/** How a number is computed, and what the network computed. */
export function ArithmeticView(props: {
  arithmetic: Arithmetic | undefined;
  /** The output of the network. */
  value: number;
  /** Which group of products is shown. */
  group: number;
  onGroup: (group: number) => void;
}) {
  const { arithmetic, value, group, onGroup } = props;
  const output: Fact = [text.try.walk.output, formatNumber(value)];
  if (arithmetic === undefined) {
    return (
      <>
        <p class="muted">{text.try.walk.unknown}</p>
        <Facts facts={[output]} />
      </>
    );
  }
  return (
    <>
      <Steps arithmetic={arithmetic} group={group} onGroup={onGroup} />
      <Facts
        facts={[...partsOf(arithmetic), [text.try.walk.result, formatNumber(arithmetic.result)], output]}
      />
      <p class="muted">{text.try.walk.precision(DECIMALS)}</p>
    </>
  );
}

function Steps(props: { arithmetic: Arithmetic; group: number; onGroup: (group: number) => void }) {
  const { arithmetic, group, onGroup } = props;
  switch (arithmetic.kind) {
    case 'weightedSum': {
      const { groups, byChannel } = arithmetic;
      const shown = groups[Math.min(group, groups.length - 1)];
      return (
        <>
          <p>{text.try.walk.weightedSum}</p>
          {groups.length > 1 && (
            <GroupSums groups={groups} byChannel={byChannel} shown={shown} onGroup={onGroup} />
          )}
          <TermTable rows={shown.rows} caption={text.try.walk.products(titleOf(shown, byChannel))} />
        </>
      );
    }
    case 'largest':
    case 'mean':
      return (
        <>
          <p>{text.try.walk[arithmetic.kind]}</p>
          <WindowTable
            rows={arithmetic.rows}
            caption={text.try.walk.window}
            largest={arithmetic.kind === 'largest' ? arithmetic.result : undefined}
          />
        </>
      );
    default:
      return (
        <>
          <p>{text.try.walk[arithmetic.kind]}</p>
          <p class="formula" dir="ltr">
            {formulaOf(arithmetic)}
          </p>
        </>
      );
  }
}

/** The sum of each channel, which can be selected to see its products. */
function GroupSums(props: {
  groups: readonly TermGroup[];
  byChannel: boolean;
  shown: TermGroup;
  onGroup: (group: number) => void;
}) {
  const { groups, byChannel, shown, onGroup } = props;
  return (
    <ul class="group-sums" aria-label={text.try.walk.sums}>
      {groups.map((each, i) => (
        <li key={each.first}>
          <button
            type="button"
            aria-pressed={each === shown}
            onClick={() => {
              onGroup(i);
            }}
          >
            {titleOf(each, byChannel)}
            <span class="number">{formatNumber(each.sum)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function titleOf({ first, rows }: TermGroup, byChannel: boolean): string {
  return byChannel
    ? text.try.walk.channelOf(first + 1)
    : text.try.walk.part(first + 1, first + rows.flat().length);
}

/** The numbers that the result is computed from, besides those of `Steps`. */
function partsOf(arithmetic: Arithmetic): readonly Fact[] {
  switch (arithmetic.kind) {
    case 'weightedSum': {
      const { groups, bias } = arithmetic;
      const products = groups.reduce((sum, group) => sum + group.sum, 0);
      const sum: Fact = [text.try.walk.sumOfProducts, formatNumber(products)];
      return bias === undefined ? [sum] : [sum, [text.try.walk.bias, formatNumber(bias)]];
    }
    case 'normalization': {
      const { input, mean, variance, weight, bias } = arithmetic;
      return [
        [text.try.walk.input, formatNumber(input)],
        [text.try.walk.runningMean, formatNumber(mean)],
        [text.try.walk.variance, formatNumber(variance)],
        [text.try.walk.weight, formatNumber(weight)],
        [text.try.walk.bias, formatNumber(bias)],
      ];
    }
    default:
      return [];
  }
}

/** With numbers in place of names. */
function formulaOf(arithmetic: Exclude<Arithmetic, { kind: 'weightedSum' | 'largest' | 'mean' }>): string {
  const [x, y] = ['input' in arithmetic ? arithmetic.input : 0, arithmetic.result].map(formatNumber);
  switch (arithmetic.kind) {
    case 'normalization': {
      const [mean, variance, weight, bias] = [
        arithmetic.mean,
        arithmetic.variance,
        arithmetic.weight,
        arithmetic.bias,
      ].map(formatNumber);
      return `(${x} − ${bracketed(mean)}) / √(${variance} + ${arithmetic.epsilon}) × ${bracketed(weight)} + ${bracketed(bias)} = ${y}`;
    }
    case 'relu':
      return `max(0, ${x}) = ${y}`;
    case 'leakyRelu':
      return arithmetic.input > 0 ? `${x} = ${y}` : `${arithmetic.slope} × ${bracketed(x)} = ${y}`;
    case 'sigmoid':
      return `1 / (1 + e^−${bracketed(x)}) = ${y}`;
    case 'added':
      return `${arithmetic.inputs.map(formatNumber).map(bracketed).join(' + ')} = ${y}`;
    case 'copy':
      return `${x} = ${y}`;
  }
}

/** Negative numbers in brackets. */
function bracketed(number: string): string {
  return number.startsWith('−') ? `(${number})` : number;
}
