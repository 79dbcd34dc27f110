import { formatTick, leftToRight } from '../../components/format.js';
import { layerTitle } from '../network/layerTitle.js';
import { text } from '../text/text.js';
import type { Distribution } from './distribution.js';

const [BAR, HEIGHT] = [4, 60];
/** Of smaller values, which gradients often are, too few digits would be left after the point. */
const SMALL = 0.01;

/** How the values of a layer are distributed: the most frequent interval has the highest bar. */
export function Histogram({ distribution }: { distribution: Distribution }) {
  const { layer, type, low, high, counts } = distribution;
  const title = layerTitle(type, layer);
  const most = Math.max(...counts);
  return (
    <figure class="histogram">
      <svg
        viewBox={`0 0 ${BAR * counts.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={text.training.distribution(title, formatEnd(low), formatEnd(high))}
      >
        {counts.map((count, i) => {
          const height = (HEIGHT * count) / most;
          return <rect key={i} x={BAR * i} y={HEIGHT - height} width={BAR - 0.5} height={height} />;
        })}
      </svg>
      <p class="muted ends" aria-hidden>
        <span>{formatEnd(low)}</span>
        <span>{formatEnd(high)}</span>
      </p>
      <figcaption>{title}</figcaption>
    </figure>
  );
}

/** `0.05`, or `5.0e-3` */
function formatEnd(value: number): string {
  const isSmall = value !== 0 && Math.abs(value) < SMALL;
  return isSmall ? leftToRight(value.toExponential(1)) : formatTick(value);
}
