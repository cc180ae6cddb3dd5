/** The seam between pure API code and whatever sends the bytes (n8n's own HTTP in nodes, fetch in tests). */

export type QueryValue = string | number | boolean | undefined;

/** One part of a multipart/form-data body. A `file` part of unknown content is a stream, never held whole in memory. */
export type FormPart =
	| { name: string; value: string }
	| {
			name: string;
			fileName: string;
			mimeType: string;
			bytes: number;
			/** Called once a try, so that a part can be sent again. */
			content: () => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;
	  };

export interface ApiRequest {
	method: 'GET' | 'POST' | 'DELETE' | 'PUT' | 'PATCH';
	/** Relative to the credential's base URL, e.g. `/fine_tuning/jobs`; ids in it are already URL-encoded. */
	path: string;
	query?: Record<string, QueryValue>;
	/** The path begins at the host of the base URL instead of behind its own path. */
	fromOrigin?: boolean;
	/**
	 * A full address that the server has handed out, e.g. a signed one to upload to; sent without the credential. Only
	 * https, and http where the base URL is http too. `path` still names the call in errors.
	 */
	url?: string;
	/** Beside those of the credential. */
	headers?: Record<string, string>;
	body?: object;
	form?: FormPart[];
	/** The bytes of one file as the whole body. */
	raw?: Omit<Extract<FormPart, { fileName: string }>, 'name' | 'fileName'>;
	/** Further statuses that are an answer, e.g. a redirect whose `location` is wanted; `data` is then empty. */
	accept?: readonly number[];
	/** How the answer's body is handed over; `json` by default. */
	expect?: 'json' | 'buffer' | 'stream';
	/**
	 * `safe` (default for GET and DELETE): 408, 409, 429, 5xx and network faults are tried again.
	 * `rejected`: tried again only where the server certainly did not act (429 without insufficient_quota, refused connection).
	 * `never`: one try; the caller decides.  Default for everything else is `rejected`.
	 */
	retry?: 'safe' | 'rejected' | 'never';
	/** Sends the credential's admin key in place of its API key. */
	admin?: boolean;
	/** Sent even after the execution was canceled: for tidying up. */
	detached?: boolean;
	/** Milliseconds for the whole exchange; the transport's default otherwise. */
	timeout?: number;
}

export interface ApiResponse<T = unknown> {
	status: number;
	headers: Record<string, string>;
	data: T;
	requestId?: string;
}

/** Sends one request, retries as asked, and throws an `ApiError` for everything that is not 2xx. */
export type Transport = <T = unknown>(request: ApiRequest) => Promise<ApiResponse<T>>;

/** What pure code may need from its surroundings; the node supplies it, tests fake it. */
export interface Surroundings {
	/** Resolves after `ms`, rejects when the execution is cancelled. */
	sleep: (ms: number) => Promise<void>;
	/** Milliseconds since the epoch. */
	now: () => number;
	signal?: AbortSignal;
	/** 0..1, for jitter. */
	random?: () => number;
}
