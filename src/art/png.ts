import sharp from 'sharp';

/** Any drawing as a PNG, for platforms that take no SVG. @param width pixels */
export async function pngOf(svg: string, width: number): Promise<Buffer> {
  // 72 dots an inch are one pixel per SVG unit; drawing at the final size keeps edges sharp.
  const { width: units = width } = await sharp(Buffer.from(svg)).metadata();
  return sharp(Buffer.from(svg), { density: Math.max(1, (72 * width) / units) })
    .resize({ width })
    .png({ compressionLevel: 9 })
    .toBuffer();
}
