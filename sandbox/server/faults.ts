/** What goes wrong with the next matching requests. */
export interface Fault {
	/** `GET`, `POST`, …; any when absent. */
	method?: string;
	/** Regular expression searched in the path with its query, e.g. `^/v1/files`; any when absent. */
	path?: string;
	/** How many requests it meets; 1 when absent. */
	times?: number;
	/** Answers this instead of doing the work. */
	status?: number;
	body?: unknown;
	headers?: Record<string, string>;
	/** A ready-made answer; `status`, `body` and `headers` override its parts. */
	preset?: keyof typeof PRESETS;
	/** Drops the connection before the request is looked at, or after it was carried out but before the answer. */
	reset?: 'before' | 'after';
	/** Waits this long (real time) before anything else. */
	delayMs?: number;
	/** Answers a web page instead of JSON, as a proxy or a wrong address would. */
	html?: boolean;
}

const tooFast = (code: string | null, message: string) => ({
	error: { message, type: code ?? 'requests', param: null, code: code ?? 'rate_limit_exceeded' },
});

/** Refusals that OpenAI words in a way clients have to know. */
export const PRESETS = {
	rate_limit: {
		status: 429,
		headers: { 'retry-after': '1' },
		body: tooFast(null, 'Rate limit reached for requests. Please try again in 1s.'),
	},
	insufficient_quota: {
		status: 429,
		headers: {},
		body: tooFast(
			'insufficient_quota',
			'You exceeded your current quota, please check your plan and billing details.',
		),
	},
	training_not_available: {
		status: 403,
		headers: {},
		body: {
			error: {
				message:
					'OpenAI is winding down the fine-tuning platform and your organization is no longer able to create new fine-tuning training jobs.',
				type: 'invalid_request_error',
				param: null,
				code: 'training_not_available',
			},
		},
	},
	server_error: {
		status: 500,
		headers: {},
		body: {
			error: {
				message: 'The server had an error while processing your request. Sorry about that!',
				type: 'server_error',
				param: null,
				code: null,
			},
		},
	},
	overloaded: {
		status: 503,
		headers: {},
		body: {
			error: {
				message: 'The engine is currently overloaded, please try again later.',
				type: 'server_error',
				param: null,
				code: null,
			},
		},
	},
};

interface Armed {
	fault: Fault;
	pattern: RegExp;
	left: number;
}

/** The faults that wait for their requests, in the order they were asked for. */
export class Faults {
	private armed: Armed[] = [];

	/** @throws TypeError or SyntaxError when a fault cannot be understood */
	add(fault: Fault): void {
		const known = [
			'method',
			'path',
			'times',
			'status',
			'body',
			'headers',
			'preset',
			'reset',
			'delayMs',
			'html',
		];
		const unknown = Object.keys(fault).find((name) => !known.includes(name));
		if (unknown) throw new TypeError(`unknown fault field: ${unknown}`);
		if (fault.preset && !Object.hasOwn(PRESETS, fault.preset)) {
			throw new TypeError(`unknown preset: ${fault.preset}`);
		}
		if (fault.reset && fault.reset !== 'before' && fault.reset !== 'after') {
			throw new TypeError('reset is before or after');
		}
		this.armed.push({ fault, pattern: new RegExp(fault.path ?? ''), left: fault.times ?? 1 });
	}

	/** The fault this request meets, which is thereby used up by one. */
	take(method: string, url: string): Fault | undefined {
		const found = this.armed.find(
			({ fault, pattern, left }) =>
				left > 0 && (!fault.method || fault.method.toUpperCase() === method) && pattern.test(url),
		);
		if (found) found.left -= 1;
		this.armed = this.armed.filter(({ left }) => left > 0);
		return found?.fault;
	}

	/** Faults that still wait, with `times` as what is left. */
	list(): Fault[] {
		return this.armed.map(({ fault, left }) => ({ ...fault, times: left }));
	}

	clear(): void {
		this.armed = [];
	}
}

const PAGE =
	'<!DOCTYPE html><html lang="en"><title>502 Bad Gateway</title><h1>Bad Gateway</h1></html>';

/** The answer of a fault that answers; undefined when it only delays or resets. */
export function faultAnswer(fault: Fault) {
	const preset = fault.preset && PRESETS[fault.preset];
	if (fault.html) {
		const headers = { 'content-type': 'text/html; charset=utf-8', ...fault.headers };
		return { status: fault.status ?? 200, headers, body: (fault.body as string) ?? PAGE };
	}
	const status = fault.status ?? preset?.status;
	if (status === undefined) return undefined;
	const standard = {
		error: { message: 'Fault asked of the sandbox', type: 'server_error', param: null, code: null },
	};
	return {
		status,
		headers: { ...preset?.headers, ...fault.headers } as Record<string, string>,
		body: fault.body ?? preset?.body ?? standard,
	};
}
