/** What all ticket nodes do with their items: Get Many with a summary, Get, Count. */
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeExecutionHint,
} from 'n8n-workflow';

import { isAnswered } from '../../../lib/tickets/answered';
import { ordered } from '../../../lib/tickets/ordered';
import { readTickets, ReadInterrupted, type ReadSummary } from '../../../lib/tickets/readTickets';
import type { Ticket, TicketCount, TicketReader } from '../../../lib/tickets/types';
import { toNodeError } from '../errors';
import { limitParameter } from '../parameters';
import { runPerItem } from '../router';

/** What one system's node offers. Each function honours the parameters of the item it is called for. */
export interface TicketSource {
	reader(ctx: IExecuteFunctions, itemIndex: number): Promise<{ reader: TicketReader }>;
	get(ctx: IExecuteFunctions, itemIndex: number): Promise<Ticket>;
	count(ctx: IExecuteFunctions, itemIndex: number): Promise<TicketCount>;
}

/** Outputs of Get Many: tickets, and one summary an input item. Get and Count use the first one. */
export type TicketOutputs = [tickets: INodeExecutionData[], summaries: INodeExecutionData[]];

type Summary = ReadSummary & { interruption?: { message: string; description?: string } };

export interface ListOptions {
	cursor?: string;
	onlyNew?: boolean;
	onInterruption?: 'fail' | 'returnRead';
}

export async function runTicketNode(
	ctx: IExecuteFunctions,
	source: TicketSource,
): Promise<TicketOutputs> {
	const summaries: INodeExecutionData[] = [];
	const told = new Tally();
	const tickets = await runPerItem(ctx, async (itemIndex) => {
		const operation = ctx.getNodeParameter('operation', itemIndex) as string;
		if (operation === 'get') return [asItem(ordered(await source.get(ctx, itemIndex)))];
		if (operation === 'count') return [asItem(await source.count(ctx, itemIndex))];
		const { items, summary } = await getMany(ctx, source, itemIndex);
		summaries.push({ json: { ...summary }, pairedItem: { item: itemIndex } });
		told.add(summary);
		return items;
	});
	if (summaries.length > 0) ctx.addExecutionHints(told.hint());
	return [tickets, summaries];
}

async function getMany(
	ctx: IExecuteFunctions,
	source: TicketSource,
	itemIndex: number,
): Promise<{ items: INodeExecutionData[]; summary: Summary }> {
	const options = ctx.getNodeParameter('options', itemIndex, {}) as ListOptions;
	const { reader } = await source.reader(ctx, itemIndex);
	const memory = options.onlyNew ? cursorMemory(ctx, reader) : undefined;
	const pages = readTickets(reader, {
		limit: limitParameter(ctx, itemIndex),
		cursor: options.cursor?.trim() || memory?.read(),
		leaveOut: leaveOut(ctx, itemIndex),
		signal: ctx.getExecutionCancelSignal(),
	});
	const items: INodeExecutionData[] = [];
	const { summary, failure } = await collect(pages, items);
	if (failure && (options.onInterruption !== 'returnRead' || items.length === 0)) {
		throw toNodeError(ctx.getNode(), failure.reason, itemIndex);
	}
	if (summary.cursor) memory?.write(summary.cursor);
	return { items, summary: { ...summary, ...interruption(ctx, failure, itemIndex) } };
}

async function collect(
	pages: AsyncGenerator<Ticket[], ReadSummary>,
	items: INodeExecutionData[],
): Promise<{ summary: ReadSummary; failure?: ReadInterrupted }> {
	try {
		for (;;) {
			const next = await pages.next();
			if (next.done) return { summary: next.value };
			for (const ticket of next.value) items.push(asItem(ordered(ticket)));
		}
	} catch (cause) {
		return interrupted(cause);
	}
}

/** A cursor of another query and the like are no interruptions. */
function interrupted(cause: unknown): { summary: ReadSummary; failure: ReadInterrupted } {
	if (cause instanceof ReadInterrupted) return { summary: cause.summary, failure: cause };
	throw cause;
}

function interruption(
	ctx: IExecuteFunctions,
	failure: ReadInterrupted | undefined,
	itemIndex: number,
): Pick<Summary, 'interruption'> {
	if (!failure) return {};
	const { message, description } = toNodeError(ctx.getNode(), failure.reason, itemIndex);
	return { interruption: { message, description: description ?? undefined } };
}

function leaveOut(ctx: IExecuteFunctions, itemIndex: number) {
	const onlyAnswered = ctx.getNodeParameter('onlyAnswered', itemIndex, true) as boolean;
	return (ticket: Ticket) => (onlyAnswered && !isAnswered(ticket) ? 'no_agent_answer' : undefined);
}

const CURSOR_PLACE = 'ticketCursor ';
/** Filters that change with the date make a query of their own each day. */
const MAX_CURSORS = 20;

/** n8n saves static data after a successful run of an active workflow only. */
function cursorMemory(ctx: IExecuteFunctions, { query }: TicketReader) {
	const memory = ctx.getWorkflowStaticData('node');
	const place = `${CURSOR_PLACE}${JSON.stringify(query)}`;
	return {
		read: () => (typeof memory[place] === 'string' ? memory[place] : undefined),
		write: (cursor: string) => {
			// Behind the others, so that the oldest are the first to go.
			delete memory[place];
			memory[place] = cursor;
			const places = Object.keys(memory).filter((name) => name.startsWith(CURSOR_PLACE));
			for (const old of places.slice(0, -MAX_CURSORS)) delete memory[old];
		},
	};
}

/** One sentence about all input items. */
class Tally {
	private returned = 0;

	private readonly leftOut = new Map<string, number>();

	private readonly remarks = new Set<string>();

	private isWarning = false;

	add({ returned, leftOut, warnings, complete, interruption: broken }: Summary): void {
		this.returned += returned;
		for (const [reason, count] of Object.entries(leftOut)) {
			this.leftOut.set(reason, (this.leftOut.get(reason) ?? 0) + count);
		}
		if (broken) this.remarks.add(`reading broke off: ${broken.message}`);
		else if (!complete) this.remarks.add('there are more');
		for (const warning of warnings) this.remarks.add(warning);
		this.isWarning ||= broken !== undefined || warnings.length > 0;
	}

	hint(): NodeExecutionHint {
		const left = [...this.leftOut].map(([reason, count]) => `${reason} ${count}`).join(', ');
		const nothing = this.returned === 0 && this.leftOut.size === 0 && this.remarks.size === 0;
		const message = [
			this.returned === 1 ? '1 ticket' : `${this.returned} tickets`,
			...(nothing
				? ['nothing matches the filters, or the user of the credential may not see it']
				: []),
			...(left ? [`left out: ${left}`] : []),
			...this.remarks,
		].join('; ');
		return { message, location: 'outputPane', type: this.isWarning ? 'warning' : 'info' };
	}
}

function asItem(value: object): INodeExecutionData {
	return { json: value as IDataObject };
}
