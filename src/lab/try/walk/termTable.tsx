import type { ComponentChildren } from 'preact';
import { text } from '../../text/text.js';
import type { Term } from './layerData.js';
import { formatNumber } from './number.js';

/** Each input times its weight, in rows and columns like those of the image. */
export function TermTable({ rows, caption }: { rows: readonly (readonly Term[])[]; caption: string }) {
  return (
    <NumberTable caption={caption}>
      {rows.map((row, y) => (
        <tr key={y}>
          {row.map(({ input, weight, product, isPadding }, x) => (
            <td key={x} class={isPadding ? 'padding' : ''}>
              <span>{isPadding ? text.try.walk.padding : formatNumber(input)}</span>
              <span>× {formatNumber(weight)}</span>
              <strong>= {formatNumber(product)}</strong>
            </td>
          ))}
        </tr>
      ))}
    </NumberTable>
  );
}

/** The numbers of a window; those that are the result are highlighted. */
export function WindowTable(props: {
  rows: readonly (readonly (number | undefined)[])[];
  caption: string;
  /** Which number is highlighted. */
  largest: number | undefined;
}) {
  const { rows, caption, largest } = props;
  return (
    <NumberTable caption={caption}>
      {rows.map((row, y) => (
        <tr key={y}>
          {row.map((value, x) => (
            <td key={x} class={value === undefined ? 'padding' : ''}>
              {value === undefined ? (
                '–'
              ) : value === largest ? (
                <strong>{formatNumber(value)}</strong>
              ) : (
                formatNumber(value)
              )}
            </td>
          ))}
        </tr>
      ))}
    </NumberTable>
  );
}

/** Scrolls sideways where it is too wide; never mirrored, since it shows a part of an image. */
function NumberTable({ caption, children }: { caption: string; children: ComponentChildren }) {
  return (
    <div class="table-scroll" dir="ltr" role="group" tabIndex={0} aria-label={caption}>
      <table class="terms">
        <caption>{caption}</caption>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
