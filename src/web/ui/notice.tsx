import type { ComponentChildren } from 'preact';

/** What is going on, or what went wrong. */
export function Notice(props: { problem?: boolean; children: ComponentChildren }) {
  return (
    <p
      class={props.problem === true ? 'notice problem' : 'notice'}
      role={props.problem === true ? 'alert' : 'status'}
    >
      {props.children}
    </p>
  );
}
