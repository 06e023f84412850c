import { hashOf } from '../../shared/hash.ts';

/** A name of ours for an id from outside: short, and fit for a key of the state. */
export const keyPart = (id: string) => (/^[\w.:-]{1,200}$/.test(id) ? id : hashOf(id));
