import type { IExecuteFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import type { ReadOptions } from '../../lib/dataset/reader';
import type { ByteSource } from '../../lib/dataset/types';
import { localFile } from '../shared/localFile';

const MEBIBYTE = 1024 * 1024;

/** The file or text an item gives to an operation. */
export interface Source {
	/** Can be called again, to read once more from the start. */
	open: () => Promise<ByteSource>;
	/** Undefined for text. */
	fileName?: string;
}

export async function openSource(ctx: IExecuteFunctions, itemIndex: number): Promise<Source> {
	if (ctx.getNodeParameter('inputType', itemIndex) === 'text') {
		const text = String(ctx.getNodeParameter('text', itemIndex) ?? '');
		return { open: async () => [Buffer.from(text, 'utf8')] };
	}
	const field = ctx.getNodeParameter('binaryPropertyName', itemIndex) as string;
	const { open, fileName } = await localFile(ctx, itemIndex, field);
	return { open: async () => await open(), fileName };
}

/** How to read: with the node's limits, stopped by Stop, without holding up n8n. */
export function readOptions(
	ctx: IExecuteFunctions,
	options: { longestLineMb?: unknown } = {},
): ReadOptions {
	const megabytes = Number(options.longestLineMb ?? 0);
	const signal = ctx.getExecutionCancelSignal();
	return {
		...(megabytes > 0 ? { maxLineBytes: megabytes * MEBIBYTE } : {}),
		signal,
		pause: async () => await sleep(0, signal),
	};
}

/** The name of a file with another ending: `a.b.csv` and `.jsonl` give `a.b.jsonl`. */
export function renamed(fileName: string | undefined, ending: string): string {
	const base = (fileName ?? 'dataset').replace(/(\.(jsonl?|csv|tsv|txt|ndjson|gz))+$/i, '');
	return `${base === '' ? 'dataset' : base}${ending}`;
}
