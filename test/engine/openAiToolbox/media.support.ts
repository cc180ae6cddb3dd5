/** What the tests of images and sounds share: files of each kind, and a way to read what was sent. */
import type { IDataObject } from 'n8n-workflow';

import { OpenAiToolbox } from '../../../nodes/OpenAiToolbox/OpenAiToolbox.node';
import { encodePng } from '../../../sandbox/server/media/png';
import { runNode, type RunOptions, startNode } from '../harness';
import type { Hit } from '../openAiFineTune/server';

type Setup = Omit<RunOptions, 'node' | 'parameters'>;

const options = (
	resource: string,
	operation: string,
	more: IDataObject,
	setup: Setup,
): RunOptions => ({
	node: new OpenAiToolbox(),
	...setup,
	parameters: { resource, operation, ...more },
});

export const run = async (resource: string, operation: string, more: IDataObject, setup: Setup) =>
	await runNode(options(resource, operation, more, setup));

export const start = (resource: string, operation: string, more: IDataObject, setup: Setup) =>
	startNode(options(resource, operation, more, setup));

export function png(width = 16, height = 16, alpha = 255): Buffer {
	const pixels = Buffer.alloc(width * height * 4, 120);
	for (let at = 3; at < pixels.length; at += 4) pixels[at] = alpha;
	return encodePng({ width, height, pixels });
}

/** A JPEG as far as its head: what is looked at before it is sent. */
export function jpegHead(width: number, height: number, bytes = 1000): Buffer {
	const file = Buffer.alloc(bytes);
	file.set([0xff, 0xd8, 0xff, 0xe0, 0, 16], 0);
	file.write('JFIF', 6, 'latin1');
	file.set([0xff, 0xc0, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255], 20);
	return file;
}

export function wav(seconds = 1): Buffer {
	const bytes = Math.round(seconds * 16_000);
	const file = Buffer.alloc(44 + bytes, 1);
	file.write('RIFF', 0, 'latin1');
	file.writeUInt32LE(36 + bytes, 4);
	file.write('WAVEfmt ', 8, 'latin1');
	file.writeUInt32LE(16, 16);
	file.writeUInt16LE(1, 20);
	file.writeUInt16LE(1, 22);
	file.writeUInt32LE(8_000, 24);
	file.writeUInt32LE(16_000, 28);
	file.writeUInt16LE(2, 32);
	file.writeUInt16LE(16, 34);
	file.write('data', 36, 'latin1');
	file.writeUInt32LE(bytes, 40);
	return file;
}

/** All parts of a multipart body, in order. */
export async function partsOf({ headers, body }: Pick<Hit, 'headers' | 'body'>) {
	const response = new Response(new Uint8Array(body), {
		headers: { 'content-type': headers['content-type'] ?? '' },
	});
	const form = await response.formData();
	const parts: Array<[name: string, value: unknown]> = [];
	form.forEach((value, name) => {
		parts.push([name, typeof value === 'string' ? value : [value.name, value.type, value.size]]);
	});
	return parts;
}

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

export const errorOf = (item: { json: IDataObject }) =>
	item.json.error as { message: string; description: string };
