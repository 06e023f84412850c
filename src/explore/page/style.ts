/** The page's style: light and dark by the reader's setting, one column on a telephone, ink on paper in print. */
import { DARK_COLOURS, LIGHT_COLOURS } from '../chart/theme.ts';

const declarations = (colours: Readonly<Record<string, string>>) =>
  Object.entries(colours)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');

export const STYLE = `
:root{${declarations(LIGHT_COLOURS)};color-scheme:light dark;--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;--serif:"Iowan Old Style","Palatino Linotype",Palatino,"URW Palladio L","Book Antiqua",Georgia,serif}
@media (prefers-color-scheme:dark){:root{${declarations(DARK_COLOURS)}}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--page);color:var(--ink);font:1.0625rem/1.6 var(--serif)}
a{color:var(--song);text-underline-offset:.18em;text-decoration-thickness:.06em}
a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--film);outline-offset:3px;border-radius:2px}
.skip{position:absolute;left:-999rem}.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem .8rem;z-index:3}
.frame{display:grid;grid-template-columns:minmax(0,1fr);max-width:47.5rem;margin:0 auto;padding:0 1.25rem}
header{padding:3.5rem 0 1.5rem}
header .kicker{font:600 .8125rem/1.4 var(--sans);letter-spacing:.08em;text-transform:uppercase;color:var(--film);margin:0 0 .6rem}
h1{font-size:clamp(2rem,6vw,3.1rem);line-height:1.12;letter-spacing:-.015em;margin:0 0 1rem;font-weight:600;text-wrap:balance}
h2{font-size:1.9rem;line-height:1.2;letter-spacing:-.01em;margin:0 0 .8rem;font-weight:600;text-wrap:balance}
h2 .number{color:var(--film);font-weight:400;margin-right:.5rem}
h3{font:650 1.0625rem/1.35 var(--sans);margin:0 0 .75rem;text-wrap:balance}
header p.lead{font-size:1.1875rem;margin:0;color:var(--muted);max-width:40rem}
.key{display:grid;grid-template-columns:repeat(4,1fr);gap:1px;background:var(--rule);border:1px solid var(--rule);border-radius:10px;overflow:hidden;margin:1.8rem 0 0;padding:0}
.key div{background:var(--card);padding:.9rem 1rem}
.key dt{font:.8125rem/1.35 var(--sans);color:var(--muted)}
.key dd{margin:.1rem 0 0;font:600 1.375rem/1.25 var(--sans);font-variant-numeric:tabular-nums;letter-spacing:-.01em}
nav.toc{font:.9375rem/1.45 var(--sans);border-top:1px solid var(--rule);border-bottom:1px solid var(--rule);padding:1rem 0;margin:1.5rem 0 0}
nav.toc h2{font:600 .8125rem/1.4 var(--sans);letter-spacing:.08em;text-transform:uppercase;color:var(--muted);margin:0 0 .5rem}
nav.toc ol{list-style:none;margin:0;padding:0}
nav.toc>ol>li{margin:.45rem 0}
nav.toc>ol>li>a{font-weight:600}
nav.toc ol ol{margin:.2rem 0 .6rem .9rem;columns:2;column-gap:1.5rem}
nav.toc ol ol li{break-inside:avoid;padding:.13rem 0}
nav.toc a{color:inherit;text-decoration-color:var(--rule);display:inline-block}
nav.toc ol ol a{color:var(--muted)}
nav.toc a:hover{color:var(--song)}
section{padding:3.5rem 0 0}
section>p{margin:0 0 1rem;max-width:42rem}
figure{margin:2.2rem 0 0;padding:1.15rem 1.15rem .95rem;background:var(--card);border:1px solid var(--rule);border-radius:12px}
figure svg{display:block;width:100%;height:auto;color:var(--ink);overflow:visible}
figure .narrow{display:none}
figcaption{font:.9375rem/1.55 var(--sans);color:var(--muted);margin:.9rem 0 0}
.files{font:.8125rem/1.4 var(--sans);margin:.55rem 0 0;color:var(--muted)}
.files a{display:inline-block;padding:.25rem .1rem;margin-right:.6rem}
.scroll{overflow-x:auto;margin:0 -.25rem;padding:0 .25rem}
table{border-collapse:collapse;font:.875rem/1.45 var(--sans);width:100%}
th,td{text-align:left;padding:.42rem .6rem;border-bottom:1px solid var(--rule);vertical-align:top}
th{font-weight:600;color:var(--muted);white-space:nowrap;border-bottom-color:var(--muted)}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
tbody tr:last-child td,tbody tr:last-child th{border-bottom:0}
tbody th{font-weight:600;color:var(--ink);white-space:normal;border-bottom-color:var(--rule)}
.verdict{display:inline-block;font-weight:650;white-space:nowrap}
.verdict::before{content:"";display:inline-block;width:.62em;height:.62em;border-radius:50%;margin-right:.4em;background:var(--muted)}
.verdict.agrees{color:var(--song)}.verdict.agrees::before{background:var(--song)}
.verdict.partly::before{background:linear-gradient(90deg,var(--song) 50%,var(--film) 50%)}
.verdict.differs{color:var(--film)}.verdict.differs::before{background:var(--film);border-radius:1px}
footer{margin:4rem 0 0;padding:1.4rem 0 4rem;border-top:1px solid var(--rule);font:.875rem/1.55 var(--sans);color:var(--muted)}
footer p{margin:0 0 .6rem}
.tip{position:absolute;z-index:2;max-width:17rem;pointer-events:none;background:var(--ink);color:var(--page);font:.8125rem/1.4 var(--sans);padding:.35rem .6rem;border-radius:6px;overflow-wrap:anywhere}
.tip[hidden]{display:none}
@media (min-width:72rem){
 .frame{max-width:68rem;grid-template-columns:14rem minmax(0,47.5rem);column-gap:3.5rem;align-items:start}
 header,main,footer{grid-column:2}
 nav.toc{grid-column:1;grid-row:1/span 3;position:sticky;top:0;max-height:100vh;overflow-y:auto;border:0;margin:0;padding:3.6rem 0 2rem;font-size:.875rem}
 nav.toc ol ol{columns:1;margin-left:0}
 figure{margin-left:-1.2rem;margin-right:-1.2rem;padding-left:1.2rem;padding-right:1.2rem}
}
@media (max-width:36rem){
 body{font-size:1rem}
 .frame{padding:0 1rem}
 header{padding:2rem 0 1rem}
 h2{font-size:1.55rem}
 .key{grid-template-columns:1fr 1fr}
 nav.toc ol ol{columns:1}
 nav.toc ol ol li{padding:.2rem 0}
 section{padding-top:2.6rem}
 figure{margin:1.6rem -1rem 0;padding:1rem;border-left:0;border-right:0;border-radius:0}
 figure .wide{display:none}figure .narrow{display:block}
 .files a{padding:.55rem .3rem}
 table.stack thead{position:absolute;left:-999rem}
 table.stack tr{display:block;padding:.8rem 0;border-bottom:1px solid var(--rule)}
 table.stack tr:last-child{border-bottom:0}
 table.stack td,table.stack th{display:block;border:0;padding:.12rem 0}
 table.stack td[data-label]::before{content:attr(data-label) ": ";color:var(--muted)}
}
@media print{
 :root{${declarations(LIGHT_COLOURS)};--page:#fff;color-scheme:light;-webkit-print-color-adjust:exact;print-color-adjust:exact}
 @page{margin:18mm 16mm}
 body{font-size:10.5pt}
 .frame{display:block;max-width:none;padding:0}
 header{padding-top:0}
 nav.toc{position:static;max-height:none;padding:.8rem 0;border-top:1px solid var(--rule);border-bottom:1px solid var(--rule)}
 nav.toc ol ol{columns:2}
 section{padding-top:1.6rem}
 section>h2,section>p,h3{break-after:avoid}
 figure{break-inside:avoid;margin:1rem 0 0;border:0;border-top:1px solid var(--rule);border-radius:0;padding:.7rem 0 0}
 figure .wide{display:block}figure .narrow{display:none}
 figure svg{max-height:205mm}
 figure.long{break-inside:auto}
 tr{break-inside:avoid}
 .files,.skip,.tip{display:none}
 .scroll{overflow:visible}
 table{font-size:8.5pt}
 a{color:inherit;text-decoration:none}
}
`;

/** Shows the name of a mark where the pointer is, or where a finger touches: a drawing's own titles do neither well. */
export const SCRIPT = `(()=>{const tip=document.createElement('div');tip.className='tip';tip.hidden=true;tip.setAttribute('aria-hidden','true');document.body.append(tip);
const show=e=>{const mark=e.target.closest?.('figure svg *');const title=mark&&[...mark.children].find(c=>c.tagName==='title');
if(title){mark.dataset.tip=title.textContent;title.remove()}
const text=mark&&mark.dataset&&mark.dataset.tip;tip.hidden=!text;if(!text)return;tip.textContent=text;
const width=document.documentElement.clientWidth;const left=Math.max(8,Math.min(e.clientX+14,width-tip.offsetWidth-8));
tip.style.left=left+scrollX+'px';tip.style.top=e.clientY+scrollY+(e.clientY>90?-tip.offsetHeight-12:18)+'px'};
addEventListener('pointermove',show,{passive:true});addEventListener('pointerdown',show,{passive:true});
addEventListener('scroll',()=>{tip.hidden=true},{passive:true})})();`;
