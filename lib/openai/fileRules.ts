/** What a provider with rules of its own takes as a training file. */
import { readLines } from '../dataset/reader';
import type { ByteSource } from '../dataset/types';

import type { FileRules } from './dialects/types';
import { SettingError } from './settingError';

const MIB = 2 ** 20;
const TURN_OFF = "To upload all the same, turn off 'Check Before Upload'.";

/** @throws SettingError for a file that is empty, or larger than the provider takes. */
export function assertSize(fileName: string, bytes: number, limit: number, provider: string): void {
	if (bytes === 0) {
		throw new SettingError(
			`The file ${fileName} is empty`,
			"Check the field under 'Input Data Field Name', and the node that made the file.",
		);
	}
	if (bytes <= limit) return;
	throw new SettingError(
		`The file ${fileName} has ${(bytes / MIB).toFixed(0)} MiB, and ${provider} takes ${limit / MIB} MiB`,
		'Split it, e.g. with the JSONL Builder.',
	);
}

/** @throws SettingError for examples of a kind that the provider does not train with. */
export function assertFormat(
	fileName: string,
	format: string | undefined,
	{ formats }: FileRules,
	provider: string,
): void {
	if (!formats || format === undefined || (formats as readonly string[]).includes(format)) return;
	throw new SettingError(
		`The file ${fileName} was not uploaded: it holds ${NAMES[format] ?? format}, which ${provider} does not train with`,
		`Make a file with ${formats.map((known) => NAMES[known]).join(' or ')}, e.g. with the JSONL Builder. ${TURN_OFF}`,
	);
}

const NAMES: Readonly<Record<string, string>> = {
	chat: 'chat examples (messages)',
	completion: 'pairs of prompt and completion',
	dpo: 'preference pairs',
	rft: 'examples for reinforcement',
};

/**
 * Goes through a file whose format is the provider's own: each line is an object with one of the sets of fields.
 *
 * @returns the number of examples
 * @throws SettingError naming the first line that is not.
 */
export async function countOwnExamples(
	fileName: string,
	source: ByteSource,
	lineFields: NonNullable<FileRules['lineFields']>,
	provider: string,
	options: { signal?: AbortSignal; pause?: () => Promise<void> },
): Promise<number> {
	const wanted = lineFields.map((fields) => fields.join(', ')).join(', or ');
	let examples = 0;
	for await (const { line, text, problem } of readLines(source, options)) {
		if (text?.trim() === '') continue;
		const value = text === undefined ? undefined : parsed(text);
		const fits = (fields: readonly string[]) => fields.every((name) => hasField(value, name));
		if (!lineFields.some(fits)) {
			throw new SettingError(
				`The file ${fileName} was not uploaded: line ${line} ${problem || value === undefined ? 'is not a JSON object' : 'lacks fields'} that ${provider} trains with`,
				`Each line needs the fields ${wanted}. ${TURN_OFF}`,
			);
		}
		examples++;
	}
	return examples;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

function hasField(value: unknown, name: string): boolean {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, name);
}
