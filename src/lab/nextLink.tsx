import type { ComponentChildren } from 'preact';
import { hrefOf } from '../components/route.js';
import { text } from './text/text.js';

/** What a view has achieved, and the link to the next one. */
export function NextLink(props: {
  to: keyof typeof text.views;
  isReady: boolean;
  children: ComponentChildren;
}) {
  const { to, isReady, children } = props;
  return (
    <footer class="next">
      <p class="muted" role="status">
        {children}
      </p>
      {isReady && (
        <a class="button primary" href={hrefOf(to)}>
          {text.next(text.views[to])}
        </a>
      )}
    </footer>
  );
}
