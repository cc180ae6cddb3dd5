import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Mapping } from '../../../../lib/dataset/build';
import type { ConversationSettings, ImageSettings } from '../../../../lib/dataset/mapping/types';
import type { GroupOptions } from '../../../../lib/dataset/grouping';
import type { DatasetFormat, JsonValue } from '../../../../lib/dataset/types';
import { SettingError } from '../../../../lib/openai/settingError';

export interface BuildInput {
	mapping: Mapping;
	/** What the examples are; undefined when each one shows it itself. */
	format?: DatasetFormat;
	/** How items are joined to conversations; undefined when each one is an example. */
	grouping?: GroupOptions;
}

/** The node's parameters as a mapping. They are read once, for all items. */
export function readInput(ctx: IExecuteFunctions, options: IDataObject): BuildInput {
	const inputFormat = ctx.getNodeParameter('inputFormat', 0) as Mapping['kind'];
	const field = (name: string): string => {
		const value = String(ctx.getNodeParameter(name, 0) ?? '').trim();
		if (value === '') throw missingField(name);
		return value;
	};
	const grouping = readGrouping(options, inputFormat, field);
	switch (inputFormat) {
		case 'questionAnswer':
			return {
				mapping: {
					kind: inputFormat,
					questionField: field('questionField'),
					answerField: field('answerField'),
					weightField: text(options.weightField),
					...conversation(ctx, options),
					...images(options),
				},
				format: 'chat',
				grouping,
			};
		case 'messages':
			return {
				mapping: {
					kind: inputFormat,
					messagesField: field('messagesField'),
					...conversation(ctx, options),
				},
				format: 'chat',
				grouping,
			};
		case 'turns':
			return {
				mapping: {
					kind: inputFormat,
					roleField: field('roleField'),
					contentField: field('contentField'),
					weightField: text(options.weightField),
					...conversation(ctx, options),
					...images(options),
				},
				format: 'chat',
				grouping,
			};
		case 'promptCompletion':
			return {
				mapping: {
					kind: inputFormat,
					promptField: field('promptField'),
					completionField: field('completionField'),
				},
				format: 'completion',
			};
		case 'dpo':
			return {
				mapping: {
					kind: inputFormat,
					questionField: field('questionField'),
					preferredField: field('preferredField'),
					nonPreferredField: field('nonPreferredField'),
					...conversation(ctx, options),
				},
				format: 'dpo',
			};
		case 'rft':
			return {
				mapping: {
					kind: inputFormat,
					questionField: field('questionField'),
					referenceFields: commaList(field('referenceFields')),
					...conversation(ctx, options),
				},
				format: 'rft',
			};
		case 'json':
			return { mapping: { kind: inputFormat } };
	}
}

function readGrouping(
	options: IDataObject,
	inputFormat: Mapping['kind'],
	field: (name: string) => string,
): GroupOptions | undefined {
	const groupField =
		inputFormat === 'turns' ? field('conversationField') : text(options.groupField);
	const orderField = text(options.orderField);
	return groupField === undefined
		? undefined
		: { groupField, ...(orderField ? { orderField } : {}) };
}

function conversation(ctx: IExecuteFunctions, options: IDataObject): ConversationSettings {
	return {
		systemMessage: String(ctx.getNodeParameter('systemMessage', 0, '') ?? ''),
		systemField: text(options.systemField),
		systemRole: options.systemRole as ConversationSettings['systemRole'],
		tools: readTools(options.tools),
		toolsField: text(options.toolsField),
		parallelToolCalls: options.parallelToolCalls as boolean | undefined,
	};
}

function images(options: IDataObject): ImageSettings {
	const imageDetail = options.imageDetail as ImageSettings['imageDetail'];
	return { imagesField: text(options.imagesField), ...(imageDetail ? { imageDetail } : {}) };
}

function readTools(tools: unknown): JsonValue | undefined {
	if (tools === undefined || tools === null || tools === '') return undefined;
	const value = typeof tools === 'string' ? parseJson(tools) : tools;
	if (Array.isArray(value)) return value as JsonValue;
	throw new SettingError(
		"The option 'Tools' is not a JSON list",
		'Enter the definitions as a list, e.g. [{"type": "function", "function": {"name": "find_order", "parameters": {…}}}].',
		'Tools',
	);
}

function parseJson(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}

function commaList(names: string): string[] {
	return names
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '');
}

function text(value: unknown): string | undefined {
	const trimmed = String(value ?? '').trim();
	return trimmed === '' ? undefined : trimmed;
}

function missingField(name: string): SettingError {
	const words = name.replace(/[A-Z]/g, (letter) => ` ${letter}`);
	const displayName = words[0].toUpperCase() + words.slice(1);
	return new SettingError(
		`'${displayName}' is empty`,
		'Enter the name of a field of the input items.',
		displayName,
	);
}
