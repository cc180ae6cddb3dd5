import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { type Embedding, vectorBytes } from '../../../../lib/openai/toolbox/embed';

import type { EmbeddingRequest } from './request';

interface OwnEmbeddings {
	/** As the server calls itself. */
	model: string;
	/** One for each text of the item. */
	embeddings: Embedding[];
	/** What was sent together with them, and what it cost. */
	batch: { inputs: number; tokens: number | null; requests: number };
}

/** An item for each text, or the API's own answer. */
export async function outputItems(
	ctx: IExecuteFunctions,
	{ itemIndex, inputs }: EmbeddingRequest,
	own: OwnEmbeddings,
): Promise<INodeExecutionData[]> {
	const { includeText = true } = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const outputAs = ctx.getNodeParameter('outputAs', itemIndex) as string;
	const simplify = ctx.getNodeParameter('simplify', itemIndex, true) as boolean;
	if (!simplify && outputAs !== 'binary') return [{ json: raw(own) }];
	const { model, embeddings, batch } = own;
	const items: INodeExecutionData[] = [];
	for (const [index, embedding] of embeddings.entries()) {
		const json: IDataObject = {
			index,
			...(includeText ? { text: inputs[index].text } : {}),
			...(outputAs === 'binary' ? {} : { embedding: embedding.vector }),
			dimensions: embedding.dimensions,
			model,
			batch: { ...batch },
		};
		const binary = outputAs === 'binary' ? await asFile(ctx, itemIndex, index, embedding) : {};
		items.push({ json, ...binary });
	}
	return items;
}

async function asFile(
	ctx: IExecuteFunctions,
	itemIndex: number,
	index: number,
	embedding: Embedding,
): Promise<Pick<INodeExecutionData, 'binary'>> {
	const field = ctx.getNodeParameter('outputField', itemIndex) as string;
	const name = `embedding-${itemIndex + 1}-${index + 1}.f32`;
	const bytes = vectorBytes(embedding);
	const file = await ctx.helpers.prepareBinaryData(bytes, name, 'application/octet-stream');
	return { binary: { [field]: file } };
}

function raw({ model, embeddings, batch }: OwnEmbeddings): IDataObject {
	return {
		object: 'list',
		model,
		data: embeddings.map(({ vector }, index) => ({
			object: 'embedding',
			index,
			embedding: vector,
		})),
		batch: { ...batch },
	};
}
