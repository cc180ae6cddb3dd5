import { characterFindings } from './characters';
import { isTooDeep } from './depth';
import { detectFormat } from './examples';
import { formatFinding } from './formats';
import { nestingFinding } from './jsonFaults';
import { isPlainChat } from './plainChat';
import { applyRules } from './rules';
import { viewExample } from './rules/view';
import type { DatasetFormat, Finding, JsonObject } from './types';

export interface CheckContext {
	/** Default `auto`: what the example's keys say. */
	format?: 'auto' | DatasetFormat;
	/** 1-based, for the findings. */
	line?: number;
	/** Tokens of the example and the most it may have, to have them compared. */
	tokens?: number;
	tokenLimit?: number;
}

/** What the rules say about one example that is not, or not yet, a line of a file. Never throws. */
export function checkExample(value: JsonObject, context: CheckContext = {}): Finding[] {
	const { format = 'auto', line, tokens = 0, tokenLimit = Infinity } = context;
	const mayBeChat = format === 'auto' || format === 'chat';
	if (mayBeChat && tokens <= tokenLimit && isPlainChat(value))
		return characterFindings(value, line);
	if (isTooDeep(value)) return [nestingFinding('too_deep', line)];
	return [...characterFindings(value, line), ...checkShape(value, format, undefined, context)];
}

/**
 * Format and rules, without a look at single characters. The value must not be too deep.
 *
 * @param expected the format that a file has shown so far, when none was chosen
 */
export function checkShape(
	value: JsonObject,
	chosen: 'auto' | DatasetFormat,
	expected: DatasetFormat | undefined,
	{ line, tokens, tokenLimit }: CheckContext,
): Finding[] {
	const wanted = chosen === 'auto' ? expected : chosen;
	const misfit = formatFinding(value, wanted, chosen !== 'auto', line);
	if (misfit) return [misfit];
	const format = wanted ?? detectFormat(value);
	if (!format) return [];
	return applyRules(viewExample(value, format, { tokens, tokenLimit }), line);
}
