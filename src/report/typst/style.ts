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
#show raw: set text(font: ("${CODE_FONT}", "${TEXT_FONT}"), size: 1.1em)
#show math.equation: set text(font: ("${FORMULA_FONT}", "${TEXT_FONT}"))
#show link: set text(fill: rgb("${light.blue}"))

#set heading(numbering: "1.1")
#show heading: set block(above: 1.8em, below: 0.9em, sticky: true)
#show heading.where(level: 1): set text(size: 14pt)
#show heading.where(level: 2): set text(size: 11.5pt)

#set figure(gap: 0.9em)
#set place(clearance: 2em)
#show figure: set block(spacing: 1.8em)
#show figure.caption: it => block(width: 92%, text(size: 9.5pt)[
  #set par(justify: false)
  #strong[#it.supplement #context it.counter.display(it.numbering).] #it.body
])
#show figure.where(kind: table): set figure.caption(position: top)
#set table(stroke: none, inset: (x: 0.6em, y: 0.38em))
#show table: set text(size: 9.5pt, top-edge: 6.4pt)
#show table: set par(justify: false)

#let head(title, byline, metadata) = align(center)[
  #set par(justify: false)
  #block(below: 1.2em, text(size: 17pt, weight: "bold", title))
  #for line in byline { block(spacing: 0.65em, text(size: 11pt, line)) }
  #if metadata.len() > 0 {
    block(above: 1.6em, below: 1.6em, text(size: 9pt, grid(
      columns: 2,
      align: (right, left),
      column-gutter: 1em,
      row-gutter: 0.55em,
      ..metadata.enumerate().map(((index, cell)) => if calc.even(index) { text(fill: rgb("${light.muted}"), cell) } else { cell }),
    )))
  }
]
#let notice(body) = block(
  width: 100%, inset: 0.9em, radius: 3pt, stroke: 0.8pt + rgb("${light.orange}"), fill: rgb("${light.surface}"), body,
)
#let abstract(body) = pad(x: 2em)[
  #align(center, strong[Abstract])
  #body
]
`.trim();
