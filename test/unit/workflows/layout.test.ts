import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDER = resolve(__dirname, '../../../workflows');

interface Node {
	name: string;
	type: string;
	position: [number, number];
	parameters: Record<string, unknown>;
}

interface Box {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** What n8n's canvas draws, in its own units: nodes to which others are connected from below are wide. */
const SIDE = 96;
const WIDE = 224;
const SUB_NODE = 80;
/** One line of the name and the subtitle below a node. */
const LABEL = 44;
/** Below a wide node: the connector with its plus. */
const CONNECTOR = 70;

const files = readdirSync(FOLDER).filter(
	(file) => file.endsWith('.json') && !file.endsWith('-manifest.json'),
);

describe.each(files)('%s on the canvas', (file) => {
	const { nodes } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as { nodes: Node[] };
	const boxes = nodes.filter((node) => !isNote(node)).map(nodeBox);
	const notes = nodes.filter(isNote).map(noteBox);

	test('no node lies on another', () => {
		const pairs = boxes.flatMap((one, index) =>
			boxes.slice(index + 1).map((other) => [one, other] as const),
		);
		expect(named(pairs.filter(([one, other]) => overlap(one, other)))).toEqual([]);
	});

	test('each node is inside its note or outside of all', () => {
		const cut = notes.flatMap((note) =>
			boxes
				.filter((box) => overlap(note, box) && !isInside(note, box))
				.map((box) => [note, box] as const),
		);
		expect(named(cut)).toEqual([]);
	});

	test('no note lies on another', () => {
		const pairs = notes.flatMap((one, index) =>
			notes.slice(index + 1).map((other) => [one, other] as const),
		);
		expect(named(pairs.filter(([one, other]) => overlap(one, other)))).toEqual([]);
	});
});

function isNote({ type }: Node): boolean {
	return type.endsWith('.stickyNote');
}

function noteBox({ name, position: [left, top], parameters }: Node): Box {
	const { width, height } = parameters as { width: number; height: number };
	return { name, left, top, right: left + width, bottom: top + height };
}

function nodeBox(node: Node): Box {
	const {
		name,
		position: [left, top],
	} = node;
	if (isSubNode(node)) {
		return { name, left, top, right: left + SUB_NODE, bottom: top + SUB_NODE + LABEL };
	}
	const isWide = takesSubNodes(node);
	return {
		name,
		left,
		top,
		right: left + (isWide ? WIDE : SIDE),
		bottom: top + SIDE + (isWide ? CONNECTOR : LABEL),
	};
}

function takesSubNodes({ type, parameters }: Node): boolean {
	if (type.endsWith('.slackAnswer')) return (parameters.operation ?? 'answer') === 'answer';
	return /\.(agent|fineTunedChat)$/.test(type);
}

function isSubNode({ type }: Node): boolean {
	return /\.(memory|tool|fineTunedChatModel)\w*$/.test(type);
}

const overlap = (one: Box, other: Box) =>
	one.left < other.right &&
	other.left < one.right &&
	one.top < other.bottom &&
	other.top < one.bottom;

const isInside = (outer: Box, inner: Box) =>
	outer.left <= inner.left &&
	outer.right >= inner.right &&
	outer.top <= inner.top &&
	outer.bottom >= inner.bottom;

function named(pairs: Array<readonly [Box, Box]>): string[] {
	return pairs.map(([one, other]) => `${one.name} and ${other.name}`);
}
