/** Pictures of plain shapes. */
import { circle, line, type Motif, n, path, polygon, rect, ring, WIDTH } from './kit.ts';

/** Comedy: a ball that bounces through confetti. */
export const bounce: Motif = (chance, p) => {
  const colours = [p.accent, p.glow, p.shade, p.ink];
  let confetti = '';
  for (let i = 0; i < 46; i++) {
    const [x, y, s] = [chance.between(0, WIDTH), chance.between(20, 530), chance.between(7, 17)];
    const fill = chance.pick(colours);
    const spin = { transform: `rotate(${chance.whole(0, 180)} ${n(x)} ${n(y)})`, opacity: 0.9 };
    confetti += chance.pick([
      () => circle(x, y, s * 0.5, fill),
      () => rect(x, y, s, s * 0.5, fill, spin),
      () =>
        polygon(
          [
            [x, y - s * 0.6],
            [x + s * 0.6, y + s * 0.5],
            [x - s * 0.6, y + s * 0.5],
          ],
          fill,
          spin,
        ),
      () => ring(x, y, s * 0.5, fill, 3),
    ])();
  }
  const height = chance.between(230, 290);
  const arc = `M-20 500Q70 ${n(500 - height * 1.5)} 165 500Q240 ${n(500 - height)} 300 500`;
  const [bx, by, r] = [chance.between(330, 365), 250, chance.between(88, 108)];
  return (
    confetti +
    line(`${arc}Q320 330 ${n(bx)} ${n(by)}`, p.shade, 5, { 'stroke-dasharray': '2 16' }) +
    circle(bx, by, r, p.accent) +
    path(`M${n(bx - r)} ${n(by)}A${n(r)} ${n(r)} 0 0 0 ${n(bx + r)} ${n(by)}Z`, p.shade, { opacity: 0.22 }) +
    circle(bx - r * 0.32, by - r * 0.2, r * 0.1, p.shade) +
    circle(bx + r * 0.32, by - r * 0.2, r * 0.1, p.shade) +
    line(
      `M${n(bx - r * 0.42)} ${n(by + r * 0.16)}Q${n(bx)} ${n(by + r * 0.68)} ${n(bx + r * 0.42)} ${n(by + r * 0.16)}`,
      p.shade,
      r * 0.09,
    )
  );
};

/** Animation: tiles of quarter circles, like building blocks. */
export const blocks: Motif = (chance, p) => {
  const size = 125;
  const colours = [p.accent, p.glow, p.shade, p.sky, p.ink];
  let out = '';
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 4; column++) {
      const [x, y] = [column * size, row * size];
      const back = chance.pick(colours);
      const front = chance.pick(colours.filter((colour) => colour !== back));
      const quarter = `<g transform="rotate(${chance.whole(0, 3) * 90} ${x + size / 2} ${y + size / 2})">`;
      const shape = chance.pick([
        () =>
          `${quarter}${path(`M${x} ${y}H${x + size}A${size} ${size} 0 0 1 ${x} ${y + size}Z`, front)}</g>`,
        () => circle(x + size / 2, y + size / 2, size * 0.38, front),
        () =>
          `${quarter}${path(`M${x} ${y + size / 2}A${size / 2} ${size / 2} 0 0 1 ${x + size} ${y + size / 2}Z`, front)}</g>`,
        () =>
          `${quarter}${polygon(
            [
              [x, y],
              [x + size, y + size],
              [x, y + size],
            ],
            front,
          )}</g>`,
      ])();
      out += rect(x, y, size + 0.5, size + 0.5, back) + shape;
    }
  }
  const [ex, ey] = [chance.whole(0, 2) * size + size, chance.whole(1, 2) * size];
  return (
    out +
    [-26, 26]
      .map((dx) => circle(ex + dx, ey, 22, '#fff') + circle(ex + dx + 5, ey + 3, 10, '#161616'))
      .join('')
  );
};

/** Action: everything runs away from one point. */
export const burst: Motif = (chance, p) => {
  const [cx, cy] = [chance.between(150, 350), chance.between(250, 330)];
  let rays = '';
  for (let a = 0; a < 360; ) {
    const w = chance.between(4, 13);
    const at = (deg: number): [number, number] => [
      cx + Math.cos((deg * Math.PI) / 180) * 900,
      cy + Math.sin((deg * Math.PI) / 180) * 900,
    ];
    rays += polygon([[cx, cy], at(a), at(a + w)], chance.pick([p.accent, p.glow, p.accent]), {
      opacity: chance.between(0.45, 1),
    });
    a += w + chance.between(4, 13);
  }
  const spikes = Array.from({ length: 26 }, (_, i): [number, number] => {
    const r = i % 2 ? chance.between(58, 78) : chance.between(112, 168);
    return [cx + Math.cos((i * Math.PI) / 13) * r, cy + Math.sin((i * Math.PI) / 13) * r];
  });
  return (
    rays +
    polygon(spikes, p.ink) +
    circle(cx, cy, 44, p.glow) +
    line(`M${n(cx - 7)} ${n(cy + 3)}L-40 ${n(cy + 330)}`, p.shade, 17) +
    polygon(
      [
        [cx - 34, cy + 8],
        [cx + 30, cy - 46],
        [cx + 14, cy + 34],
      ],
      p.shade,
    )
  );
};

/** TV movie: the test card after the last programme. */
export const testCard: Motif = (chance, p) => {
  const bars = [p.ink, p.glow, p.accent, p.shade, p.sky, p.glow, p.accent];
  const shift = chance.whole(0, 6);
  let out = rect(44, 120, 412, 320, p.shade, { rx: 46 });
  out +=
    '<clipPath id="t"><rect x="64" y="140" width="372" height="280" rx="34"/></clipPath><g clip-path="url(#t)">';
  for (let i = 0; i < 7; i++) out += rect(64 + i * 53.2, 140, 54, 205, bars[(i + shift) % 7]!);
  for (let i = 0; i < 7; i++)
    out += rect(64 + i * 53.2, 345, 54, 75, bars[(i + shift + 3) % 7]!, { opacity: 0.6 });
  out += `</g>${circle(250, 280, 78, p.shade)}${ring(250, 280, 66, p.ink, 3)}${line('M184 280H316M250 214V346', p.ink, 3)}`;
  return (
    out +
    line('M200 118L150 44M300 118L362 36', p.shade, 7) +
    circle(150, 42, 9, p.accent) +
    circle(362, 34, 9, p.accent)
  );
};

/** Without a genre: a beam of light from a projector. */
export const projector: Motif = (chance, p) => {
  const y = chance.between(150, 230);
  let dust = '';
  for (let i = 0; i < 60; i++) {
    const x = chance.between(120, 500);
    dust += circle(x, y + (x - 70) * chance.between(-0.25, 0.62), chance.between(0.8, 2.8), p.ink, {
      opacity: 0.6,
    });
  }
  return (
    polygon(
      [
        [70, y],
        [520, y - 150],
        [520, y + 300],
      ],
      p.glow,
      { opacity: 0.38 },
    ) +
    polygon(
      [
        [70, y],
        [520, y - 60],
        [520, y + 190],
      ],
      p.glow,
      { opacity: 0.45 },
    ) +
    dust +
    circle(64, y, 40, p.shade) +
    circle(64, y, 21, p.glow) +
    ring(64, y, 30, p.accent, 4)
  );
};
