/** What to tell a user about a refusal. */
export interface Explanation {
	/** What happened. */
	message: string;
	/** What to do now. */
	description: string;
	/** In n8n's terms, where the reason is one that n8n knows. */
	cause?:
		| 'rate-limited'
		| 'quota-exhausted'
		| 'temporarily-unavailable'
		| 'credential-invalid'
		| 'configuration-invalid';
}

/** What a server said when it said no, or why it could not be asked; holds no credential. */
export class ApiError extends Error {
	override readonly name = 'ApiError';

	constructor(
		message: string,
		readonly details: {
			/** HTTP status; absent when no answer came. */
			status?: number;
			/** The body's `error.code`, e.g. `insufficient_quota`. */
			code?: string;
			type?: string;
			param?: string;
			requestId?: string;
			/** The body as text, cut to a few kB. */
			body?: string;
			retryAfterMs?: number;
			/** The server's own word (`x-should-retry`) on whether another try may help. */
			shouldRetry?: boolean;
			/** `ECONNRESET`, `ETIMEDOUT`, … when no answer came. */
			networkCode?: string;
			/** Whether the server may have acted on the request although no success was seen. */
			ambiguous?: boolean;
			method?: string;
			/** Of the request, relative to `baseUrl`. */
			path?: string;
			baseUrl?: string;
			cause?: unknown;
			/** In the words of the service's own module, in place of the general ones. */
			explanation?: Explanation;
		},
	) {
		super(message);
	}
}
