import type { IExecuteFunctions } from 'n8n-workflow';
import type {
	ChatCompletionContentPartImage,
	ChatCompletionMessageParam,
	ChatCompletionTool,
} from 'openai/resources/chat/completions';

import { buildConversation, readToolResults } from '../../../../lib/openai/chat/conversation';
import { readHistory } from '../../../../lib/openai/chat/history';
import {
	checkImagesTotal,
	type ImageDetail,
	imageFromBytes,
	imageFromUrl,
	splitList,
} from '../../../../lib/openai/chat/images';
import type { ChatRequest, ResponseFormat } from '../../../../lib/openai/chat/request';
import {
	toolChoice,
	type ToolRow,
	toolsFromJson,
	toolsFromRows,
} from '../../../../lib/openai/chat/tools';
import { SettingError } from '../../../../lib/openai/settingError';
import type { AskOptions } from '../../../shared/chat/askOptions';
import { textParameter } from '../../../shared/parameters';

import type { Turn } from './turns';

/** The Options collection. */
export interface MessageOptions extends AskOptions {
	enableStreaming?: boolean;
	imageBinaryFields?: unknown;
	imageDetail?: ImageDetail;
	imageUrls?: unknown;
	maxHistoryMessages?: number;
	returnConversation?: boolean;
	toolChoice?: unknown;
	toolChoiceFunction?: unknown;
	toolResults?: unknown;
}

export function readOptions(ctx: IExecuteFunctions, itemIndex: number): MessageOptions {
	return ctx.getNodeParameter('options', itemIndex, {}) as unknown as MessageOptions;
}

/** The request of one turn, but for the model. */
export function readRequest(
	ctx: IExecuteFunctions,
	itemIndex: number,
	options: MessageOptions,
	messages: ChatCompletionMessageParam[],
): Omit<ChatRequest, 'model'> {
	const tools = readTools(ctx, itemIndex);
	return {
		messages,
		responseFormat: readResponseFormat(ctx, itemIndex),
		tools,
		toolChoice: toolChoice(options.toolChoice, options.toolChoiceFunction, tools),
		options: { ...options, metadata: options.metadata?.values },
		extraBody: options.extraBody,
	};
}

/** What the user says in this turn; an expression that finds nothing says nothing. */
export function readUserMessage(ctx: IExecuteFunctions, itemIndex: number): string {
	return textParameter(ctx, 'userMessage', itemIndex);
}

/** All messages of one turn, in order. */
export async function readConversation(
	ctx: IExecuteFunctions,
	turn: Turn,
	options: MessageOptions,
	remembered: ChatCompletionMessageParam[],
): Promise<ChatCompletionMessageParam[]> {
	return buildConversation({
		system: textParameter(ctx, 'systemMessage', turn.itemIndex),
		systemRole: options.systemMessageRole,
		remembered,
		history: historyOf(ctx, turn),
		maxHistoryMessages: options.maxHistoryMessages,
		toolResults: readToolResults(options.toolResults),
		user: readUserMessage(ctx, turn.itemIndex),
		images: await readImages(ctx, turn.itemIndex, options),
	});
}

function historyOf(ctx: IExecuteFunctions, turn: Turn): ChatCompletionMessageParam[] {
	if (turn.historyFields) {
		const items = ctx.getInputData();
		const entries = turn.itemIndexes.map((index) => items[index].json);
		return readHistory(entries, turn.historyFields);
	}
	if (ctx.getNodeParameter('historySource', turn.itemIndex) !== 'field') return [];
	return readHistory(ctx.getNodeParameter('history', turn.itemIndex, ''));
}

function readResponseFormat(ctx: IExecuteFunctions, itemIndex: number): ResponseFormat {
	const type = ctx.getNodeParameter('responseFormat', itemIndex) as ResponseFormat['type'];
	if (type !== 'json_schema') return { type };
	return {
		type,
		name: ctx.getNodeParameter('schemaName', itemIndex) as string,
		schema: ctx.getNodeParameter('jsonSchema', itemIndex),
		strict: ctx.getNodeParameter('schemaStrict', itemIndex) as boolean,
	};
}

function readTools(ctx: IExecuteFunctions, itemIndex: number): ChatCompletionTool[] {
	const source = ctx.getNodeParameter('toolsInput', itemIndex);
	if (source === 'json') return toolsFromJson(ctx.getNodeParameter('toolsJson', itemIndex));
	if (source !== 'fields') return [];
	const { values = [] } = ctx.getNodeParameter('tools', itemIndex, {}) as { values?: ToolRow[] };
	return toolsFromRows(values);
}

async function readImages(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ imageBinaryFields, imageUrls, imageDetail }: MessageOptions,
): Promise<ChatCompletionContentPartImage[]> {
	const sizes: number[] = [];
	const images: ChatCompletionContentPartImage[] = [];
	for (const field of splitList(imageBinaryFields)) {
		const bytes = await imageBytes(ctx, itemIndex, field);
		sizes.push(bytes.length);
		checkImagesTotal(sizes);
		images.push(imageFromBytes(bytes, field, imageDetail));
	}
	return [...images, ...splitList(imageUrls).map((url) => imageFromUrl(url, imageDetail))];
}

async function imageBytes(
	ctx: IExecuteFunctions,
	itemIndex: number,
	field: string,
): Promise<Buffer> {
	const binary = ctx.getInputData()[itemIndex].binary ?? {};
	if (!Object.hasOwn(binary, field)) {
		const fields = Object.keys(binary);
		throw new SettingError(
			`The item has no binary field '${field.slice(0, 80)}'`,
			fields.length > 0
				? `Choose among: ${fields.join(', ').slice(0, 300)}`
				: 'The node before has to give the image as binary data.',
			'Image Binary Fields',
		);
	}
	return await ctx.helpers.getBinaryDataBuffer(itemIndex, field);
}
