import type { IExecuteFunctions } from 'n8n-workflow';

import { counted } from '../../lib/counted';
import { hint } from '../shared/hint';

import type { Report } from './outputs';

/** Says in the editor what a user could overlook: what is missing in the first output, and why. */
export function explain(ctx: IExecuteFunctions, report: Report): void {
	for (const message of hintsOf(report)) hint(ctx, message);
}

function hintsOf(report: Report): string[] {
	const { pairs, tickets, leftOut, failed, ticketsCut, leftOutReasons, interruption } = report;
	const hints: string[] = [];
	if (interruption !== undefined) {
		hints.push(`The run was interrupted, so the pairs are not all there are: ${interruption}`);
	}
	if (pairs === 0 && tickets > 0) {
		hints.push("No ticket gave a pair. The output 'Left Out' says why, ticket by ticket.");
	}
	if (leftOut > 0) {
		const reasons = Object.entries(leftOutReasons).map(([reason, count]) => `${reason} ${count}`);
		hints.push(
			`Tickets and single pairs left out: ${leftOut.toLocaleString('en')} (${reasons.join(', ')}).`,
		);
	}
	if (failed > 0) hints.push(`Failed: ${counted(failed, 'ticket')}. See the output 'Left Out'.`);
	if (ticketsCut > 0) {
		hints.push(`Too long and therefore cut in the middle: ${counted(ticketsCut, 'ticket')}.`);
	}
	return hints;
}
