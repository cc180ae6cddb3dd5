import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ApiError } from '../../../../lib/http/errors';
import { batchesOf } from '../../../../lib/openai/toolbox/batches';
import {
	embed,
	type Embeddings,
	MAX_INPUTS,
	TOKEN_BUDGET,
} from '../../../../lib/openai/toolbox/embed';
import { runItem } from '../../../shared/router';

import { outputItems } from './output';
import { type EmbeddingRequest, readRequest } from './request';

/** Refusals of one text that would take its neighbours with them. */
const ABOUT_AN_INPUT = new Set([400, 413, 422]);

/**
 * Embedding > Create for all items. Neighbours with the same settings share requests, up to the API's limits; each item
 * has its own parameters, errors and outputs all the same.
 */
export async function createEmbeddings(ctx: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const outputs = new Map<number, INodeExecutionData[]>();
	const requests: EmbeddingRequest[] = [];
	for (const itemIndex of ctx.getInputData().keys()) {
		const failed = await runItem(ctx, itemIndex, async () => {
			requests.push(await readRequest(ctx, itemIndex));
			return [];
		});
		outputs.set(itemIndex, failed);
	}
	for (const group of groupsOf(requests)) {
		for (const [itemIndex, items] of await embedGroup(ctx, group)) outputs.set(itemIndex, items);
	}
	return [...outputs.values()].flat();
}

function groupsOf(requests: EmbeddingRequest[]): EmbeddingRequest[][] {
	const alike: EmbeddingRequest[][] = [];
	for (const request of requests) {
		const last = alike.at(-1);
		if (last && last[0].group === request.group) last.push(request);
		else alike.push([request]);
	}
	return alike.flatMap((group) => {
		const { maxInputs = MAX_INPUTS } = group[0].settings;
		return withinOneRequest(group, Math.min(maxInputs, MAX_INPUTS));
	});
}

/** An item that needs several requests has them for itself. */
function withinOneRequest(group: EmbeddingRequest[], maxInputs: number): EmbeddingRequest[][] {
	const share = ({ inputs }: EmbeddingRequest) => {
		const tokens = inputs.reduce((sum, { size }) => sum + size, 0);
		return Math.max(inputs.length / maxInputs, tokens / TOKEN_BUDGET);
	};
	return batchesOf(group, share, { maxInputs, maxSize: 1 });
}

type Outputs = Array<[itemIndex: number, items: INodeExecutionData[]]>;

async function embedGroup(ctx: IExecuteFunctions, group: EmbeddingRequest[]): Promise<Outputs> {
	const [{ connection, settings }] = group;
	const inputs = group.flatMap((request) => request.inputs);
	const outcome = await embed(connection.transport, inputs, settings).then(
		(all) => ({ all }),
		(error: unknown) => ({ error }),
	);
	if ('all' in outcome) return await handOut(ctx, group, outcome.all);
	if (group.length > 1 && isAboutAnInput(outcome.error)) return await oneByOne(ctx, group);
	return await failAll(ctx, group, outcome.error);
}

/** Each item its own vectors. */
async function handOut(ctx: IExecuteFunctions, group: EmbeddingRequest[], all: Embeddings) {
	const outputs: Outputs = [];
	let start = 0;
	for (const request of group) {
		const own = all.embeddings.slice(start, start + request.inputs.length);
		start += own.length;
		const batch = { inputs: all.embeddings.length, tokens: all.tokens, requests: all.requests };
		const items = await runItem(
			ctx,
			request.itemIndex,
			async () => await outputItems(ctx, request, { model: all.model, embeddings: own, batch }),
		);
		outputs.push([request.itemIndex, items]);
	}
	return outputs;
}

/** Finds the item that the server refuses, so that the others go on. */
async function oneByOne(ctx: IExecuteFunctions, group: EmbeddingRequest[]) {
	const outputs: Outputs = [];
	for (const request of group) outputs.push(...(await embedGroup(ctx, [request])));
	return outputs;
}

/** A failure that concerns all of them is every item's. */
async function failAll(ctx: IExecuteFunctions, group: EmbeddingRequest[], error: unknown) {
	const outputs: Outputs = [];
	for (const { itemIndex } of group) {
		const items = await runItem(ctx, itemIndex, async () => await Promise.reject(error as Error));
		outputs.push([itemIndex, items]);
	}
	return outputs;
}

function isAboutAnInput(error: unknown): boolean {
	return error instanceof ApiError && ABOUT_AN_INPUT.has(error.details.status ?? 0);
}
