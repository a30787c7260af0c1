import { fc } from './properties';

/** The places of halves of characters, which cannot stand by themselves. */
const HALVES = { first: 0xd800, last: 0xdfff };

/** Any character at all, as a unit of texts: fast-check's own `binary` takes a second or two to make, in each file anew. */
export const anyCharacter = fc
	.integer({ min: 0, max: 0x10ffff })
	.filter((place) => place < HALVES.first || place > HALVES.last)
	.map((place) => String.fromCodePoint(place));
