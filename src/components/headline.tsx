/** What a page says about an image in words. */
export interface HeadlineText {
  readonly headline: string;
  readonly detail: string;
  readonly isConfident: boolean;
}

/** A prediction in words, which screen readers announce when the pen is lifted. */
export function Headline(props: { text: HeadlineText; isPenDown: boolean }) {
  const { headline, detail, isConfident } = props.text;
  return (
    <div class={isConfident ? 'headline confident' : 'headline'}>
      <p class="class">{headline}</p>
      <p class="detail">{detail}</p>
      <p class="visually-hidden" role="status">
        {props.isPenDown ? '' : `${headline}. ${detail}`}
      </p>
    </div>
  );
}
