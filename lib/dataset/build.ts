import { isTooDeep } from './depth';
import { nestingFinding } from './jsonFaults';
import { assembler } from './mapping/assemble';
import { FieldReader } from './mapping/fields';
import type { Built, Mapping, SourceRecord } from './mapping/types';
import type { JsonValue } from './types';

export type { Built, Mapping, SourceRecord } from './mapping/types';

/** Makes examples from records, with the mapping and its field paths read once. */
export interface ExampleBuilder {
	/** The example of one record. */
	build(record: SourceRecord): Built;
	/** The example of several records, each a turn of one conversation: questions with answers, turns, or lists of messages. */
	buildConversation(records: readonly SourceRecord[]): Built;
}

/** Mappings of which several records can make one example. */
const WITH_TURNS: ReadonlyArray<Mapping['kind']> = ['questionAnswer', 'turns', 'messages'];

/**
 * A builder for a mapping. What is wrong with a record gives findings and no example, never an exception;
 * whether the example is a good one is for `checkExample` to say.
 */
export function createBuilder(mapping: Mapping): ExampleBuilder {
	const assemble = assembler(mapping);
	const run = (records: readonly SourceRecord[]): Built => {
		if (records.length !== 1 && !(records.length > 0 && WITH_TURNS.includes(mapping.kind))) {
			return { findings: [NO_CONVERSATION] };
		}
		const readers = records.map((record) => new FieldReader(record));
		const example = assemble(readers);
		const findings = readers.flatMap((reader) => reader.findings);
		if (!example || findings.some(({ severity }) => severity === 'error')) return { findings };
		return isTooDeep(example as unknown as JsonValue)
			? { findings: [...findings, nestingFinding('too_deep')] }
			: { example, findings };
	};
	return { build: (record) => run([record]), buildConversation: run };
}

/** `createBuilder(mapping).build(record)`; the builder is kept for the next record of the same mapping object. */
export function buildExample(mapping: Mapping, record: SourceRecord): Built {
	let builder = builders.get(mapping);
	if (!builder) {
		builder = createBuilder(mapping);
		builders.set(mapping, builder);
	}
	return builder.build(record);
}

const builders = new WeakMap<Mapping, ExampleBuilder>();

const NO_CONVERSATION = {
	severity: 'error',
	code: 'not_a_conversation',
	message: 'Only questions with answers, messages and turns can be joined to one conversation.',
	fix: 'Remove the grouping, or choose another input.',
} as const;
