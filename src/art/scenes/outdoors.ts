/** Pictures under an open sky. Each keeps the lowest third calm for the title. */
import {
  circle,
  HEIGHT,
  hills,
  line,
  type Motif,
  n,
  path,
  person,
  polygon,
  rect,
  ridge,
  ring,
  stars,
  WIDTH,
} from './kit.ts';

/** A bare tree, branch by branch. */
function tree(
  x: number,
  y: number,
  length: number,
  angle: number,
  width: number,
  depth: number,
  turn: () => number,
  ink: string,
): string {
  if (depth === 0 || length < 6) return '';
  const [ex, ey] = [x + Math.cos(angle) * length, y + Math.sin(angle) * length];
  let out = line(`M${n(x)} ${n(y)}L${n(ex)} ${n(ey)}`, ink, width);
  for (const side of [-1, 1]) {
    out += tree(
      ex,
      ey,
      length * (0.66 + turn() * 0.16),
      angle + side * (0.25 + turn() * 0.45),
      width * 0.66,
      depth - 1,
      turn,
      ink,
    );
  }
  return out;
}

/** Horror: a low moon that may be an eye, behind a bare tree. */
export const moonAndTree: Motif = (chance, p) => {
  const [cx, cy] = [chance.between(190, 310), chance.between(210, 270)];
  const r = chance.between(135, 170);
  const eye =
    chance.next() < 0.5
      ? circle(cx, cy, r * 0.42, p.shade) +
        path(
          `M${n(cx)} ${n(cy - r * 0.36)}Q${n(cx + 13)} ${n(cy)} ${n(cx)} ${n(cy + r * 0.36)}Q${n(cx - 13)} ${n(cy)} ${n(cx)} ${n(cy - r * 0.36)}Z`,
          p.accent,
        )
      : '';
  const side = chance.pick([-1, 1]);
  const x = side < 0 ? 70 : 430;
  return (
    circle(cx, cy, r * 1.45, p.accent, { opacity: 0.16 }) +
    circle(cx, cy, r * 1.2, p.accent, { opacity: 0.24 }) +
    circle(cx, cy, r, p.glow) +
    eye +
    ridge(chance, 500, 16, 14, p.shade) +
    tree(x, 520, 118, -Math.PI / 2 - side * 0.16, 15, 8, chance.next, p.shade)
  );
};

/** Science fiction: a ringed world over a horizon of lines. */
export const ringedWorld: Motif = (chance, p) => {
  const [cx, cy, r] = [chance.between(200, 310), chance.between(200, 250), chance.between(95, 135)];
  const tilt = chance.between(-28, 28);
  const spin = `rotate(${n(tilt)} ${n(cx)} ${n(cy)})`;
  let bands = '';
  for (let i = 0; i < 5; i++) {
    const y = cy - r + (2 * r * (i + chance.between(0.2, 0.8))) / 5;
    bands += rect(cx - r, y, 2 * r, chance.between(5, 17), p.accent, { opacity: 0.35 });
  }
  let grid = '';
  for (let i = -9; i <= 9; i++)
    grid += line(`M250 470L${n(250 + i * 110)} ${HEIGHT}`, p.glow, 1.2, { opacity: 0.4 });
  for (let i = 0; i < 9; i++) {
    const y = 470 + 280 * (i / 9) ** 1.9;
    grid += line(`M0 ${n(y)}H${WIDTH}`, p.glow, 1.2, { opacity: 0.15 + i * 0.04 });
  }
  const half = (sweep: 0 | 1) =>
    line(
      `M${n(cx - r * 1.75)} ${n(cy)}A${n(r * 1.75)} ${n(r * 0.42)} 0 0 ${sweep} ${n(cx + r * 1.75)} ${n(cy)}`,
      p.glow,
      9,
      { transform: spin, opacity: 0.95 },
    ) +
    line(
      `M${n(cx - r * 1.5)} ${n(cy)}A${n(r * 1.5)} ${n(r * 0.33)} 0 0 ${sweep} ${n(cx + r * 1.5)} ${n(cy)}`,
      p.accent,
      4,
      { transform: spin },
    );
  return (
    stars(chance, 110, 460, p.ink) +
    half(1) +
    `<clipPath id="w"><circle cx="${n(cx)}" cy="${n(cy)}" r="${n(r)}"/></clipPath>` +
    circle(cx, cy, r, p.glow) +
    `<g clip-path="url(#w)"><g transform="${spin}">${bands}</g>${circle(cx + r * 0.45, cy + r * 0.25, r * 1.15, p.shade, { opacity: 0.35 })}</g>` +
    half(0) +
    rect(0, 470, WIDTH, 280, p.shade, { opacity: 0.55 }) +
    grid +
    circle(chance.between(60, 120), chance.between(90, 140), chance.between(12, 24), p.accent)
  );
};

/** Western: the sun on the edge of the desert. */
export const desert: Motif = (chance, p) => {
  const cx = chance.between(150, 350);
  let sun = '';
  for (let i = 4; i >= 1; i--) sun += circle(cx, 330, 70 + i * 44, p.glow, { opacity: 0.13 });
  const mesa = (x: number, w: number, h: number, fill: string) =>
    polygon(
      [
        [x - w * 0.72, 460],
        [x - w / 2, 460 - h * 0.45],
        [x - w * 0.46, 460 - h],
        [x + w * 0.4, 460 - h],
        [x + w * 0.5, 460 - h * 0.5],
        [x + w * 0.8, 460],
      ],
      fill,
    );
  const cactus = (x: number, y: number, s: number) =>
    line(
      `M${n(x)} ${n(y)}V${n(y - s)}M${n(x)} ${n(y - s * 0.35)}H${n(x - s * 0.28)}V${n(y - s * 0.68)}M${n(x)} ${n(y - s * 0.5)}H${n(x + s * 0.28)}V${n(y - s * 0.85)}`,
      p.shade,
      s * 0.13,
      { 'stroke-linejoin': 'round' },
    );
  return (
    sun +
    circle(cx, 330, 84, p.glow) +
    mesa(chance.between(60, 150), 150, chance.between(90, 150), p.accent) +
    mesa(chance.between(350, 440), 190, chance.between(120, 190), p.accent) +
    hills(chance, 468, 10, p.accent) +
    hills(chance, 505, 14, p.shade) +
    cactus(chance.pick([90, 410]), 520, chance.between(80, 120)) +
    person(chance.between(210, 300), 512, 46, p.shade)
  );
};

/** Adventure: a path into the mountains. */
export const mountains: Motif = (chance, p) => {
  const cx = chance.between(130, 370);
  return (
    circle(cx, 210, chance.between(60, 82), p.glow) +
    ring(cx, 210, 108, p.glow, 1.5, { opacity: 0.6 }) +
    ridge(chance, 290, 66, 7, p.accent) +
    `<g opacity="0.55">${ridge(chance, 350, 52, 8, p.shade)}</g>` +
    `<g opacity="0.8">${ridge(chance, 420, 40, 9, p.shade)}</g>` +
    hills(chance, 500, 18, p.shade) +
    path(
      'M232 750C120 660 330 610 250 560S205 515 250 490C262 520 240 540 300 570S330 660 330 750Z',
      p.glow,
      { opacity: 0.28 },
    ) +
    person(252, 494, 40, p.ink)
  );
};

/** Fantasy: a castle under a crescent. */
export const castle: Motif = (chance, p) => {
  const x = chance.between(190, 310);
  const tower = (cx: number, w: number, top: number) =>
    rect(cx - w / 2, top, w, 480 - top, p.shade) +
    polygon(
      [
        [cx - w * 0.75, top],
        [cx, top - w * 1.7],
        [cx + w * 0.75, top],
      ],
      p.shade,
    ) +
    rect(cx - 3, top + 22, 6, 13, p.glow, { rx: 3 });
  const moonX = x > 250 ? 130 : 370;
  let veils = '';
  for (let i = 0; i < 4; i++) {
    const y = 90 + i * 62 + chance.between(-14, 14);
    veils += path(
      `M-10 ${n(y)}C110 ${n(y - 80)} 220 ${n(y + 90)} 340 ${n(y)}S470 ${n(y - 50)} 510 ${n(y)}V${n(y + 90)}C390 ${n(y + 50)} 210 ${n(y + 150)} -10 ${n(y + 70)}Z`,
      p.accent,
      { opacity: 0.2 },
    );
  }
  return (
    veils +
    stars(chance, 70, 340, p.ink) +
    `<mask id="c"><rect width="500" height="750" fill="#fff"/>${circle(moonX + 24, 128, 50, '#000')}</mask>` +
    `<g mask="url(#c)">${circle(moonX, 140, 58, p.glow)}</g>` +
    tower(x - 62, 34, 330) +
    tower(x + 58, 38, 310) +
    tower(x, 46, 250) +
    tower(x - 28, 24, 300) +
    tower(x + 30, 22, 285) +
    polygon(
      [
        [x - 190, 560],
        [x - 84, 470],
        [x + 84, 462],
        [x + 200, 560],
      ],
      p.shade,
    ) +
    hills(chance, 520, 22, p.shade)
  );
};

/** Family: a house, hills, and something that flies. */
export const homeAndKite: Motif = (chance, p) => {
  const kx = chance.between(120, 380);
  const hx = kx > 250 ? 130 : 370;
  return (
    circle(hx > 250 ? 110 : 390, 130, 56, p.glow) +
    [0, 1, 2]
      .map(() => {
        const [x, y] = [chance.between(30, 400), chance.between(70, 280)];
        return `<g opacity="0.75">${circle(x, y, 22, p.ink) + circle(x + 28, y - 9, 29, p.ink) + circle(x + 60, y, 22, p.ink) + rect(x, y - 2, 60, 24, p.ink)}</g>`;
      })
      .join('') +
    line(`M${n(kx)} 260C${n(kx + 30)} 330 ${n(hx - 60)} 380 ${n(hx - 30)} 452`, p.ink, 1.6) +
    polygon(
      [
        [kx, 150],
        [kx + 48, 208],
        [kx, 284],
        [kx - 48, 208],
      ],
      p.accent,
    ) +
    polygon(
      [
        [kx, 150],
        [kx + 48, 208],
        [kx, 208],
      ],
      p.shade,
      { opacity: 0.35 },
    ) +
    hills(chance, 440, 26, p.accent) +
    rect(hx - 36, 410, 72, 62, p.ink) +
    polygon(
      [
        [hx - 48, 412],
        [hx, 362],
        [hx + 48, 412],
      ],
      p.shade,
    ) +
    rect(hx - 10, 436, 20, 36, p.shade) +
    hills(chance, 492, 24, p.shade)
  );
};

/** War: searchlights over a broken line. */
export const searchlights: Motif = (chance, p) => {
  let beams = '';
  for (let i = 0; i < 4; i++) {
    const [foot, top] = [chance.between(40, 460), chance.between(-40, 540)];
    beams += polygon(
      [
        [foot - 5, 490],
        [foot + 5, 490],
        [top + 52, -20],
        [top - 52, -20],
      ],
      p.glow,
      { opacity: 0.2 },
    );
  }
  let planes = '';
  for (let i = 0; i < 5; i++) {
    const [x, y, s] = [chance.between(70, 430), chance.between(70, 260), chance.between(11, 20)];
    planes += path(
      `M${n(x)} ${n(y - s * 0.5)}L${n(x + s * 0.2)} ${n(y)}L${n(x + s)} ${n(y + s * 0.35)}L${n(x)} ${n(y + s * 0.3)}L${n(x - s)} ${n(y + s * 0.35)}L${n(x - s * 0.2)} ${n(y)}Z`,
      p.shade,
    );
  }
  let wire = '';
  for (let x = 8; x < WIDTH; x += 27) wire += line(`M${x} 503l10 -12m-10 0l10 12`, p.shade, 2);
  return (
    circle(chance.between(150, 350), 480, 170, p.accent, { opacity: 0.75 }) +
    beams +
    planes +
    ridge(chance, 470, 22, 26, p.shade) +
    wire +
    line('M0 498C120 488 180 506 260 497S430 489 500 499', p.shade, 2) +
    ridge(chance, 530, 10, 20, p.shade)
  );
};

/** Romance: two that overlap above the water. */
export const twoSuns: Motif = (chance, p) => {
  const r = chance.between(108, 128);
  const shift = r * chance.between(0.48, 0.62);
  const cy = chance.between(220, 255);
  let water = '';
  for (let i = 0; i < 12; i++) {
    const w = 190 - i * 11 + chance.between(-22, 22);
    water += rect(
      250 - w / 2 + chance.between(-14, 14),
      442 + i * 16,
      w,
      5.5 - i * 0.25,
      i % 2 ? p.accent : p.glow,
      { rx: 3, opacity: 0.85 - i * 0.05 },
    );
  }
  return (
    circle(250 - shift, cy, r, p.accent) +
    circle(250 + shift, cy, r, p.glow) +
    `<clipPath id="l"><circle cx="${n(250 - shift)}" cy="${n(cy)}" r="${n(r)}"/></clipPath>` +
    `<g clip-path="url(#l)">${circle(250 + shift, cy, r, p.ink)}</g>` +
    rect(0, 424, WIDTH, 326, p.shade, { opacity: 0.4 }) +
    water
  );
};
