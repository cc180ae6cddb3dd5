import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { DEFAULT_PRICES } from '../../lib/cost';
import { NOT_ASKED, type Run } from '../../lib/qa/extractTicket';
import {
	type ExtractionReport,
	type ModelReport,
	modelReport,
	ReportBuilder,
} from '../../lib/qa/report';
import type { LeftOut, PairOrigin } from '../../lib/qa/types';
import { errorItem, toNodeError } from '../shared/errors';

import type { TaskOutcome } from './ask';

/** Items that a report is linked to; a list of a million links would be larger than the pairs. */
const MAX_LINKS = 1000;

/** What the report's item holds. */
export type Report = ExtractionReport & Partial<ModelReport> & { interruption?: string };

/** The items of the node's outputs. */
export class Outputs {
	readonly pairs: INodeExecutionData[] = [];

	readonly leftOut: INodeExecutionData[] = [];

	private readonly figures = new ReportBuilder();

	private failure: string | undefined;

	/** @param originOf where the ticket of an item comes from, as far as that could be read */
	constructor(
		private readonly ctx: IExecuteFunctions,
		private readonly originOf: (itemIndex: number) => PairOrigin,
	) {}

	add(itemIndex: number, outcome: TaskOutcome): void {
		const origin = this.originOf(itemIndex);
		this.figures.add(outcome, outcome.wasCut);
		for (const pair of outcome.pairs) {
			const cut = outcome.wasCut ? { ticketCut: true } : {};
			const json = { ...pair, ...origin, ...cut } as unknown as IDataObject;
			this.pairs.push({ json, pairedItem: { item: itemIndex } });
		}
		for (const one of outcome.leftOut) this.addLeftOut(itemIndex, one, origin);
	}

	/** A ticket whose request failed, where the node goes on all the same. */
	addFailure(itemIndex: number, error: unknown): void {
		this.figures.addFailure();
		this.leftOut.push(errorItem(toNodeError(this.ctx.getNode(), error, itemIndex), itemIndex));
	}

	/** A ticket that the run did not come to, or at which it ended. */
	addNotAsked(itemIndex: number, reason: { error: unknown } | { skipped: true }): void {
		let leftOut = NOT_ASKED;
		if ('error' in reason) {
			const { message } = toNodeError(this.ctx.getNode(), reason.error, itemIndex);
			this.failure ??= message;
			leftOut = { ...NOT_ASKED, detail: message };
		}
		this.figures.add({ pairs: [], leftOut: [leftOut] }, false);
		this.addLeftOut(itemIndex, leftOut, this.originOf(itemIndex));
	}

	report(run: Run, { hasModel, seconds }: { hasModel: boolean; seconds: number }): Report {
		const tickets = this.ctx.getInputData().length;
		const { currency, note } = DEFAULT_PRICES;
		const structure = run.structure.current;
		return {
			...this.figures.finish({ tickets, seconds }),
			...(hasModel ? modelReport(run.tally, { structure, currency, note }) : {}),
			...(this.failure === undefined ? {} : { interruption: this.failure }),
		};
	}

	reportItem(report: Report): INodeExecutionData {
		const items = this.ctx.getInputData().slice(0, MAX_LINKS);
		return {
			json: report as unknown as IDataObject,
			pairedItem: items.map((_item, item) => ({ item })),
		};
	}

	/** With the item itself, so that what was left out can be mended or asked about again. */
	private addLeftOut(itemIndex: number, { reason, detail, pair }: LeftOut, origin: PairOrigin) {
		const { json } = this.ctx.getInputData()[itemIndex];
		const { sourceId, sourceKey, sourceUrl } = origin;
		const known = Object.entries({ sourceId, sourceKey, sourceUrl }).filter(
			([, value]) => value !== undefined,
		);
		this.leftOut.push({
			json: {
				reason,
				detail,
				...Object.fromEntries(known),
				...(pair ? { pair: { ...pair } } : { ticket: json }),
			},
			pairedItem: { item: itemIndex },
		});
	}
}
