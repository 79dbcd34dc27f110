import { FIGURE_FONT } from '../draw/svg.js';
import { light } from '../palette.js';

const TEXT_FONT = 'STIX Two Text';
const FORMULA_FONT = 'STIX Two Math';
const CODE_FONT = 'Libertinus Mono';

/** Typst rules for the page, fonts, headings, figures and tables, and functions for the title block, notices and abstract. */
export const STYLE = String.raw`
#set page(
  margin: (x: 2.6cm, y: 2.4cm),
  numbering: "1 / 1",
)
#set text(font: ("${TEXT_FONT}", "${FIGURE_FONT}"), size: 10.5pt, lang: "en")
#set par(justify: true, leading: 0.62em, spacing: 1.1em)
#set list(indent: 0.8em)
#set raw(theme: none)
#show raw: set text(font: ("${CODE_FONT}", "${TEXT_FONT}"), size: 1.1em)
#show math.equation: set text(font: ("${FORMULA_FONT}", "${TEXT_FONT}"))
#show link: set text(fill: rgb("${light.blue}"))

#set heading(numbering: "1.1")
#show heading: set block(above: 1.8em, below: 0.9em, sticky: true)
#show heading.where(level: 1): set text(size: 14pt)
#show heading.where(level: 2): set text(size: 11.5pt)
#set math.equation(numbering: "(1)", supplement: "Equation")

#set figure(gap: 0.9em)
#set place(clearance: 2em)
#show figure: set block(spacing: 1.8em)
#show figure.caption: it => block(width: 92%, sticky: it.kind != image, text(size: 9.5pt)[
  #set par(justify: false)
  #strong[#it.supplement #context it.counter.display(it.numbering).] #it.body
])
#show figure.where(kind: table): set figure.caption(position: top)
#show figure.where(kind: raw): set figure.caption(position: top)
#show raw.where(block: true): it => block(
  width: 100%, inset: (x: 0.7em, y: 0.6em), stroke: (y: 0.5pt + rgb("${light.muted}")),
  align(left, text(size: 7.6pt, it)),
)
#show raw.line: it => if it.count == 1 { it.body } else {
  box(width: 2em, align(right, text(fill: rgb("${light.muted}"), str(it.number))))
  h(0.9em)
  it.body
}
#set table(stroke: none, inset: (x: 0.6em, y: 0.38em))
#show table: set text(size: 9.5pt, top-edge: 6.4pt)
#show table: set par(justify: false)

#let facts(metadata) = if metadata.len() > 0 {
  set par(justify: false)
  align(center, block(above: 1.6em, below: 1.6em, text(size: 9pt, grid(
    columns: 2,
    align: (right, left),
    column-gutter: 1em,
    row-gutter: 0.55em,
    ..metadata.enumerate().map(((index, cell)) => if calc.even(index) { text(fill: rgb("${light.muted}"), cell) } else { cell }),
  ))))
}
#let head(title, byline, metadata, logo) = align(center)[
  #set par(justify: false)
  #if logo != none { block(below: 1.2em, logo) }
  #block(below: 1.2em, text(size: 17pt, weight: "bold", title))
  #for line in byline { block(spacing: 0.65em, text(size: 11pt, line)) }
  #facts(metadata)
]
#let title-page(title, byline, logo, body) = {
  v(1fr)
  align(center)[
    #set par(justify: false)
    #if logo != none { block(below: 2em, logo) }
    #block(below: 1.4em, text(size: 21pt, weight: "bold", title))
    #for line in byline { block(spacing: 0.8em, text(size: 12pt, line)) }
  ]
  v(1fr)
  body
  v(1fr)
  pagebreak()
}
#let contents = {
  show outline.entry.where(level: 1): set block(above: 1em)
  show outline.entry.where(level: 1): set text(weight: "bold")
  outline(depth: 2, indent: auto)
}
#let references(..cells) = grid(
  columns: (auto, 1fr), align: (right, left), column-gutter: 0.7em, row-gutter: 0.75em, ..cells,
)
#let appendix(body) = {
  counter(heading).update(0)
  set heading(numbering: "A.1", supplement: "Appendix")
  body
}
#let notice(body) = block(
  width: 100%, inset: 0.9em, radius: 3pt, stroke: 0.8pt + rgb("${light.orange}"), fill: rgb("${light.surface}"), body,
)
#let abstract(body) = pad(x: 2em)[
  #align(center, strong[Abstract])
  #body
]
`.trim();
