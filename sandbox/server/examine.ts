import { LineSplitter } from '../../lib/dataset/lines';
import type { ByteSource, Example, JsonObject } from '../../lib/dataset/types';
import { countExampleTokens } from '../../lib/tokens/examples';

import { exampleFault } from './exampleFault';
import { isObject, lessonsOf, type TaughtPair } from './lessons';

export type Method = 'supervised' | 'dpo' | 'reinforcement';

export interface Examination {
	examples: number;
	tokens: number;
	lessons: TaughtPair[];
	/** The first thing that makes the file unfit for training, as OpenAI words it. */
	refusal?: { code: string; message: string };
}

/** OpenAI asks for ten examples. */
const MIN_EXAMPLES = 10;
/** The sandbox answers from the first lessons of a file; an index over more would only grow. */
const MAX_LESSONS = 5_000;

/** Reads a training or validation file the way OpenAI does when a job is `validating_files`. */
export async function examine(
	source: ByteSource,
	method: Method,
	role: 'training' | 'validation',
): Promise<Examination> {
	const found: Examination = { examples: 0, tokens: 0, lessons: [] };
	const fail = (reason: string) => {
		const message = `The job failed due to a file format error in the ${role} file. Invalid file format. ${reason}`;
		found.refusal ??= { code: 'invalid_file_format', message };
	};
	const splitter = new LineSplitter({
		onLine: (text, line) => {
			if (text.trim() === '') return;
			found.examples += 1;
			const example = parse(text);
			const fault = example ? exampleFault(example, method) : ' is not a JSON object';
			if (fault) return fail(`Line ${line}${fault}`);
			learn(found, example!);
		},
		onBadLine: (finding, line) => fail(`Line ${line}: ${finding.message}`),
	});
	for await (const chunk of source) splitter.push(chunk);
	splitter.end();
	if (role === 'training' && found.examples < MIN_EXAMPLES) {
		found.refusal ??= {
			code: 'invalid_n_examples',
			message: `Training file has ${found.examples} example(s), but must have at least ${MIN_EXAMPLES} examples`,
		};
	}
	return found;
}

function parse(text: string): JsonObject | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

function learn(found: Examination, example: JsonObject): void {
	found.tokens += countExampleTokens(example as unknown as Example);
	for (const lesson of lessonsOf(example)) {
		if (found.lessons.length < MAX_LESSONS) found.lessons.push(lesson);
	}
}
