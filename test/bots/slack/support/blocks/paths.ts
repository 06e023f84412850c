/** A value to be checked, and where it stands. */

/** Something that Slack would not take. */
export interface Fault {
  /** JSON pointer, such as `/blocks/3/text/text`. */
  readonly pointer: string;
  readonly sentence: string;
}

/** Half of a character beyond the first 65,536. */
const HALVES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

type Json = Readonly<Record<string, unknown>>;

/** Looks at one place of a payload and notes what is wrong there. */
export class Spot {
  readonly value: unknown;
  readonly #pointer: string;
  readonly #faults: Fault[];

  constructor(value: unknown, faults: Fault[], pointer = '') {
    this.value = value;
    this.#faults = faults;
    this.#pointer = pointer;
  }

  get object(): Json {
    return typeof this.value === 'object' && this.value !== null ? (this.value as Json) : {};
  }

  get list(): readonly unknown[] {
    return Array.isArray(this.value) ? this.value : [];
  }

  get present(): boolean {
    return this.value !== undefined;
  }

  at(name: string | number): Spot {
    const inside = typeof name === 'number' ? this.list[name] : this.object[name];
    return new Spot(inside, this.#faults, `${this.#pointer}/${name}`);
  }

  each(look: (spot: Spot) => void): void {
    for (let index = 0; index < this.list.length; index += 1) look(this.at(index));
  }

  fault(sentence: string): void {
    this.#faults.push({ pointer: this.#pointer || '/', sentence });
  }

  /** Text of 1 (or `least`) to `most` UTF-16 units without lone surrogates or control characters. */
  text(most: number, least = 1): void {
    const { value } = this;
    if (typeof value !== 'string') {
      this.fault('must be text');
      return;
    }
    if (value.length < least) this.fault(`must have at least ${least} character(s)`);
    if (value.length > most) this.fault(`has ${value.length} characters, more than ${most}`);
    if (HALVES.test(value)) this.fault('holds half a character');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(value)) this.fault('holds a control character');
  }

  /** A list of 1 (or `least`) to `most` entries. */
  size(most: number, least = 1): void {
    if (!Array.isArray(this.value)) {
      this.fault('must be a list');
      return;
    }
    const { length } = this.value;
    if (length < least || length > most) this.fault(`has ${length} entries, not ${least} to ${most}`);
  }

  oneOf(...allowed: readonly unknown[]): void {
    if (!allowed.includes(this.value)) this.fault(`must be one of ${allowed.join(', ')}`);
  }

  /** An address that Slack can fetch or open; HTTP only for this machine, as tests use it. */
  address(most: number): void {
    this.text(most);
    if (!/^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)[:/])\S+$/.test(String(this.value)))
      this.fault('must be an address');
  }

  /** Every name but these is unknown to Slack here, and refused. */
  onlyNames(...names: readonly string[]): void {
    for (const name of Object.keys(this.object))
      if (!names.includes(name)) this.at(name).fault('is unknown here');
  }
}
