import { type Fault, Faults } from '../../server/faults';
import { TICKETS } from '../samples';
import type { SampleTicket } from '../samples/types';
import { listen } from '../standIn';
import { buildHttp } from './http';
import { type Limits, RateLimits, STANDARD_LIMITS } from './limits';
import { DEMO, OAuth } from './oauth';
import type { ZendeskState } from './state';

export { DEMO as ZENDESK_DEMO };

export interface ZendeskSandboxOptions {
	/** 0 (standard) picks a free one. */
	port?: number;
	/** All samples by default. The array may be changed while it runs. */
	tickets?: SampleTicket[];
	/** Milliseconds since the epoch. */
	now?: () => number;
	/** Upper end of every page, to see paging with few tickets. */
	pageSize?: number;
	/** Requests a minute. */
	limits?: Partial<Limits>;
}

export interface ZendeskSandbox {
	/** `http://127.0.0.1:<port>`, which takes the place of `https://acme.zendesk.com`. */
	url: string;
	close(): Promise<void>;
	/** Makes the next matching requests go wrong. */
	addFault(fault: Fault): void;
	/** `GET /api/v2/…` of every request so far. */
	log: string[];
	/** A token as a connected credential holds it. */
	issueToken(): { access_token: string; refresh_token: string; token_type: string };
	/** All access tokens come to their end. */
	expireTokens(): void;
}

/** Starts a stand-in for Zendesk Support on this machine. */
export async function startZendeskSandbox(
	options: ZendeskSandboxOptions = {},
): Promise<ZendeskSandbox> {
	const { port = 0, tickets = TICKETS, now = () => Date.now(), pageSize, limits } = options;
	const oauth = new OAuth(now);
	const faults = new Faults();
	const state: ZendeskState = {
		tickets,
		now,
		pageSize,
		url: '',
		faults,
		limits: new RateLimits({ ...STANDARD_LIMITS, ...limits }, now),
		oauth,
		requests: 0,
		log: [],
	};
	const app = buildHttp(state);
	state.url = await listen(app, port);
	return {
		url: state.url,
		close: async () => await app.close(),
		addFault: (fault) => faults.add(fault),
		log: state.log,
		issueToken: () => oauth.issue({}, true) as never,
		expireTokens: () => oauth.expireAll(),
	};
}
