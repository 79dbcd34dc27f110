import { type Color, dark, light } from '../palette.js';

const variables = (palette: Readonly<Record<Color, string>>) =>
  Object.entries(palette)
    .map(([name, value]) => `--${name}:${value};`)
    .join('');

/** Styles for light and dark themes, wide and narrow screens, and print. */
export const style = `
:root{color-scheme:light dark;${variables(light)}}
@media (prefers-color-scheme:dark){:root{${variables(dark)}}svg image.monochrome{filter:invert(1)}}
*{box-sizing:border-box}
body{margin:0;background:var(--background);color:var(--text);font:16px/1.6 system-ui,sans-serif;overflow-wrap:break-word}
body>header,main,body>footer{max-width:46rem;margin:0 auto;padding:0 1rem}
body>header{padding-top:2.5rem}
h1{font-size:clamp(1.6rem,5vw,2.3rem);line-height:1.2;margin:0 0 .75rem}
h2{font-size:1.5rem;line-height:1.3;margin:3rem 0 1rem;padding-top:.75rem;border-top:1px solid var(--border)}
header h2{font-size:1.15rem;margin:1.25rem 0 .5rem;padding:0;border:0}
nav h2{margin:0 0 .5rem}
h3{font-size:1.15rem;margin:2.25rem 0 .5rem}
h4{font-size:1rem;margin:0 0 .5rem}
a{color:var(--blue)}
:focus-visible{outline:2px solid var(--blue);outline-offset:2px}
code{font:.88em ui-monospace,monospace;overflow-wrap:anywhere}
.byline{color:var(--muted);margin:0 0 1.5rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:1.5rem 0;font-size:.9rem}
dt{color:var(--muted)}dd{margin:0;min-width:0}
.notice{border:1px solid var(--orange);border-left-width:6px;border-radius:4px;padding:.6rem 1rem;margin:1.5rem 0}
.abstract{font-size:1.08rem}
nav>ol{columns:2 16rem}
nav ol{list-style:none;padding-left:0;margin:.5rem 0}
nav ol ol{padding-left:1.2rem;margin:0 0 .4rem}
nav>ol>li{break-inside:avoid}
.logo{display:block;max-width:8rem;max-height:6rem;margin:0 0 1rem}
.equation{display:flex;align-items:center;gap:1rem}
.equation .formula{flex:1}
pre{margin:0;padding:.6rem .8rem;background:var(--surface);border:1px solid var(--border);border-radius:6px;font-size:.85rem;line-height:1.45;width:max-content;min-width:100%}
pre code{font-size:1em;overflow-wrap:normal}
.works{list-style:none;counter-reset:work;padding-left:2.8rem}
.works li{counter-increment:work;position:relative;margin:.4rem 0}
.works li::before{content:"[" counter(work) "]";position:absolute;left:-2.8rem}
.works li:target{background:var(--surface)}
nav{font-size:.92rem;border:1px solid var(--border);border-radius:6px;padding:.6rem 1rem;background:var(--surface)}
figure{margin:1.75rem 0}
figcaption{font-size:.9rem;color:var(--muted);margin:.5rem 0}
figcaption strong{color:var(--text)}
.scrollable,.formula{overflow-x:auto}
.formula{padding:.25rem 0;overflow-y:hidden}
svg{display:block;width:100%;height:auto;margin:0 auto}
svg text{pointer-events:none}
svg image{image-rendering:pixelated}
svg a{cursor:pointer}
svg [aria-label]:hover{stroke:var(--text);stroke-width:1.5px}
svg g[aria-label]:hover{stroke:none;opacity:.8}
svg .highlighted{stroke:var(--text);stroke-width:1.5px}
table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
th,td{padding:.3rem .6rem;border-bottom:1px solid var(--border);vertical-align:top}
thead th,thead td{border-bottom:2px solid var(--muted)}
td code{overflow-wrap:break-word}
th button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-align:inherit}
th button::after{content:"\\a0\\2195";color:var(--muted)}
[aria-sort=ascending] button::after{content:"\\a0\\2191";color:inherit}
[aria-sort=descending] button::after{content:"\\a0\\2193";color:inherit}
@media(max-width:30rem){[aria-sort=none] button::after{content:none}table{font-size:.75rem}th,td{padding:.3rem .2rem}}
.left{text-align:left}.right{text-align:right}
.gallery{border:1px solid var(--border);border-radius:6px;padding:.5rem 1rem;font-size:.9rem}
.entries{max-height:32rem;overflow-y:auto}
.entry{padding:.75rem 0;border-top:1px solid var(--border)}
.entry svg{margin:0}
.entry:target{background:var(--surface)}
#tooltip{position:fixed;pointer-events:none;background:var(--text);color:var(--background);padding:.2rem .55rem;border-radius:4px;font-size:.85rem;max-width:20rem;white-space:pre-line;z-index:1}
#spoken{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
#classifier iframe{display:block;width:100%;height:44rem;border:1px solid var(--border);border-radius:6px}
footer{color:var(--muted);font-size:.85rem;padding-bottom:3rem}
@media print{
:root{${variables(light)}color-scheme:light}
svg image.monochrome{filter:none}
body{font-size:10.5pt}
nav,.gallery,#tooltip,#try,th button::after{display:none}
a{color:inherit;text-decoration:none}
figure,tr,.notice{break-inside:avoid}
h2,h3{break-after:avoid}
.scrollable{overflow:visible}
}`;
