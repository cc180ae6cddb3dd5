import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { JsonlBuilder } from '../../../nodes/JsonlBuilder/JsonlBuilder.node';
import { readBinary, runNode, type RunOptions, type RunResult } from '../harness';

export const chat = (question: string, answer = 'A', system?: string) => ({
	messages: [
		...(system === undefined ? [] : [{ role: 'system', content: system }]),
		{ role: 'user', content: question },
		{ role: 'assistant', content: answer },
	],
});

export const DPO = {
	input: { messages: [{ role: 'user', content: 'Q' }] },
	preferred_output: [{ role: 'assistant', content: 'G' }],
	non_preferred_output: [{ role: 'assistant', content: 'B' }],
};

/** Bytes of a JSONL file with these examples. */
export const jsonl = (...examples: object[]) =>
	examples.map((example) => `${JSON.stringify(example)}\n`).join('');

export const many = (count: number, question = 'Question') =>
	Array.from({ length: count }, (_, index) => chat(`${question} ${index}`, `Answer ${index}`));

export const file = (content: string | Buffer, fileName = 'input.jsonl') => ({
	data: { content, fileName, mimeType: 'application/octet-stream' },
});

const RESOURCES = new Map([
	...['balance', 'deduplicate', 'filter'].map((name) => [name, 'example'] as const),
	...['redact', 'unmask'].map((name) => [name, 'personalData'] as const),
]);

export async function run(
	operation: string,
	parameters: IDataObject,
	setup: Partial<RunOptions> = {},
): Promise<RunResult> {
	return await runNode({
		node: new JsonlBuilder(),
		...setup,
		parameters: { resource: RESOURCES.get(operation) ?? 'dataset', operation, ...parameters },
	});
}

export async function textOf(item: INodeExecutionData, field = 'data'): Promise<string> {
	return (await readBinary(item.binary![field])).toString('utf8');
}

/** Codes of the findings of a report. */
export const codes = (item: INodeExecutionData) =>
	(item.json.findings as IDataObject[]).map(({ code }) => code);
