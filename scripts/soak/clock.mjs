// Loaded into the program under test: adds to its clock whatever stands in the file that SOAK_CLOCK names.
import { readFileSync } from 'node:fs';

const RealDate = Date;
let offset = 0;
setInterval(() => {
  try {
    offset = Number(readFileSync(process.env.SOAK_CLOCK, 'utf8')) || 0;
  } catch {}
}, 200).unref();
globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + offset);
    else super(...args);
  }
  static now() {
    return RealDate.now() + offset;
  }
};
