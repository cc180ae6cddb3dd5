import type { Faults } from '../../server/faults';
import type { SampleTicket } from '../samples/types';
import type { RateLimits } from './limits';
import type { OAuth } from './oauth';
import { notFound } from './refusal';

/** All that the stand-in knows. */
export interface ZendeskState {
	/** May be changed from outside between requests. */
	tickets: SampleTicket[];
	/** Milliseconds since the epoch. */
	now: () => number;
	/** Upper end of every page. */
	pageSize?: number;
	/** Origin, known once it listens. */
	url: string;
	faults: Faults;
	limits: RateLimits;
	oauth: OAuth;
	requests: number;
	/** `GET /api/v2/…`, in the order of their coming. */
	log: string[];
}

export function requireTicket({ tickets }: ZendeskState, id: string): SampleTicket {
	const sample = tickets.find(({ number }) => String(number) === id.replace(/\.json$/, ''));
	if (!sample) throw notFound();
	return sample;
}
