import type { IExecuteFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { createBuilder, type Built, type SourceRecord } from '../../../../lib/dataset/build';
import { checkExample } from '../../../../lib/dataset/checkExample';
import { detectFormat } from '../../../../lib/dataset/examples';
import { groupRecords } from '../../../../lib/dataset/grouping';
import type { DatasetFormat, Finding, JsonObject } from '../../../../lib/dataset/types';
import { Validation } from '../../../../lib/dataset/validation';
import type { ValidateOptions, ValidationReport } from '../../../../lib/dataset/validator';
import { BlockWriter } from '../../../../lib/dataset/writer';

import type { ExistingFile } from './existingFile';
import type { BuildInput } from './readMapping';

/** What there is to say about the item, or the items, of one example. */
export interface NotedRecord {
	/** Places in the input. */
	indexes: number[];
	findings: Finding[];
}

/** Noted items that a report lists; the second output has all that were left out. */
export const MAX_LISTED = 100;
const LINE_FEED = 0x0a;
const PAUSE_AFTER_MS = 25;

/** Writes a dataset of records, and looks at every byte of it with the validator on its way out. */
export class DatasetBuild {
	readonly leftOut: NotedRecord[] = [];

	/** What was noticed about items that did make an example, e.g. an object taken as text; the first ones. */
	readonly warnings: NotedRecord[] = [];

	warningCount = 0;

	private readonly validation: Validation;

	private format: DatasetFormat | undefined;

	constructor(
		private readonly input: BuildInput,
		private readonly validate: ValidateOptions,
		private readonly onLeftOut: (record: NotedRecord) => void,
	) {
		this.format = input.format;
		this.validation = new Validation({ kind: 'jsonl', byteOrderMark: false }, validate);
	}

	async *write(
		records: Iterable<SourceRecord>,
		existing: ExistingFile | undefined,
		ctx: IExecuteFunctions,
	): AsyncGenerator<Buffer> {
		if (existing) yield* this.copy(existing);
		const writer = new BlockWriter();
		let since = performance.now();
		for (const { built, indexes } of this.build(records)) {
			const { example, findings } = this.checked(built);
			if (example) {
				writer.add(example);
				this.note({ indexes, findings: built.findings });
			} else this.leave({ indexes, findings });
			yield* this.seen(writer.take());
			if (performance.now() - since > PAUSE_AFTER_MS) {
				await sleep(0, ctx.getExecutionCancelSignal());
				since = performance.now();
			}
		}
		yield* this.seen(writer.end());
		this.validation.end();
		await this.validation.settle();
	}

	/** About the whole file, what was appended to included. */
	report(): ValidationReport {
		return this.validation.report();
	}

	private async *copy({ pieces }: ExistingFile): AsyncGenerator<Buffer> {
		let last = LINE_FEED;
		for await (const piece of pieces) {
			last = piece[piece.length - 1];
			yield* this.seen([piece]);
		}
		if (last !== LINE_FEED) yield* this.seen([Buffer.from([LINE_FEED])]);
	}

	private *seen(blocks: Buffer[]): Generator<Buffer> {
		for (const block of blocks) {
			this.validation.push(block);
			yield block;
		}
	}

	private *build(records: Iterable<SourceRecord>): Generator<{ built: Built; indexes: number[] }> {
		const { mapping, grouping } = this.input;
		const builder = createBuilder(mapping);
		if (grouping) {
			for (const { records: turns, indexes } of groupRecords(records, grouping)) {
				yield { built: builder.buildConversation(turns), indexes };
			}
			return;
		}
		let index = 0;
		for (const record of records) yield { built: builder.build(record), indexes: [index++] };
	}

	/** The example when the server would take it; otherwise why not. */
	private checked({ example, findings }: Built): { example?: JsonObject; findings: Finding[] } {
		if (!example) return { findings };
		const value = example as unknown as JsonObject;
		const { tokenLimit } = this.validate;
		const found = [
			...findings,
			...checkExample(value, { format: this.format ?? 'auto', tokenLimit }),
		];
		if (found.some(({ severity }) => severity === 'error')) return { findings: found };
		this.format ??= detectFormat(value);
		return { example: value, findings: found };
	}

	private note(record: NotedRecord): void {
		this.warningCount += record.findings.length;
		if (record.findings.length > 0 && this.warnings.length < MAX_LISTED) this.warnings.push(record);
	}

	private leave(record: NotedRecord): void {
		this.leftOut.push(record);
		this.onLeftOut(record);
	}
}
