/** More pictures of places: streets, stages, coasts. Each keeps the lowest third calm for the title. */
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
  ring,
  stars,
  WIDTH,
} from './kit.ts';

/** A boxing ring under one lamp, gloves hung up before it. */
export const boxingRing: Motif = (chance, p) => {
  const x = chance.between(225, 275);
  let ropes = '';
  for (const y of [330, 380, 430])
    ropes += line(`M20 ${y}Q250 ${y + 26} 480 ${y}`, y === 380 ? p.glow : p.accent, 9);
  const glove = (gx: number, turn: number) =>
    `<g transform="rotate(${turn} ${n(gx)} 200)">${line(`M${n(x)} 20L${n(gx)} 170`, p.ink, 3)}${path(
      `M${n(gx - 34)} 250C${n(gx - 70)} 170 ${n(gx - 10)} 140 ${n(gx + 22)} 168C${n(gx + 56)} 190 ${n(gx + 40)} 240 ${n(gx + 26)} 262Z`,
      p.accent,
    )}${path(`M${n(gx - 30)} 216C${n(gx - 66)} 196 ${n(gx - 70)} 244 ${n(gx - 36)} 250Z`, p.accent, { stroke: p.shade, 'stroke-width': 3 })}${rect(gx - 34, 250, 62, 34, p.ink, { rx: 6 })}</g>`;
  return (
    polygon(
      [
        [x - 20, 0],
        [x + 20, 0],
        [470, 520],
        [30, 520],
      ],
      p.glow,
      { opacity: 0.28 },
    ) +
    polygon(
      [
        [10, 480],
        [490, 480],
        [560, 620],
        [-60, 620],
      ],
      p.glow,
      { opacity: 0.75 },
    ) +
    rect(8, 290, 22, 250, p.shade, { rx: 4 }) +
    rect(470, 290, 22, 250, p.shade, { rx: 4 }) +
    ropes +
    glove(x - 46, 8) +
    glove(x + 52, -10)
  );
};

/** A street after rain: signs, and their light on the asphalt. */
export const neonStreet: Motif = (chance, p) => {
  const vanish = chance.between(215, 285);
  let walls = '';
  let shine = '';
  for (const side of [-1, 1]) {
    const edge = side < 0 ? 0 : WIDTH;
    walls += polygon(
      [
        [edge, 0],
        [vanish + side * 46, 250],
        [vanish + side * 46, 440],
        [edge, 620],
      ],
      p.shade,
      { opacity: 0.9 },
    );
    for (let i = 0; i < 4; i++) {
      const t = 0.18 + i * 0.2 + chance.between(-0.04, 0.04);
      const x = edge + (vanish + side * 46 - edge) * t;
      const [top, h] = [90 + t * 170 + chance.between(-30, 40), (1 - t) * chance.between(110, 190) + 24];
      const colour = chance.pick([p.accent, p.glow, p.ink]);
      const w = 26 * (1 - t) + 7;
      walls +=
        rect(x - w, top, 2 * w, h, colour, { opacity: 0.22, rx: 8 }) +
        rect(x - w * 0.55, top + 8, w * 1.1, h - 16, colour, { rx: 5 });
      shine += rect(x - w * 0.8, 500 + (1 - t) * 60, w * 1.6, chance.between(80, 150), colour, {
        opacity: 0.2,
        rx: 9,
      });
    }
  }
  return (
    circle(vanish, 330, 150, p.glow, { opacity: 0.3 }) +
    circle(vanish, 330, 80, p.glow, { opacity: 0.45 }) +
    walls +
    polygon(
      [
        [vanish - 46, 440],
        [vanish + 46, 440],
        [620, HEIGHT],
        [-120, HEIGHT],
      ],
      p.ground,
    ) +
    shine +
    person(vanish + chance.between(-14, 14), 500, 104, p.shade)
  );
};

/** A lighthouse over the sea. */
export const lighthouse: Motif = (chance, p) => {
  const x = chance.pick([150, 350]);
  const way = x < 250 ? 1 : -1;
  let waves = '';
  for (let i = 0; i < 6; i++)
    waves += line(
      `M-10 ${500 + i * 26}q31 ${-14} 62 0t62 0t62 0t62 0t62 0t62 0t62 0t62 0t62 0`,
      i % 2 ? p.accent : p.glow,
      3,
      { opacity: 0.65 - i * 0.08 },
    );
  return (
    stars(chance, 60, 360, p.ink) +
    polygon(
      [
        [x, 160],
        [x + way * 460, 40],
        [x + way * 460, 270],
      ],
      p.glow,
      { opacity: 0.4 },
    ) +
    polygon(
      [
        [x, 160],
        [x - way * 260, 120],
        [x - way * 260, 210],
      ],
      p.glow,
      { opacity: 0.22 },
    ) +
    rect(0, 490, WIDTH, 260, p.shade, { opacity: 0.55 }) +
    waves +
    path(`M${x - 150} 560Q${x - 80} 460 ${x} 468T${x + 150} 560Z`, p.shade) +
    polygon(
      [
        [x - 26, 190],
        [x + 26, 190],
        [x + 46, 480],
        [x - 46, 480],
      ],
      p.ink,
    ) +
    [236, 320, 404].map((y) => rect(x - 42, y, 84, 40, p.accent, { opacity: 0.9 })).join('') +
    rect(x - 34, 178, 68, 14, p.shade) +
    rect(x - 20, 136, 40, 44, p.glow) +
    polygon(
      [
        [x - 30, 138],
        [x, 100],
        [x + 30, 138],
      ],
      p.shade,
    )
  );
};

/** A road to the horizon. */
export const openRoad: Motif = (chance, p) => {
  const x = chance.between(190, 310);
  let poles = '';
  for (let i = 0; i < 5; i++) {
    const t = (i + 1) / 5;
    const [px, base, h] = [x + 34 + t * t * 260, 400 + t * t * 190, 30 + t * t * 250];
    poles +=
      line(`M${n(px)} ${n(base)}V${n(base - h)}`, p.shade, 2 + t * 5) +
      line(`M${n(px - h * 0.12)} ${n(base - h * 0.88)}h${n(h * 0.24)}`, p.shade, 2 + t * 4);
  }
  let dashes = '';
  for (let i = 0; i < 7; i++) {
    const t = (i / 7) ** 1.8;
    const y = 408 + t * 340;
    dashes += rect(x - 1.5 - t * 7, y, 3 + t * 14, 8 + t * 46, p.glow, { opacity: 0.9 });
  }
  return (
    circle(x, 400, 150, p.glow, { opacity: 0.25 }) +
    circle(x, 400, 104, p.glow) +
    hills(chance, 396, 14, p.accent) +
    rect(0, 400, WIDTH, 350, p.ground) +
    polygon(
      [
        [x - 8, 400],
        [x + 8, 400],
        [x + 330, HEIGHT],
        [x - 330, HEIGHT],
      ],
      p.shade,
    ) +
    dashes +
    poles
  );
};

/** Rain on a window, and somebody's outline. */
export const rainWindow: Motif = (chance, p) => {
  let lights = '';
  for (let i = 0; i < 16; i++)
    lights += circle(
      chance.between(50, 450),
      chance.between(110, 430),
      chance.between(12, 42),
      chance.pick([p.glow, p.accent, p.ink]),
      { opacity: chance.between(0.14, 0.4) },
    );
  let rain = '';
  for (let i = 0; i < 46; i++) {
    const [x, y, l] = [chance.between(46, 454), chance.between(80, 450), chance.between(12, 60)];
    rain +=
      line(`M${n(x)} ${n(y)}v${n(l)}`, p.ink, 1.6, { opacity: 0.5 }) +
      circle(x, y + l, 2.6, p.ink, { opacity: 0.8 });
  }
  return (
    rect(36, 60, 428, 440, p.shade, { opacity: 0.5 }) +
    lights +
    rain +
    path(
      'M150 500C150 400 196 384 214 366C178 330 186 250 250 248S322 330 286 366C304 384 350 400 350 500Z',
      p.shade,
    ) +
    line('M36 60H464V500H36ZM250 60V500M36 270H464', p.ground, 14) +
    rect(16, 498, 468, 22, p.ground)
  );
};

/** A big wheel of lights. */
export const ferrisWheel: Motif = (chance, p) => {
  const [cx, cy, r] = [chance.between(215, 285), 260, 180];
  const turn = chance.between(0, 0.5);
  let out = line(`M${n(cx)} ${cy}L${n(cx - 110)} 540M${n(cx)} ${cy}L${n(cx + 110)} 540`, p.shade, 13);
  for (let i = 0; i < 12; i++) {
    const a = turn + (i * Math.PI) / 6;
    const [x, y] = [cx + Math.cos(a) * r, cy + Math.sin(a) * r];
    out += line(`M${n(cx)} ${cy}L${n(x)} ${n(y)}`, p.ink, 2.4, { opacity: 0.7 });
    out += path(`M${n(x - 20)} ${n(y)}h40l-7 26h-26Z`, i % 2 ? p.accent : p.glow) + circle(x, y, 6, p.ink);
  }
  for (let i = 0; i < 48; i++) {
    const a = (i * Math.PI) / 24;
    out += circle(cx + Math.cos(a) * r * 0.93, cy + Math.sin(a) * r * 0.93, 3.4, p.glow);
  }
  return (
    stars(chance, 50, 480, p.ink) +
    ring(cx, cy, r, p.ink, 5) +
    ring(cx, cy, r * 0.55, p.ink, 2, { opacity: 0.6 }) +
    out +
    circle(cx, cy, 18, p.accent) +
    hills(chance, 540, 10, p.shade)
  );
};

/** A night train on a viaduct. */
export const nightTrain: Motif = (chance, p) => {
  let arches = '';
  for (let i = -1; i < 6; i++) {
    const x = i * 96 + chance.between(-2, 2);
    arches += path(`M${n(x)} 470V600H${n(x + 18)}V500A39 39 0 0 1 ${n(x + 96)} 500V470Z`, p.shade);
  }
  let train = rect(60, 404, 460, 52, p.shade, { rx: 10 }) + path('M60 404q-44 4 -52 52h60Z', p.shade);
  for (let x = 76; x < 500; x += 34) train += rect(x, 416, 22, 18, p.glow, { rx: 3 });
  const smoke = [0, 1, 2, 3, 4]
    .map((i) =>
      circle(40 + i * 52, 360 - i * 34 + chance.between(-8, 8), 22 + i * 11, p.ink, {
        opacity: 0.3 - i * 0.04,
      }),
    )
    .join('');
  return (
    stars(chance, 90, 330, p.ink) +
    circle(chance.between(330, 410), 150, 58, p.glow) +
    hills(chance, 430, 46, p.accent) +
    smoke +
    polygon(
      [
        [14, 430],
        [-200, 390],
        [-200, 480],
      ],
      p.glow,
      { opacity: 0.5 },
    ) +
    train +
    rect(0, 456, WIDTH, 18, p.shade) +
    arches
  );
};

/** A wave that is about to break. */
export const greatWave: Motif = (chance, p) => {
  let foam = '';
  for (let i = 0; i < 22; i++)
    foam += circle(chance.between(200, 420), chance.between(120, 330), chance.between(3, 11), p.ink, {
      opacity: 0.9,
    });
  return (
    circle(chance.between(350, 410), 150, 62, p.glow) +
    path(
      'M-10 560C40 300 160 130 330 150C420 162 440 240 390 272C400 220 330 196 290 240C230 306 300 440 510 470V760H-10Z',
      p.accent,
    ) +
    path('M-10 600C70 400 150 250 290 240C230 306 300 460 510 500V760H-10Z', p.shade, { opacity: 0.75 }) +
    line(
      'M40 520C90 390 150 290 250 250M90 560C130 430 190 340 262 300M160 580C190 480 230 400 276 372',
      p.ink,
      5,
      { opacity: 0.75 },
    ) +
    foam +
    path('M-10 560Q90 520 190 560T390 560T520 560V760H-10Z', p.shade)
  );
};

/** A forest in snow, one window lit. */
export const snowForest: Motif = (chance, p) => {
  const fir = (x: number, base: number, h: number, fill: string, opacity = 1) =>
    [0, 1, 2]
      .map((i) =>
        polygon(
          [
            [x - h * (0.34 - i * 0.08), base - h * i * 0.26],
            [x, base - h * (0.52 + i * 0.24)],
            [x + h * (0.34 - i * 0.08), base - h * i * 0.26],
          ],
          fill,
          { opacity },
        ),
      )
      .join('');
  let trees = '';
  for (let i = 0; i < 9; i++)
    trees += fir(i * 62 + chance.between(-16, 16), 440, chance.between(120, 190), p.accent, 0.6);
  for (let i = 0; i < 6; i++)
    trees += fir(
      chance.pick([0, 60, 120, 400, 450, 500]) + chance.between(-20, 20),
      510,
      chance.between(200, 290),
      p.shade,
    );
  let snow = '';
  for (let i = 0; i < 90; i++)
    snow += circle(chance.between(0, WIDTH), chance.between(0, 560), chance.between(1, 3.6), p.ink, {
      opacity: chance.between(0.4, 0.95),
    });
  return (
    circle(chance.between(180, 320), 150, 66, p.glow, { opacity: 0.9 }) +
    trees +
    path('M-10 520Q120 470 250 500T510 490V760H-10Z', p.ink, { opacity: 0.9 }) +
    rect(214, 446, 76, 56, p.shade) +
    polygon(
      [
        [202, 448],
        [252, 402],
        [302, 448],
      ],
      p.shade,
    ) +
    rect(240, 464, 22, 24, p.glow) +
    snow
  );
};

/** A bridge and the towers behind it. */
export const bridgeCity: Motif = (chance, p) => {
  let towers = '';
  for (let x = 120; x < 520; ) {
    const [w, h] = [chance.between(26, 54), chance.between(90, 300)];
    towers += rect(x, 470 - h, w, h, p.accent, { opacity: 0.7 });
    if (chance.next() < 0.35)
      towers += line(`M${n(x + w / 2)} ${n(470 - h)}v-40`, p.accent, 3, { opacity: 0.7 });
    x += w + 2;
  }
  const pier = (x: number, w: number, top: number) =>
    rect(x - w, top, 2 * w, 500 - top, p.shade) +
    path(`M${x - w * 0.5} ${top + 60}a${w * 0.5} ${w * 0.8} 0 0 1 ${w} 0v70h${-w}Z`, p.sky, { opacity: 0.6 });
  let cables = '';
  for (let i = 0; i <= 16; i++) {
    const x = 110 + i * 25;
    const t = (x - 110) / 400;
    cables += line(`M${x} ${n(180 + 560 * t * (1 - t) * 1.6)}V470`, p.shade, 1.8);
  }
  return (
    circle(chance.between(300, 400), 170, chance.between(56, 80), p.glow) +
    towers +
    line('M110 180Q310 640 510 180M110 180Q40 330 -60 440', p.shade, 7) +
    cables +
    pier(110, 30, 150) +
    rect(-10, 470, 520, 22, p.shade) +
    rect(0, 492, WIDTH, 260, p.shade, { opacity: 0.5 }) +
    [0, 1, 2, 3, 4, 5]
      .map((i) =>
        rect(chance.between(40, 340), 506 + i * 15, chance.between(60, 150), 4, p.glow, {
          rx: 2,
          opacity: 0.5,
        }),
      )
      .join('')
  );
};

/** Palms before a striped sun. */
export const palms: Motif = (chance, p) => {
  const cx = chance.between(220, 280);
  let stripes = '';
  for (let i = 0; i < 7; i++) stripes += rect(cx - 160, 272 + i * 26, 320, 4 + i * 2.4, p.ground);
  const palm = (x: number, base: number, h: number, lean: number) => {
    const [tx, ty] = [x + lean, base - h];
    let leaves = '';
    for (let i = 0; i < 8; i++) {
      const a = -Math.PI + (i * Math.PI) / 7 + chance.between(-0.12, 0.12);
      const [lx, ly] = [tx + Math.cos(a) * h * 0.42, ty + Math.sin(a) * h * 0.2 + h * 0.13];
      leaves += path(
        `M${n(tx)} ${n(ty)}Q${n((tx + lx) / 2)} ${n(Math.min(ty, ly) - h * 0.16)} ${n(lx)} ${n(ly)}Q${n((tx + lx) / 2)} ${n(Math.min(ty, ly) - h * 0.02)} ${n(tx)} ${n(ty)}Z`,
        p.shade,
      );
    }
    return (
      line(`M${n(x)} ${n(base)}Q${n(x + lean * 0.2)} ${n(base - h * 0.6)} ${n(tx)} ${n(ty)}`, p.shade, 11) +
      leaves
    );
  };
  return (
    circle(cx, 290, 150, p.glow) +
    stripes +
    rect(0, 440, WIDTH, 310, p.shade, { opacity: 0.45 }) +
    palm(90, 560, chance.between(330, 390), 36) +
    palm(410, 570, chance.between(260, 310), -30) +
    palm(450, 560, chance.between(380, 430), 8)
  );
};

/** A gate in the water before the sun. */
export const torii: Motif = (chance, p) => {
  let water = '';
  for (let i = 0; i < 9; i++)
    water += rect(chance.between(60, 260), 490 + i * 17, chance.between(90, 210), 5, i % 2 ? p.glow : p.ink, {
      rx: 3,
      opacity: 0.5,
    });
  return (
    circle(250, chance.between(230, 260), chance.between(135, 160), p.accent) +
    hills(chance, 430, 30, p.shade) +
    rect(0, 470, WIDTH, 280, p.ground) +
    water +
    path('M74 206Q250 256 426 206L440 246Q250 284 60 246Z', p.shade) +
    rect(110, 300, 280, 24, p.shade) +
    rect(236, 256, 28, 50, p.shade) +
    polygon(
      [
        [142, 262],
        [172, 262],
        [164, 520],
        [134, 520],
      ],
      p.shade,
    ) +
    polygon(
      [
        [328, 262],
        [358, 262],
        [366, 520],
        [336, 520],
      ],
      p.shade,
    )
  );
};

/** Domes and their image in the water. */
export const domes: Motif = (chance, p) => {
  const dome = (x: number, base: number, r: number, fill: string) =>
    path(
      `M${n(x - r)} ${base}C${n(x - r * 1.35)} ${n(base - r * 0.9)} ${n(x - r * 0.4)} ${n(base - r * 1.3)} ${n(x)} ${n(base - r * 1.9)}C${n(x + r * 0.4)} ${n(base - r * 1.3)} ${n(x + r * 1.35)} ${n(base - r * 0.9)} ${n(x + r)} ${base}Z`,
      fill,
    ) + line(`M${n(x)} ${n(base - r * 1.8)}v${n(-r * 0.4)}`, fill, 4);
  const minaret = (x: number, top: number) =>
    rect(x - 9, top, 18, 470 - top, p.ink) +
    dome(x, top, 13, p.accent) +
    rect(x - 14, top + 60, 28, 8, p.accent);
  const palace =
    minaret(60, 230) +
    minaret(440, 230) +
    dome(150, 360, 42, p.ink) +
    dome(350, 360, 42, p.ink) +
    dome(250, 320, 84, p.ink) +
    rect(110, 350, 280, 120, p.ink) +
    path('M214 470V410a36 44 0 0 1 72 0V470Z', p.accent) +
    [150, 330]
      .map((x) => path(`M${x - 10} 470V430a20 26 0 0 1 40 0V470Z`, p.accent, { opacity: 0.7 }))
      .join('');
  return (
    circle(chance.between(120, 380), 150, 70, p.glow) +
    palace +
    `<g opacity="0.28" transform="matrix(1 0 0 -0.45 0 685)">${palace}</g>` +
    rect(0, 470, WIDTH, 8, p.shade)
  );
};

/** Lanterns on strings. */
export const lanterns: Motif = (chance, p) => {
  let out = '';
  for (const [row, base] of [
    [0, 70],
    [1, 190],
    [2, 320],
  ] as const) {
    out += line(`M-10 ${base - 30}Q250 ${base + 50} 510 ${base - 30}`, p.shade, 3);
    for (let i = 0; i < 4; i++) {
      const x = 60 + i * 126 + (row % 2) * 40 + chance.between(-12, 12);
      const y = base - 26 + 38 * (1 - ((x - 250) / 260) ** 2);
      const r = chance.between(30, 40) + row * 4;
      out +=
        line(`M${n(x)} ${n(y)}v16`, p.shade, 3) +
        circle(x, y + 16 + r, r * 1.5, p.glow, { opacity: 0.16 }) +
        `<ellipse cx="${n(x)}" cy="${n(y + 16 + r)}" rx="${n(r)}" ry="${n(r * 0.86)}" fill="${i % 3 ? p.accent : p.glow}"/>` +
        line(
          `M${n(x - r * 0.4)} ${n(y + 16 + r * 0.3)}v${n(r * 1.4)}M${n(x + r * 0.4)} ${n(y + 16 + r * 0.3)}v${n(r * 1.4)}`,
          p.shade,
          2,
          { opacity: 0.4 },
        ) +
        rect(x - r * 0.4, y + 10 + r * 0.15, r * 0.8, 8, p.shade) +
        line(`M${n(x)} ${n(y + 16 + r * 1.86)}v22`, p.glow, 4);
    }
  }
  return out;
};

/** An iron tower over roofs. */
export const ironTower: Motif = (chance, p) => {
  const x = chance.between(220, 280);
  let roofs = '';
  for (let i = 0; i < 7; i++) {
    const rx = i * 80 - 30;
    const top = chance.between(440, 490);
    roofs +=
      polygon(
        [
          [rx, 560],
          [rx, top + 36],
          [rx + 14, top],
          [rx + 70, top],
          [rx + 84, top + 36],
          [rx + 84, 560],
        ],
        p.shade,
      ) +
      rect(rx + 22, top - 22, 12, 26, p.shade) +
      rect(rx + 34, top + 48, 14, 20, p.glow, { opacity: 0.9 });
  }
  return (
    circle(chance.pick([110, 390]), 150, 56, p.glow) +
    path(
      `M${n(x - 4)} 70h8L${n(x + 22)} 290L${n(x + 96)} 500h-46Q${n(x)} 400 ${n(x - 50)} 500h-46L${n(x - 22)} 290Z`,
      p.accent,
    ) +
    rect(x - 30, 284, 60, 12, p.shade) +
    rect(x - 52, 380, 104, 12, p.shade) +
    line(
      `M${n(x - 14)} 270L${n(x + 10)} 180M${n(x + 14)} 270L${n(x - 10)} 180M${n(x - 40)} 372L${n(x + 22)} 300M${n(x + 40)} 372L${n(x - 22)} 300`,
      p.shade,
      3,
      { opacity: 0.6 },
    ) +
    roofs +
    rect(0, 556, WIDTH, 200, p.shade)
  );
};

/** A house on a hill, one window awake. */
export const hauntedHouse: Motif = (chance, p) => {
  const mx = chance.between(150, 350);
  const bats = [0, 1, 2, 3]
    .map(() => {
      const [x, y, s] = [chance.between(60, 440), chance.between(70, 250), chance.between(9, 17)];
      return path(
        `M${n(x)} ${n(y)}q${n(-s)} ${n(-s)} ${n(-2 * s)} 0q${n(s)} ${n(-0.2 * s)} ${n(2 * s)} ${n(s * 0.7)}q${n(s)} ${n(-s * 0.9)} ${n(2 * s)} ${n(-s * 0.7)}q${n(-s)} ${n(-s)} ${n(-2 * s)} 0Z`,
        p.shade,
      );
    })
    .join('');
  return (
    circle(mx, 210, 138, p.glow, { opacity: 0.9 }) +
    circle(mx, 210, 190, p.glow, { opacity: 0.15 }) +
    bats +
    path('M-10 560Q150 420 250 440T510 560V760H-10Z', p.shade) +
    rect(186, 320, 120, 140, p.shade) +
    rect(292, 270, 46, 190, p.shade) +
    polygon(
      [
        [174, 324],
        [246, 244],
        [318, 324],
      ],
      p.shade,
    ) +
    polygon(
      [
        [284, 274],
        [315, 196],
        [346, 274],
      ],
      p.shade,
    ) +
    rect(306, 296, 18, 28, p.glow) +
    rect(214, 352, 20, 26, p.glow, { opacity: 0.25 }) +
    rect(258, 352, 20, 26, p.glow, { opacity: 0.25 }) +
    line('M110 540V430M110 470l-34 -40M110 450l30 -46M120 500l40 -30', p.shade, 8)
  );
};
