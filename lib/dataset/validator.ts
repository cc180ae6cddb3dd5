import type { PriceTable, TrainingCostEstimate } from '../cost';
import { openPieces, type ReadOptions } from './reader';
import type { TokenStatistics } from './tokenStatistics';
import type { ByteSource, DatasetFormat, Example, Finding, JsonObject } from './types';
import { Validation } from './validation';

export { checkExample, type CheckContext } from './checkExample';

/** No line outlives its turn here, so pieces may be larger than elsewhere; one takes about 0.6 ms. */
const PIECE_BYTES = 256 * 1024;

export interface ValidateOptions extends ReadOptions {
	/** `auto` (default): the format of the first example holds for the file. */
	format?: 'auto' | DatasetFormat;
	/** Findings to keep; all are counted. Default 100. */
	maxFindings?: number;
	/** Default 10, OpenAI's minimum. */
	minExamples?: number;
	/** Model to be trained, for its token limit and price. */
	model?: string;
	/** Tokens an example may have. Default: the limit of `model`, 65,536 when there is none. */
	tokenLimit?: number;
	/** Counts the tokens of an example without errors; without it the report has no tokens. */
	countTokens?: (example: Example) => number;
	/** Times the job will go through the file; default: the estimate of what `auto` will be. */
	epochs?: number;
	/** Prices for the estimate of the cost, which needs `model` and `countTokens` too. Default: the table of `lib/cost`. */
	prices?: PriceTable;
	/**
	 * Sees every line that is not blank, in order: the object (missing when the line is not one), its findings and
	 * its text (empty when the line was too long). A promise holds up the reading after the present 256 KiB.
	 */
	onExample?: (
		value: JsonObject | undefined,
		line: number,
		findings: readonly Finding[],
		text: string,
	) => void | Promise<void>;
}

export interface ValidationReport {
	/** Whether there is no finding of severity `error`. */
	valid: boolean;
	format?: DatasetFormat;
	/** Lines that hold something. */
	examples: number;
	/** Examples with at least one finding of severity `error`. */
	invalidExamples: number;
	/** Examples that show an image. */
	imageExamples: number;
	bytes: number;
	/** Physical lines, blank ones too. */
	lines: number;
	/** Of the examples without errors. */
	tokens?: TokenStatistics;
	/** Given or estimated; none for a file without good examples. */
	epochs?: number;
	/** What training will roughly cost; none for reinforcement, which is charged by the hour. */
	cost?: TrainingCostEstimate;
	/** Findings about the whole file first, then by line. */
	findings: Finding[];
	/** How many findings there were of each code, kept or not. */
	counts: Record<string, number>;
	errors: number;
	warnings: number;
	/** Findings counted but not listed. */
	findingsLeftOut: number;
}

/**
 * Checks a JSONL training file of any size in constant memory, against the rules of OpenAI's server and
 * some of common sense (see `rules/`). What is in the file gives findings, never exceptions.
 *
 * @throws what reading the source throws, and the reason of an aborted signal
 */
export async function validateJsonl(
	source: ByteSource,
	options: ValidateOptions = {},
): Promise<ValidationReport> {
	const { pieces, ...start } = await openPieces(source, options, PIECE_BYTES);
	const validation = new Validation(start, options);
	for await (const piece of pieces) {
		validation.push(piece);
		if (validation.pending.length > 0) await validation.settle();
	}
	validation.end();
	await validation.settle();
	return validation.report();
}
