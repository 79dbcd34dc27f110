const wholeNumber = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `54,000` */
export function formatCount(count: number): string {
  return wholeNumber.format(count);
}

/** `98.74 %` of a fraction */
export function formatPercent(fraction: number): string {
  return `${(fraction * 100).toFixed(2)} %`;
}

/** `10 %` of a fraction, rounded to whole percent */
export function formatWholePercent(fraction: number): string {
  return `${(fraction * 100).toFixed(0)} %`;
}

/** `0.0371` */
export function formatLoss(loss: number): string {
  return loss.toFixed(4);
}

/** `−0.40`, with a minus sign instead of a hyphen */
export function formatDecimal(value: number, decimals: number): string {
  return value.toFixed(decimals).replace('-', '−');
}

/** `9.4 s`; from one minute, `1:05 min`; from one hour, `2:03:09 h` */
export function formatSeconds(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = String(Math.floor(whole / 60) % 60);
  const rest = String(whole % 60).padStart(2, '0');
  return hours === 0 ? `${minutes}:${rest} min` : `${hours}:${minutes.padStart(2, '0')}:${rest} h`;
}

/** `0.10 MB`, in units of a million bytes */
export function formatMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

/** `p = 0.0314`, `p < 0.0001` */
export function formatPValue(p: number): string {
  return p < 0.0001 ? 'p < 0.0001' : `p = ${p.toFixed(4)}`;
}

/** `1 image`, `2 images` */
export function formatPlural(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** `a, b, c`; of more than `max` items the first ones, as `a, b, …` */
export function abbreviate(items: readonly string[], max: number): string {
  return items.length > max ? `${items.slice(0, max).join(', ')}, …` : items.join(', ');
}

/** `a, b, c`; of more than `max` items the first ones, as `a, b, and 3 more` */
export function listFirst(items: readonly string[], max: number): string {
  const more = items.length > max ? `, and ${items.length - max} more` : '';
  return `${items.slice(0, max).join(', ')}${more}`;
}

/** `Weight decay` of `weight decay` */
export function capitalize(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
