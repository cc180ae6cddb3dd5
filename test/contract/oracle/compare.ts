/** The same call made by the official SDK and by lib/openai: what would have been sent is compared. */
import type OpenAI from 'openai';

import type { Transport } from '../../../lib/http/types';
import { openAiDialect } from '../../../lib/openai/dialects/openai';
import { Specification } from '../specification';
import { Recorder } from './recorder';

export const CONTENT = Buffer.from('{"messages":[]}\n{"messages":["é"]}\n');
export const TUNED = 'ft:gpt-4.1-mini-2025-04-14:org:a/b:Ab3dEf7h';
export const file = {
	fileName: 'träining "1".jsonl',
	mimeType: 'application/jsonl',
	bytes: CONTENT.length,
	open: async function* () {
		yield CONTENT.subarray(0, 7);
		yield CONTENT.subarray(7);
	},
};
export const surroundings = { sleep: async () => {}, now: () => 0 };
export const dialect = openAiDialect;
export const grader = {
	type: 'string_check',
	name: 'same',
	input: '{{sample.output_text}}',
	reference: '{{item.answer}}',
	operation: 'eq',
} as const;

export interface Pair {
	sdk: (client: OpenAI) => PromiseLike<unknown>;
	ours: (transport: Transport) => Promise<unknown>;
	/** Answers to the requests of one side; one that fits all when absent. */
	answers?: unknown[];
	requests?: number;
}

/** Runs the same call through the official SDK and through lib/openai and compares what would have been sent. */
export async function compare({ sdk, ours, answers = [], requests = 1 }: Pair): Promise<void> {
	const theirs = new Recorder([...answers]);
	await sdk(theirs.sdk());
	const mine = new Recorder([...answers]);
	await ours(mine.transport());
	expect(mine.requests).toEqual(theirs.requests);
	expect(mine.requests).toHaveLength(requests);
	const specification = Specification.load();
	const misfits = mine.requests.flatMap(({ method, path, body }) =>
		body === undefined
			? []
			: (specification?.requestMisfits(method, path.replace('/v1', ''), body) ?? []),
	);
	expect(misfits).toEqual([]);
}

export async function run(...calls: Array<() => PromiseLike<unknown>>): Promise<void> {
	for (const call of calls) await call();
}
