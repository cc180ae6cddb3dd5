import type { LeftOut, QaPair } from './types';
import type { Tally } from './usage';

/** What a run did, in numbers. */
export interface ExtractionReport {
	/** Whether every ticket was looked at: no failure, and no limit of cost, came between. */
	complete: boolean;
	tickets: number;
	/** Tickets that gave at least one pair. */
	ticketsWithPairs: number;
	pairs: number;
	/** Of these, the ones whose problem was not solved. */
	unsolvedPairs: number;
	/** Tickets and single pairs that were left out, each with its reason. */
	leftOut: number;
	leftOutReasons: Record<string, number>;
	/** Tickets whose request failed. */
	failed: number;
	/** Tickets of which the middle was not sent. */
	ticketsCut: number;
	languages: Record<string, number>;
	categories: Record<string, number>;
	seconds: number;
}

/** What a run with a model did besides. */
export interface ModelReport {
	/** Answers of the model. */
	answers: number;
	askedAgain: number;
	structure: string;
	tokens: {
		prompt: number;
		completion: number;
		total: number;
		cached: number;
		reasoning: number;
	};
	/** Null when no answer's price is known. */
	cost: { amount: number; currency: string; unpricedAnswers: number; note: string } | null;
}

/** Languages and categories that are listed by themselves; the rest is summed up. */
const MAX_LISTED = 100;

/** Collects the figures while the outcomes of the tickets pass by. */
export class ReportBuilder {
	private readonly reasons = new Map<string, number>();
	private readonly languages = new Map<string, number>();
	private readonly categories = new Map<string, number>();
	private ticketsWithPairs = 0;
	private pairs = 0;
	private unsolvedPairs = 0;
	private leftOut = 0;
	private failed = 0;
	private ticketsCut = 0;

	add(outcome: { pairs: readonly QaPair[]; leftOut: readonly LeftOut[] }, wasCut: boolean): void {
		if (outcome.pairs.length > 0) this.ticketsWithPairs++;
		if (wasCut) this.ticketsCut++;
		this.leftOut += outcome.leftOut.length;
		for (const { reason } of outcome.leftOut) count(this.reasons, reason);
		for (const { solved, language, category } of outcome.pairs) {
			this.pairs++;
			if (!solved) this.unsolvedPairs++;
			count(this.languages, language ?? 'unknown');
			count(this.categories, category ?? 'none');
		}
	}

	addFailure(): void {
		this.failed++;
	}

	finish({ tickets, seconds }: { tickets: number; seconds: number }): ExtractionReport {
		const unfinished =
			this.failed + (this.reasons.get('cost_limit') ?? 0) + (this.reasons.get('not_asked') ?? 0);
		return {
			complete: unfinished === 0,
			tickets,
			ticketsWithPairs: this.ticketsWithPairs,
			pairs: this.pairs,
			unsolvedPairs: this.unsolvedPairs,
			leftOut: this.leftOut,
			leftOutReasons: listed(this.reasons),
			failed: this.failed,
			ticketsCut: this.ticketsCut,
			languages: listed(this.languages),
			categories: listed(this.categories),
			seconds: Math.round(seconds * 10) / 10,
		};
	}
}

/** The part about the model. */
export function modelReport(
	tally: Tally,
	{ structure, currency, note }: { structure: string; currency: string; note: string },
): ModelReport {
	const { answers, askedAgain, promptTokens: prompt, completionTokens: completion } = tally;
	return {
		answers,
		askedAgain,
		structure,
		tokens: {
			prompt,
			completion,
			total: prompt + completion,
			cached: tally.cachedTokens,
			reasoning: tally.reasoningTokens,
		},
		cost:
			answers > 0 && tally.unpriced === answers
				? null
				: {
						// Six digits: the rest is noise of binary fractions.
						amount: Number(tally.cost.toPrecision(6)),
						currency,
						unpricedAnswers: tally.unpriced,
						note,
					},
	};
}

function count(counts: Map<string, number>, name: string): void {
	const key = counts.has(name) || counts.size < MAX_LISTED ? name : 'other';
	counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The most frequent first. */
function listed(counts: Map<string, number>): Record<string, number> {
	return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}
