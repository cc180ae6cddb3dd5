import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** The bytes of uploaded files: on disk, whatever their size, beside the state file or in a folder that goes with the process. */
export class Blobs {
	private readonly folder: string;
	private readonly temporary: boolean;

	constructor(statePath: string) {
		this.temporary = statePath === ':memory:';
		this.folder = this.temporary
			? mkdtempSync(join(tmpdir(), 'openai-sandbox-'))
			: `${statePath}.files`;
		mkdirSync(this.folder, { recursive: true });
	}

	close(): void {
		if (this.temporary) rmSync(this.folder, { recursive: true, force: true });
	}

	clear(): void {
		rmSync(this.folder, { recursive: true, force: true });
		mkdirSync(this.folder, { recursive: true });
	}

	/** Stores a stream under `id` and answers its size. */
	async write(id: string, source: Readable): Promise<number> {
		await pipeline(source, createWriteStream(this.path(id)));
		return (await stat(this.path(id))).size;
	}

	async writeText(id: string, text: string): Promise<number> {
		await writeFile(this.path(id), text);
		return Buffer.byteLength(text);
	}

	read(id: string): Readable {
		return createReadStream(this.path(id), { highWaterMark: 256 * 1024 });
	}

	/** Makes `id` of the parts, in their order; the parts are gone afterwards. */
	async join(id: string, parts: string[]): Promise<void> {
		const target = this.path(id);
		await writeFile(target, '');
		for (const part of parts) {
			await writeFile(target, createReadStream(this.path(part)), { flag: 'a' });
			await this.remove(part);
		}
	}

	async rename(from: string, to: string): Promise<void> {
		await rename(this.path(from), this.path(to));
	}

	async remove(id: string): Promise<void> {
		await rm(this.path(id), { force: true });
	}

	private path(id: string): string {
		if (!/^[\w-]+$/.test(id)) throw new Error(`not a file id: ${id}`);
		return join(this.folder, id);
	}
}
