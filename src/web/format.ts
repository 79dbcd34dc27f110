const PERCENT = new Intl.NumberFormat('en', {
  style: 'percent',
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});
const SHARE = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const LOSS = new Intl.NumberFormat('en', { maximumFractionDigits: 4 });
const COUNT = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

const NEARLY_ALL = 0.999;

/** `98.79%`, of an accuracy; a dash where there is none. */
export function formatPercent(fraction: number | undefined): string {
  return fraction === undefined ? '–' : PERCENT.format(fraction);
}

/** `98.8%`, of a probability; never all, as no network is sure of that. */
export function formatShare(fraction: number): string {
  if (fraction > NEARLY_ALL) return `>${SHARE.format(NEARLY_ALL)}`;
  return SHARE.format(fraction);
}

/** `0.0371`, and `0.05` of a round one */
export function formatLoss(loss: number): string {
  return LOSS.format(loss);
}

/** `54,000` */
export function formatCount(value: number | undefined): string {
  return value === undefined ? '–' : COUNT.format(value);
}

/** `1 min 05 s` */
export function formatSeconds(seconds: number | undefined): string {
  if (seconds === undefined) return '–';
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  return `${minutes} min ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`;
}
