import { type ChatPostMessageArguments, type Logger, LogLevel, WebClient } from '@slack/web-api';

import type { ApiRequest, ApiResponse, Transport } from '../../../lib/http/types';
import { answerMetadata, contentOf, footerBlocks } from '../../../lib/slack/answer/message';
import { readThread } from '../../../lib/slack/answer/thread';
import {
	appendStream,
	historyPage,
	postMessage,
	setThreadStatus,
	startStream,
	stopStream,
	testAuth,
	updateMessage,
} from '../../../lib/slack/api/methods';

const BASE = 'https://slack.test/api/';
const SILENT: Logger = {
	debug() {},
	info() {},
	warn() {},
	error() {},
	setLevel() {},
	getLevel: () => LogLevel.ERROR,
	setName() {},
};

/** A call without what Slack does not look at: it takes arguments as a form, as JSON, and reading ones in the address. */
interface Recorded {
	url: string;
	authorization: string | null;
	args: Record<string, string>;
}

class Recorder {
	readonly calls: Recorded[] = [];

	readonly fetch = async (
		input: string | URL | Request,
		init: RequestInit = {},
	): Promise<Response> => {
		const request = new Request(input, init);
		const url = new URL(request.url);
		const text = await request.text();
		const isJson = request.headers.get('content-type')?.includes('json') ?? false;
		const body: Record<string, unknown> = isJson
			? (JSON.parse(text) as Record<string, unknown>)
			: Object.fromEntries(new URLSearchParams(text));
		const given = Object.entries({ ...Object.fromEntries(url.searchParams), ...body });
		this.calls.push({
			url: `${url.origin}${url.pathname}`,
			authorization: request.headers.get('authorization'),
			args: Object.fromEntries(given.map(([name, value]) => [name, asText(value)])),
		});
		return Response.json({ ok: true, ts: '1.000001', messages: [] });
	};

	client(): WebClient {
		return new WebClient('xoxb-1', {
			slackApiUrl: BASE,
			fetch: this.fetch as never,
			logger: SILENT,
		});
	}

	transport(): Transport {
		return async <T>({ method, path, query, body }: ApiRequest): Promise<ApiResponse<T>> => {
			const url = new URL(BASE.replace(/\/$/, '') + path);
			for (const [name, value] of Object.entries(query ?? {})) {
				if (value !== undefined) url.searchParams.set(name, String(value));
			}
			const response = await this.fetch(url, {
				method,
				headers: {
					authorization: 'Bearer xoxb-1',
					...(body ? { 'content-type': 'application/json' } : {}),
				},
				body: body && JSON.stringify(body),
			});
			return { status: 200, headers: {}, data: (await response.json()) as T };
		};
	}
}

function asText(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}

const blocks = footerBlocks({ disclosure: 'By a model', feedbackButtons: true });
const metadata = answerMetadata({ answerId: 'a1', part: 1, question: 'Why?', model: 'ft:x' });
const thread = { channel: 'C1', thread_ts: '1700000000.000100' };
const typedBlocks = blocks as never;
const typedMetadata = metadata as Required<ChatPostMessageArguments>['metadata'] & {
	event_type: string;
	event_payload: Record<string, string>;
};

describe('the same call as the official client of Slack', () => {
	it.each<[string, (client: WebClient) => Promise<unknown>, (ours: Transport) => Promise<unknown>]>(
		[
			['auth.test', async (client) => await client.auth.test(), testAuth],
			[
				'chat.postMessage with Markdown',
				async (client) =>
					await client.chat.postMessage({
						...thread,
						markdown_text: '**x**',
						unfurl_links: false,
						metadata: typedMetadata,
					}),
				async (ours) =>
					await postMessage(ours, {
						...thread,
						...contentOf('**x**'),
						unfurl_links: false,
						metadata,
					}),
			],
			[
				'chat.postMessage with buttons',
				async (client) =>
					await client.chat.postMessage({
						...thread,
						text: 'a &amp; b',
						blocks: [{ type: 'markdown', text: 'a & b' }, ...(typedBlocks as [])],
					}),
				async (ours) => await postMessage(ours, { ...thread, ...contentOf('a & b', blocks) }),
			],
			[
				'chat.update',
				async (client) =>
					await client.chat.update({
						channel: 'C1',
						ts: '1.000001',
						markdown_text: 'x',
						metadata: typedMetadata,
					}),
				async (ours) =>
					await updateMessage(ours, {
						channel: 'C1',
						ts: '1.000001',
						...contentOf('x'),
						metadata,
					}),
			],
			[
				'chat.startStream',
				async (client) =>
					await client.chat.startStream({
						...thread,
						markdown_text: 'Noise ',
						recipient_user_id: 'U1',
						recipient_team_id: 'T1',
					}),
				async (ours) =>
					await startStream(ours, {
						...thread,
						markdown_text: 'Noise ',
						recipient_user_id: 'U1',
						recipient_team_id: 'T1',
					}),
			],
			[
				'chat.appendStream',
				async (client) =>
					await client.chat.appendStream({ channel: 'C1', ts: '1.000001', markdown_text: 'x' }),
				async (ours) =>
					await appendStream(ours, { channel: 'C1', ts: '1.000001', markdown_text: 'x' }),
			],
			[
				'chat.stopStream',
				async (client) =>
					await client.chat.stopStream({
						channel: 'C1',
						ts: '1.000001',
						markdown_text: 'x',
						blocks: typedBlocks,
						metadata: typedMetadata,
					}),
				async (ours) =>
					await stopStream(ours, {
						channel: 'C1',
						ts: '1.000001',
						markdown_text: 'x',
						blocks,
						metadata,
					}),
			],
			[
				'assistant.threads.setStatus',
				async (client) =>
					await client.assistant.threads.setStatus({
						channel_id: 'C1',
						thread_ts: '1.000001',
						status: 'is thinking…',
						loading_messages: ['Reading'],
					}),
				async (ours) =>
					await setThreadStatus(ours, {
						channel_id: 'C1',
						thread_ts: '1.000001',
						status: 'is thinking…',
						loading_messages: ['Reading'],
					}),
			],
			[
				'conversations.replies',
				async (client) =>
					await client.conversations.replies({
						channel: 'C1',
						ts: '1.000001',
						latest: '2.000001',
						limit: 200,
						include_all_metadata: true,
					}),
				async (ours) =>
					await readThread(
						ours,
						{ userId: 'U', botId: 'B' },
						{ channel: 'C1', threadTs: '1.000001', before: '2.000001', limit: 5 },
					),
			],
			[
				'conversations.history',
				async (client) =>
					await client.conversations.history({
						channel: 'C1',
						oldest: '1.000001',
						limit: 5,
						include_all_metadata: true,
					}),
				async (ours) => await historyPage(ours, { channel: 'C1', oldest: '1.000001', limit: 5 }),
			],
		],
	)('%s', async (_name, sdk, ours) => {
		const theirs = new Recorder();
		await sdk(theirs.client());
		const mine = new Recorder();
		await ours(mine.transport());
		expect(mine.calls).toEqual(theirs.calls);
		expect(mine.calls).toHaveLength(1);
	});
});
