/** Items and files of both operations. */
import type { IBinaryData, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { answerText, type Comparison } from '../../lib/golden/compare';
import { recordLine } from '../../lib/golden/file';
import type { GoldenRecord } from '../../lib/golden/types';
import { JSONL_MIME_TYPE, writeBinary } from '../shared/binary';

/** Items of the outputs Questions and Summary. */
export type TwoOutputs = [questions: INodeExecutionData[], summary: INodeExecutionData[]];

/** A recorded answer as an item; messages and settings are in the record file. */
export function recordJson(record: GoldenRecord, reused: boolean): IDataObject {
	const left = new Set(['golden', 'messages', 'tools', 'settings']);
	const shown = Object.entries(record).filter(([name]) => !left.has(name));
	return { ...(Object.fromEntries(shown) as IDataObject), reused };
}

/** A compared question as an item. */
export function comparisonJson(one: Comparison): IDataObject {
	const { a, b, ...measured } = one;
	const { id, question, expected, kept, kept_by, why, ...measures } = measured;
	return {
		id,
		question,
		expected,
		answer_a: textOf(a),
		answer_b: textOf(b),
		kept,
		kept_by,
		why,
		...(measures as unknown as IDataObject),
		latency_ms_a: a?.latency_ms ?? null,
		latency_ms_b: b?.latency_ms ?? null,
		latency_ms_difference: difference(a?.latency_ms, b?.latency_ms),
		total_tokens_a: a?.usage?.total_tokens ?? null,
		total_tokens_b: b?.usage?.total_tokens ?? null,
		estimated_cost_a: a?.estimated_cost?.amount ?? null,
		estimated_cost_b: b?.estimated_cost?.amount ?? null,
		model_a: a?.model ?? null,
		model_b: b?.model ?? null,
	};
}

export async function recordFile(
	ctx: IExecuteFunctions,
	records: readonly GoldenRecord[],
	fileName: string,
): Promise<IBinaryData> {
	return await writeBinary(ctx, lines(records), { fileName, mimeType: JSONL_MIME_TYPE });
}

export async function textFile(
	ctx: IExecuteFunctions,
	text: string,
	file: { fileName: string; mimeType: string },
): Promise<IBinaryData> {
	return await writeBinary(ctx, oneBlock(text), file);
}

/** Letters, digits and hyphens of a name, for a file. */
export function fileNameOf(name: string): string {
	const plain = name
		.slice(0, 80)
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-');
	return plain.replace(/^-/, '').replace(/-$/, '') || 'golden-set';
}

function textOf(record: GoldenRecord | null): string | null {
	return record === null || record.answer === null ? null : answerText(record);
}

function difference(
	before: number | null | undefined,
	after: number | null | undefined,
): number | null {
	return typeof before === 'number' && typeof after === 'number' ? after - before : null;
}

async function* lines(records: readonly GoldenRecord[]): AsyncGenerator<Buffer> {
	for (const record of records) yield Buffer.from(`${recordLine(record)}\n`, 'utf8');
}

async function* oneBlock(text: string): AsyncGenerator<Buffer> {
	yield Buffer.from(text, 'utf8');
}
