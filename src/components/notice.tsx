import type { ComponentChildren } from 'preact';

/** A status or error message. */
export function Notice(props: { isError?: boolean; children: ComponentChildren }) {
  const { isError = false, children } = props;
  return (
    <p class={isError ? 'notice error' : 'notice'} role={isError ? 'alert' : 'status'} dir="auto">
      {children}
    </p>
  );
}
