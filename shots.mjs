import { chromium } from 'playwright-core';
import { Random } from './dist/core/random.js';
import { SKELETONS } from './dist/data/digits/skeletons.js';
import { drawStroke } from './dist/data/digits/stroke.js';
const U='http://127.0.0.1:8492/';
const b=await chromium.launch({executablePath:'/usr/bin/chromium'});
const only=process.argv.slice(2);
async function draw(page,d,seed){const {x,y,width,height}=await page.locator('.canvas').boundingBox();const r=new Random(seed);for(const s of SKELETONS[d][0].strokes){const [f,...rest]=drawStroke(s,r).map(p=>[x+width*(0.5+0.7*(p.x/100-0.5)),y+height*(0.5+0.7*(p.y/100-0.5))]);await page.mouse.move(...f);await page.mouse.down();for(const p of rest)await page.mouse.move(...p);await page.mouse.up();}}
const shots=[
['draw-empty','draw',1280,'light'],['draw-dark-narrow','draw',390,'dark',p=>draw(p,8,3)],
['draw-doubt','draw',1280,'dark',async p=>{await draw(p,4,1);await draw(p,8,9);await draw(p,7,9);}],
['runs','runs',1280,'light',async p=>{await p.getByLabel('Compare deep-cnn-mnist-1').check();}],['runs-narrow','runs',390,'dark'],
['run','runs/report-cnn-mnist-1',1280,'light',async p=>{await p.getByRole('button',{name:/^4 predicted as 9/}).click();await p.locator('.gallery li').first().waitFor();}],
['run-narrow','runs/report-cnn-mnist-1',390,'light'],
['run-dark','runs/deep-cnn-mnist-1',1280,'dark'],
['compare','runs/report-cnn-mnist-1/deep-cnn-mnist-1',1280,'light'],['compare-narrow','runs/report-cnn-mnist-1/deep-cnn-mnist-1',390,'dark'],
['data','data',1280,'light',async p=>{await p.locator('.image-browser li button').nth(8).click();}],['data-narrow','data',390,'dark',async p=>{await p.locator('.image-browser li button').nth(8).click();}],
['docs','../docs',1280,'light'],
];
for(const [name,route,width,colorScheme,act] of shots){ if(only.length&&!only.includes(name))continue; const page=await b.newPage({viewport:{width,height:900},colorScheme}); page.on('console',m=>{if(m.type()==='error')console.log(name,m.text())});
 await page.goto(route.startsWith('../')?U+route.slice(3):U+'#'+route); await page.waitForTimeout(route==='data'?6000:2500); if(act) await act(page); await page.waitForTimeout(1200); await page.screenshot({path:`/tmp/ink/web/${name}.png`,fullPage:true}); await page.close(); }
await b.close();
