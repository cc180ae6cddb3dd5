import { DESK } from './desk';
import { numbered } from './draft';
import { DUPLICATES } from './duplicates';
import { EMAIL } from './email';
import { LANGUAGES } from './languages';
import { LATE } from './late';
import { NASTY } from './nasty';
import { PEOPLE_DESK } from './peopleDesk';
import { THREADS } from './threads';
import type { SampleTicket } from './types';
import { UNANSWERED } from './unanswered';

export { ARTICLES } from './articles';
export { PEOPLE } from './people';
export type * from './types';

/** By time of creation. A test that needs a certain one finds it by its traits. */
export const TICKETS: SampleTicket[] = numbered([
	...NASTY,
	...DUPLICATES,
	...UNANSWERED,
	...LANGUAGES,
	...THREADS,
	...DESK,
	...EMAIL,
	...PEOPLE_DESK,
	...LATE,
]);
