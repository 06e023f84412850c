/** Pictures of walls, streets and things. */
import {
  type Chance,
  circle,
  HEIGHT,
  line,
  type Motif,
  n,
  type Palette,
  path,
  person,
  polygon,
  rect,
  ring,
  WIDTH,
} from './kit.ts';

/** A row of houses with some windows lit. */
function skyline(chance: Chance, p: Palette, base: number, tall: number, fill: string, lit: boolean): string {
  let out = '';
  for (let x = -14; x < WIDTH; ) {
    const [w, h] = [chance.between(38, 82), chance.between(tall * 0.4, tall)];
    out += rect(x, base - h, w + 1, h + HEIGHT - base, fill);
    if (chance.next() < 0.3) out += rect(x + w / 2 - 1.5, base - h - 34, 3, 36, fill);
    if (lit) {
      for (let wy = base - h + 14; wy < base - 14; wy += 19) {
        for (let wx = x + 9; wx < x + w - 10; wx += 14) {
          if (chance.next() < 0.3) out += rect(wx, wy, 7, 10, p.glow, { opacity: chance.between(0.5, 1) });
        }
      }
    }
    x += w;
  }
  return out;
}

/** Crime: the city at night, one window too many lit. */
export const nightCity: Motif = (chance, p) => {
  const cx = chance.between(130, 370);
  return (
    circle(cx, 170, chance.between(56, 84), p.glow) +
    `<g opacity="0.5">${skyline(chance, p, 480, 290, p.accent, false)}</g>` +
    skyline(chance, p, 520, 270, p.shade, true) +
    rect(0, 518, WIDTH, 232, p.shade) +
    polygon(
      [
        [250, 380],
        [120, 545],
        [380, 545],
      ],
      p.glow,
      { opacity: 0.16 },
    ) +
    path('M120 545a130 20 0 0 0 260 0a130 20 0 0 0 -260 0Z', p.glow, { opacity: 0.22 }) +
    person(chance.between(215, 285), 548, 92, p.sky)
  );
};

/** Drama: a doorway of light and somebody before it. */
export const doorOfLight: Motif = (chance, p) => {
  const x = chance.between(185, 315);
  const w = chance.between(92, 124);
  const top = chance.between(130, 180);
  return (
    rect(0, 470, WIDTH, 280, p.shade, { opacity: 0.55 }) +
    polygon(
      [
        [x - w / 2, 470],
        [x + w / 2, 470],
        [x + w * 1.7, 740],
        [x - w * 1.7, 740],
      ],
      p.glow,
      { opacity: 0.3 },
    ) +
    rect(x - w / 2 - 26, top - 26, w + 52, 496 - top, p.accent, { opacity: 0.35 }) +
    rect(x - w / 2, top, w, 470 - top, p.glow) +
    circle(x, top, w / 2, p.glow) +
    person(x + chance.between(-16, 16), 500, 142, p.shade) +
    polygon(
      [
        [x - 14, 498],
        [x + 14, 498],
        [x + 62, 640],
        [x - 6, 640],
      ],
      p.shade,
      { opacity: 0.55 },
    )
  );
};

/** Thriller: a spiral, and somebody who falls into it. */
export const spiral: Motif = (chance, p) => {
  const [cx, cy] = [chance.between(210, 290), chance.between(240, 280)];
  const turns = chance.between(5, 7);
  const way = chance.pick([-1, 1]);
  let d = '';
  const steps = 260;
  for (let i = 0; i <= steps; i++) {
    const t = i / steps;
    const a = way * t * turns * 2 * Math.PI;
    const r = 8 + t * 330;
    d += `${i ? 'L' : 'M'}${n(cx + Math.cos(a) * r)} ${n(cy + Math.sin(a) * r * 0.82)}`;
  }
  return (
    line(d, p.accent, 15, { 'stroke-linejoin': 'round', opacity: 0.92 }) +
    line(d, p.glow, 2.5, { 'stroke-linejoin': 'round', transform: 'translate(5 5)' }) +
    circle(cx, cy, 46, p.shade) +
    `<g transform="rotate(${n(chance.between(25, 65) * way)} ${n(cx)} ${n(cy)})">${person(cx, cy + 36, 72, p.ink)}</g>`
  );
};

/** Mystery: a keyhole with something behind it. */
export const keyhole: Motif = (chance, p) => {
  const cx = chance.between(220, 280);
  let fog = '';
  for (let i = 0; i < 5; i++) {
    const y = 150 + i * 74 + chance.between(-16, 16);
    fog += rect(chance.between(-160, 40), y, chance.between(300, 520), chance.between(20, 46), p.accent, {
      rx: 23,
      opacity: 0.2,
    });
  }
  const hole = `M${n(cx - 62)} 238a76 76 0 1 1 124 0L${n(cx + 102)} 486H${n(cx - 102)}Z`;
  return (
    fog +
    path(hole, p.glow) +
    `<clipPath id="k"><path d="${hole}"/></clipPath>` +
    `<g clip-path="url(#k)">${circle(cx, 520, 190, p.accent, { opacity: 0.55 })}${circle(cx, 205, 40, p.ink)}${person(cx + chance.between(-20, 20), 488, chance.between(120, 160), p.shade)}</g>` +
    path(hole, 'none', { stroke: p.shade, 'stroke-width': 10 })
  );
};

/** Music: a record, with the groove in light. */
export const record: Motif = (chance, p) => {
  const [cx, cy] = [chance.between(200, 300), chance.between(240, 270)];
  let grooves = '';
  for (let r = 84; r < 206; r += 8)
    grooves += ring(cx, cy, r, p.ink, 1, { opacity: chance.between(0.12, 0.4) });
  let bars = '';
  for (let i = 0; i < 25; i++) {
    const h = 14 + 74 * Math.abs(Math.sin(i * 0.5 + chance.between(0, 0.9))) * chance.between(0.4, 1);
    bars += rect(24 + i * 18.4, 556 - h, 10, h, i % 3 ? p.accent : p.glow, { rx: 5 });
  }
  const shine = (a: number) =>
    polygon(
      [
        [cx, cy],
        [cx + Math.cos(a) * 214, cy + Math.sin(a) * 214],
        [cx + Math.cos(a + 0.34) * 214, cy + Math.sin(a + 0.34) * 214],
      ],
      p.ink,
      { opacity: 0.12 },
    );
  const a = chance.between(0, 3);
  return (
    circle(cx, cy, 214, p.shade) +
    grooves +
    shine(a) +
    shine(a + Math.PI) +
    circle(cx, cy, 70, p.accent) +
    ring(cx, cy, 52, p.glow, 2) +
    circle(cx, cy, 9, p.glow) +
    bars
  );
};

/** History: an arcade that leads to the sun. */
export const arcade: Motif = (chance, p) => {
  const sunX = chance.between(210, 290);
  let arches = '';
  for (let i = 0; i < 5; i++) {
    const t = i / 4;
    const [w, top, base] = [430 - t * 310, 60 + t * 150, 560 - t * 70];
    const x = 250 + (sunX - 250) * t;
    const fill = i === 4 ? p.glow : i % 2 ? p.accent : p.shade;
    arches += path(
      `M${n(x - w / 2)} ${n(base)}V${n(top + w / 2)}A${n(w / 2)} ${n(w / 2)} 0 0 1 ${n(x + w / 2)} ${n(top + w / 2)}V${n(base)}Z`,
      fill,
      { opacity: i === 4 ? 1 : 0.55 + t * 0.3 },
    );
  }
  return (
    rect(0, 500, WIDTH, 250, p.shade, { opacity: 0.45 }) +
    arches +
    polygon(
      [
        [sunX - 60, 490],
        [sunX + 60, 490],
        [380, 750],
        [120, 750],
      ],
      p.glow,
      { opacity: 0.22 },
    ) +
    person(sunX, 500, 60, p.shade)
  );
};

/** Documentary: a lens, blade by blade. */
export const lens: Motif = (chance, p) => {
  const [cx, cy, turn] = [250, 265, chance.between(0, 1)];
  let blades = '';
  for (let i = 0; i < 8; i++) {
    const a = turn + (i * Math.PI) / 4;
    const at = (angle: number, r: number): [number, number] => [
      cx + Math.cos(angle) * r,
      cy + Math.sin(angle) * r,
    ];
    blades += polygon(
      [at(a, 190), at(a + 0.785, 190), at(a + 1.45, 74), at(a + 0.66, 74)],
      i % 2 ? p.accent : p.glow,
      { opacity: 0.95, stroke: p.shade, 'stroke-width': 3 },
    );
  }
  let ticks = '';
  for (let i = 0; i < 60; i++) {
    const a = (i * Math.PI) / 30;
    const r = i % 5 ? 214 : 206;
    ticks += line(
      `M${n(cx + Math.cos(a) * r)} ${n(cy + Math.sin(a) * r)}L${n(cx + Math.cos(a) * 222)} ${n(cy + Math.sin(a) * 222)}`,
      p.ink,
      2,
      { opacity: 0.7 },
    );
  }
  return (
    circle(cx, cy, 198, p.shade) +
    blades +
    circle(cx, cy, 72, p.shade) +
    circle(cx, cy, 58, p.sky) +
    circle(cx + 18, cy - 18, 15, p.ink, { opacity: 0.85 }) +
    ticks
  );
};
