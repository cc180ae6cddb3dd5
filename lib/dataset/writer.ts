import { toLine } from './examples';
import type { Example, JsonObject } from './types';

/** Size of a block of output; one write a line would cost several times more than the JSON work. */
export const BLOCK_BYTES = 256 * 1024;

const LINE_FEED = 0x0a;
const LINE_END = Buffer.from([LINE_FEED]);
/** A UTF-16 unit takes at most three bytes in UTF-8. */
const MOST_BYTES_A_UNIT = 3;

/**
 * Collects lines into blocks of about 256 KiB: exact UTF-8 without byte order mark, LF after every line.
 * Synchronous; `take` what is full as often as there is somewhere to put it.
 */
export class BlockWriter {
	lines = 0;

	bytes = 0;

	private full: Buffer[] = [];

	private block = Buffer.allocUnsafe(BLOCK_BYTES);

	private used = 0;

	/** Adds one example as one line. */
	add(example: Example | JsonObject): void {
		this.addLine(toLine(example));
	}

	/** Adds a line that is ready; it must not hold a line feed. */
	addLine(line: string): void {
		const most = line.length * MOST_BYTES_A_UNIT + 1;
		if (most > this.block.length - this.used) this.flush();
		const before = this.used;
		if (most > this.block.length) this.addLongLine(line);
		else {
			this.used += this.block.write(line, this.used, 'utf8');
			this.block[this.used++] = LINE_FEED;
			this.bytes += this.used - before;
		}
		this.lines++;
	}

	/** Adds a line that is ready as UTF-8, without its line feed. */
	addBytes(line: Uint8Array): void {
		if (line.length + 1 > this.block.length - this.used) this.flush();
		if (line.length + 1 > this.block.length) this.full.push(Buffer.from(line), LINE_END);
		else {
			this.block.set(line, this.used);
			this.used += line.length;
			this.block[this.used++] = LINE_FEED;
		}
		this.bytes += line.length + 1;
		this.lines++;
	}

	/** The blocks that are full; they belong to the caller from now on. */
	take(): Buffer[] {
		const { full } = this;
		if (full.length > 0) this.full = [];
		return full;
	}

	/** The rest, after the last line. */
	end(): Buffer[] {
		this.flush();
		return this.take();
	}

	private addLongLine(line: string): void {
		const bytes = Buffer.from(`${line}\n`, 'utf8');
		this.bytes += bytes.length;
		this.full.push(bytes);
	}

	private flush(): void {
		if (this.used === 0) return;
		this.full.push(this.block.subarray(0, this.used));
		this.block = Buffer.allocUnsafe(BLOCK_BYTES);
		this.used = 0;
	}
}

type Batch = Example | JsonObject | ReadonlyArray<Example | JsonObject>;

/**
 * Examples as the bytes of a JSONL file, in blocks of about 256 KiB and constant memory.
 * A list among the examples counts as that many examples: handing over batches saves a promise an example.
 */
export async function* writeLines(
	examples: AsyncIterable<Batch> | Iterable<Batch>,
): AsyncGenerator<Buffer> {
	const writer = new BlockWriter();
	for await (const batch of examples) {
		for (const example of Array.isArray(batch) ? batch : [batch]) {
			writer.add(example as JsonObject);
			const full = writer.take();
			if (full.length > 0) yield* full;
		}
	}
	yield* writer.end();
}
