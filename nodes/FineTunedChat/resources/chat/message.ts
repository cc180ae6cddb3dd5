import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { CanceledError } from '../../../../lib/http/canceled';
import { connectedMemory } from '../../../shared/chat/memory';
import { toNodeError } from '../../../shared/errors';
import { runItem } from '../../../shared/router';

import { answerTurn } from './answerTurn';
import { readOptions } from './readRequest';
import { readTurns, type Turn } from './turns';

interface Batching {
	batchSize?: number;
	delayBetweenBatches?: number;
}

/** Chat > Message a Model. Answers come out in the order of the items, however many are asked at the same time. */
export async function message(ctx: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const turns = readTurns(ctx);
	if (turns.length === 0) return [];
	const { batchSize, delayMs } = await readBatching(ctx, turns[0]);
	const output: INodeExecutionData[] = [];
	for (let start = 0; start < turns.length; start += batchSize) {
		if (start > 0 && delayMs > 0) await pause(ctx, delayMs);
		const batch = turns.slice(start, start + batchSize);
		const answers = await Promise.all(
			batch.map(
				async (turn) => await runItem(ctx, turn.itemIndex, async () => await answerTurn(ctx, turn)),
			),
		);
		output.push(...answers.flat());
	}
	return output;
}

async function pause(ctx: IExecuteFunctions, ms: number): Promise<void> {
	try {
		await sleep(ms, ctx.getExecutionCancelSignal());
	} catch {
		throw toNodeError(ctx.getNode(), new CanceledError());
	}
}

/** One at a time unless asked otherwise; always with a memory, whose turns must not overtake each other. */
async function readBatching(ctx: IExecuteFunctions, { itemIndex }: Turn) {
	const { batching = {} } = readOptions(ctx, itemIndex) as { batching?: Batching };
	const wanted = Math.floor(Number(batching.batchSize ?? 1));
	const single = !(wanted > 1) || (await connectedMemory(ctx, itemIndex)) !== undefined;
	return {
		batchSize: single ? 1 : Math.min(wanted, 100),
		delayMs: Number(batching.delayBetweenBatches ?? 0) || 0,
	};
}
