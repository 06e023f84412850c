/** More pictures of things: what a story turns on. Each keeps the lowest third calm for the title. */
import { circle, line, type Motif, n, path, person, polygon, rect, ring, stars, WIDTH } from './kit.ts';

/** A mirror ball and its light. */
export const mirrorBall: Motif = (chance, p) => {
  const [cx, cy, r] = [chance.between(220, 280), 230, 130];
  let beams = '';
  for (let i = 0; i < 10; i++) {
    const a = chance.between(0, 6.28);
    beams += polygon(
      [
        [cx, cy],
        [cx + Math.cos(a) * 700, cy + Math.sin(a) * 700],
        [cx + Math.cos(a + 0.12) * 700, cy + Math.sin(a + 0.12) * 700],
      ],
      chance.pick([p.glow, p.accent]),
      { opacity: 0.32 },
    );
  }
  let tiles = '';
  for (let row = -5; row < 6; row++) {
    const y = cy + row * 24;
    const half = Math.sqrt(Math.max(0, r * r - (row * 24 + 8) ** 2));
    const count = Math.max(2, Math.round(half / 12));
    for (let i = 0; i < count; i++) {
      const x0 = cx - half * Math.cos((i * Math.PI) / count);
      const x1 = cx - half * Math.cos(((i + 1) * Math.PI) / count);
      tiles += rect(x0, y, x1 - x0 - 1.6, 22, chance.pick([p.glow, p.ink, p.accent, p.sky, p.glow]), {
        opacity: chance.between(0.55, 1),
      });
    }
  }
  return (
    beams +
    line(`M${n(cx)} 0V${cy - r}`, p.ink, 4) +
    `<clipPath id="m"><circle cx="${n(cx)}" cy="${cy}" r="${r}"/></clipPath>` +
    circle(cx, cy, r, p.shade) +
    `<g clip-path="url(#m)">${tiles}</g>` +
    circle(cx - 44, cy - 48, 12, '#fff', { opacity: 0.9 })
  );
};

/** A microphone in the spotlight. */
export const microphone: Motif = (chance, p) => {
  const x = chance.between(220, 280);
  const turn = chance.between(-14, 14);
  let grid = '';
  for (let i = -3; i <= 3; i++)
    grid += line(`M${n(x + i * 16)} 118V262M${n(x - 62)} ${190 + i * 20}H${n(x + 62)}`, p.shade, 2, {
      opacity: 0.55,
    });
  return (
    polygon(
      [
        [x - 30, 0],
        [x + 30, 0],
        [x + 230, 560],
        [x - 230, 560],
      ],
      p.glow,
      { opacity: 0.34 },
    ) +
    `<ellipse cx="${n(x)}" cy="552" rx="190" ry="26" fill="${p.glow}" opacity="0.5"/>` +
    line(`M${n(x)} 350V548`, p.shade, 12) +
    `<ellipse cx="${n(x)}" cy="552" rx="70" ry="12" fill="${p.shade}"/>` +
    `<g transform="rotate(${n(turn)} ${n(x)} 350)">` +
    `<clipPath id="mic"><rect x="${n(x - 62)}" y="104" width="124" height="172" rx="62"/></clipPath>` +
    rect(x - 62, 104, 124, 172, p.ink, { rx: 62 }) +
    `<g clip-path="url(#mic)">${grid}${rect(x + 10, 104, 52, 172, p.shade, { opacity: 0.22 })}</g>` +
    rect(x - 66, 214, 132, 16, p.accent, { rx: 8 }) +
    polygon(
      [
        [x - 40, 272],
        [x + 40, 272],
        [x + 24, 372],
        [x - 24, 372],
      ],
      p.shade,
    ) +
    '</g>'
  );
};

/** An electric guitar, loud. */
export const guitar: Motif = (chance, p) => {
  const turn = chance.between(24, 40) * chance.pick([-1, 1]);
  let rays = '';
  for (let i = 0; i < 18; i++) {
    const a = (i * Math.PI) / 9 + chance.between(-0.05, 0.05);
    rays += polygon(
      [
        [250, 320],
        [250 + Math.cos(a) * 640, 320 + Math.sin(a) * 640],
        [250 + Math.cos(a + 0.16) * 640, 320 + Math.sin(a + 0.16) * 640],
      ],
      p.accent,
      { opacity: 0.32 },
    );
  }
  return (
    rays +
    circle(250, 320, 128, p.glow, { opacity: 0.3 }) +
    `<g transform="rotate(${n(turn)} 250 300)">` +
    rect(237, 20, 26, 270, p.ink) +
    [60, 92, 124, 156, 188, 220, 252].map((y) => rect(237, y, 26, 3, p.shade)).join('') +
    path('M230 22l-10 -56h60l-10 56Z', p.shade) +
    path(
      'M250 280C320 240 350 290 322 340C300 376 350 400 336 460C318 520 182 520 164 460C150 400 200 376 178 340C150 290 180 240 250 280Z',
      p.shade,
    ) +
    path(
      'M250 300C306 270 326 300 304 344C286 380 324 404 314 452C300 492 200 492 186 452C176 404 214 380 196 344C174 300 194 270 250 300Z',
      p.accent,
    ) +
    rect(218, 348, 64, 14, p.shade, { rx: 4 }) +
    rect(218, 396, 64, 14, p.shade, { rx: 4 }) +
    rect(214, 440, 72, 12, p.ink, { rx: 4 }) +
    line('M243 30V446M250 30V446M257 30V446', p.glow, 1.6) +
    '</g>'
  );
};

/** A boombox on the block. */
export const boombox: Motif = (chance, p) => {
  const speaker = (x: number) =>
    circle(x, 350, 84, p.shade) +
    circle(x, 350, 66, p.accent) +
    circle(x, 350, 46, p.shade) +
    circle(x, 350, 20, p.glow);
  let bars = '';
  for (let i = 0; i < 11; i++) {
    const h = chance.between(12, 60);
    bars += rect(176 + i * 14, 262 - h * 0.5, 9, h * 0.5, p.glow);
  }
  const waves = [0, 1, 2]
    .map((i) =>
      line(
        `M${34 - i * 12} ${250 - i * 26}Q${-14 - i * 14} 350 ${34 - i * 12} ${450 + i * 26}M${466 + i * 12} ${250 - i * 26}Q${514 + i * 14} 350 ${466 + i * 12} ${450 + i * 26}`,
        p.glow,
        6,
        { opacity: 0.8 - i * 0.2 },
      ),
    )
    .join('');
  return (
    waves +
    line('M120 200V150Q120 120 150 120H350Q380 120 380 150V200', p.ink, 16) +
    rect(52, 194, 396, 262, p.ink, { rx: 18 }) +
    rect(52, 194, 396, 26, p.shade, { rx: 12 }) +
    speaker(144) +
    speaker(356) +
    rect(168, 226, 164, 44, p.shade, { rx: 6 }) +
    bars +
    rect(228, 310, 44, 92, p.shade, { rx: 6 }) +
    [0, 1, 2, 3]
      .map((i) => rect(236, 318 + i * 20, 28, 12, i === chance.whole(0, 3) ? p.accent : p.glow, { rx: 3 }))
      .join('')
  );
};

/** One candle in the dark. */
export const candle: Motif = (chance, p) => {
  const x = chance.between(220, 280);
  let rings = '';
  for (let i = 6; i > 0; i--) rings += circle(x, 220, 40 + i * 46, p.glow, { opacity: 0.09 });
  return (
    rings +
    path(
      `M${n(x)} 120C${n(x + 50)} 190 ${n(x + 40)} 256 ${n(x)} 262C${n(x - 40)} 256 ${n(x - 46)} 200 ${n(x)} 120Z`,
      p.glow,
    ) +
    path(
      `M${n(x)} 180C${n(x + 22)} 214 ${n(x + 18)} 250 ${n(x)} 254C${n(x - 18)} 250 ${n(x - 20)} 220 ${n(x)} 180Z`,
      p.ink,
    ) +
    line(`M${n(x)} 256v26`, p.shade, 5) +
    path(`M${n(x - 42)} 290q42 -24 84 0V520h-84Z`, p.ink) +
    path(`M${n(x - 42)} 290q20 60 14 110q-14 20 -14 -10Z`, p.accent, { opacity: 0.5 }) +
    rect(x + 14, 296, 28, 224, p.shade, { opacity: 0.22 }) +
    `<ellipse cx="${n(x)}" cy="524" rx="120" ry="20" fill="${p.shade}"/>`
  );
};

/** A heart in two. */
export const brokenHeart: Motif = (chance, p) => {
  const gap = chance.between(10, 26);
  const tilt = chance.between(4, 9);
  const left = 'M250 190C220 120 90 110 84 220C80 310 180 380 250 450L228 380L262 330L226 280L256 236Z';
  const right = 'M250 190C280 120 410 110 416 220C420 310 320 380 250 450L228 380L262 330L226 280L256 236Z';
  const drops = [0, 1, 2]
    .map((i) => {
      const [x, y] = [250 + chance.between(-26, 26), 470 + i * 26];
      return path(`M${n(x)} ${n(y - 14)}q12 16 0 24q-12 -8 0 -24Z`, p.accent, { opacity: 0.9 - i * 0.2 });
    })
    .join('');
  return (
    circle(250, 280, 220, p.glow, { opacity: 0.16 }) +
    circle(250, 280, 170, p.glow, { opacity: 0.2 }) +
    `<g transform="translate(${n(-gap)} 0) rotate(${n(-tilt)} 250 450)">${path(left, p.accent)}</g>` +
    `<g transform="translate(${n(gap)} 0) rotate(${n(tilt)} 250 450)">${path(right, p.accent)}${path(right, p.shade, { opacity: 0.25 })}</g>` +
    drops
  );
};

/** A stage with its curtains drawn apart. */
export const stage: Motif = (chance, p) => {
  const x = chance.between(225, 275);
  const curtain = (side: -1 | 1) => {
    let folds = '';
    const edge = side < 0 ? 0 : WIDTH;
    for (let i = 0; i < 5; i++) {
      const at = edge - side * (i * 30);
      folds += path(
        `M${at} 60Q${at - side * 10} 300 ${at - side * (2 - i) * 4} 540H${at - side * 32}Q${at - side * 42} 300 ${at - side * 32} 60Z`,
        i % 2 ? p.accent : p.shade,
        { opacity: i % 2 ? 1 : 0.85 },
      );
    }
    return folds;
  };
  let swags = '';
  for (let i = 0; i < 5; i++)
    swags += path(`M${i * 100} 0h100v60q-50 64 -100 0Z`, i % 2 ? p.accent : p.shade);
  return (
    polygon(
      [
        [x - 20, 0],
        [x + 20, 0],
        [x + 150, 520],
        [x - 150, 520],
      ],
      p.glow,
      { opacity: 0.4 },
    ) +
    `<ellipse cx="${n(x)}" cy="520" rx="150" ry="24" fill="${p.glow}" opacity="0.9"/>` +
    person(x, 520, 170, p.shade) +
    curtain(-1) +
    curtain(1) +
    swags +
    rect(0, 536, WIDTH, 20, p.shade)
  );
};

/** A rocket on its way. */
export const rocket: Motif = (chance, p) => {
  const x = chance.between(220, 280);
  const turn = chance.between(-12, 12);
  const smoke = Array.from({ length: 14 }, () =>
    circle(x + chance.between(-110, 110), chance.between(440, 560), chance.between(24, 58), p.ink, {
      opacity: 0.5,
    }),
  ).join('');
  return (
    stars(chance, 110, 440, p.ink) +
    circle(chance.pick([100, 400]), 120, chance.between(34, 54), p.accent) +
    smoke +
    `<g transform="rotate(${n(turn)} ${n(x)} 280)">` +
    path(`M${n(x - 34)} 380Q${n(x)} 560 ${n(x + 34)} 380Z`, p.glow) +
    path(`M${n(x - 18)} 380Q${n(x)} 480 ${n(x + 18)} 380Z`, p.accent) +
    path(
      `M${n(x - 50)} 300L${n(x - 92)} 390L${n(x - 44)} 370ZM${n(x + 50)} 300L${n(x + 92)} 390L${n(x + 44)} 370Z`,
      p.accent,
    ) +
    path(
      `M${n(x)} 90C${n(x + 62)} 160 ${n(x + 62)} 300 ${n(x + 44)} 384H${n(x - 44)}C${n(x - 62)} 300 ${n(x - 62)} 160 ${n(x)} 90Z`,
      p.ink,
    ) +
    path(
      `M${n(x)} 90C${n(x + 62)} 160 ${n(x + 62)} 300 ${n(x + 44)} 384H${n(x + 8)}Q${n(x + 30)} 220 ${n(x)} 90Z`,
      p.shade,
      { opacity: 0.2 },
    ) +
    circle(x, 226, 30, p.shade) +
    circle(x, 226, 21, p.glow) +
    '</g>'
  );
};

/** A way that leads nowhere fast. */
export const maze: Motif = (chance, p) => {
  let rings = '';
  for (let i = 0; i < 6; i++) {
    const r = 46 + i * 32;
    const gap = chance.between(0, 360);
    const open = 2400 / r;
    const at = (deg: number) =>
      `${n(250 + r * Math.cos((deg * Math.PI) / 180))} ${n(270 + r * Math.sin((deg * Math.PI) / 180))}`;
    rings += line(`M${at(gap + open)}A${r} ${r} 0 1 1 ${at(gap)}`, i % 2 ? p.accent : p.glow, 11);
    const a = ((gap + chance.between(80, 280)) * Math.PI) / 180;
    if (i < 5)
      rings += line(
        `M${n(250 + Math.cos(a) * r)} ${n(270 + Math.sin(a) * r)}L${n(250 + Math.cos(a) * (r + 32))} ${n(270 + Math.sin(a) * (r + 32))}`,
        p.glow,
        11,
      );
  }
  return circle(250, 270, 232, p.shade, { opacity: 0.55 }) + rings + person(250, 296, 50, p.ink);
};

/** Bars, and the light behind them. */
export const bars: Motif = (chance, p) => {
  const x = chance.between(210, 290);
  const slots = [-90, -45, 0, 45, 90];
  return (
    rect(x - 116, 90, 232, 210, p.glow, { rx: 8 }) +
    circle(x + chance.between(-50, 50), 170, 36, p.ink) +
    slots.map((dx) => rect(x + dx - 8, 84, 16, 222, p.shade)).join('') +
    rect(x - 130, 78, 260, 20, p.shade) +
    rect(x - 130, 292, 260, 20, p.shade) +
    slots
      .slice(0, -1)
      .map((dx) =>
        polygon(
          [
            [x + dx + 8, 420],
            [x + dx + 37, 420],
            [x + (dx + 37) * 1.9 - 30, 640],
            [x + (dx + 8) * 1.9 - 30, 640],
          ],
          p.glow,
          { opacity: 0.3 },
        ),
      )
      .join('') +
    person(x + chance.between(-30, 30), 520, 150, p.shade)
  );
};

/** A crowd with its banners. */
export const banners: Motif = (chance, p) => {
  let flags = '';
  for (let i = 0; i < 6; i++) {
    const x = 50 + i * 80 + chance.between(-16, 16);
    const [top, w, h] = [chance.between(110, 230), chance.between(80, 130), chance.between(56, 84)];
    flags +=
      line(`M${n(x)} ${n(top)}V500`, p.shade, 6) +
      path(
        `M${n(x)} ${n(top)}q${n(w * 0.3)} ${n(-h * 0.3)} ${n(w * 0.55)} 0t${n(w * 0.45)} 0v${n(h)}q${n(-w * 0.25)} ${n(h * 0.3)} ${n(-w * 0.5)} 0t${n(-w * 0.5)} 0Z`,
        chance.pick([p.accent, p.glow, p.accent, p.ink]),
      );
  }
  let crowd = '';
  for (const [base, r, opacity] of [
    [490, 20, 0.6],
    [530, 26, 1],
  ] as const)
    for (let x = -10; x < 520; x += r * 1.8) {
      const [cx, cy] = [x + chance.between(-5, 5), base + chance.between(-10, 10)];
      crowd +=
        circle(cx, cy, r * 0.62, p.shade, { opacity }) +
        path(`M${n(cx - r)} ${n(cy + r * 2.4)}q${n(r)} ${n(-r * 2.4)} ${n(2 * r)} 0Z`, p.shade, { opacity });
    }
  return circle(250, 420, 190, p.glow, { opacity: 0.35 }) + flags + crowd + rect(0, 570, WIDTH, 180, p.shade);
};

/** A ship under stars. */
export const sailingShip: Motif = (chance, p) => {
  const sail = (x: number, top: number, bottom: number, w: number, fill: string) =>
    path(
      `M${n(x)} ${top}Q${n(x + w)} ${n((top + bottom) / 2)} ${n(x)} ${bottom}L${n(x + 8)} ${bottom}Q${n(x + w * 1.7)} ${n((top + bottom) / 2)} ${n(x + 8)} ${top}Z`,
      fill,
    );
  let sea = '';
  for (let i = 0; i < 5; i++)
    sea += path(
      `M-10 ${490 + i * 24}q42 -20 84 0t84 0t84 0t84 0t84 0t84 0t84 0V760H-10Z`,
      i % 2 ? p.accent : p.shade,
      { opacity: 0.5 },
    );
  return (
    stars(chance, 80, 380, p.ink) +
    circle(chance.pick([110, 390]), 150, 62, p.glow) +
    line('M210 130V450M310 170V450', p.shade, 8) +
    sail(210, 140, 240, 66, p.ink) +
    sail(210, 250, 390, 84, p.ink) +
    sail(310, 180, 270, 54, p.glow) +
    sail(310, 280, 390, 70, p.glow) +
    path('M110 420H420Q400 500 340 506H190Q130 500 110 420Z', p.shade) +
    sea
  );
};

/** A field in flower. */
export const flowers: Motif = (chance, p) => {
  const flower = (x: number, y: number, r: number, fill: string) => {
    const turn = chance.between(0, 1);
    let out = line(
      `M${n(x)} ${n(y)}Q${n(x + chance.between(-24, 24))} ${n(y + 110)} ${n(x)} 620`,
      p.shade,
      5,
    );
    for (let i = 0; i < 6; i++) {
      const a = turn + (i * Math.PI) / 3;
      out += `<ellipse cx="${n(x + Math.cos(a) * r * 0.72)}" cy="${n(y + Math.sin(a) * r * 0.72)}" rx="${n(r * 0.55)}" ry="${n(r * 0.36)}" transform="rotate(${n((a * 180) / Math.PI)} ${n(x + Math.cos(a) * r * 0.72)} ${n(y + Math.sin(a) * r * 0.72)})" fill="${fill}"/>`;
    }
    return out + circle(x, y, r * 0.34, p.glow);
  };
  const places: readonly (readonly [number, number, number])[] = [
    [80, 330, 46],
    [180, 220, 64],
    [300, 300, 52],
    [410, 200, 58],
    [240, 420, 40],
    [440, 390, 42],
    [120, 460, 34],
    [350, 460, 36],
  ];
  return (
    circle(chance.between(150, 350), 120, 60, p.glow, { opacity: 0.8 }) +
    places
      .map(([x, y, r]) =>
        flower(
          x + chance.between(-16, 16),
          y + chance.between(-16, 16),
          r,
          chance.pick([p.accent, p.ink, p.accent]),
        ),
      )
      .join('')
  );
};

/** A balloon over the land. */
export const balloon: Motif = (chance, p) => {
  const one = (x: number, y: number, r: number) => {
    const stripes = [-0.66, 0, 0.66]
      .map(
        (t, i) =>
          `<ellipse cx="${n(x + t * r * 0.72)}" cy="${n(y)}" rx="${n(r * (i === 1 ? 0.24 : 0.16))}" ry="${n(r)}" fill="${p.glow}"/>`,
      )
      .join('');
    return (
      circle(x, y, r, p.accent) +
      `<clipPath id="b${n(r)}"><circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}"/></clipPath><g clip-path="url(#b${n(r)})">${stripes}</g>` +
      path(
        `M${n(x - r * 0.62)} ${n(y + r * 0.78)}L${n(x - r * 0.16)} ${n(y + r * 1.4)}H${n(x + r * 0.16)}L${n(x + r * 0.62)} ${n(y + r * 0.78)}Z`,
        p.accent,
      ) +
      line(
        `M${n(x - r * 0.14)} ${n(y + r * 1.4)}v${n(r * 0.22)}M${n(x + r * 0.14)} ${n(y + r * 1.4)}v${n(r * 0.22)}`,
        p.shade,
        2.4,
      ) +
      rect(x - r * 0.18, y + r * 1.6, r * 0.36, r * 0.28, p.shade, { rx: 4 })
    );
  };
  const clouds = [0, 1, 2]
    .map(() => {
      const [x, y] = [chance.between(0, 400), chance.between(90, 420)];
      return `<g opacity="0.6">${circle(x, y, 24, p.ink) + circle(x + 30, y - 10, 32, p.ink) + circle(x + 66, y, 24, p.ink) + rect(x, y, 66, 24, p.ink)}</g>`;
    })
    .join('');
  return (
    clouds +
    one(chance.between(200, 290), 210, 118) +
    one(chance.pick([76, 420]), 130, 34) +
    path('M-10 540Q120 470 260 520T510 500V760H-10Z', p.shade)
  );
};

/** A clock that runs out. */
export const clock: Motif = (chance, p) => {
  const [cx, cy, r] = [250, 265, 190];
  const hand = (turn: number, length: number, width: number, fill: string) => {
    const a = turn * 2 * Math.PI - Math.PI / 2;
    return line(
      `M${n(cx - Math.cos(a) * 26)} ${n(cy - Math.sin(a) * 26)}L${n(cx + Math.cos(a) * length)} ${n(cy + Math.sin(a) * length)}`,
      fill,
      width,
    );
  };
  let ticks = '';
  for (let i = 0; i < 60; i++) {
    const a = (i * Math.PI) / 30;
    const inner = i % 5 ? r - 22 : r - 38;
    ticks += line(
      `M${n(cx + Math.cos(a) * inner)} ${n(cy + Math.sin(a) * inner)}L${n(cx + Math.cos(a) * (r - 14))} ${n(cy + Math.sin(a) * (r - 14))}`,
      p.shade,
      i % 5 ? 2 : 7,
    );
  }
  return (
    circle(cx, cy, r + 20, p.shade) +
    circle(cx, cy, r + 6, p.accent) +
    circle(cx, cy, r - 4, p.ink) +
    ticks +
    hand(chance.between(0.8, 0.98), 96, 13, p.shade) +
    hand(chance.between(0.9, 0.99), 148, 8, p.shade) +
    hand(chance.next(), 156, 3, p.accent) +
    circle(cx, cy, 15, p.accent)
  );
};

/** A tent, and what goes on in it. */
export const circus: Motif = (chance, p) => {
  let stripes = '';
  for (let i = 0; i < 8; i++) {
    const [a, b] = [70 + i * 45, 70 + (i + 1) * 45];
    const top = (x: number) => 250 + (x - 250) * 0.1;
    stripes +=
      polygon(
        [
          [top(a), 130],
          [top(b), 130],
          [b, 330],
          [a, 330],
        ],
        i % 2 ? p.ink : p.accent,
      ) +
      rect(a, 330, 45.5, 200, i % 2 ? p.accent : p.ink) +
      path(`M${a} 330h45q-4 34 -22.5 34t-22.5 -34Z`, i % 2 ? p.ink : p.accent);
  }
  let strings = '';
  for (let i = 0; i < 24; i++) {
    const t = i / 23;
    strings += circle(t * WIDTH, 60 + 90 * Math.abs(t - 0.5) ** 2 * 4, 5, i % 2 ? p.glow : p.accent);
  }
  return (
    stars(chance, 50, 300, p.ink) +
    strings +
    stripes +
    line('M250 130V70', p.shade, 6) +
    path(`M250 66q30 -16 54 4q-28 4 -54 22Z`, p.glow) +
    path('M210 530V440q40 -70 80 0V530Z', p.shade) +
    rect(0, 528, WIDTH, 222, p.shade, { opacity: 0.8 }) +
    ring(250, 470, 150, p.glow, 2, { opacity: 0.3 })
  );
};
