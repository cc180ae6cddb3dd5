import type { IExecuteFunctions } from 'n8n-workflow';

import { type HistoryFields, valueAt } from '../../../../lib/openai/chat/history';
import { plainText } from '../../../../lib/openai/chat/json';

/** One question to ask: its parameters are those of `itemIndex`, it answers all of `itemIndexes`. */
export interface Turn {
	itemIndex: number;
	itemIndexes: number[];
	/** Where roles and texts are, when the items themselves are the conversation. */
	historyFields?: HistoryFields;
}

/** One turn an item; with the items as history, one a conversation, in the order in which conversations begin. */
export function readTurns(ctx: IExecuteFunctions): Turn[] {
	const items = ctx.getInputData();
	if (items.length === 0) return [];
	if (ctx.getNodeParameter('historySource', 0) !== 'items') {
		return items.map((_item, itemIndex) => ({ itemIndex, itemIndexes: [itemIndex] }));
	}
	const historyFields: HistoryFields = {
		role: ctx.getNodeParameter('roleField', 0, 'role') as string,
		content: ctx.getNodeParameter('contentField', 0, 'content') as string,
	};
	const conversationField = ctx.getNodeParameter('conversationField', 0, '') as string;
	const conversations = new Map<string, number[]>();
	items.forEach(({ json }, index) => {
		const name = conversationField ? plainText(valueAt(json, conversationField)) : '';
		conversations.set(name, [...(conversations.get(name) ?? []), index]);
	});
	return [...conversations.values()].map((itemIndexes) => ({
		itemIndex: itemIndexes[itemIndexes.length - 1],
		itemIndexes,
		historyFields,
	}));
}
