import { ApiError } from '../../../../lib/http/errors';
import type { ApiRequest, ApiResponse, Transport } from '../../../../lib/http/types';
import type { Poster } from '../../../../lib/slack/answer/post';

export interface FakeMessage {
	ts: string;
	text: string;
	user?: string;
	bot_id?: string;
	streaming?: boolean;
	blocks?: unknown[];
	metadata?: unknown;
	thread_ts?: string;
	[field: string]: unknown;
}

type Args = Record<string, unknown> & { ts: string; markdown_text?: string };
/** Slack's word for a refusal, or what the network does before (`lost`) or after (`unheard`) Slack has acted. */
export type Fault = string | { network: 'lost' | 'unheard' } | { wait: number };

/** As much of Slack as a thread needs, with faults to order. */
export class FakeSlack {
	readonly calls: Array<{ method: string; args: Args }> = [];
	readonly messages: FakeMessage[] = [];
	readonly sleeps: number[] = [];
	now = 1_700_000_000_000;
	private readonly faults = new Map<string, Array<Fault | undefined>>();

	/** What the next calls of a method meet, in order. */
	fail(method: string, ...faults: Array<Fault | undefined>): void {
		this.faults.set(method, [...(this.faults.get(method) ?? []), ...faults]);
	}

	of(method: string): Args[] {
		return this.calls.filter((call) => call.method === method).map(({ args }) => args);
	}

	texts(): string[] {
		return this.messages.map(({ text }) => text);
	}

	readonly transport: Transport = async <T>(request: ApiRequest): Promise<ApiResponse<T>> => {
		const method = request.path.slice(1);
		const args = (request.body ?? request.query ?? {}) as Args;
		this.calls.push({ method, args });
		const fault = this.faults.get(method)?.shift();
		if (typeof fault === 'string') return this.answer<T>({ ok: false, error: fault });
		if (fault && 'wait' in fault) {
			throw new ApiError('ratelimited', {
				status: 429,
				code: 'ratelimited',
				retryAfterMs: fault.wait,
			});
		}
		if (fault?.network === 'lost') throw broken(request);
		const answer = this.act(method, args);
		if (fault?.network === 'unheard') throw broken(request);
		return this.answer<T>(answer);
	};

	readonly poster: Poster = {
		transport: this.transport,
		surroundings: {
			now: () => this.now,
			sleep: async (ms) => {
				this.sleeps.push(ms);
				this.now += ms;
			},
		},
	};

	private answer<T>(data: unknown): ApiResponse<T> {
		return { status: 200, headers: {}, data: data as T };
	}

	private act(method: string, args: Args): object {
		const message = this.messages.find(({ ts }) => ts === args.ts);
		switch (method) {
			case 'auth.test':
				return { ok: true, user_id: 'UBOT', bot_id: 'BBOT', team_id: 'T1' };
			case 'conversations.replies':
			case 'conversations.history':
				return { ok: true, messages: this.messages, response_metadata: { next_cursor: '' } };
			case 'chat.postMessage':
			case 'chat.startStream':
				return this.add(args, method === 'chat.startStream');
			case 'chat.appendStream':
			case 'chat.stopStream':
				if (!message) return { ok: false, error: 'message_not_found' };
				if (!message.streaming) return { ok: false, error: 'message_not_in_streaming_state' };
				message.text += args.markdown_text ?? '';
				if (method === 'chat.stopStream') Object.assign(message, end(args), { streaming: false });
				return { ok: true, ts: message.ts };
			case 'chat.update':
				if (message?.streaming) return { ok: false, error: 'streaming_state_conflict' };
				Object.assign(message ?? {}, { text: shownIn(args) }, end(args));
				return { ok: true };
			default:
				return { ok: true };
		}
	}

	private add(args: Args, streaming: boolean): object {
		const ts = `${Math.floor(this.now / 1000)}.${String(this.messages.length).padStart(6, '0')}`;
		const { thread_ts } = args as { thread_ts?: string };
		this.messages.push({
			ts,
			text: shownIn(args),
			user: 'UBOT',
			bot_id: 'BBOT',
			thread_ts,
			streaming,
			...end(args),
		});
		return { ok: true, ts };
	}
}

function end({ blocks, metadata }: Args): object {
	return { ...(blocks ? { blocks } : {}), ...(metadata ? { metadata } : {}) };
}

function shownIn({ markdown_text: markdown, blocks }: Args): string {
	const [first] = (blocks ?? []) as Array<{ type: string; text?: string }>;
	return markdown ?? (first?.type === 'markdown' ? (first.text ?? '') : '');
}

function broken({ path, method }: ApiRequest): ApiError {
	return new ApiError('socket hang up', {
		networkCode: 'ECONNRESET',
		ambiguous: method !== 'GET',
		path,
		method,
	});
}
