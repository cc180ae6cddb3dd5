import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type CompletedRequest, generateCACertificate, getLocal } from 'mockttp';

import { freePort } from '../../sandbox/n8n/ports';
import type { SampleArticle } from '../../sandbox/tickets/samples';

// ES modules, which Jest cannot require, for parts of the proxy that are not used here: ports of its choice, remote control.
jest.mock('get-port', () => ({}));
jest.mock('milliparsec', () => ({}));

const HOST = 'api.notion.com';
const API_VERSION = '2026-03-11';

/** The pages that Notion would not call current, and why. */
export interface NotionPage extends SampleArticle {
	inTrash?: boolean;
	status?: 'Published' | 'Draft' | 'In progress';
}

export interface SeenRequest {
	method: string;
	path: string;
	authorization: string;
	version: string;
	body?: { start_cursor?: string; page_size?: number; filter?: object };
}

export interface NotionStandIn {
	/** For n8n: it then reaches api.notion.com here, and no other host at all. */
	env: Record<string, string>;
	secret: string;
	/** Requests for api.notion.com, oldest first. */
	requests: SeenRequest[];
	/** Requests for any other host; each got a 502. */
	strays: string[];
	/** The next request whose path ends so is refused with 429. */
	limitOnce(pathEnd: string, retryAfterSeconds: number): void;
	close(): Promise<void>;
}

/**
 * Notion's API behind a proxy that reads HTTPS, for the two calls that a knowledge base needs. Lists come in small pages.
 * https://developers.notion.com/reference/post-search
 * https://developers.notion.com/reference/retrieve-page-markdown
 */
export async function startNotionStandIn(
	pages: NotionPage[],
	{ pageSize = 5 } = {},
): Promise<NotionStandIn> {
	const ca = await generateCACertificate();
	const folder = mkdtempSync(join(tmpdir(), 'notion-stand-in-'));
	const caFile = join(folder, 'ca.pem');
	writeFileSync(caFile, ca.cert);
	const proxy = getLocal({ https: ca, recordTraffic: false });
	await proxy.start(await freePort());

	const secret = 'ntn_sandbox_of_alderbrook';
	const requests: SeenRequest[] = [];
	const strays: string[] = [];
	const limits: Array<{ pathEnd: string; retryAfterSeconds: number }> = [];

	await proxy.forAnyRequest().thenCallback(async (request) => {
		const { hostname, pathname } = new URL(request.url);
		if (hostname !== HOST) {
			strays.push(`${request.method} ${request.url}`);
			return { statusCode: 502, body: 'Nothing but api.notion.com is here.' };
		}
		const seen = await seenOf(request);
		requests.push(seen);
		// n8n puts a blank behind the secret, which HTTP drops.
		if (seen.authorization.trim() !== `Bearer ${secret}`) {
			return refusal(401, 'unauthorized', 'API token is invalid.');
		}
		if (seen.version !== API_VERSION) {
			return refusal(400, 'missing_version', `Notion-Version should be ${API_VERSION}.`);
		}
		const limit = limits.findIndex(({ pathEnd }) => pathname.endsWith(pathEnd));
		if (limit >= 0) {
			const [{ retryAfterSeconds }] = limits.splice(limit, 1);
			return refusal(429, 'rate_limited', 'You have been rate limited. Please try again.', {
				'retry-after': String(retryAfterSeconds),
			});
		}
		return answer(pages, seen, pageSize);
	});

	const address = `http://127.0.0.1:${proxy.port}`;
	return {
		env: {
			HTTPS_PROXY: address,
			HTTP_PROXY: address,
			https_proxy: address,
			http_proxy: address,
			NODE_EXTRA_CA_CERTS: caFile,
		},
		...{ secret, requests, strays },
		limitOnce: (pathEnd, retryAfterSeconds) => limits.push({ pathEnd, retryAfterSeconds }),
		async close() {
			await proxy.stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** As Notion would have given it. */
export function notionId(page: SampleArticle): string {
	return `1a2b3c4d-0000-4000-8000-${String(page.number).padStart(12, '0')}`;
}

async function seenOf(request: CompletedRequest): Promise<SeenRequest> {
	return {
		method: request.method,
		path: new URL(request.url).pathname,
		authorization: String(request.headers.authorization),
		version: String(request.headers['notion-version']),
		body: (await request.body.getJson().catch(() => undefined)) as SeenRequest['body'],
	};
}

function answer(pages: NotionPage[], { method, path, body }: SeenRequest, pageSize: number) {
	if (method === 'POST' && path === '/v1/search') return search(pages, body, pageSize);
	const id = /^\/v1\/pages\/([0-9a-f-]{36})\/markdown$/.exec(path)?.[1];
	const page = pages.find((one) => notionId(one) === id);
	if (method !== 'GET' || id === undefined) {
		return refusal(400, 'invalid_request_url', 'Invalid request URL.');
	}
	if (!page) return refusal(404, 'object_not_found', `Could not find page with ID: ${id}.`);
	return {
		statusCode: 200,
		json: {
			object: 'page_markdown',
			id,
			markdown: page.body,
			truncated: false,
			unknown_block_ids: [],
		},
	};
}

function search(pages: NotionPage[], body: SeenRequest['body'], pageSize: number) {
	const start = body?.start_cursor ? Number(atob(body.start_cursor)) : 0;
	const end = start + Math.min(pageSize, body?.page_size ?? 100);
	const hasMore = end < pages.length;
	return {
		statusCode: 200,
		json: {
			object: 'list',
			results: pages.slice(start, end).map(pageObject),
			next_cursor: hasMore ? btoa(String(end)) : null,
			has_more: hasMore,
			type: 'page_or_data_source',
			page_or_data_source: {},
			request_id: 'a1f0c3d2-0000-4000-8000-000000000001',
		},
	};
}

/** https://developers.notion.com/reference/page */
function pageObject(page: NotionPage) {
	const id = notionId(page);
	const by = { object: 'user', id: '9f8e7d6c-0000-4000-8000-000000000001' };
	return {
		object: 'page',
		id,
		created_time: '2025-01-07T09:00:00.000Z',
		last_edited_time: page.updatedAt,
		created_by: by,
		last_edited_by: by,
		cover: null,
		icon: null,
		parent: {
			type: 'data_source_id',
			data_source_id: '5d4c3b2a-0000-4000-8000-000000000001',
			database_id: '5d4c3b2a-0000-4000-8000-000000000002',
		},
		in_trash: page.inTrash ?? false,
		is_locked: false,
		properties: {
			Category: { id: 'c%3Bt', type: 'select', select: option(page.category) },
			Status: { id: 's%3At', type: 'status', status: option(page.status ?? 'Published') },
			Tags: { id: 't%3Dg', type: 'multi_select', multi_select: [option(page.category)] },
			Page: { id: 'title', type: 'title', title: [richText(page.title)] },
		},
		url: `https://www.notion.so/${id.replaceAll('-', '')}`,
		public_url: null,
	};
}

function option(name: string) {
	return { id: '3e2d1c0b-0000-4000-8000-000000000001', name, color: 'default' };
}

function richText(content: string) {
	return {
		type: 'text',
		text: { content, link: null },
		annotations: {
			bold: false,
			italic: false,
			strikethrough: false,
			underline: false,
			code: false,
			color: 'default',
		},
		plain_text: content,
		href: null,
	};
}

function refusal(
	status: number,
	code: string,
	message: string,
	headers: Record<string, string> = {},
) {
	return {
		statusCode: status,
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify({ object: 'error', status, code, message }),
	};
}
