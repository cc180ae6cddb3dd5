import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import {
	type FieldMap,
	normalizeRecord,
	type Normalized,
	type NormalizerOptions,
} from '../../lib/tickets/normalizer';
import { isAnswered } from '../../lib/tickets/answered';
import { ordered } from '../../lib/tickets/ordered';
import { textOf } from '../../lib/tickets/values';
import { runPerItem } from '../shared/router';
import { textOptions } from '../shared/tickets/parameters';

/** Tickets, and the items that are none or are not wanted, each with the reason. */
export async function runNormalizer(
	ctx: IExecuteFunctions,
): Promise<[tickets: INodeExecutionData[], leftOut: INodeExecutionData[]]> {
	const leftOut: INodeExecutionData[] = [];
	const tickets = await runPerItem(ctx, async (itemIndex) => {
		const { json } = ctx.getInputData()[itemIndex];
		const source = ctx.getNodeParameter('source', itemIndex) as string;
		const normalized = normalizeRecord(source, json, optionsOf(ctx, itemIndex, source));
		const reason = reasonAgainst(ctx, itemIndex, source, normalized);
		if (reason === undefined)
			return [{ json: ordered(normalized.ticket) as unknown as IDataObject }];
		const { id, key, title } = normalized.ticket;
		leftOut.push({ json: { reason, id, key, title, item: json }, pairedItem: { item: itemIndex } });
		return [];
	});
	tell(ctx, tickets.length, leftOut);
	return [tickets, leftOut];
}

function optionsOf(ctx: IExecuteFunctions, itemIndex: number, source: string): NormalizerOptions {
	const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const siteUrl = textOf(options.siteUrl)?.replace(/\/+$/, '');
	return {
		...textOptions(options),
		messagesField: textOf(options.messagesField),
		siteUrl,
		...(source === 'fields' ? { fields: fieldsOf(ctx, itemIndex) } : {}),
	};
}

function fieldsOf(ctx: IExecuteFunctions, itemIndex: number): FieldMap {
	const more = ctx.getNodeParameter('fields', itemIndex, {}) as IDataObject;
	const path = (name: string) => textOf(ctx.getNodeParameter(name, itemIndex, ''));
	const { people, resolvedValues, ...paths } = more;
	const typed = Object.entries(paths).map(([name, value]) => [name, textOf(value)]);
	return {
		...(Object.fromEntries(typed) as FieldMap),
		title: path('titleField'),
		question: path('questionField'),
		answer: path('answerField'),
		people: listOf(people),
		resolvedValues: listOf(resolvedValues),
	};
}

function reasonAgainst(
	ctx: IExecuteFunctions,
	itemIndex: number,
	source: string,
	{ ticket, published, isCut }: Normalized,
): string | undefined {
	const isOn = (name: string) => ctx.getNodeParameter(name, itemIndex, true) as boolean;
	const isPage = ticket.kind === 'article' || source === 'confluence' || source === 'notion';
	if (published === false && isOn('onlyPublished')) return 'not_published';
	if (!isPage && !ticket.resolved && isOn('onlyResolved')) return 'not_resolved';
	if (isCut) return 'text_cut';
	if (ticket.question === '') return 'no_question';
	if (!isAnswered(ticket) && isOn('onlyAnswered')) return 'no_agent_answer';
	return undefined;
}

function tell(ctx: IExecuteFunctions, tickets: number, leftOut: INodeExecutionData[]): void {
	const counts = new Map<string, number>();
	for (const { json } of leftOut) {
		counts.set(String(json.reason), (counts.get(String(json.reason)) ?? 0) + 1);
	}
	const reasons = [...counts].map(([reason, count]) => `${reason} ${count}`).join(', ');
	const count = tickets === 1 ? '1 ticket' : `${tickets} tickets`;
	const message = `${count}${reasons ? `; left out: ${reasons}` : ''}`;
	const hasNone = tickets === 0 && leftOut.length > 0;
	ctx.addExecutionHints({
		message: hasNone ? `${message}. ${whatToCheck(ctx)}` : message,
		location: 'outputPane',
		type: hasNone ? 'warning' : 'info',
	});
}

/** When nothing is a ticket, a setting is wrong more often than all of the items. */
function whatToCheck(ctx: IExecuteFunctions): string {
	return ctx.getNodeParameter('source', 0) === 'fields'
		? "Check 'Question Field', 'Answer Field' and 'Title Field': they take the names of fields, e.g. answer, not their values."
		: "Check that 'Source' is what the items are, and that comments were merged into them, under the name in 'Messages Field'.";
}

function listOf(value: unknown): string[] {
	return (textOf(value) ?? '')
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '');
}
